#pragma once

#include <string>
#include <utility>
#include <vector>

namespace earmark {

/// Replaces absolute paths and temporary files in messages by what the user typed.
class GivenNames {
public:
    /// From then on, `made` is replaced by `given`. What was added first is replaced first.
    void add(std::string made, std::string given) { names_.emplace_back(std::move(made), std::move(given)); }

    /// The text of a message with the names that the user typed.
    std::string in(std::string text) const;

private:
    std::vector<std::pair<std::string, std::string>> names_;
};

}  // namespace earmark
