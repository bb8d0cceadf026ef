#include "training/run/vocabulary.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "datasets/manifest/dataset.h"
#include "datasets/text/table.h"
#include "datasets/text/text_lines.h"
#include "datasets/text/unicode.h"
#include "earmark/error.h"

namespace earmark {
namespace {

/// Where the columns of a vocabulary are.
struct Columns {
    explicit Columns(const Table& table)
        : tag(table.require("tag")),
          meaning(table.find("meaning")),
          parent(table.find("parent")),
          source(table.find("source")),
          roc_auc(table.find("roc_auc")),
          low(table.find("low")),
          high(table.find("high")) {}

    std::size_t tag;
    std::optional<std::size_t> meaning;
    std::optional<std::size_t> parent;
    std::optional<std::size_t> source;
    std::optional<std::size_t> roc_auc;
    std::optional<std::size_t> low;
    std::optional<std::size_t> high;
};

std::string field(const CsvRecord& row, std::optional<std::size_t> column) {
    return column ? nfc(trimmed(row.fields[*column])) : std::string();
}

bool has_control_character(const std::string& text) {
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 0x20 || byte == 0x7F) return true;
    }
    return false;
}

double score_number(const CsvRecord& row, std::size_t column, const std::filesystem::path& path) {
    const std::string text = field(row, column);
    double number = 0.0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || !(number >= 0.0 && number <= 1.0))
        throw line_error(path, row.line, "'" + text + "': expected a score from 0 to 1");
    return number;
}

// Nothing where all three are empty.
std::optional<TagScore> score_of(const CsvRecord& row, const Columns& columns, const std::filesystem::path& path) {
    const bool is_empty =
        field(row, columns.roc_auc).empty() && field(row, columns.low).empty() && field(row, columns.high).empty();
    if (is_empty) return std::nullopt;
    if (!columns.roc_auc || !columns.low || !columns.high)
        throw line_error(path, row.line, "expected the columns roc_auc, low and high for a score");
    const TagScore score{score_number(row, *columns.roc_auc, path), score_number(row, *columns.low, path),
                         score_number(row, *columns.high, path)};
    if (score.low > score.roc_auc || score.roc_auc > score.high)
        throw line_error(path, row.line, "expected low <= roc_auc <= high");
    return score;
}

Tag tag_of(const CsvRecord& row, const Columns& columns, const std::filesystem::path& path) {
    Tag tag = tag_from_label(field(row, columns.tag));
    tag.meaning = field(row, columns.meaning);
    tag.parent = field(row, columns.parent);
    tag.source = field(row, columns.source);
    tag.score = score_of(row, columns, path);
    for (const std::string& text : {tag.label, tag.meaning, tag.parent, tag.source}) {
        if (!is_valid_utf8(text) || has_control_character(text))
            throw line_error(path, row.line, "expected UTF-8 without control characters");
    }
    if (tag.name.empty()) throw line_error(path, row.line, "expected a tag, found none");
    if (tag.name.find_first_of("/;,|") != std::string::npos) {
        throw line_error(
            path, row.line,
            "'" + tag.name + "': expected a name without / ; , and |, at which players split lists of tags");
    }
    return tag;
}

// Or nullptr.
const Tag* find_tag(const std::vector<Tag>& tags, TagCategory category, const std::string& name) {
    const auto found =
        std::ranges::find_if(tags, [&](const Tag& tag) { return tag.category == category && tag.name == name; });
    return found == tags.end() ? nullptr : &*found;
}

/// Tags with their lines, which messages name.
class Vocabulary {
public:
    explicit Vocabulary(const std::filesystem::path& path) : path_(path) {}

    void add(Tag tag, std::size_t line) {
        const auto [first, is_new] = lines_by_name_.emplace(std::pair(tag.category, plain_name(tag.label)), line);
        if (!is_new) {
            throw line_error(path_, line,
                             "'" + tag.name + "' is the same word as the tag on line " + std::to_string(first->second));
        }
        places_[{tag.category, tag.name}] = tags_.size();
        lines_.push_back(line);
        tags_.push_back(std::move(tag));
    }

    std::vector<Tag> take() {
        if (tags_.empty()) throw Error(ErrorCode::invalid_dataset, path_.string() + ": has no tags");
        for (std::size_t i = 0; i < tags_.size(); ++i) check_ancestors(i);
        return std::move(tags_);
    }

private:
    void check_ancestors(std::size_t tag) const {
        std::size_t ancestor = tag;
        for (std::size_t steps = 0; !tags_[ancestor].parent.empty(); ++steps) {
            const auto parent = places_.find({tags_[ancestor].category, tags_[ancestor].parent});
            if (parent == places_.end()) {
                throw line_error(path_, lines_[ancestor],
                                 "'" + tags_[ancestor].parent + "': expected the name of a tag of the category " +
                                     std::string(category_name(tags_[ancestor].category)));
            }
            ancestor = parent->second;
            if (ancestor == tag && steps == 0)
                throw line_error(path_, lines_[tag], "'" + tags_[tag].name + "' is its own parent");
            if (steps > tags_.size())
                throw line_error(path_, lines_[tag], "'" + tags_[tag].name + "' has no ancestor without a parent");
        }
    }

    const std::filesystem::path& path_;
    std::vector<Tag> tags_;
    std::vector<std::size_t> lines_;
    std::map<std::pair<TagCategory, std::string>, std::size_t> lines_by_name_;
    std::map<std::pair<TagCategory, std::string>, std::size_t> places_;
};

}  // namespace

std::vector<Tag> read_vocabulary(const std::filesystem::path& path) {
    Table table(path);
    const Columns columns(table);
    Vocabulary vocabulary(path);
    while (const std::optional<CsvRecord> row = table.next()) vocabulary.add(tag_of(*row, columns, path), row->line);
    return vocabulary.take();
}

std::vector<Tag> tags_of(const std::vector<std::string>& labels, const std::vector<Tag>& vocabulary,
                         const std::filesystem::path& path) {
    std::vector<Tag> tags;
    for (const std::string& label : labels) {
        const auto found = std::ranges::find(vocabulary, label, &Tag::label);
        if (found == vocabulary.end())
            throw Error(ErrorCode::invalid_dataset,
                        path.string() + ": expected the tag '" + label + "', which the model is to have, found none");
        tags.push_back(*found);
    }
    const std::vector<Tag> chosen = tags;
    for (Tag& tag : tags) {
        while (!tag.parent.empty() && find_tag(chosen, tag.category, tag.parent) == nullptr)
            tag.parent = find_tag(vocabulary, tag.category, tag.parent)->parent;
    }
    return tags;
}

std::vector<std::string> labels_of(const std::vector<Tag>& tags) {
    std::vector<std::string> labels;
    labels.reserve(tags.size());
    for (const Tag& tag : tags) labels.push_back(tag.label);
    return labels;
}

}  // namespace earmark
