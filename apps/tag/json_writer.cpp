#include <nlohmann/json.hpp>
#include <ostream>

#include "apps/common/numbers.h"
#include "apps/common/visible_text.h"
#include "apps/tag/result_writer.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

Json file_json(const TaggedFile& file, const Model& model) {
    Json json{{"path", file.path.string()}};
    if (!is_utf8(file.path.string())) json["path_bytes"] = hexadecimal(file.path.string());
    json["status"] = status_of(file);
    if (!file.error.empty()) {
        json["error"] = error_without_path(file);
        return json;
    }
    json["duration_s"] = rounded(file.duration_s);
    if (!file.warning.empty()) json["warning"] = file.warning;
    json["tags"] = Json::array();
    for (const RankedTag& tag : file.tags) {
        const Tag& description = model.tags[tag.tag_index];
        json["tags"].push_back({{"tag", description.name},
                                {"category", category_name(description.category)},
                                {"probability", rounded(tag.probability)},
                                {"present", tag.present}});
    }
    return json;
}

// Paths may hold bytes that are not UTF-8: they become replacement characters.
std::string text_of(const Json& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

class JsonWriter : public ResultWriter {
public:
    JsonWriter(std::ostream& stream, const Model& model, bool is_array)
        : stream_(stream), model_(model), is_array_(is_array) {}

    void write(const TaggedFile& file) override {
        if (is_array_) stream_ << (is_first_ ? "[\n" : ",\n");
        stream_ << text_of(file_json(file, model_), 2) << (is_array_ ? "" : "\n") << std::flush;
        is_first_ = false;
        is_in_line_ = is_array_;
    }

    // Where nothing else is printed, the comma before the next object is on the same line.
    void end_line() override {
        if (is_in_line_) stream_ << "\n" << std::flush;
        is_in_line_ = false;
    }

    void finish() override {
        end_line();
        if (is_array_) stream_ << (is_first_ ? "[]\n" : "]\n") << std::flush;
    }

private:
    std::ostream& stream_;
    const Model& model_;
    bool is_array_;
    bool is_first_ = true;
    bool is_in_line_ = false;
};

class JsonLinesWriter : public ResultWriter {
public:
    JsonLinesWriter(std::ostream& stream, const Model& model) : stream_(stream), model_(model) {}

    void write(const TaggedFile& file) override {
        stream_ << text_of(file_json(file, model_), -1) << "\n" << std::flush;
    }

private:
    std::ostream& stream_;
    const Model& model_;
};

}  // namespace

std::unique_ptr<ResultWriter> make_json_writer(std::ostream& stream, const Model& model, bool is_array) {
    return std::make_unique<JsonWriter>(stream, model, is_array);
}

std::unique_ptr<ResultWriter> make_json_lines_writer(std::ostream& stream, const Model& model) {
    return std::make_unique<JsonLinesWriter>(stream, model);
}

}  // namespace earmark
