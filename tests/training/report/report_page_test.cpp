#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "training/report/report_page.h"

namespace earmark {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string data_start = R"(<script type="application/json" id="study">)";

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

// What a browser finds in the element of the data: all up to the next end tag, wherever it comes from.
std::string data_in(const std::string& page) {
    const std::size_t start = page.find(data_start);
    if (start == std::string::npos) return {};
    const std::size_t first = start + data_start.size();
    return page.substr(first, page.find("</script", first) - first);
}

std::string study_with_tag(const std::string& name) {
    return nlohmann::json{{"format", 2}, {"tags", {{{"label", name}, {"name", name}}}}}.dump();
}

TEST(ReportPage, holds_the_data_exactly_once_as_it_was) {
    const std::string study = study_with_tag("a name that is nowhere else");
    const std::string page = report_page(study);
    EXPECT_EQ(count(page, data_start), 1U);
    EXPECT_EQ(count(page, study), 1U);
    EXPECT_EQ(data_in(page), study);
    EXPECT_THAT(page, Not(HasSubstr("@study@")));
}

struct Text {
    std::string what;
    std::string text;
};

void PrintTo(const Text& text, std::ostream* out) { *out << text.what; }

class TextsThatLookLikeMarkup : public ::testing::TestWithParam<Text> {};

TEST_P(TextsThatLookLikeMarkup, stay_data_and_are_read_back_unchanged) {
    const std::string study = study_with_tag(GetParam().text);
    const std::string page = report_page(study);
    EXPECT_EQ(nlohmann::json::parse(data_in(page)), nlohmann::json::parse(study));
    const std::string empty = report_page("{}");
    for (const char* markup : {"<script", "</script", "<!--"}) {
        EXPECT_EQ(count(page, markup), count(empty, markup)) << markup;
    }
}

INSTANTIATE_TEST_SUITE_P(ReportPage, TextsThatLookLikeMarkup,
                         ::testing::Values(Text{"end_of_script", "</script><script>alert(1)</script>"},
                                           Text{"end_of_script_in_capitals", "</SCRIPT >"},
                                           Text{"comment", "<!-- <script>"}, Text{"end_of_cdata", "]]>"},
                                           Text{"place_of_the_data", "@study@"},
                                           Text{"escapes_and_quotes", "\\u003c \\ \" ' & ; [x] ${y}"},
                                           Text{"other_scripts_and_line_separators", "Ünïcödé \xe2\x80\xa8 音楽"}),
                         [](const auto& tested) { return tested.param.what; });

TEST(ReportPage, is_one_file_that_refers_to_no_other_and_to_no_network) {
    const std::string page = report_page("{}");
    for (const char* reference :
         {"http:", "https:", "url(", "@import", R"( src=")", "<link", "<iframe", "fetch(", "XMLHttpRequest"}) {
        EXPECT_THAT(page, Not(HasSubstr(reference)));
    }
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
}

TEST(ReportPage, holds_its_style_and_all_its_scripts) {
    const std::string page = report_page("{}");
    EXPECT_THAT(page, HasSubstr("prefers-color-scheme: dark"));
    for (const char* function :
         {"draw_studied", "draw_findings", "draw_paper", "draw_configurations", "draw_comparisons", "draw_levels",
          "draw_scales", "draw_tags", "draw_curves", "draw_confusion", "draw_filters", "draw_hardest"}) {
        EXPECT_THAT(page, HasSubstr(std::string("function ") + function + "()"));
    }
}

TEST(ReportPage, closes_every_element_that_it_opens) {
    const std::string page = report_page("{}");
    for (const std::string name : {"script", "style", "section", "main", "body", "html"}) {
        EXPECT_EQ(count(page, "<" + name + ">") + count(page, "<" + name + " "), count(page, "</" + name + ">"))
            << name;
    }
    EXPECT_EQ(page.rfind("<!DOCTYPE html>", 0), 0U);
}

}  // namespace
}  // namespace earmark
