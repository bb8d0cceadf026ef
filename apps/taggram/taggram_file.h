#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "apps/common/one_file.h"
#include "apps/picture/canvas.h"
#include "apps/picture/picture_options.h"
#include "apps/picture/waveform.h"
#include "earmark/model.h"
#include "earmark/taggram.h"

namespace earmark {

/// The taggram of a file, and the tags of it that are shown.
struct TaggramFile {
    std::filesystem::path path;
    std::shared_ptr<const Model> model;
    ClipResult clip;
    Taggram taggram;
    EventRule rule;
    std::vector<TaggramTag> tags;
    WaveformPeaks waveform;  ///< for pictures

    const Tag& description(const TaggramTag& tag) const { return model->tags[tag.tag_index]; }
};

/// For people: the tags by category, with the probability in the whole clip and the times of the events.
std::string taggram_text(const TaggramFile& file);

/// Probabilities with six digits behind the point. A portion for each tag: as a whole, ten hours with a hundred tags
/// take 35 MB.
void taggram_json(const TaggramFile& file, const TextSink& sink);

/// A row for each window, which is a portion, and a column for each tag that is shown.
void taggram_csv(const TaggramFile& file, const TextSink& sink);
/// The same as arrays.
std::string taggram_npz(const TaggramFile& file);

// The events, in the formats of other programs.

/// Audacity's label track: start, end and label, separated by TABs, in seconds.
std::string audacity_labels(const TaggramFile& file);

/// Sonic Visualiser's layer of regions as CSV without header: start, value, duration, label.
std::string sonic_visualiser_csv(const TaggramFile& file);

/// DCASE's list of sound events: filename, onset, offset, event_label, separated by TABs.
std::string dcase_tsv(const TaggramFile& file);

/// WebVTT (W3C): a cue for each stretch in which the same tags are present.
std::string web_vtt(const TaggramFile& file);

/// JAMS 0.3 (Humphrey et al. 2014): an annotation of the namespace tag_open for each category.
std::string jams(const TaggramFile& file);

std::string taggram_picture(const TaggramFile& file, PictureFormat format, const PictureOptions& options);

}  // namespace earmark
