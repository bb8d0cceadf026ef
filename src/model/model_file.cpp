#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/float16.h"
#include "base/mapped_file.h"
#include "base/write_file.h"
#include "earmark/error.h"
#include "earmark/model.h"
#include "model/check.h"
#include "model/description.h"
#include "model/file_checksum.h"
#include "model/safetensors.h"
#include "model/serialize.h"
#include "model/tensors.h"
#include "model/text.h"

namespace earmark {
namespace {

static_assert(std::endian::native == std::endian::little, "a model file's numbers are copied as they are in memory");

constexpr std::uint64_t greatest_file_bytes = std::uint64_t{2} << 30U;
constexpr char format_name[] = "earmark";
constexpr int first_version_with_checksum = 3;

[[noreturn]] void invalid(const std::string& message) { throw Error(ErrorCode::invalid_model, message); }

std::string_view tensor_type(TensorKind kind, WeightType weight_type) {
    return kind == TensorKind::weight && weight_type == WeightType::float16 ? "F16" : "F32";
}

std::string shape_text(const TensorShape& shape) {
    std::string text = "[";
    for (const std::uint64_t size : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(size);
    return text + ']';
}

/// The tensors of a file, each of which a model takes once.
class TensorSource {
public:
    explicit TensorSource(const std::vector<safetensors::Tensor>& tensors) {
        for (const safetensors::Tensor& tensor : tensors) tensors_.emplace(tensor.name, &tensor);
    }

    /// Fills `values`. Checks before it allocates.
    template <typename Values>
    void take(const std::string& name, const TensorShape& shape, std::string_view type, Values& values) {
        const auto found = tensors_.find(name);
        if (found == tensors_.end()) invalid("header." + name + " is missing");
        const safetensors::Tensor& tensor = *found->second;
        if (tensor.type != type)
            invalid("header." + name + ".dtype is " + tensor.type + ": expected " + std::string(type));
        if (tensor.shape != shape) {
            invalid("header." + name + ".shape is " + shape_text(tensor.shape) + ": expected " + shape_text(shape));
        }
        tensors_.erase(found);
        values.resize(tensor.data.size() / (type == "F16" ? sizeof(std::uint16_t) : sizeof(float)));
        type == "F16" ? read_halves(tensor.data, values) : read_floats(tensor.data, values);
    }

    /// known_finite unless a float16 tensor that was taken has a value that is not: the message names it then.
    WeightValues float16_values() const { return float16_values_; }

    void require_empty() const {
        if (tensors_.empty()) return;
        invalid("header." + path_word(tensors_.begin()->first) + " is not a tensor of the model that is described");
    }

private:
    static void read_floats(std::span<const std::byte> data, std::span<float> values) {
        if (!values.empty()) std::memcpy(values.data(), data.data(), data.size());
    }

    // A portion at a time, since the data of a foreign file may be at an odd address.
    void read_halves(std::span<const std::byte> data, std::span<float> values) {
        std::array<std::uint16_t, 4096> portion{};
        for (std::size_t done = 0; done < values.size(); done += portion.size()) {
            const std::size_t count = std::min(portion.size(), values.size() - done);
            std::memcpy(portion.data(), data.data() + done * sizeof(std::uint16_t), count * sizeof(std::uint16_t));
            floats_from_halves(std::span(portion).first(count), values.subspan(done, count));
            if (!are_finite(std::span(portion).first(count))) float16_values_ = WeightValues::unknown;
        }
    }

    // On bits and without an early end, so that the compiler vectorizes it.
    static bool are_finite(std::span<const std::uint16_t> halves) {
        constexpr std::uint16_t exponent = 0x7C00;  // all ones in infinities and in what is not a number
        std::uint16_t is_bad = 0;
        for (const std::uint16_t half : halves) is_bad |= static_cast<std::uint16_t>((half & exponent) == exponent);
        return is_bad == 0;
    }

    std::map<std::string, const safetensors::Tensor*, std::less<>> tensors_;
    WeightValues float16_values_ = WeightValues::known_finite;  ///< of all float16 tensors that were taken
};

/// 0 for a text that is no version.
int version_number(const std::string& text) {
    constexpr std::size_t greatest_digits = 9;
    const bool is_number = !text.empty() && text.size() <= greatest_digits && text.front() != '0' &&
                           text.find_first_not_of("0123456789") == std::string::npos;
    return is_number ? std::stoi(text) : 0;
}

int checked_format_version(const std::string& text) {
    const int version = version_number(text);
    if (version >= 1 && version <= model_format_version) return version;
    if (version > model_format_version) {
        throw Error(ErrorCode::unsupported_model, "format version " + text + " is newer than this program reads (" +
                                                      std::to_string(model_format_version) + "); update Earmark");
    }
    throw Error(ErrorCode::unsupported_model, "__metadata__.format_version is " + quotation(text) +
                                                  ": expected a number from 1 to " +
                                                  std::to_string(model_format_version));
}

/// The description's text, when this is an Earmark model of a version that can be read.
const std::string& description_text(const std::map<std::string, std::string>& metadata, int& version_of_file) {
    const auto format = metadata.find("format");
    if (format == metadata.end() || format->second != format_name) {
        invalid("not an Earmark model: __metadata__.format is not \"earmark\"");
    }
    const auto version = metadata.find("format_version");
    if (version == metadata.end()) invalid("__metadata__.format_version is missing");
    version_of_file = checked_format_version(version->second);
    const auto description = metadata.find("description");
    if (description == metadata.end()) invalid("__metadata__.description is missing");
    for (const auto& [key, value] : metadata) {
        if (key == "format" || key == "format_version" || key == "description") continue;
        if (key == checksum_key && version_of_file >= first_version_with_checksum) continue;
        invalid("__metadata__." + path_word(key) + " is not a key of this format version");
    }
    return description->second;
}

Description checked_description(const std::string& text) {
    Description description = read_description(text);
    try {
        description.model.check_settings();
        check_classifier_shape(description.classifier_shape, description.model.feature_count());
    } catch (const Error& error) {
        throw Error(error.code(), std::string("description.") + error.what());
    }
    return description;
}

// The members and layers, still without numbers.
void resize(ClassifierWeights& classifier, const ClassifierShape& shape) {
    for (const ClassifierShape::Member& member : shape.members)
        classifier.members.push_back({member.input_count, std::vector<LayerWeights>(member.unit_counts.size())});
    classifier.layers.resize(shape.hidden_unit_counts.size() + 1);
}

void read_weights(Model& model, const ClassifierShape& widths, const std::vector<safetensors::Tensor>& tensors) {
    model.networks.resize(model.architectures.size());
    for (std::size_t i = 0; i < model.networks.size(); ++i) {
        model.networks[i].convolutions.resize(model.architectures[i].layers.size());
    }
    resize(model.classifier, widths);
    TensorSource source(tensors);
    visit_tensors(model, widths, [&](const std::string& name, const TensorShape& shape, auto& values, TensorKind kind) {
        source.take(name, shape, tensor_type(kind, model.weight_type), values);
    });
    source.require_empty();
    check_weights(model, source.float16_values());
}

/// A file must not have what its version does not know: an older program would refuse it.
void require_no_newer_fields(const Description& description, int version) {
    const Model& model = description.model;
    const std::string of_this_version = " is not one of format version " + std::to_string(version) + ": expected ";
    if (version < 5 && !description.classifier_shape.members.empty())
        invalid("description.classifier.members is not a key of format version " + std::to_string(version));
    if (version < 2 && model.aggregation.across_segments != AcrossSegments::mean) {
        invalid("description.aggregation.across_segments" + of_this_version + "mean");
    }
    if (version < 4 && model.gate)
        invalid("description.gate is not a key of format version " + std::to_string(version));
    for (std::size_t i = 0; version < 4 && i < model.tags.size(); ++i) {
        if (!has_facts(model.tags[i])) continue;
        invalid("description.tags[" + std::to_string(i) +
                "] has meaning, parent, source or score, which format version " + std::to_string(version) +
                " does not have");
    }
    for (std::size_t i = 0; version < 3 && i < model.tags.size(); ++i) {
        if (model.tags[i].calibration.kind == Calibration::Kind::identity) continue;
        invalid("description.tags[" + std::to_string(i) + "].calibration" + of_this_version + "identity");
    }
}

safetensors::Contents parse_container(std::span<const std::byte> bytes) {
    if (!safetensors::looks_like_safetensors(bytes)) invalid("not an Earmark model: no safetensors header");
    return safetensors::parse(bytes);
}

Model parse(std::span<const std::byte> bytes) {
    const safetensors::Contents contents = parse_container(bytes);
    int version = 0;
    const std::string& text = description_text(contents.metadata, version);
    check_file_checksum(bytes, contents.metadata);
    Description description = checked_description(text);
    require_no_newer_fields(description, version);
    read_weights(description.model, description.classifier_shape, contents.tensors);
    return std::move(description.model);
}

std::vector<std::byte> serialize(const Model& model, std::map<std::string, std::string> metadata) {
    model.check();
    safetensors::Contents contents;
    contents.metadata = std::move(metadata);
    contents.metadata.insert({{"format", format_name}, {"description", write_description(model)}});
    std::vector<std::vector<std::uint16_t>> halves;  // the tensors point to them: moving a vector keeps its numbers
    visit_tensors(
        model, classifier_shape(model.classifier),
        [&](const std::string& name, const TensorShape& shape, std::span<const float> values, TensorKind kind) {
            const std::string_view type = tensor_type(kind, model.weight_type);
            std::span<const std::byte> data = std::as_bytes(values);
            if (type == "F16") {
                halves_from_floats(values, halves.emplace_back(values.size()));
                data = std::as_bytes(std::span(halves.back()));
            }
            contents.tensors.push_back({name, std::string(type), shape, data});
        });
    // Wider numbers first, as safetensors' own writer does, so that every tensor is aligned.
    std::stable_partition(contents.tensors.begin(), contents.tensors.end(),
                          [](const safetensors::Tensor& tensor) { return tensor.type == "F32"; });
    return safetensors::serialize(contents);
}

}  // namespace

Model parse_model(std::span<const std::byte> bytes, const std::string& name) {
    try {
        return parse(bytes);
    } catch (const Error& error) {
        throw Error(error.code(), name + ": " + error.what());
    }
}

Model read_model(const std::filesystem::path& path) {
    return parse_model(MappedFile(path, greatest_file_bytes).bytes(), path.string());
}

ModelFileFormat model_file_format(const std::filesystem::path& path) {
    const MappedFile file(path, greatest_file_bytes);
    try {
        const safetensors::Contents contents = parse_container(file.bytes());
        ModelFileFormat format;
        description_text(contents.metadata, format.version);
        format.has_checksum = contents.metadata.contains(checksum_key);
        return format;
    } catch (const Error& error) {
        throw Error(error.code(), path.string() + ": " + error.what());
    }
}

std::vector<std::byte> serialize_without_checksum(const Model& model) {
    return serialize(model, {{"format_version", std::to_string(oldest_format_version(model))}});
}

std::vector<std::byte> serialize_model(const Model& model) {
    const int version = std::max(oldest_format_version(model), first_version_with_checksum);
    std::vector<std::byte> bytes =
        serialize(model, {{"format_version", std::to_string(version)}, {checksum_key, checksum_placeholder}});
    set_file_checksum(bytes);
    return bytes;
}

void write_model(const Model& model, const std::filesystem::path& path) { write_file(path, serialize_model(model)); }

Model round_trip(const Model& model) { return parse_model(serialize_model(model), model.name); }

}  // namespace earmark
