#include "datasets/text/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "earmark/error.h"

namespace earmark::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Records = std::vector<std::vector<std::string>>;

std::vector<CsvRecord> read(const std::string& text, char separator = ',') {
    std::istringstream stream(text);
    CsvReader reader(stream, "t.csv", separator);
    std::vector<CsvRecord> records;
    while (auto record = reader.next()) records.push_back(std::move(*record));
    return records;
}

Records fields(const std::string& text, char separator = ',') {
    Records all;
    for (const CsvRecord& record : read(text, separator)) all.push_back(record.fields);
    return all;
}

std::string error(const std::string& text, char separator = ',') {
    try {
        read(text, separator);
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

TEST(Csv, fields_are_separated) { EXPECT_EQ(fields("a,b,c\nd,e,f\n"), (Records{{"a", "b", "c"}, {"d", "e", "f"}})); }

TEST(Csv, the_separator_may_be_a_tab) { EXPECT_EQ(fields("a,b\t\"c\td\"\n", '\t'), (Records{{"a,b", "c\td"}})); }

TEST(Csv, fields_may_be_empty) { EXPECT_EQ(fields(",\n\"\",x,\n"), (Records{{"", ""}, {"", "x", ""}})); }

TEST(Csv, the_last_line_needs_no_end) {
    EXPECT_EQ(fields("a,b"), (Records{{"a", "b"}}));
    EXPECT_EQ(fields("a,\"b\""), (Records{{"a", "b"}}));
    EXPECT_EQ(fields("a,"), (Records{{"a", ""}}));
}

TEST(Csv, quoted_fields_hold_separators_quotes_and_line_ends) {
    EXPECT_EQ(fields("\"a,b\",\"say \"\"no\"\"\",\"two\nlines\r\nthree\"\n"),
              (Records{{"a,b", "say \"no\"", "two\nlines\r\nthree"}}));
}

TEST(Csv, a_quote_within_a_plain_field_is_text) {
    EXPECT_EQ(fields("7\" single,a \"b\"\n"), (Records{{"7\" single", "a \"b\""}}));
}

TEST(Csv, lines_may_end_in_cr_lf) { EXPECT_EQ(fields("a,b\r\n\"c\",\"d\"\r\n"), (Records{{"a", "b"}, {"c", "d"}})); }

TEST(Csv, empty_lines_and_a_byte_order_mark_are_skipped) {
    EXPECT_EQ(fields("\xEF\xBB\xBF\n\r\na,b\n\n\nc,d\n\n"), (Records{{"a", "b"}, {"c", "d"}}));
}

TEST(Csv, what_only_begins_like_a_byte_order_mark_is_text) {
    EXPECT_EQ(fields("\xEF\xBC\xA1,b\n"), (Records{{"\xEF\xBC\xA1", "b"}}));
    EXPECT_EQ(fields("\xEF"), (Records{{"\xEF"}}));
}

TEST(Csv, nothing_has_no_records) {
    EXPECT_THAT(read(""), IsEmpty());
    EXPECT_THAT(read("\n\r\n"), IsEmpty());
}

TEST(Csv, records_know_the_line_on_which_they_begin) {
    const auto records = read("a\n\n\"b\nb\",c\nd\n");
    ASSERT_EQ(records.size(), 3U);
    EXPECT_THAT((std::vector{records[0].line, records[1].line, records[2].line}), ElementsAre(1U, 3U, 5U));
}

TEST(Csv, text_after_a_closing_quote_is_refused_by_its_line) {
    EXPECT_EQ(
        error("a\n\"b\nb\"x,c\n"),
        "t.csv:3: text after a closing quote; expected ',' or the end of the line (a quote within quotes is doubled)");
    EXPECT_EQ(error("\"a\" b\n", '\t'),
              "t.csv:1: text after a closing quote; expected a TAB or the end of the line (a quote within quotes is "
              "doubled)");
}

TEST(Csv, an_open_quote_is_refused_by_the_line_where_it_opens) {
    EXPECT_EQ(error("a,b\nc,\"d\ne\nf\n"), "t.csv:2: a quote is opened here and never closed");
}

TEST(Csv, a_field_that_never_ends_is_refused_before_it_fills_the_memory) {
    EXPECT_EQ(error("a\n\"" + std::string(std::size_t{2} << 20, 'x') + "\"\n"),
              "t.csv:2: a field of more than a mebibyte begins here; is a quote missing?");
}

TEST(Csv, too_many_fields_are_refused) {
    EXPECT_EQ(error("a\n" + std::string(200'000, ',')), "t.csv:2: more than 100,000 fields");
}

}  // namespace
}  // namespace earmark::test
