#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "earmark/aggregation.h"
#include "earmark/classifier.h"
#include "earmark/export.h"
#include "earmark/gate.h"
#include "earmark/network.h"
#include "earmark/provenance.h"
#include "earmark/spectrogram.h"
#include "earmark/tag.h"

namespace earmark {

// All free functions of this header are thread-safe.

/// A signal that a formula makes, and what the model predicts of it. The signal is
///   x(t) = 0.4 sin(2 pi (110 t + 55 t^2)) + 0.2 sin(2 pi 1760 t) [t mod 0.5 < 0.1] + 0.1 u(n),  t = n / sample_rate_hz
/// where u(n) = s(n) / 2^31 - 1 is the noise of s(n) = (1664525 s(n-1) + 1013904223) mod 2^32, s(-1) = 1.
struct EARMARK_EXPORT SelfTest {
    double duration_s = 5.0;           ///< within [0.05, 60]
    double tolerance = 0.01;           ///< greatest difference of a probability elsewhere; within (0, 1]
    std::vector<float> probabilities;  ///< in the order of Model::tags; empty in a model without self-test

    bool operator==(const SelfTest&) const = default;
};

/// The samples of the self-test's signal, within [-0.7, 0.7]. REQUIRES: a rate within [1, 3 000 000].
EARMARK_EXPORT std::vector<float> self_test_signal(const SelfTest& self_test, int sample_rate_hz);

/// How the numbers of a model file are stored.
enum class WeightType { float16, float32 };

/// Everything that is needed to run a model and to judge it: the contents of a model file. A plain value; a loaded
/// model is shared as std::shared_ptr<const Model> by all threads. docs/model-format.md describes the file byte by
/// byte.
struct EARMARK_EXPORT Model {
    std::string name;
    SpectrogramSettings spectrogram;
    Normalization normalization;
    std::vector<NetworkArchitecture> architectures;
    std::vector<NetworkWeights> networks;  ///< one for each architecture
    Aggregation aggregation;
    ClassifierWeights classifier;
    std::vector<Tag> tags;
    std::optional<Gate> gate = {};  ///< nothing: every clip is taken for music like that of the training
    WeightType weight_type = WeightType::float16;
    Provenance provenance;
    SelfTest self_test;

    /// The length of the embedding: the sum of feature_count() over the networks, times statistic_count().
    std::size_t feature_count() const noexcept;

    /// Throws Error (invalid_model) that names the field when its fields do not fit each other: shapes of weights,
    /// counts of tags, thresholds, settings.
    void check() const;

    /// The checks of check() that need no weights, for a model that is yet to be trained.
    void check_settings() const;
};

/// How long the self-test of a new model is: 1.7 of its longest segments or a little more, so that the frames are no
/// whole number of segments of any network, and up to where the sweep has made whole periods. A reader that drops the
/// frames left over, fills up their segment, or pads the signal with zeros then gets other probabilities. From 0.05 to
/// 60. REQUIRES: settings that pass check().
EARMARK_EXPORT double self_test_duration_s(const Model& model);

/// The newest format version that is read; all older ones are read as well. A model is written in version 3, the first
/// that has a checksum, unless it needs a newer one.
inline constexpr int model_format_version = 5;

/// Reads a model file. Every size in it is checked before it is used, and where the file has a checksum, all of its
/// bytes: no damage goes unnoticed. Throws Error: not_found, unreadable, invalid_model (names the file and the field,
/// or that it is damaged), unsupported_model (a newer format version, or one that never was). `name` is used in
/// messages instead of the path.
EARMARK_EXPORT Model read_model(const std::filesystem::path& path);
EARMARK_EXPORT Model parse_model(std::span<const std::byte> bytes, const std::string& name);

/// How a model is stored in its file.
struct EARMARK_EXPORT ModelFileFormat {
    int version = 0;
    bool has_checksum = false;  ///< files of before 2026-11-28 have none: of their weights, not all damage is noticed
};

/// Of a file that read_model reads; looks at its header alone. Throws Error, as read_model does.
EARMARK_EXPORT ModelFileFormat model_file_format(const std::filesystem::path& path);

/// read_model, to be shared by many threads. Throws Error, as read_model does.
EARMARK_EXPORT std::shared_ptr<const Model> load_model(const std::filesystem::path& path);

/// Where the default model is: the file that the environment variable EARMARK_MODEL names, if it is set; else
/// default.earmark in share/earmark of the prefix in which the program or shared library that holds this code is
/// installed; else in share/earmark of the prefix that Earmark was configured for; else models/default.earmark in the
/// source tree that it was built from. Whether the file exists is not checked.
EARMARK_EXPORT std::filesystem::path default_model_path();

/// load_model(default_model_path()). Reads the file anew with each call. Throws Error, as load_model does.
EARMARK_EXPORT std::shared_ptr<const Model> default_model();

/// Which model this is: 32 hexadecimal digits, the XXH3 128-bit hash of the model as a file without checksum, in the
/// oldest format version that has what it needs. Equal for models that are equal in every field, and for a model and
/// what read_model reads of its file; any other model has another. The same on every machine. Throws Error
/// (invalid_model), as serialize_model does.
EARMARK_EXPORT std::string model_identity(const Model& model);

/// Writes a model file with a checksum: to a temporary name in the same folder, synced, renamed. Weights are stored as
/// model.weight_type. Reading and writing again gives the same bytes. Throws Error: invalid_model, unwritable.
EARMARK_EXPORT void write_model(const Model& model, const std::filesystem::path& path);
EARMARK_EXPORT std::vector<std::byte> serialize_model(const Model& model);

/// The model as it is after write_model and read_model: with weight_type float16, its weights rounded to float16.
/// Throws Error (invalid_model), as serialize_model does.
EARMARK_EXPORT Model round_trip(const Model& model);

}  // namespace earmark
