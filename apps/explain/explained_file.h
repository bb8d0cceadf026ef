#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "apps/picture/canvas.h"
#include "apps/picture/picture_options.h"
#include "apps/picture/waveform.h"
#include "earmark/explain.h"
#include "earmark/model.h"

namespace earmark {

/// The tags of a file that are explained, and why each is there.
struct ExplainedFile {
    std::filesystem::path path;
    std::shared_ptr<const Model> model;
    ClipResult clip;
    ExplainSettings settings;
    std::vector<ExplainedLevel> cells;  ///< explained_levels()
    std::vector<TagExplanation> tags;   ///< most probable first; none of a clip that has no tags
    WaveformPeaks waveform;             ///< for pictures

    const Tag& tag(const TagExplanation& explanation) const { return model->tags[explanation.tag_index]; }
    float probability(const TagExplanation& explanation) const { return clip.probabilities[explanation.tag_index]; }
    double segment_s(int segment_frames) const { return segment_frames / model->spectrogram.frames_per_second(); }
};

/// Why there are no tags to explain, as a line for people.
std::string without_tags(const ExplainedFile& file);

/// For people: a table of levels and scales for each tag, the moments, and the filters that reacted.
std::string explanation_text(const ExplainedFile& file);

/// Numbers with six digits behind the point.
std::string explanation_json(const ExplainedFile& file);

/// The waveform and, for each tag, a grid of levels and scales and what each moment contributes.
std::string explanation_picture(const ExplainedFile& file, PictureFormat format, const PictureOptions& options);

}  // namespace earmark
