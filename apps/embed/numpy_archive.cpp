#include "apps/embed/numpy_archive.h"

#include <zip.h>

#include <exception>
#include <functional>
#include <memory>
#include <numeric>

#include "apps/embed/numpy_array.h"
#include "earmark/error.h"

namespace earmark {
namespace {

constexpr const char* array_ending = ".npy";

struct DiscardArchive {
    void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
};
struct FreeSource {
    void operator()(zip_source_t* source) const noexcept { zip_source_free(source); }
};
struct CloseFile {
    void operator()(zip_file_t* file) const noexcept { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, DiscardArchive>;
using Source = std::unique_ptr<zip_source_t, FreeSource>;
using File = std::unique_ptr<zip_file_t, CloseFile>;

[[noreturn]] void fail_to_write(const char* reason) {
    throw Error(ErrorCode::unwritable, std::string("the NumPy archive cannot be made: ") + reason);
}

[[noreturn]] void fail_to_read(const std::filesystem::path& path, const std::string& reason) {
    throw Error(ErrorCode::unreadable, path.string() + ": expected a NumPy archive (.npz): " + reason);
}

void add(zip_t* archive, const std::string& name, Source source) {
    if (!source) fail_to_write(zip_strerror(archive));
    const zip_int64_t index =
        zip_file_add(archive, (name + array_ending).c_str(), source.get(), ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE);
    if (index < 0) fail_to_write(zip_strerror(archive));
    static_cast<void>(source.release());  // the archive's now
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    // The same arrays give the same bytes: 1980 is the first year that ZIP knows.
    zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), 0, (1U << 5U) | 1U, 0);
}

void add(zip_t* archive, const NamedArray& array) {
    add(archive, array.name, Source(zip_source_buffer(archive, array.bytes.data(), array.bytes.size(), 0)));
}

std::string content_of(zip_source_t* source) {
    zip_stat_t status;
    if (zip_source_stat(source, &status) != 0 || zip_source_open(source) != 0)
        fail_to_write(zip_error_strerror(zip_source_error(source)));
    std::string bytes(status.size, '\0');
    const zip_int64_t count = zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    if (count != static_cast<zip_int64_t>(bytes.size())) fail_to_write("it is not whole");
    return bytes;
}

std::string content_of(zip_t* archive, zip_uint64_t index, const std::filesystem::path& path) {
    zip_stat_t status;
    const File file(zip_fopen_index(archive, index, 0));
    if (!file || zip_stat_index(archive, index, 0, &status) != 0) fail_to_read(path, zip_strerror(archive));
    std::string bytes;
    std::string portion(std::size_t{1} << 20U, '\0');
    while (true) {
        const zip_int64_t count = zip_fread(file.get(), portion.data(), portion.size());
        if (count < 0) fail_to_read(path, zip_file_strerror(file.get()));
        if (count == 0) return bytes;
        bytes.append(portion, 0, static_cast<std::size_t>(count));
    }
}

// Gives libzip an array portion by portion. What the portions throw must not pass through its C.
class ArrayStream {
public:
    explicit ArrayStream(const StreamedArray& array)
        : array_(array),
          portion_(npy_header(array.shape)),
          size_(std::accumulate(array.shape.begin(), array.shape.end(), sizeof(float), std::multiplies<>()) +
                portion_.size()) {}

    // A zip_source_callback.
    static zip_int64_t answer(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command) {
        auto& stream = *static_cast<ArrayStream*>(self);
        switch (command) {
            case ZIP_SOURCE_SUPPORTS:
                return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                                      ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
            case ZIP_SOURCE_STAT: return stream.describe(static_cast<zip_stat_t*>(data));
            case ZIP_SOURCE_READ: return stream.read(static_cast<char*>(data), length);
            case ZIP_SOURCE_ERROR: return zip_error_to_data(&stream.error_, data, length);
            default: return 0;
        }
    }

    void rethrow() const {
        if (thrown_) std::rethrow_exception(thrown_);
    }

private:
    zip_int64_t describe(zip_stat_t* status) const {
        zip_stat_init(status);
        status->size = size_;
        status->comp_method = ZIP_CM_STORE;
        status->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD;
        return sizeof(zip_stat_t);
    }

    zip_int64_t read(char* data, zip_uint64_t length) {
        try {
            if (at_ == portion_.size()) {
                portion_ = array_.next();
                at_ = 0;
            }
        } catch (...) {
            thrown_ = std::current_exception();
            zip_error_set(&error_, ZIP_ER_READ, 0);
            return -1;
        }
        const std::size_t count = portion_.copy(data, length, at_);
        at_ += count;
        return static_cast<zip_int64_t>(count);
    }

    const StreamedArray& array_;
    std::string portion_;
    std::size_t at_ = 0;
    zip_uint64_t size_;
    zip_error_t error_{};
    std::exception_ptr thrown_;
};

std::string message_of(int code) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    return zip_error_strerror(&error);
}

}  // namespace

std::string npz(const std::vector<NamedArray>& arrays) {
    zip_error_t error;
    zip_error_init(&error);
    const Source target(zip_source_buffer_create(nullptr, 0, 0, &error));
    if (!target) fail_to_write(zip_error_strerror(&error));
    zip_source_keep(target.get());  // the archive takes one reference
    Archive archive(zip_open_from_source(target.get(), ZIP_TRUNCATE, &error));
    if (!archive) fail_to_write(zip_error_strerror(&error));
    for (const NamedArray& array : arrays) add(archive.get(), array);
    if (zip_close(archive.get()) != 0) fail_to_write(zip_strerror(archive.get()));
    static_cast<void>(archive.release());
    return content_of(target.get());
}

void write_npz(const std::filesystem::path& path, const std::vector<NamedArray>& arrays,
               const StreamedArray& streamed) {
    ArrayStream stream(streamed);
    try {
        int code = 0;
        Archive archive(zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
        if (!archive) fail_to_write(message_of(code).c_str());
        for (const NamedArray& array : arrays) add(archive.get(), array);
        add(archive.get(), streamed.name, Source(zip_source_function(archive.get(), &ArrayStream::answer, &stream)));
        if (zip_close(archive.get()) != 0) fail_to_write(zip_strerror(archive.get()));
        static_cast<void>(archive.release());
    } catch (const Error& error) {
        stream.rethrow();
        throw Error(error.code(), path.string() + ": " + error.what());
    }
}

std::map<std::string, std::string> read_npz(const std::filesystem::path& path) {
    if (!std::filesystem::exists(path)) throw Error(ErrorCode::not_found, path.string() + ": no such file");
    int code = 0;
    const Archive archive(zip_open(path.c_str(), ZIP_RDONLY, &code));
    if (!archive) fail_to_read(path, message_of(code));
    std::map<std::string, std::string> arrays;
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        const auto index = static_cast<zip_uint64_t>(i);
        const char* named = zip_get_name(archive.get(), index, 0);
        std::string name = named == nullptr ? "" : named;
        if (name.ends_with(array_ending)) name.resize(name.size() - std::char_traits<char>::length(array_ending));
        arrays[name] = content_of(archive.get(), index, path);
    }
    return arrays;
}

}  // namespace earmark
