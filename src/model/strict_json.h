#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace earmark {

using Json = nlohmann::json;

/// Parses JSON from outside: no key twice in an object, bounded nesting, valid UTF-8, nothing after the value. Throws
/// Error (invalid_model) that starts with `field`.
Json parse_strictly(std::string_view text, const std::string& field);

/// A JSON value from outside, with its path in the document for messages such as
/// 'description.tags[3].threshold is "high": expected a number'. Each function throws Error (invalid_model) that starts
/// with the path when the value is not of the form that it returns. The value must outlive the field.
class JsonField {
public:
    JsonField(const Json& value, std::string path) : value_(&value), path_(std::move(path)) {}

    /// Requires an object that has each of `keys` and no other, except any of `optional_keys`.
    void require_keys(std::initializer_list<std::string_view> keys,
                      std::initializer_list<std::string_view> optional_keys = {}) const;

    /// Whether an object has this key. REQUIRES: an object.
    bool has(std::string_view key) const { return value_->contains(key); }

    /// REQUIRES: the key exists.
    JsonField member(std::string_view key) const;

    /// Requires an array.
    std::size_t element_count() const;

    /// REQUIRES: index < element_count().
    JsonField element(std::size_t index) const;

    bool is_object() const noexcept { return value_->is_object(); }
    bool is_text() const noexcept { return value_->is_string(); }

    const std::string& text() const;
    int count() const;                       ///< a whole number of at least 1, within int
    std::uint64_t unsigned_integer() const;  ///< a whole number of at least 0
    double number() const;                   ///< finite
    float single_number() const;             ///< finite as a float

    const std::string& path() const noexcept { return path_; }
    [[noreturn]] void fail(const std::string& expected) const;

private:
    const Json* value_;
    std::string path_;
};

}  // namespace earmark
