#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "earmark/error.h"

namespace earmark {

/// One table of a recipe, read key by key with checks. It remembers which keys has() and the others were asked for, so
/// that the rest can be refused. Every error is an Error (invalid_recipe) that names the file, the line (that of the
/// table when the key is missing) and the key, such as "my.toml:31: networks[1].layers[0].filters: expected a whole
/// number from 1 to 65536".
class RecipeTable {
public:
    static RecipeTable parse(const std::string& text, const std::string& file_name);

    RecipeTable(RecipeTable&&) noexcept;
    RecipeTable& operator=(RecipeTable&&) noexcept;
    ~RecipeTable();

    bool has(const std::string& key) const;

    std::string text(const std::string& key);
    std::vector<std::string> texts(const std::string& key);
    int integer(const std::string& key, int lowest, int highest);
    std::vector<int> integers(const std::string& key, int lowest, int highest);
    double number(const std::string& key, double lowest, double highest);
    bool boolean(const std::string& key);

    /// The index of the value among `choices`.
    std::size_t one_of(const std::string& key, std::initializer_list<const char*> choices);
    RecipeTable table(const std::string& key);

    /// A list of tables with at least one element.
    std::vector<RecipeTable> tables(const std::string& key);

    /// Where the value of `key` is, for messages: "my.toml:31".
    std::string where(const std::string& key) const;

    /// Throws the Error about the value of `key`, or about the whole table when `key` is empty.
    [[noreturn]] void fail(const std::string& key, const std::string& problem) const;

    /// Throws when the table has a key that nobody asked for.
    void reject_unknown() const;

    /// Runs `check` and gives an Error of it the code, the file and the place of this table.
    template <typename Check>
    void rethrow_as_recipe_error(Check check) const {
        try {
            check();
        } catch (const Error& error) {
            fail("", error.what());
        }
    }

private:
    struct Implementation;
    explicit RecipeTable(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation_;
};

/// The TOML text of the same recipe, but for the text `value` of a key of a table. Comments and the order of the keys
/// are lost. REQUIRES: TOML that has this table.
std::string with_text(const std::string& toml, const std::string& table, const std::string& key,
                      const std::string& value);

}  // namespace earmark
