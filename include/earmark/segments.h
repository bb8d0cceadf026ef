#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "earmark/aggregation.h"
#include "earmark/export.h"
#include "earmark/model.h"

namespace earmark {

// The structs are plain values.

/// What one network of a model found in one segment of a clip, before it is averaged over the segments.
struct EARMARK_EXPORT SegmentMaxima {
    std::size_t scale = 0;        ///< index into Model::architectures
    std::size_t first_frame = 0;  ///< of the clip; there are Model::spectrogram.frames_per_second() in a second
    bool is_audible = true;       ///< has an audible frame (TaggerOptions::plain); else it does not count

    /// For each filter, the maximum of its activation over the segment (Lee & Nam 2017, section II-B): first level
    /// first, NetworkArchitecture::feature_count() numbers, at least 0. Valid until the visitor returns.
    std::span<const float> values;
};

/// Takes the segments of a clip: those of one scale in the order of time, and the scales in turn, some segments each.
using SegmentVisitor = std::function<void(const SegmentMaxima&)>;

/// Windows of a clip that follow each other at equal distances, and may overlap.
struct EARMARK_EXPORT WindowSettings {
    double duration_s = 5.0;  ///< of a window; greater than 0
    double hop_s = 1.0;       ///< from the start of one window to that of the next; greater than 0
};

/// One window and what the networks found in it.
struct EARMARK_EXPORT ClipWindow {
    double start_s = 0.0;
    double end_s = 0.0;
    bool is_audible = true;        ///< some segment of it has an audible frame
    std::vector<float> embedding;  ///< as ClipResult::embedding, of the segments of this window
};

using WindowVisitor = std::function<void(const ClipWindow&)>;

/// The segments of a clip to embeddings of windows, in memory that does not grow with the clip.
///
/// The windows start at 0, hop_s, 2 hop_s, ...; where they do not end with the clip, one more does, so that no tail is
/// lost. A clip shorter than a window has one window, the clip. A segment belongs to the windows that its middle is in;
/// a window without one takes the segment whose middle is nearest to its own. Segments without an audible frame do not
/// count, unless a window has no other. A window that is the whole clip has the embedding of the clip.
///
/// Belongs to one thread at a time.
class EARMARK_EXPORT WindowStream {
public:
    /// Throws Error (usage) that names the setting which is not greater than 0.
    WindowStream(std::shared_ptr<const Model> model, const WindowSettings& settings, WindowVisitor visit);
    WindowStream(WindowStream&&) noexcept;
    WindowStream& operator=(WindowStream&&) noexcept;
    ~WindowStream();

    /// Calls the visitor for each window that is complete now, in the order of time. REQUIRES: segments as a
    /// SegmentVisitor gets them.
    void add(const SegmentMaxima& segment);

    /// Calls the visitor for the windows that are left; then the next clip may begin. `duration_s` is that of the clip
    /// (ClipResult::duration_s). REQUIRES: a segment of each scale was added.
    void finish(double duration_s);

    /// Forgets the clip so far.
    void reset();

private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace earmark
