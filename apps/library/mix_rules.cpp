#include "apps/library/mix_rules.h"

#include <fstream>
#include <iterator>
#include <limits>
#include <utility>

#include "datasets/text/unicode.h"
#include "earmark/error.h"
#include "search/query_numbers.h"
#include "training/recipe/recipe_table.h"

namespace earmark {
namespace {

constexpr int greatest_count = 100'000;

// It becomes the name of a file.
std::string name_of(RecipeTable& table) {
    std::string name = table.text("name");
    const bool is_name = !name.empty() && name.front() != '.' && name.size() <= 200 &&
                         name.find_first_of(std::string("/\n\r\0", 4)) == std::string::npos;
    if (!is_name) table.fail("name", "expected the name of a file without folders, which does not start with '.'");
    return name;
}

// A number of a track stays one.
std::string seed_of(const std::string& text, const std::filesystem::path& folder) {
    const bool is_number = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    return is_number ? text : (folder / text).lexically_normal().string();
}

double duration_of(RecipeTable& table) {
    const std::optional<double> seconds = query_seconds(table.text("duration"));
    if (!seconds || *seconds <= 0.0)
        table.fail("duration", R"(expected a duration, such as "2 h", "45m" or "1:30:00")");
    return *seconds;
}

void read_limits(RecipeTable& table, MixRule& rule) {
    if (table.has("duration")) {
        rule.duration_s = duration_of(table);
        rule.most = std::numeric_limits<std::size_t>::max();
    }
    if (table.has("tracks")) rule.most = static_cast<std::size_t>(table.integer("tracks", 1, greatest_count));
    if (table.has("per_artist"))
        rule.most_per_artist = static_cast<std::size_t>(table.integer("per_artist", 1, greatest_count));
    if (table.has("min_similarity")) {
        rule.least_similarity = table.number("min_similarity", 0.0, 1.0);
        if (rule.like.empty()) table.fail("min_similarity", "expected only together with 'like'");
    }
    if (table.has("diversity")) rule.diversity = table.number("diversity", 0.0, 1.0);
    if (table.has("order")) rule.order = static_cast<MixOrder>(table.one_of("order", {"best", "smooth", "shuffle"}));
}

MixRule rule_of(RecipeTable& table, const std::filesystem::path& folder) {
    MixRule rule;
    rule.name = name_of(table);
    if (table.has("search")) rule.search = table.text("search");
    rule.search_place = table.where("search");
    if (table.has("like"))
        for (const std::string& seed : table.texts("like")) rule.like.push_back(seed_of(seed, folder));
    rule.like_place = table.where("like");
    if (rule.search.empty() && rule.like.empty()) table.fail("search", "expected a search, or seeds in 'like'");
    read_limits(table, rule);
    table.reject_unknown();
    return rule;
}

// Playlists of one name would be one file; on the disks of Windows and macOS also where only case differs.
void check_name(const std::string& name, const std::vector<MixRule>& rules, const RecipeTable& table) {
    for (const MixRule& other : rules) {
        if (other.name == name) table.fail("name", "another playlist has this name");
        if (without_case(other.name) == without_case(name))
            table.fail("name", "another playlist is called '" + other.name +
                                   "'; on disks that ignore upper and lower case both would be one file");
    }
}

}  // namespace

std::vector<MixRule> parse_mix_rules(const std::string& text, const std::filesystem::path& file) {
    RecipeTable root = RecipeTable::parse(text, file.string());
    const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
    std::vector<MixRule> rules;
    if (!root.has("playlist")) root.reject_unknown();  // 'playlists' is nearer to the mistake than that none is there
    for (RecipeTable& table : root.tables("playlist")) {
        MixRule rule = rule_of(table, folder);
        check_name(rule.name, rules, table);
        rules.push_back(std::move(rule));
    }
    root.reject_unknown();
    return rules;
}

std::vector<MixRule> read_mix_rules(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) throw Error(ErrorCode::not_found, file.string() + ": no such file");
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream || std::filesystem::is_directory(file))
        throw Error(ErrorCode::unreadable, file.string() + ": cannot be read; expected a file of rules in TOML");
    return parse_mix_rules(text, file);
}

}  // namespace earmark
