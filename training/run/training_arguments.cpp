#include "training/run/training_arguments.h"

#include <array>
#include <charconv>
#include <functional>
#include <map>

#include "earmark/error.h"

namespace earmark {
namespace {

template <typename Number>
Number parse_number(const std::string& text) {
    Number value{};
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (status != std::errc() || end != text.data() + text.size())
        throw Error(ErrorCode::usage, "'" + text + "': expected a number");
    return value;
}

// An enumerator by its number: the process that reads it is the same program.
template <typename Enumeration>
Enumeration parse_enumerator(const std::string& text, int count) {
    const int value = parse_number<int>(text);
    if (value < 0 || value >= count)
        throw Error(ErrorCode::usage, "'" + text + "': expected 0 to " + std::to_string(count - 1));
    return static_cast<Enumeration>(value);
}

template <typename Enumeration>
std::string enumerator_text(Enumeration value) {
    return std::to_string(static_cast<int>(value));
}

Fold& fold_of(TrainingOptions& options) {
    if (!options.fold) options.fold.emplace();
    return *options.fold;
}

using Set = std::function<void(TrainingOptions&, const std::string&)>;

const std::map<std::string, Set>& setters() {
    static const std::map<std::string, Set> all{
        {"recipe", [](auto& options, const auto& value) { options.recipe = value; }},
        {"data", [](auto& options, const auto& value) { options.data.emplace_back(value); }},
        {"out", [](auto& options, const auto& value) { options.out = value; }},
        {"tags", [](auto& options, const auto& value) { options.tags = value; }},
        {"vocabulary", [](auto& options, const auto& value) { options.vocabulary = value; }},
        {"cache", [](auto& options, const auto& value) { options.cache = value; }},
        {"jobs", [](auto& options, const auto& value) { options.worker_count = parse_number<std::size_t>(value); }},
        {"device", [](auto& options, const auto& value) { options.device = parse_enumerator<DeviceChoice>(value, 3); }},
        {"precision",
         [](auto& options, const auto& value) { options.precision = parse_enumerator<Precision>(value, 3); }},
        {"from", [](auto& options, const auto& value) { options.from = value; }},
        {"teachers", [](auto& options, const auto& value) { options.teachers = value; }},
        {"seed", [](auto& options, const auto& value) { options.seed = parse_number<std::uint64_t>(value); }},
        {"output", [](auto& options, const auto& value) { options.output = parse_enumerator<OutputKind>(value, 2); }},
        {"fold", [](auto& options, const auto& value) { fold_of(options).index = parse_number<std::size_t>(value); }},
        {"folds",
         [](auto& options, const auto& value) { fold_of(options).plan.fold_count = parse_number<std::size_t>(value); }},
        {"fold-seed",
         [](auto& options, const auto& value) { fold_of(options).plan.seed = parse_number<std::uint64_t>(value); }},
        {"by-artist", [](auto& options, const auto& value) { fold_of(options).plan.by_artist = value == "1"; }},
        {"test-is-empty", [](auto& options, const auto& value) { fold_of(options).is_test_empty = value == "1"; }},
        {"copies", [](auto& options, const auto& value) { options.copies = value; }},
        {"audio-record", [](auto& options, const auto& value) { options.audio_record = value; }},
        {"whole-study", [](auto& options, const auto& value) { options.configurations.whole_study = value == "1"; }},
        {"only-the-model",
         [](auto& options, const auto& value) { options.configurations.only_the_model = value == "1"; }},
        {"features",
         [](auto& options, const auto& value) {
             options.configurations.embedding_files.push_back(parse_embedding_file(value));
         }},
        {"command", [](auto& options, const auto& value) { options.command = value; }},
        {"license", [](auto& options, const auto& value) { options.license = value; }},
    };
    return all;
}

class ArgumentList {
public:
    void add(const std::string& key, const std::string& value) { arguments_.push_back(key + "=" + value); }
    void add(const std::string& key, const std::filesystem::path& value) { add(key, value.string()); }
    void add(const std::string& key, bool value) { add(key, std::string(value ? "1" : "0")); }
    template <typename Value>
    void add(const std::string& key, const std::optional<Value>& value) {
        if (value) add(key, *value);
    }
    void add(const std::string& key, std::uint64_t value) { add(key, std::to_string(value)); }

    std::vector<std::string> take() { return std::move(arguments_); }

private:
    std::vector<std::string> arguments_;
};

}  // namespace

std::vector<std::string> training_arguments(const TrainingOptions& options) {
    ArgumentList list;
    list.add("recipe", options.recipe);
    for (const auto& folder : options.data) list.add("data", folder);
    list.add("out", options.out);
    list.add("tags", options.tags);
    list.add("vocabulary", options.vocabulary);
    list.add("cache", options.cache);
    list.add("jobs", std::uint64_t{options.worker_count});
    list.add("device", enumerator_text(options.device));
    list.add("precision", enumerator_text(options.precision));
    list.add("from", options.from);
    list.add("teachers", options.teachers);
    list.add("seed", options.seed);
    if (options.output) list.add("output", enumerator_text(*options.output));
    if (options.fold) {
        list.add("fold", std::uint64_t{options.fold->index});
        list.add("folds", std::uint64_t{options.fold->plan.fold_count});
        list.add("fold-seed", options.fold->plan.seed);
        list.add("by-artist", options.fold->plan.by_artist);
        list.add("test-is-empty", options.fold->is_test_empty);
    }
    list.add("copies", options.copies);
    list.add("audio-record", options.audio_record);
    list.add("whole-study", options.configurations.whole_study);
    list.add("only-the-model", options.configurations.only_the_model);
    for (const EmbeddingFile& file : options.configurations.embedding_files)
        list.add("features", file.name + "=" + file.path.string());
    list.add("command", options.command);
    list.add("license", options.license);
    return list.take();
}

TrainingOptions parse_training_arguments(const std::vector<std::string>& arguments) {
    TrainingOptions options;
    for (const std::string& argument : arguments) {
        const std::size_t equals = argument.find('=');
        const auto setter = setters().find(argument.substr(0, equals));
        if (equals == std::string::npos || setter == setters().end())
            throw Error(ErrorCode::usage, "'" + argument + "': expected an option of a training, as OPTION=VALUE");
        setter->second(options, argument.substr(equals + 1));
    }
    return options;
}

}  // namespace earmark
