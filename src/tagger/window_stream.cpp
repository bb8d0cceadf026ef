#include <algorithm>
#include <cassert>
#include <cmath>
#include <deque>
#include <limits>
#include <string>
#include <utility>

#include "earmark/error.h"
#include "earmark/segments.h"

namespace earmark {
namespace {

// Of one scale, as long as a window may need it.
struct KeptSegment {
    double middle_s = 0.0;
    bool is_audible = true;
    std::vector<float> values;
};

void require_positive(const char* name, double value) {
    if (value > 0.0 && std::isfinite(value)) return;
    throw Error(ErrorCode::usage, std::string(name) + " is " + std::to_string(value) + "; expected more than 0");
}

}  // namespace

class WindowStream::Implementation {
public:
    Implementation(std::shared_ptr<const Model> model, const WindowSettings& settings, WindowVisitor visit)
        : model_(std::move(model)),
          settings_(settings),
          visit_(std::move(visit)),
          scales_(model_->architectures.size()) {
        require_positive("duration_s", settings.duration_s);
        require_positive("hop_s", settings.hop_s);
    }

    void add(const SegmentMaxima& segment) {
        const double frames = static_cast<double>(segment.first_frame) +
                              static_cast<double>(model_->architectures[segment.scale].segment_frames) / 2.0;
        scales_[segment.scale].push_back({frames / model_->spectrogram.frames_per_second(), segment.is_audible,
                                          std::vector<float>(segment.values.begin(), segment.values.end())});
        while (is_behind(next_end_s())) pass_next_window();
    }

    void finish(double duration_s) {
        pull_before(duration_s);
        while (next_end_s() <= duration_s) pass_next_window();
        // A millisecond is less than any segment: such a tail has no segment of its own.
        constexpr double least_tail_s = 1e-3;
        const double covered_s = window_count_ == 0 ? 0.0 : next_end_s() - settings_.hop_s;
        if (duration_s - covered_s > least_tail_s || window_count_ == 0)
            pass_window(std::max(0.0, duration_s - settings_.duration_s), duration_s);
        reset();
    }

    void reset() {
        for (std::deque<KeptSegment>& segments : scales_) segments.clear();
        window_count_ = 0;
    }

private:
    double start_s(std::size_t window) const { return static_cast<double>(window) * settings_.hop_s; }
    double next_end_s() const { return start_s(window_count_) + settings_.duration_s; }

    // No segment that is still to come has its middle before `end_s`.
    bool is_behind(double end_s) const {
        return std::ranges::all_of(scales_, [end_s](const std::deque<KeptSegment>& segments) {
            return !segments.empty() && segments.back().middle_s >= end_s;
        });
    }

    // The middle of the last segment may be a part of a frame behind the last sample, or far behind it in a clip that
    // is shorter than the segment.
    void pull_before(double duration_s) {
        for (std::deque<KeptSegment>& segments : scales_)
            for (KeptSegment& segment : segments)
                segment.middle_s = std::min(segment.middle_s, std::nextafter(duration_s, 0.0));
    }

    void pass_next_window() {
        pass_window(start_s(window_count_), next_end_s());
        ++window_count_;
        // The last window of the clip may begin before the next one would.
        forget_before(start_s(window_count_) - settings_.hop_s);
    }

    // But the last segment before it, which may be the nearest of a window that has none.
    void forget_before(double time_s) {
        for (std::deque<KeptSegment>& segments : scales_)
            while (segments.size() > 1 && segments[1].middle_s < time_s) segments.pop_front();
    }

    void pass_window(double start_s, double end_s) {
        ClipWindow window{start_s, end_s, false, {}};
        window.embedding.reserve(model_->feature_count());
        for (const std::deque<KeptSegment>& segments : scales_) add_scale(segments, window);
        visit_(window);
    }

    void add_scale(const std::deque<KeptSegment>& segments, ClipWindow& window) const {
        const std::vector<const KeptSegment*> chosen = segments_of(segments, window.start_s, window.end_s);
        const bool is_audible = std::ranges::any_of(chosen, &KeptSegment::is_audible);
        SegmentStatistics statistics(chosen.front()->values.size(), model_->aggregation.across_segments);
        for (const KeptSegment* segment : chosen)
            if (segment->is_audible || !is_audible) statistics.add(segment->values);
        const std::vector<float> values = statistics.value();
        window.embedding.insert(window.embedding.end(), values.begin(), values.end());
        window.is_audible = window.is_audible || is_audible;
    }

    static std::vector<const KeptSegment*> segments_of(const std::deque<KeptSegment>& segments, double start_s,
                                                       double end_s) {
        assert(!segments.empty());
        const double middle_s = (start_s + end_s) / 2.0;
        std::vector<const KeptSegment*> inside;
        const KeptSegment* nearest = nullptr;
        double least_distance_s = std::numeric_limits<double>::infinity();
        for (const KeptSegment& segment : segments) {
            if (segment.middle_s >= start_s && segment.middle_s < end_s) inside.push_back(&segment);
            const double distance_s = std::abs(segment.middle_s - middle_s);
            if (distance_s < least_distance_s) {
                least_distance_s = distance_s;
                nearest = &segment;
            }
        }
        if (inside.empty()) inside.push_back(nearest);
        return inside;
    }

    std::shared_ptr<const Model> model_;
    WindowSettings settings_;
    WindowVisitor visit_;
    std::vector<std::deque<KeptSegment>> scales_;
    std::size_t window_count_ = 0;  ///< at multiples of the hop, so far
};

WindowStream::WindowStream(std::shared_ptr<const Model> model, const WindowSettings& settings, WindowVisitor visit)
    : implementation_(std::make_unique<Implementation>(std::move(model), settings, std::move(visit))) {}
WindowStream::WindowStream(WindowStream&&) noexcept = default;
WindowStream& WindowStream::operator=(WindowStream&&) noexcept = default;
WindowStream::~WindowStream() = default;

void WindowStream::add(const SegmentMaxima& segment) { implementation_->add(segment); }

void WindowStream::finish(double duration_s) { implementation_->finish(duration_s); }

void WindowStream::reset() { implementation_->reset(); }

}  // namespace earmark
