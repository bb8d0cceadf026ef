#include "training/report/report_page.h"

#include "training/report/report_template.h"

namespace earmark {
namespace {

// In JSON '<' occurs in strings only, where it may be written by its number; without it there is no '</script>', and no
// '<!--' either.
std::string without_markup(const std::string& json) {
    std::string text;
    text.reserve(json.size());
    for (const char c : json) {
        if (c == '<') {
            text += "\\u003c";
        } else {
            text += c;
        }
    }
    return text;
}

}  // namespace

std::string report_page(const std::string& study_json) {
    std::string page(report_before_study());
    page += without_markup(study_json);
    page += report_after_study();
    return page;
}

}  // namespace earmark
