#include "apps/teach/given_names.h"

namespace earmark {

std::string GivenNames::in(std::string text) const {
    for (const auto& [made, given] : names_) {
        for (std::size_t at = 0; (at = text.find(made, at)) != std::string::npos; at += given.size())
            text.replace(at, made.size(), given);
    }
    return text;
}

}  // namespace earmark
