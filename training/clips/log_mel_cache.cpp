#include "training/clips/log_mel_cache.h"

#include <lmdb.h>

#include <bit>
#include <cassert>
#include <iomanip>
#include <sstream>
#include <vector>

#include "base/float16.h"
#include "earmark/error.h"

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
// at the file's own rate where Spectrogram accepts it.
constexpr int frames_version = 2;

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
    Implementation(const std::filesystem::path& folder, const SpectrogramSettings& settings)
        : folder_(folder.string()), settings_(settings_text(settings)), band_count_(settings.mel_band_count) {
        std::error_code error;
        std::filesystem::create_directories(folder, error);
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

    std::optional<CachedFrames> find(const std::string& key) const {
        MDB_val name{key.size(), const_cast<char*>(key.data())};
        MDB_val value;
        const int status = mdb_get(transaction_, database_, &name, &value);
        if (status == MDB_NOTFOUND) return std::nullopt;
        require(status, "read");
        const std::size_t row_bytes = band_count_ * sizeof(std::uint16_t);
        if (value.mv_size == 0 || value.mv_size % row_bytes != 0) return std::nullopt;
        const std::span values(static_cast<const std::uint16_t*>(value.mv_data), value.mv_size / sizeof(std::uint16_t));
        return CachedFrames{values, value.mv_size / row_bytes};
    }

    void put(const std::string& key, const Matrix& log_mel) {
        assert(key.size() % 2 == 0);
        std::vector<std::uint16_t> halves(log_mel.values().size());
        halves_from_floats(log_mel.values(), halves);
        MDB_val name{key.size(), const_cast<char*>(key.data())};
        MDB_val value{halves.size() * sizeof(std::uint16_t), halves.data()};
        require(mdb_put(transaction_, database_, &name, &value, 0), "write to");
        uncommitted_bytes_ += value.mv_size;
        if (uncommitted_bytes_ >= bytes_per_transaction) commit_and_begin(0);
    }

    void freeze() {
        commit_and_begin(MDB_RDONLY);
        frozen_ = true;
    }

private:
    void require(int status, const char* what) const {
        if (status == MDB_SUCCESS) return;
        throw Error(ErrorCode::unwritable,
                    folder_ + ": cannot " + what + " the log-mel cache: " + mdb_strerror(status));
    }

    void begin(unsigned flags) { require(mdb_txn_begin(environment_.get(), nullptr, flags, &transaction_), "use"); }

    void commit_and_begin(unsigned flags) {
        MDB_txn* finished = std::exchange(transaction_, nullptr);
        require(mdb_txn_commit(finished), "write to");
        uncommitted_bytes_ = 0;
        begin(flags);
    }

    std::string folder_;
    std::string settings_;
    std::size_t band_count_;
    std::unique_ptr<MDB_env, CloseEnvironment> environment_;
    MDB_dbi database_ = 0;
    MDB_txn* transaction_ = nullptr;
    std::size_t uncommitted_bytes_ = 0;
    bool frozen_ = false;
};

LogMelCache::LogMelCache(const std::filesystem::path& folder, const SpectrogramSettings& settings)
    : implementation_(std::make_unique<Implementation>(folder, settings)) {}
LogMelCache::LogMelCache(LogMelCache&&) noexcept = default;
LogMelCache& LogMelCache::operator=(LogMelCache&&) noexcept = default;
LogMelCache::~LogMelCache() = default;

std::string LogMelCache::key(const std::filesystem::path& audio) const { return implementation_->key(audio); }

bool LogMelCache::contains(const std::string& key) const { return implementation_->find(key).has_value(); }

void LogMelCache::put(const std::string& key, const Matrix& log_mel) { implementation_->put(key, log_mel); }

void LogMelCache::freeze() { implementation_->freeze(); }

std::optional<CachedFrames> LogMelCache::frames(const std::string& key) const { return implementation_->find(key); }

}  // namespace earmark
