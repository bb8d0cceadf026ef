#include "training/recipe/recipe_table.h"

#include <toml++/toml.h>
#include <algorithm>
#include <set>
#include <sstream>

#include "base/similar_word.h"

namespace earmark {

struct RecipeTable::Implementation {
    std::shared_ptr<const toml::table> root;  // owns everything below
    const toml::table* table;
    std::string file_name;
    std::string place;  // of this table within the file, empty for the whole
    std::set<std::string> asked_for = {};

    const toml::node* find(const std::string& key) {
        asked_for.insert(key);
        return table->get(key);
    }

    std::string place_of(const std::string& key) const {
        if (place.empty() || key.empty()) return place + key;
        return place + "." + key;
    }

    // `key` may be an element, such as "hidden_units[1]".
    const toml::node* get(const std::string& key) const { return table->get(key.substr(0, key.find('['))); }

    // Of the value of `key`, such as "filters" or "hidden_units[1]", or of the table that lacks it; 0 for the whole
    // file.
    unsigned line_of(const std::string& key) const {
        const toml::node* node = get(key);
        if (node != nullptr) return node->source().begin.line;
        return place.empty() ? 0 : table->source().begin.line;
    }

    std::string where(const std::string& key) const {
        const unsigned line = line_of(key);
        return file_name + (line > 0 ? ":" + std::to_string(line) : "");
    }

    std::unique_ptr<Implementation> child(const toml::node& node, const std::string& child_place) const {
        return std::make_unique<Implementation>(Implementation{root, node.as_table(), file_name, child_place});
    }
};

namespace {

std::string range_text(const char* kind, double lowest, double highest) {
    std::ostringstream text;
    text.precision(12);
    text << "expected " << kind << " from " << lowest << " to " << highest;
    return text.str();
}

}  // namespace

RecipeTable::RecipeTable(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
RecipeTable::RecipeTable(RecipeTable&&) noexcept = default;
RecipeTable& RecipeTable::operator=(RecipeTable&&) noexcept = default;
RecipeTable::~RecipeTable() = default;

RecipeTable RecipeTable::parse(const std::string& text, const std::string& file_name) {
    try {
        auto root = std::make_shared<const toml::table>(toml::parse(text));
        const toml::table* table = root.get();
        return RecipeTable(std::make_unique<Implementation>(Implementation{std::move(root), table, file_name, ""}));
    } catch (const toml::parse_error& error) {
        throw Error(ErrorCode::invalid_recipe, file_name + ":" + std::to_string(error.source().begin.line) +
                                                   ": not TOML: " + std::string(error.description()));
    }
}

std::string RecipeTable::where(const std::string& key) const { return implementation_->where(key); }

void RecipeTable::fail(const std::string& key, const std::string& problem) const {
    const std::string place = implementation_->place_of(key);
    const bool is_missing = !key.empty() && implementation_->get(key) == nullptr;
    throw Error(
        ErrorCode::invalid_recipe,
        where(key) + ": " + (place.empty() ? problem : place + ": " + (is_missing ? "missing; " : "") + problem));
}

bool RecipeTable::has(const std::string& key) const { return implementation_->find(key) != nullptr; }

std::string RecipeTable::text(const std::string& key) {
    const toml::node* node = implementation_->find(key);
    if (node == nullptr || !node->is_string()) fail(key, "expected a text in quotes");
    return **node->as_string();
}

std::vector<std::string> RecipeTable::texts(const std::string& key) {
    const toml::node* node = implementation_->find(key);
    if (node == nullptr || !node->is_array()) fail(key, "expected a list of texts in quotes");
    std::vector<std::string> values;
    for (const toml::node& element : *node->as_array()) {
        if (!element.is_string()) fail(key + "[" + std::to_string(values.size()) + "]", "expected a text in quotes");
        values.push_back(**element.as_string());
    }
    return values;
}

int RecipeTable::integer(const std::string& key, int lowest, int highest) {
    const toml::node* node = implementation_->find(key);
    const auto* value = node == nullptr ? nullptr : node->as_integer();
    if (value == nullptr || **value < lowest || **value > highest) {
        fail(key, range_text("a whole number", lowest, highest));
    }
    return static_cast<int>(**value);
}

std::vector<int> RecipeTable::integers(const std::string& key, int lowest, int highest) {
    const toml::node* node = implementation_->find(key);
    if (node == nullptr || !node->is_array()) fail(key, "expected a list of whole numbers");
    std::vector<int> values;
    for (const toml::node& element : *node->as_array()) {
        const auto* value = element.as_integer();
        if (value == nullptr || **value < lowest || **value > highest) {
            fail(key + "[" + std::to_string(values.size()) + "]", range_text("a whole number", lowest, highest));
        }
        values.push_back(static_cast<int>(**value));
    }
    return values;
}

double RecipeTable::number(const std::string& key, double lowest, double highest) {
    const toml::node* node = implementation_->find(key);
    const auto value = node != nullptr && node->is_number() ? node->value<double>() : std::nullopt;
    if (!value || !(*value >= lowest && *value <= highest)) fail(key, range_text("a number", lowest, highest));
    return *value;
}

bool RecipeTable::boolean(const std::string& key) {
    const toml::node* node = implementation_->find(key);
    if (node == nullptr || !node->is_boolean()) fail(key, "expected true or false");
    return **node->as_boolean();
}

std::size_t RecipeTable::one_of(const std::string& key, std::initializer_list<const char*> choices) {
    const toml::node* node = implementation_->find(key);
    const auto value = node == nullptr ? std::nullopt : node->value<std::string>();
    const auto choice = std::find_if(choices.begin(), choices.end(), [&](const char* name) { return value == name; });
    if (choice == choices.end()) {
        std::string expected;
        for (const char* name : choices)
            expected += (expected.empty() ? "expected one of \"" : ", \"") + std::string(name) + "\"";
        fail(key, expected);
    }
    return static_cast<std::size_t>(choice - choices.begin());
}

RecipeTable RecipeTable::table(const std::string& key) {
    const toml::node* node = implementation_->find(key);
    if (node == nullptr || !node->is_table()) fail(key, "expected a table [" + implementation_->place_of(key) + "]");
    return RecipeTable(implementation_->child(*node, implementation_->place_of(key)));
}

std::vector<RecipeTable> RecipeTable::tables(const std::string& key) {
    const toml::node* node = implementation_->find(key);
    const toml::array* array = node == nullptr ? nullptr : node->as_array();
    if (array == nullptr || array->empty() || !array->is_homogeneous<toml::table>()) {
        fail(key, "expected a list of at least one table");
    }
    std::vector<RecipeTable> tables;
    for (const toml::node& element : *array) {
        const std::string place = implementation_->place_of(key) + "[" + std::to_string(tables.size()) + "]";
        tables.push_back(RecipeTable(implementation_->child(element, place)));
    }
    return tables;
}

void RecipeTable::reject_unknown() const {
    for (const auto& [key, node] : *implementation_->table) {
        const std::string name(key.str());
        if (implementation_->asked_for.contains(name)) continue;
        const std::vector<std::string> known(implementation_->asked_for.begin(), implementation_->asked_for.end());
        std::string listed;
        for (const std::string& other : known) listed += (listed.empty() ? "" : ", ") + other;
        fail(name, "unknown key; known here: " + listed + did_you_mean(name, known));
    }
}

std::string with_text(const std::string& toml, const std::string& table, const std::string& key,
                      const std::string& value) {
    toml::table recipe = toml::parse(toml);
    recipe[table].as_table()->insert_or_assign(key, value);
    std::ostringstream text;
    text << recipe << '\n';
    return text.str();
}

}  // namespace earmark
