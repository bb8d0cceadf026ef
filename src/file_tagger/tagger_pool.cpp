#include "earmark/tagger_pool.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <new>
#include <string>
#include <thread>
#include <utility>

#include "base/side_by_side.h"

namespace earmark {
namespace {

struct NumberedItem {
    std::size_t index = 0;
    PoolItem item;
};

ClipResult tag(Tagger& tagger, const PoolItem& item, const ReadOptions& options) {
    if (item.error) throw Error(*item.error);
    if (item.clip) return *item.clip;
    if (item.bytes) return tag_bytes(tagger, *item.bytes, item.path.string(), options);
    return tag_file(tagger, item.path, options);
}

// Nothing for an item that was given up because the run ends.
std::optional<PoolResult> result_of(Tagger& tagger, const NumberedItem& numbered, const ReadOptions& options) {
    const PoolItem& item = numbered.item;
    PoolResult result{numbered.index, item.path, {}, {}};
    try {
        result.clip = tag(tagger, item, options);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::canceled && options.stop.stop_requested()) return std::nullopt;
        result.error = error;
    } catch (const std::bad_alloc&) {
        result.error = Error(ErrorCode::unreadable, item.path.string() + ": there is not enough memory");
    } catch (const std::exception& error) {
        result.error = Error(ErrorCode::unreadable, item.path.string() + ": " + error.what());
    }
    return result;
}

}  // namespace

class TaggerPool::Implementation {
public:
    Implementation(std::shared_ptr<const Model> model, TaggerPoolOptions options)
        : model_(std::move(model)), options_(std::move(options)) {
        if (options_.worker_count == 0) options_.worker_count = std::max(1U, std::thread::hardware_concurrency());
    }

    std::size_t run(const Source& source, const Take& take, const std::stop_token& stop) {
        auto next = [&source,
                     index = std::size_t{0}](const std::stop_token& is_ended) mutable -> std::optional<NumberedItem> {
            std::optional<PoolItem> item = source(is_ended);
            if (!item) return std::nullopt;
            return NumberedItem{index++, std::move(*item)};
        };
        const auto make_worker = [this] { return Worker(*this); };
        SideBySideOptions options;
        options.worker_count = options_.worker_count;
        options.most_waiting_count = options_.most_waiting_count;
        options.in_order = options_.in_order;
        options.stop = stop;
        options.give_up = options_.on_stuck;
        return work_side_by_side(options, next, make_worker, take);
    }

private:
    // Borrows a tagger for the thread that it works on.
    class Worker {
    public:
        explicit Worker(Implementation& pool) : pool_(&pool), tagger_(pool.borrow()) {}
        Worker(Worker&&) noexcept = default;
        Worker& operator=(Worker&&) = delete;
        ~Worker() {
            if (tagger_) pool_->give_back(std::move(tagger_));
        }

        std::optional<PoolResult> operator()(const NumberedItem& item, const std::stop_token& stop) {
            ReadOptions options;
            options.stop = stop;
            options.max_duration_s = pool_->options_.max_duration_s;
            options.time_limit_s = pool_->options_.time_limit_s;
            if (pool_->options_.on_progress) {
                options.on_progress = [&](double seconds_done, std::optional<double> seconds_declared) {
                    pool_->options_.on_progress(item.index, seconds_done, seconds_declared);
                };
            }
            if (pool_->options_.on_samples) {
                options.on_samples = [&](std::span<const float> mono, int sample_rate_hz) {
                    pool_->options_.on_samples(item.index, mono, sample_rate_hz);
                };
            }
            if (pool_->options_.on_segment) {
                tagger_->visit_segments(
                    [&](const SegmentMaxima& segment) { pool_->options_.on_segment(item.index, segment); });
            }
            return result_of(*tagger_, item, options);
        }

    private:
        Implementation* pool_;
        std::unique_ptr<Tagger> tagger_;
    };

    std::unique_ptr<Tagger> borrow() {
        {
            const std::lock_guard lock(mutex_);
            if (!idle_.empty()) {
                auto tagger = std::move(idle_.back());
                idle_.pop_back();
                return tagger;
            }
        }
        auto tagger = std::make_unique<Tagger>(model_, options_.tagger);
        const std::lock_guard lock(mutex_);
        idle_.reserve(++tagger_count_);  // so that giving back cannot fail
        return tagger;
    }

    void give_back(std::unique_ptr<Tagger> tagger) noexcept {
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(tagger));
    }

    std::shared_ptr<const Model> model_;
    TaggerPoolOptions options_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Tagger>> idle_;
    std::size_t tagger_count_ = 0;
};

TaggerPool::TaggerPool(std::shared_ptr<const Model> model, const TaggerPoolOptions& options)
    : implementation_(std::make_unique<Implementation>(std::move(model), options)) {}
TaggerPool::TaggerPool(TaggerPool&&) noexcept = default;
TaggerPool& TaggerPool::operator=(TaggerPool&&) noexcept = default;
TaggerPool::~TaggerPool() = default;

std::size_t TaggerPool::run(const Source& source, const Take& take, const std::stop_token& stop) {
    return implementation_->run(source, take, stop);
}

std::size_t TaggerPool::run(std::span<const std::filesystem::path> files, const Take& take,
                            const std::stop_token& stop) {
    const Source source = [files](const std::stop_token&) mutable -> std::optional<PoolItem> {
        if (files.empty()) return std::nullopt;
        PoolItem item{files.front(), {}, {}};
        files = files.subspan(1);
        return item;
    };
    return run(source, take, stop);
}

}  // namespace earmark
