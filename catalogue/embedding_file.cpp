#include "catalogue/embedding_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <functional>
#include <optional>
#include <random>
#include <unordered_set>
#include <utility>

#include "catalogue/embedding_index.h"
#include "search/choice.h"

namespace earmark::catalogue {
namespace {

// The file begins with this; the rows come after it, one after the other.
struct FileHeader {
    std::array<char, 8> magic{'E', 'A', 'R', 'M', 'E', 'M', 'B', '1'};
    std::uint64_t generation = 0;
};
constexpr std::size_t rows_start = 64;

struct Descriptor {
    explicit Descriptor(int opened) : number(opened) {}
    Descriptor(Descriptor&& other) noexcept : number(std::exchange(other.number, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number, other.number);
        return *this;
    }
    ~Descriptor() {
        if (number >= 0) close(number);
    }
    int number;
};

[[noreturn]] void fail(const std::filesystem::path& file) {
    throw Error(ErrorCode::unwritable, file.string() + ": cannot be written: " + std::strerror(errno));
}

std::uint64_t random_number() {
    std::random_device random;
    return (std::uint64_t{random()} << 32U) | random();
}

bool is_same_file(int descriptor, const std::filesystem::path& path) {
    struct stat first {};
    struct stat second {};
    return fstat(descriptor, &first) == 0 && stat(path.c_str(), &second) == 0 && first.st_ino == second.st_ino &&
           first.st_dev == second.st_dev;
}

// The file, which nobody else changes while the descriptor is open. Whoever held it before may have replaced it.
Descriptor open_alone(const std::filesystem::path& file) {
    for (;;) {
        Descriptor descriptor(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
        if (descriptor.number < 0) fail(file);
        while (flock(descriptor.number, LOCK_EX) != 0)
            if (errno != EINTR) fail(file);
        if (is_same_file(descriptor.number, file)) return descriptor;
    }
}

void write_at(int descriptor, std::size_t place, std::span<const std::byte> bytes, const std::filesystem::path& file) {
    while (!bytes.empty()) {
        const ssize_t count = pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(place));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) fail(file);
        place += static_cast<std::size_t>(count);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

// The ids of the analyses that the database has, ascending.
std::vector<std::int64_t> known_analyses(Database& database, const SearchedModel& model) {
    Statement statement = database.prepare("SELECT id FROM analysis WHERE model_id = ?1");
    statement.bind(1, model.id);
    std::vector<std::int64_t> ids;
    while (statement.step()) ids.push_back(statement.integer(0));
    std::ranges::sort(ids);
    return ids;
}

using Row = std::span<const std::int8_t>;

// Calls `take` with each of these analyses, and its row where it has one.
void read_rows(Database& database, const SearchedModel& model, const std::vector<std::int64_t>& ids,
               const std::function<void(std::int64_t, std::optional<Row>)>& take) {
    Statement statement = database.prepare("SELECT embedding FROM analysis WHERE id = ?1");
    for (const std::int64_t id : ids) {
        statement.bind(1, id);
        if (statement.step()) {
            const std::span<const std::byte> bytes = statement.bytes(0);
            const bool has_row = bytes.size() == model.embedding_length;
            take(id, has_row ? std::optional(Row(reinterpret_cast<const std::int8_t*>(bytes.data()), bytes.size()))
                             : std::nullopt);
        }
        statement.reset();
    }
}

// What of `ids` has no row.
std::vector<std::int64_t> without_row(const std::vector<std::int64_t>& ids, std::vector<std::int64_t> of_rows) {
    std::ranges::sort(of_rows);
    std::vector<std::int64_t> found;
    std::ranges::set_difference(ids, of_rows, std::back_inserter(found));
    return found;
}

// Whether none of them has got an embedding meanwhile.
bool are_without_embedding(Database& database, const std::vector<std::int64_t>& ids) {
    Statement statement = database.prepare("SELECT 1 FROM analysis WHERE id = ?1 AND length(embedding) > 0");
    return std::ranges::none_of(ids, [&](std::int64_t id) {
        statement.reset();
        return statement.bind(1, id).step();
    });
}

bool is_worth_keeping(const EmbeddingIndex& index, const std::vector<std::int64_t>& ids, const SearchedModel& model) {
    if (index.model_identity != model.identity || index.column_count != model.embedding_length) return false;
    const std::unordered_set<std::int64_t> known(ids.begin(), ids.end());
    const auto kept = std::ranges::count_if(index.analysis_ids, [&](std::int64_t id) { return known.contains(id); });
    return 2 * static_cast<std::size_t>(kept) >= index.analysis_ids.size();
}

std::size_t place_of_row(const EmbeddingIndex& index, std::size_t row) {
    return rows_start + row * static_cast<std::size_t>(index.column_count);
}

bool has_rows_of(int descriptor, const EmbeddingIndex& index) {
    FileHeader header;
    struct stat status {};
    const bool is_read = pread(descriptor, &header, sizeof header, 0) == sizeof header;
    return is_read && header.magic == FileHeader().magic && header.generation == index.generation &&
           fstat(descriptor, &status) == 0 &&
           static_cast<std::size_t>(status.st_size) >= place_of_row(index, index.analysis_ids.size());
}

// Writes rows behind those of the index.
class RowAppender {
public:
    RowAppender(int descriptor, const std::filesystem::path& file, EmbeddingIndex& index)
        : descriptor_(descriptor), file_(file), index_(index), place_(place_of_row(index, index.analysis_ids.size())) {}

    void add(std::int64_t id, std::optional<Row> row) {
        if (!row) {
            index_.without_embedding.push_back(id);
            return;
        }
        index_.analysis_ids.push_back(id);
        index_.inverse_lengths.push_back(inverse_length(*row));
        const auto bytes = std::as_bytes(*row);
        waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
        constexpr std::size_t portion_bytes = std::size_t{1} << 20U;
        if (waiting_.size() >= portion_bytes) write();
    }

    void finish() {
        write();
        if (fdatasync(descriptor_) != 0) fail(file_);
    }

private:
    void write() {
        write_at(descriptor_, place_, waiting_, file_);
        place_ += waiting_.size();
        waiting_.clear();
    }

    int descriptor_;
    const std::filesystem::path& file_;
    EmbeddingIndex& index_;
    std::size_t place_;
    std::vector<std::byte> waiting_;
};

// A new file without rows, which replaces the old one: who has that mapped keeps it.
Descriptor start_anew(const std::filesystem::path& file, EmbeddingIndex& index, const SearchedModel& model) {
    index = {model.identity, random_number(), model.embedding_length, {}, {}, {}};
    const std::filesystem::path temporary = file.string() + "." + std::to_string(getpid()) + ".tmp";
    Descriptor descriptor(open(temporary.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (descriptor.number < 0) fail(file);
    const FileHeader header{FileHeader().magic, index.generation};
    std::array<std::byte, rows_start> start{};
    std::memcpy(start.data(), &header, sizeof header);
    flock(descriptor.number, LOCK_EX);
    try {
        write_at(descriptor.number, 0, start, file);
        std::filesystem::rename(temporary, file);
    } catch (const std::exception& error) {
        unlink(temporary.c_str());
        throw Error(ErrorCode::unwritable, file.string() + ": cannot be written: " + error.what());
    }
    return descriptor;
}

}  // namespace

std::filesystem::path embedding_file(const std::filesystem::path& database_file) {
    return database_file.string() + ".embeddings";
}

std::filesystem::path embedding_index_file(const std::filesystem::path& database_file) {
    return database_file.string() + ".embeddings.index";
}

struct Embeddings::Content {
    EmbeddingIndex index;
    std::vector<std::int8_t> values;  ///< where the file cannot be written
    void* mapped = nullptr;
    std::size_t mapped_bytes = 0;
    Int8Matrix matrix;
    bool is_sorted = false;

    Content() = default;
    Content(const Content&) = delete;
    Content& operator=(const Content&) = delete;
    ~Content() {
        if (mapped != nullptr) munmap(mapped, mapped_bytes);
    }

    void map(int descriptor, const std::filesystem::path& file) {
        mapped_bytes = place_of_row(index, index.analysis_ids.size());
        void* const start = mmap(nullptr, mapped_bytes, PROT_READ, MAP_SHARED, descriptor, 0);
        if (start == MAP_FAILED) fail(file);
        mapped = start;
        const auto* const first = static_cast<const std::int8_t*>(mapped) + rows_start;
        set_matrix({first, mapped_bytes - rows_start});
    }

    void set_matrix(std::span<const std::int8_t> all) {
        matrix = {all, index.inverse_lengths, static_cast<std::size_t>(index.column_count)};
        is_sorted = std::ranges::is_sorted(index.analysis_ids);
    }

    // The index and the file as they are, where nothing is to be added. Needs no right to write.
    bool open_as_it_is(Database& database, const std::vector<std::int64_t>& ids, const SearchedModel& model) {
        const std::filesystem::path file = embedding_file(database.file());
        std::optional<EmbeddingIndex> found = read_embedding_index(embedding_index_file(database.file()));
        if (!found || !is_worth_keeping(*found, ids, model)) return false;
        if (without_row(ids, found->analysis_ids) != found->without_embedding) return false;
        if (!are_without_embedding(database, found->without_embedding)) return false;
        const Descriptor descriptor(open(file.c_str(), O_RDONLY | O_CLOEXEC));
        if (descriptor.number < 0 || !has_rows_of(descriptor.number, *found)) return false;
        index = std::move(*found);
        map(descriptor.number, file);
        return true;
    }

    void update(Database& database, const std::vector<std::int64_t>& ids, const SearchedModel& model) {
        const std::filesystem::path file = embedding_file(database.file());
        Descriptor descriptor = open_alone(file);
        std::optional<EmbeddingIndex> found = read_embedding_index(embedding_index_file(database.file()));
        const bool is_kept = found && is_worth_keeping(*found, ids, model) && has_rows_of(descriptor.number, *found);
        // The one that is held until then keeps others out.
        std::optional<Descriptor> replaced;
        if (is_kept) {
            index = std::move(*found);
        } else {
            replaced.emplace(start_anew(file, index, model));
        }
        const int number = replaced ? replaced->number : descriptor.number;
        index.without_embedding.clear();
        RowAppender appender(number, file, index);
        read_rows(database, model, without_row(ids, index.analysis_ids),
                  [&](std::int64_t id, std::optional<Row> row) { appender.add(id, row); });
        appender.finish();
        write_embedding_index(embedding_index_file(database.file()), index);
        map(number, file);
    }

    void read_into_memory(Database& database, const std::vector<std::int64_t>& ids, const SearchedModel& model) {
        index = {model.identity, 0, model.embedding_length, {}, {}, {}};
        read_rows(database, model, ids, [&](std::int64_t id, std::optional<Row> row) {
            if (!row) return;
            index.analysis_ids.push_back(id);
            index.inverse_lengths.push_back(inverse_length(*row));
            values.insert(values.end(), row->begin(), row->end());
        });
        set_matrix(values);
    }
};

Embeddings::Embeddings(Database& database, const SearchedModel& model) : content_(std::make_unique<Content>()) {
    const std::vector<std::int64_t> ids = known_analyses(database, model);
    if (content_->open_as_it_is(database, ids, model)) return;
    try {
        content_->update(database, ids, model);
    } catch (const DatabaseError&) {
        throw;
    } catch (const Error&) {  // a folder that cannot be written, a full disk
        content_ = std::make_unique<Content>();
        content_->read_into_memory(database, ids, model);
    }
}

Embeddings::~Embeddings() = default;

const Int8Matrix& Embeddings::matrix() const noexcept { return content_->matrix; }
std::span<const std::int64_t> Embeddings::analysis_ids() const noexcept { return content_->index.analysis_ids; }
bool Embeddings::is_mapped() const noexcept { return content_->mapped != nullptr; }

std::size_t Embeddings::row_of(std::int64_t analysis_id) const noexcept {
    const std::vector<std::int64_t>& ids = content_->index.analysis_ids;
    const auto found =
        content_->is_sorted ? std::ranges::lower_bound(ids, analysis_id) : std::ranges::find(ids, analysis_id);
    const bool is_found = found != ids.end() && *found == analysis_id;
    return is_found ? static_cast<std::size_t>(found - ids.begin()) : RecordingFacts::no_row;
}

}  // namespace earmark::catalogue
