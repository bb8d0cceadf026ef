#include "training/clips/log_mel_cache.h"

#include <fcntl.h>
#include <lmdb.h>
#include <unistd.h>

#include <array>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <iomanip>
#include <sstream>
#include <utility>
#include <vector>

#include "base/folder_lock.h"
#include "earmark/error.h"
#include "training/clips/database_check.h"

namespace earmark {
namespace {

// LMDB reserves address space, not disk: the file grows as entries are added.
#ifdef __SANITIZE_THREAD__  // leaves little address space
constexpr std::size_t map_bytes = std::size_t{1} << 34;
#else
constexpr std::size_t map_bytes = std::size_t{1} << 40;
#endif

// Values are written in portions of about this size, so that a run that is killed loses little.
constexpr std::size_t bytes_per_transaction = std::size_t{16} << 20;

// Of the way from a file to its frames, and part of every key: frames that came another way are not found again. 1
// (which no key named): resampled to the rate of the settings, whatever the file has. 2: as the tagger computes them,
// at the file's own rate where Spectrogram accepts it. 3: the same frames, with a checksum behind them.
constexpr int frames_version = 3;

constexpr char data_name[] = "data.mdb";
constexpr char lock_name[] = "lock.mdb";

std::string settings_text(const SpectrogramSettings& settings) {
    std::ostringstream text;
    text.precision(17);
    text << "frames " << frames_version << ' ' << settings.sample_rate_hz << ' ' << settings.window_samples << ' '
         << settings.hop_samples << ' ' << settings.mel_band_count << ' ' << settings.lowest_hz << ' '
         << settings.highest_hz << ' ' << settings.log_scale;
    return text.str();
}

// LMDB's keys are at most 511 bytes, paths can be longer: FNV-1a (Fowler, Noll, Vo) twice from different starts. Always
// 32 characters: a small value is stored right behind its key, and must be at an even address.
std::string digest(const std::string& text) {
    std::ostringstream hex;
    hex << std::hex << std::setfill('0');
    for (std::uint64_t hash : {std::uint64_t{0xcbf29ce484222325U}, std::uint64_t{0x9ae16a3b2f90404fU}}) {
        for (const char character : text) {
            hash = (hash ^ static_cast<unsigned char>(character)) * 0x100000001b3U;
        }
        hex << std::setw(16) << hash;
    }
    return hex.str();
}

struct CloseEnvironment {
    void operator()(MDB_env* environment) const noexcept { mdb_env_close(environment); }
};

}  // namespace

class LogMelCache::Implementation {
public:
    Implementation(const std::filesystem::path& folder, const SpectrogramSettings& settings,
                   const std::function<bool()>& stop_requested)
        : path_(folder),
          folder_(folder.string()),
          settings_(settings_text(settings)),
          band_count_(settings.mel_band_count) {
        std::error_code error;
        std::filesystem::create_directories(folder, error);
        reserve_lock_file(folder);
        // Who fills has it, so that nobody writes while another one checks.
        lock_ = std::make_unique<FolderLock>(folder, std::chrono::hours(24 * 365), stop_requested);
        if (!lock_->is_held())
            throw Error(ErrorCode::canceled, folder_ + ": stopped while another training fills the log-mel cache");
        begin_anew_if_damaged(folder);
        MDB_env* environment = nullptr;
        require(mdb_env_create(&environment), "create");
        environment_.reset(environment);
        require(mdb_env_set_mapsize(environment, map_bytes), "reserve memory for");
        require(mdb_env_open(environment, folder_.c_str(), MDB_NOTLS, 0644), "open");
        begin(0);
        require(mdb_dbi_open(transaction_, nullptr, 0, &database_), "open");
    }

    Implementation(const Implementation&) = delete;
    Implementation& operator=(const Implementation&) = delete;

    ~Implementation() {
        if (transaction_ != nullptr) {
            if (frozen_)
                mdb_txn_abort(transaction_);
            else
                mdb_txn_commit(transaction_);
        }
    }

    std::string key(const std::filesystem::path& audio) const {
        std::error_code error;
        const auto size = std::filesystem::file_size(audio, error);
        const auto changed = std::filesystem::last_write_time(audio, error).time_since_epoch().count();
        return digest(std::filesystem::absolute(audio).lexically_normal().string() + '\n' + std::to_string(size) + ' ' +
                      std::to_string(changed) + ' ' + settings_);
    }

    std::optional<CachedFrames> frames(const std::string& key) const {
        const auto entry = find(key);
        return entry ? frames_of_entry(*entry, band_count_) : std::nullopt;
    }

    bool contains(const std::string& key) {
        const auto entry = find(key);
        if (!entry) return false;
        const bool is_whole = is_whole_entry(key, *entry, band_count_);
        if (!is_whole) ++damage_.entry_count;
        return is_whole;
    }

    const CacheDamage& damage() const { return damage_; }
    const std::filesystem::path& folder() const { return path_; }

    void put(const std::string& key, const Matrix& log_mel) {
        assert(key.size() % 2 == 0);
        std::vector<std::byte> entry = make_cache_entry(key, log_mel);
        MDB_val name{key.size(), const_cast<char*>(key.data())};
        MDB_val value{entry.size(), entry.data()};
        require(mdb_put(transaction_, database_, &name, &value, 0), "write to");
        uncommitted_bytes_ += value.mv_size;
        if (uncommitted_bytes_ >= bytes_per_transaction) commit_and_begin(0);
    }

    void freeze() {
        commit_and_begin(MDB_RDONLY);
        frozen_ = true;
        lock_.reset();
    }

private:
    void begin_anew_if_damaged(const std::filesystem::path& folder) {
        damage_.database = database_problem(folder / data_name);
        if (damage_.database.empty()) return;
        std::error_code error;
        for (const char* name : {data_name, lock_name}) {
            if (!std::filesystem::remove(folder / name, error) && error) fail("remove", error.message());
        }
        reserve_lock_file(folder);
    }

    // LMDB maps its lock file and writes to it: where the disk is full, that would be a SIGBUS.
    void reserve_lock_file(const std::filesystem::path& folder) const {
        constexpr off_t lock_bytes = 8192;
        const int descriptor = ::open((folder / lock_name).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (descriptor < 0) fail("open", error_text(errno));
        const int status = posix_fallocate(descriptor, 0, lock_bytes);
        ::close(descriptor);
        if (status == ENOSPC || status == EFBIG || status == EDQUOT) fail("open", error_text(status));
    }

    [[noreturn]] void fail(const char* what, const std::string& reason) const {
        throw Error(ErrorCode::unwritable, folder_ + ": cannot " + what + " the log-mel cache: " + reason);
    }

    static std::string error_text(int status) {
        const std::string text = mdb_strerror(status);
        return status == ENOSPC ? "the disk is full (" + text + ")" : text;
    }

    void require(int status, const char* what) const {
        if (status == MDB_SUCCESS) return;
        fail(what, error_text(status == EIO ? reason_of_failed_write() : status));
    }

    // LMDB reports a write that was cut short as EIO. Writing one more byte gives the reason.
    int reason_of_failed_write() const {
        const int descriptor = ::open((folder_ + "/" + data_name).c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
        if (descriptor < 0) return EIO;
        const off_t end = lseek(descriptor, 0, SEEK_END);
        const std::array<char, 4096> zeros{};
        const ssize_t count = ::write(descriptor, zeros.data(), zeros.size());
        const int reason = count < 0 ? errno : EIO;
        const bool is_restored = count <= 0 || (end >= 0 && ftruncate(descriptor, end) == 0);
        ::close(descriptor);
        return is_restored ? reason : EIO;
    }

    void begin(unsigned flags) { require(mdb_txn_begin(environment_.get(), nullptr, flags, &transaction_), "use"); }

    void commit_and_begin(unsigned flags) {
        MDB_txn* finished = std::exchange(transaction_, nullptr);
        require(mdb_txn_commit(finished), "write to");
        uncommitted_bytes_ = 0;
        begin(flags);
    }

    /// The bytes of an entry, until the next one is put.
    std::optional<std::span<const std::byte>> find(const std::string& key) const {
        MDB_val name{key.size(), const_cast<char*>(key.data())};
        MDB_val value;
        const int status = mdb_get(transaction_, database_, &name, &value);
        if (status == MDB_NOTFOUND) return std::nullopt;
        require(status, "read");
        return std::span(static_cast<const std::byte*>(value.mv_data), value.mv_size);
    }

    std::filesystem::path path_;
    std::string folder_;
    std::string settings_;
    std::size_t band_count_;
    CacheDamage damage_;
    std::unique_ptr<FolderLock> lock_;
    std::unique_ptr<MDB_env, CloseEnvironment> environment_;
    MDB_dbi database_ = 0;
    MDB_txn* transaction_ = nullptr;
    std::size_t uncommitted_bytes_ = 0;
    bool frozen_ = false;
};

LogMelCache::LogMelCache(const std::filesystem::path& folder, const SpectrogramSettings& settings,
                         const std::function<bool()>& stop_requested)
    : implementation_(std::make_unique<Implementation>(folder, settings, stop_requested)) {}
LogMelCache::LogMelCache(LogMelCache&&) noexcept = default;
LogMelCache& LogMelCache::operator=(LogMelCache&&) noexcept = default;
LogMelCache::~LogMelCache() = default;

std::string LogMelCache::key(const std::filesystem::path& audio) const { return implementation_->key(audio); }

bool LogMelCache::contains(const std::string& key) const { return implementation_->contains(key); }

const std::filesystem::path& LogMelCache::folder() const { return implementation_->folder(); }

const CacheDamage& LogMelCache::damage() const { return implementation_->damage(); }

void LogMelCache::put(const std::string& key, const Matrix& log_mel) { implementation_->put(key, log_mel); }

void LogMelCache::freeze() { implementation_->freeze(); }

std::optional<CachedFrames> LogMelCache::frames(const std::string& key) const { return implementation_->frames(key); }

}  // namespace earmark
