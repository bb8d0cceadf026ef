#include "model/strict_json.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <set>
#include <vector>

#include "earmark/error.h"
#include "model/text.h"

namespace earmark {
namespace {

constexpr int greatest_depth = 16;

[[noreturn]] void invalid(const std::string& message) { throw Error(ErrorCode::invalid_model, message); }

/// Watches the parser for what JSON allows and a model file does not.
class ParseGuard {
public:
    explicit ParseGuard(const std::string& field) : field_(field) {}

    bool operator()(int depth, Json::parse_event_t event, const Json& parsed) {
        switch (event) {
            case Json::parse_event_t::object_start: open_objects_.emplace_back(); [[fallthrough]];
            case Json::parse_event_t::array_start: check_depth(depth); break;
            case Json::parse_event_t::object_end: open_objects_.pop_back(); break;
            case Json::parse_event_t::key: note_key(parsed.get_ref<const std::string&>()); break;
            default: break;
        }
        return true;
    }

private:
    void check_depth(int depth) const {
        if (depth >= greatest_depth) invalid(field_ + " is nested deeper than " + std::to_string(greatest_depth));
    }

    void note_key(const std::string& key) {
        if (!open_objects_.back().insert(key).second) invalid(field_ + " has the key " + quotation(key) + " twice");
    }

    const std::string& field_;
    std::vector<std::set<std::string>> open_objects_;
};

std::string excerpt(const Json& value) {
    if (value.is_object()) return "an object";
    if (value.is_array()) return "an array";
    if (value.is_string()) return quotation(value.get_ref<const std::string&>());
    return value.dump();
}

}  // namespace

Json parse_strictly(std::string_view text, const std::string& field) {
    // The parser would take a zero byte for the end of the text.
    const std::size_t zero = text.find('\0');
    if (zero != std::string_view::npos) invalid(field + " is not JSON: zero byte at byte " + std::to_string(zero));
    ParseGuard guard(field);
    try {
        return Json::parse(text, std::ref(guard));
    } catch (const Json::parse_error& error) {
        invalid(field + " is not JSON: unexpected text at byte " + std::to_string(error.byte));
    } catch (const Json::out_of_range&) {
        invalid(field + " has a number that is out of range");
    }
}

void JsonField::require_keys(std::initializer_list<std::string_view> keys,
                             std::initializer_list<std::string_view> optional_keys) const {
    if (!value_->is_object()) fail("an object");
    for (const std::string_view key : keys) {
        if (!value_->contains(key)) invalid(path_ + '.' + std::string(key) + " is missing");
    }
    for (const auto& [key, value] : value_->items()) {
        if (std::ranges::find(keys, key) == keys.end() &&
            std::ranges::find(optional_keys, key) == optional_keys.end()) {
            invalid(path_ + '.' + path_word(key) + " is not a key of this format version");
        }
    }
}

JsonField JsonField::member(std::string_view key) const { return {value_->at(key), path_ + '.' + path_word(key)}; }

std::size_t JsonField::element_count() const {
    if (!value_->is_array()) fail("an array");
    return value_->size();
}

JsonField JsonField::element(std::size_t index) const {
    return {value_->at(index), path_ + '[' + std::to_string(index) + ']'};
}

const std::string& JsonField::text() const {
    if (!value_->is_string()) fail("a text");
    return value_->get_ref<const std::string&>();
}

int JsonField::count() const {
    constexpr int greatest = std::numeric_limits<int>::max();
    if (!value_->is_number_unsigned() || *value_ < 1U || *value_ > static_cast<unsigned>(greatest)) {
        fail("a whole number from 1 to " + std::to_string(greatest));
    }
    return value_->get<int>();
}

std::uint64_t JsonField::unsigned_integer() const {
    if (!value_->is_number_unsigned()) fail("a whole number of at least 0");
    return value_->get<std::uint64_t>();
}

double JsonField::number() const {
    if (!value_->is_number()) fail("a number");
    return value_->get<double>();
}

float JsonField::single_number() const {
    const double value = number();
    if (std::abs(value) > static_cast<double>(std::numeric_limits<float>::max())) fail("a number within float's range");
    return static_cast<float>(value);
}

void JsonField::fail(const std::string& expected) const {
    invalid(path_ + " is " + excerpt(*value_) + ": expected " + expected);
}

}  // namespace earmark
