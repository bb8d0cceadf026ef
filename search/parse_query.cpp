#include <algorithm>
#include <array>
#include <optional>

#include "base/similar_word.h"
#include "earmark/error.h"
#include "earmark/tagger.h"
#include "search/query.h"
#include "search/query_numbers.h"
#include "search/query_tokens.h"

namespace earmark {
namespace {

using Kind = QueryToken::Kind;

struct Field {
    std::string_view name;
    Query::Kind kind;
};

constexpr std::array fields{
    Field{"text", Query::Kind::text},   Field{"title", Query::Kind::title},       Field{"artist", Query::Kind::artist},
    Field{"album", Query::Kind::album}, Field{"status", Query::Kind::status},     Field{"path", Query::Kind::path},
    Field{"year", Query::Kind::year},   Field{"duration", Query::Kind::duration}, Field{"tag", Query::Kind::tag}};
constexpr std::array categories{TagCategory::genre, TagCategory::mood, TagCategory::instrument,
                                TagCategory::voice, TagCategory::era,  TagCategory::other};
constexpr std::array statuses{ClipStatus::known,  ClipStatus::unsure,    ClipStatus::not_music,      ClipStatus::ok,
                              ClipStatus::silent, ClipStatus::too_short, ClipStatus::channels_cancel};

std::optional<Query::Kind> field_called(const std::string& name) {
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found == fields.end() ? std::nullopt : std::optional(found->kind);
}

std::optional<TagCategory> category_called(const std::string& name) {
    const auto found = std::ranges::find(categories, name, category_name);
    return found == categories.end() ? std::nullopt : std::optional(*found);
}

std::optional<ClipStatus> status_called(const std::string& folded) {
    const auto folded_status = [](ClipStatus status) { return folded_name(to_string(status)); };
    const auto found = std::ranges::find(statuses, folded, folded_status);
    return found == statuses.end() ? std::nullopt : std::optional(*found);
}

bool is_of_numbers(Query::Kind kind) { return kind == Query::Kind::year || kind == Query::Kind::duration; }

class Parser {
public:
    Parser(const std::string& text, const std::vector<QueryTag>& tags)
        : text_(text), tags_(tags), tokens_(query_tokens(text)) {
        for (const QueryTag& tag : tags) folded_.push_back(folded_name(tag.name));
    }

    Query parse() {
        if (peek().kind == Kind::end) fail("expected a tag, a field such as artist:NAME, or words");
        Query query = commas();
        if (peek().kind == Kind::close) fail("this bracket was not opened");
        return query;
    }

private:
    const QueryToken& peek(std::size_t ahead = 0) const { return tokens_[std::min(next_ + ahead, tokens_.size() - 1)]; }
    QueryToken take() { return tokens_[std::min(next_++, tokens_.size() - 1)]; }
    [[noreturn]] void fail(const std::string& problem) const { fail_at(text_, peek().place, problem); }

    bool takes_keyword(std::string_view word) {
        if (!peek().is_keyword(word)) return false;
        ++next_;
        return true;
    }

    bool takes(Kind kind) {
        if (peek().kind != kind) return false;
        ++next_;
        return true;
    }

    // One part alone is no list of parts, and a list within one of the same kind is a part of it.
    static Query joined(Query::Kind kind, std::vector<Query> parts) {
        if (parts.size() == 1) return std::move(parts.front());
        Query query{kind};
        for (Query& part : parts) {
            if (part.kind == kind)
                std::ranges::move(part.parts, std::back_inserter(query.parts));
            else
                query.parts.push_back(std::move(part));
        }
        return query;
    }

    // A comma is an 'and' that is read last: 'rock or pop, not vocal' is '(rock or pop) and not vocal'.
    Query commas() {
        std::vector<Query> parts;
        do parts.push_back(alternatives());
        while (takes(Kind::comma));
        return joined(Query::Kind::all_of, std::move(parts));
    }

    Query alternatives() {
        std::vector<Query> parts;
        do parts.push_back(conjunction());
        while (takes_keyword("or"));
        return joined(Query::Kind::any_of, std::move(parts));
    }

    bool ends_conjunction() const {
        const QueryToken& token = peek();
        return token.kind == Kind::end || token.kind == Kind::close || token.kind == Kind::comma ||
               token.is_keyword("or");
    }

    // Also without 'and' between its parts.
    Query conjunction() {
        std::vector<Query> parts;
        do {
            parts.push_back(negation());
            if (!takes_keyword("and") && ends_conjunction()) break;
        } while (true);
        return joined(Query::Kind::all_of, std::move(parts));
    }

    Query negation() {
        const Deeper deeper(*this);
        if (takes_keyword("not") || takes(Kind::negation)) return {Query::Kind::none_of, {negation()}};
        return primary();
    }

    class Deeper {
    public:
        explicit Deeper(Parser& parser) : parser_(parser) {
            if (++parser.depth_ > deepest_query)
                parser.fail("expected at most " + std::to_string(deepest_query) + " levels of brackets and 'not'");
        }
        Deeper(const Deeper&) = delete;
        Deeper& operator=(const Deeper&) = delete;
        ~Deeper() { --parser_.depth_; }

    private:
        Parser& parser_;
    };

    Query primary() {
        if (takes(Kind::open)) {
            Query query = commas();
            if (!takes(Kind::close)) fail("expected ')'");
            return query;
        }
        const QueryToken& token = peek();
        const bool is_word = token.kind == Kind::word || token.kind == Kind::quoted;
        if (!is_word || token.is_keyword("and") || token.is_keyword("or"))
            fail("expected a tag, a field such as artist:NAME, or words");
        if (token.kind == Kind::word && peek(1).kind == Kind::colon) return with_field();
        if (token.kind == Kind::word && peek(1).kind == Kind::comparison)
            if (const auto field = field_called(lower_case(token.text)); field && is_of_numbers(*field)) {
                ++next_;
                return compared(*field);
            }
        if (const auto tag = longest_tag(std::nullopt)) return with_tag(*tag);
        if (peek(1).kind == Kind::comparison) no_such_tag(std::nullopt);
        return {Query::Kind::text, {}, 0, text_value()};
    }

    Query with_field() {
        const std::string name = lower_case(peek().text);
        const std::optional<TagCategory> category = category_called(name);
        const std::optional<Query::Kind> field = field_called(name);
        if (!category && !field) fail("expected " + field_names() + did_you_mean(name, all_field_names()));
        next_ += 2;
        if (field && is_of_numbers(*field))
            return peek().kind == Kind::comparison ? compared(*field) : in_range(*field);
        if (field == Query::Kind::status) return with_status();
        if (field && *field != Query::Kind::tag) return {*field, {}, 0, text_value()};
        const std::optional<std::size_t> tag = longest_tag(category);
        if (!tag) no_such_tag(category);
        return with_tag(*tag);
    }

    static std::vector<std::string> all_field_names() {
        std::vector<std::string> names;
        names.reserve(std::size(categories) + std::size(fields));
        for (const TagCategory category : categories) names.emplace_back(category_name(category));
        for (const Field& field : fields) names.emplace_back(field.name);
        return names;
    }

    static std::string field_names() {
        std::string text;
        for (const std::string& name : all_field_names()) text += (text.empty() ? "" : ", ") + name + ":";
        return "one of " + text;
    }

    std::string text_value() {
        const QueryToken& token = peek();
        const bool is_value = (token.kind == Kind::word || token.kind == Kind::quoted) && !token.text.empty();
        if (!is_value) fail("expected words; in quotes where they have spaces or one of ( ) : , < > =");
        return take().text;
    }

    Query with_status() {
        if (const auto status = status_called(folded_name(peek().text))) {
            ++next_;
            return {Query::Kind::status, {}, 0, std::string(to_string(*status))};
        }
        std::vector<std::string> names;
        std::string list;
        for (const ClipStatus status : statuses) {
            names.emplace_back(to_string(status));
            list += (list.empty() ? "" : ", ") + names.back();
        }
        fail("expected one of " + list + did_you_mean(peek().text, names));
    }

    Query with_tag(std::size_t tag) {
        if (peek().kind != Kind::comparison) return {Query::Kind::tag, {}, tag};
        const std::string comparison = take().text;
        const std::optional<double> number = query_number(peek().text);
        if (!number || *number > 1.0 || peek().kind != Kind::word) fail("expected a probability from 0 to 1");
        ++next_;
        return {Query::Kind::probability, {}, tag, {}, compared_with(comparison, *number)};
    }

    // The tokens up to `end` as one text, for values such as 1:30..5:00 that hold colons.
    std::string number_text() {
        std::string text;
        const auto belongs = [&](const QueryToken& token) {
            return (token.kind == Kind::word || token.kind == Kind::colon) && (text.empty() || !token.follows_space);
        };
        while (belongs(peek())) {
            const QueryToken token = take();
            text += token.kind == Kind::colon ? ":" : token.text;
        }
        return text;
    }

    static ReadNumber reader_of(Query::Kind field) {
        return field == Query::Kind::duration ? query_seconds : query_number;
    }

    Query in_range(Query::Kind field) {
        const std::size_t place = peek().place;
        const std::optional<NumberRange> range = query_range(number_text(), reader_of(field));
        if (!range)
            fail_at(text_, place,
                    field == Query::Kind::year ? "expected a year, or two as in year:1990..1999"
                                               : "expected a duration, or two as in duration:2:30..5:00");
        return {field, {}, 0, {}, *range};
    }

    Query compared(Query::Kind field) {
        const std::string comparison = take().text;
        const std::size_t place = peek().place;
        const std::optional<double> number = reader_of(field)(number_text());
        if (!number)
            fail_at(text_, place,
                    field == Query::Kind::year ? "expected a year" : "expected a duration, such as 5:00 or 2h");
        return {field, {}, 0, {}, compared_with(comparison, *number)};
    }

    std::optional<std::size_t> tag_called(const std::string& folded, std::optional<TagCategory> category) const {
        for (std::size_t i = 0; i < tags_.size(); ++i)
            if (folded_[i] == folded && (!category || tags_[i].category == *category)) return i;
        return std::nullopt;
    }

    // Takes the words of the longest name that fits here. Quoted text must be the whole name.
    std::optional<std::size_t> longest_tag(std::optional<TagCategory> category) {
        if (peek().kind == Kind::quoted) {
            const std::optional<std::size_t> tag = tag_called(folded_name(peek().text), category);
            if (tag) ++next_;
            return tag;
        }
        std::optional<std::size_t> longest;
        std::size_t word_count = 0;
        std::string name;
        for (std::size_t i = 0; peek(i).kind == Kind::word && name.size() < 200; ++i) {
            name += " " + peek(i).text;
            if (peek(i + 1).kind == Kind::colon) break;  // the name of a field
            const std::optional<std::size_t> tag = tag_called(folded_name(name), category);
            if (!tag) continue;
            longest = tag;
            word_count = i + 1;
        }
        next_ += word_count;
        return longest;
    }

    [[noreturn]] void no_such_tag(std::optional<TagCategory> category) const {
        std::vector<std::string> names;
        for (const QueryTag& tag : tags_)
            if (!category || tag.category == *category) names.push_back(tag.name);
        if (peek().kind != Kind::word && peek().kind != Kind::quoted) fail("expected the name of a tag");
        fail("the model has no " + std::string(category ? category_name(*category) : "tag") + " of this name" +
             did_you_mean(peek().text, names));
    }

    const std::string& text_;
    const std::vector<QueryTag>& tags_;
    std::vector<std::string> folded_;  ///< names of the tags
    std::vector<QueryToken> tokens_;
    std::size_t next_ = 0;
    std::size_t depth_ = 0;
};

}  // namespace

Query parse_query(const std::string& text, const std::vector<QueryTag>& tags) {
    if (text.size() > longest_query_bytes)
        throw Error(ErrorCode::usage,
                    "search: expected at most " + std::to_string(longest_query_bytes) + " bytes of text");
    return Parser(text, tags).parse();
}

}  // namespace earmark
