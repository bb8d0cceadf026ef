#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace earmark {

/// What a configuration's classifier is given, or that it has none.
enum class ConfigurationKind {
    local_model,      ///< a network's own outputs, averaged over the segments of a clip; of several, their mean
    mel_statistics,   ///< a baseline: mean and deviation of each mel band
    mfcc_statistics,  ///< a baseline: statistics of cepstral coefficients, for a classifier without hidden layers
    external,         ///< external embeddings
    one_level,        ///< one level of one network that is not its last
    last_level,       ///< the last level of each network
    all_levels,       ///< all levels of each network
};

/// Which configuration a result is of: equal in two runs when the same was done, whatever the recipe. A value.
struct ConfigurationId {
    ConfigurationKind kind = ConfigurationKind::all_levels;
    int level = 0;            ///< of one_level: counted from 1; else 0
    std::vector<int> scales;  ///< segment_frames of its networks; none: all that the recipe has, or a kind without
    std::string name;         ///< of external embeddings: as the user named them; else empty

    // clang-tidy takes the 0 of the comparisons that the compiler writes for a pointer.
    auto operator<=>(const ConfigurationId&) const = default;  // NOLINT(modernize-use-nullptr)
};

/// REQUIRES: mel_statistics or mfcc_statistics.
ConfigurationId baseline_id(ConfigurationKind kind);
ConfigurationId local_model_id(std::vector<int> scales = {});
ConfigurationId last_level_id(std::vector<int> scales = {});
ConfigurationId all_levels_id(std::vector<int> scales = {});
ConfigurationId one_level_id(int level, int scale);
ConfigurationId external_id(std::string name);

/// All levels of all scales: what a model is made of.
inline const ConfigurationId whole_method_id{};

/// Whether its embedding is made of levels of networks.
bool has_levels(const ConfigurationId& id);

/// Of a local model or levels: the scale where there is one only.
std::optional<int> single_scale(const ConfigurationId& id);

/// For people: "all levels, 18 and 27 frames". Programs compare ids and never read this.
std::string to_string(const ConfigurationId& id);

/// For names of files: "all-levels-scales-18-27", "all-levels-all-scales", "external-musicnn_20MSD". Different for
/// different ids; holds letters, digits, '-' and '_' only.
std::string file_name(const ConfigurationId& id);

/// For programs: "all_levels".
std::string_view kind_name(ConfigurationKind kind);
std::optional<ConfigurationKind> kind_of_name(std::string_view name);

}  // namespace earmark
