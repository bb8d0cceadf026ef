// Takes a valid file and damages it at every field of its description and of its header, in turn.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "model_bytes.h"

namespace earmark {
namespace {

using test::ModelParts;
using test::OrderedJson;
using testing::AnyOf;
using testing::HasSubstr;
using testing::StartsWith;

/// Of a model that has what only the newest format version knows.
ModelParts newest_parts() { return test::parts_of(test::tiny_model_with_members()); }

/// A value in the description or header: `pointer` leads to it, `path` is what a message calls it.
struct Place {
    OrderedJson::json_pointer pointer;
    std::string path;
};

void collect(const OrderedJson& value, const Place& place, std::vector<Place>& places) {
    places.push_back(place);
    if (value.is_object()) {
        for (const auto& [key, child] : value.items())
            collect(child, {place.pointer / key, place.path + '.' + key}, places);
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            collect(value[i], {place.pointer / i, place.path + '[' + std::to_string(i) + ']'}, places);
        }
    }
}

template <typename Condition>
std::vector<Place> description_places(const Condition& condition) {
    const OrderedJson description = newest_parts().description;
    std::vector<Place> places;
    std::vector<Place> chosen;
    collect(description, {OrderedJson::json_pointer(), "description"}, places);
    for (const Place& place : places) {
        if (condition(place, description.at(place.pointer))) chosen.push_back(place);
    }
    return chosen;
}

bool is_array_element(const Place& place) { return place.path.ends_with(']'); }

bool is_any(const Place&, const OrderedJson&) { return true; }
// Keys that a model may leave out.
bool is_optional(const Place& place) {
    const auto is_key = [&](const char* key) { return place.path == "description.tags[0]." + std::string(key); };
    return is_key("meaning") || is_key("parent") || is_key("source") || is_key("score") ||
           place.path == "description.gate" || place.path == "description.classifier.members";
}
bool is_key(const Place& place, const OrderedJson&) {
    return !place.pointer.empty() && !is_array_element(place) && !is_optional(place);
}
bool is_optional_key(const Place& place, const OrderedJson&) { return is_optional(place); }
bool is_object(const Place&, const OrderedJson& value) { return value.is_object(); }
bool is_integer(const Place&, const OrderedJson& value) { return value.is_number_integer(); }
bool is_part_of_a_shape(const Place& place, const OrderedJson& value) {
    const bool is_size =
        place.path.find("count") != std::string::npos || place.path.find("kernel") != std::string::npos;
    return value.is_number_integer() && is_size;
}
bool is_text(const Place&, const OrderedJson& value) { return value.is_string(); }
// What a score may be is the metric's own matter.
bool is_bounded_number(const Place& place, const OrderedJson& value) {
    return value.is_number_float() && place.path.find("scores") == std::string::npos;
}

class DescriptionPlace : public testing::TestWithParam<Place> {
protected:
    /// The error of the reader when the place has this value.
    std::string problem_with(const OrderedJson& value) {
        ModelParts parts = newest_parts();
        parts.description[GetParam().pointer] = value;
        return test::parse_problem(test::with_description(parts.description.dump(), newest_parts()));
    }
};

std::string place_name(const testing::TestParamInfo<Place>& instance) { return test::test_name(instance.param.path); }

class DescriptionValue : public DescriptionPlace {};

TEST_P(DescriptionValue, of_another_type_is_named) {
    const OrderedJson original = newest_parts().description.at(GetParam().pointer);
    for (const OrderedJson& other : {OrderedJson(nullptr), OrderedJson(true), OrderedJson(7), OrderedJson("7"),
                                     OrderedJson::array(), OrderedJson::object()}) {
        const bool is_same_type = (other.is_number() && original.is_number()) || other.type() == original.type();
        // A calibration is a text or an object, whose keys DescriptionKey damages.
        const bool may_be_object = GetParam().path.ends_with(".calibration") && other.is_object();
        if (!is_same_type && !may_be_object) {
            EXPECT_THAT(problem_with(other), StartsWith(GetParam().path + ' ')) << other;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Every, DescriptionValue, testing::ValuesIn(description_places(is_any)), place_name);

class DescriptionKey : public DescriptionPlace {};

TEST_P(DescriptionKey, that_is_missing_is_named) {
    ModelParts parts = newest_parts();
    parts.description.at(GetParam().pointer.parent_pointer()).erase(GetParam().pointer.back());
    EXPECT_EQ(test::parse_problem(test::with_description(parts.description.dump(), newest_parts())),
              GetParam().path + " is missing");
}

TEST_P(DescriptionKey, that_is_misspelled_is_named) {
    ModelParts parts = newest_parts();
    OrderedJson& parent = parts.description.at(GetParam().pointer.parent_pointer());
    const OrderedJson value = parts.description.at(GetParam().pointer);
    parent.erase(GetParam().pointer.back());
    parent[GetParam().pointer.back() + "_"] = value;
    EXPECT_EQ(test::parse_problem(test::with_description(parts.description.dump(), newest_parts())),
              GetParam().path + " is missing");
}

INSTANTIATE_TEST_SUITE_P(Every, DescriptionKey, testing::ValuesIn(description_places(is_key)), place_name);

class OptionalKey : public DescriptionPlace {};

TEST_P(OptionalKey, may_be_missing) {
    ModelParts parts = newest_parts();
    parts.description.at(GetParam().pointer.parent_pointer()).erase(GetParam().pointer.back());
    const std::map<std::string, std::string> of_left_over_tensors = {
        {"gate", "header.gate.component.weight is not a tensor of the model that is described"},
        {"members", "header.classifier.layer.0.weight.shape is [7, 5]: expected [7, 18]"}};
    const auto found = of_left_over_tensors.find(GetParam().pointer.back());
    EXPECT_EQ(test::parse_problem(test::with_description(parts.description.dump(), newest_parts())),
              found == of_left_over_tensors.end() ? "" : found->second);
}

TEST_P(OptionalKey, that_is_empty_is_named) {
    if (!newest_parts().description.at(GetParam().pointer).is_string()) return;
    EXPECT_EQ(problem_with(""), GetParam().path + " is \"\": expected a text that is not empty, or no such key");
}

INSTANTIATE_TEST_SUITE_P(Every, OptionalKey, testing::ValuesIn(description_places(is_optional_key)), place_name);

class DescriptionObject : public DescriptionPlace {};

TEST_P(DescriptionObject, with_an_unknown_key_is_named) {
    OrderedJson object = newest_parts().description.at(GetParam().pointer);
    object["color"] = "blue";
    EXPECT_EQ(problem_with(object), GetParam().path + ".color is not a key of this format version");
}

TEST_P(DescriptionObject, with_an_unprintable_key_is_named_in_ascii) {
    OrderedJson object = newest_parts().description.at(GetParam().pointer);
    object["\x1b[2J\n"] = "blue";
    EXPECT_THAT(problem_with(object), HasSubstr(R"(."\u001b[2J\n" is not a key)"));
}

INSTANTIATE_TEST_SUITE_P(Every, DescriptionObject, testing::ValuesIn(description_places(is_object)), place_name);

class DescriptionInteger : public DescriptionPlace {};

TEST_P(DescriptionInteger, that_is_absurd_is_named) {
    for (const OrderedJson& absurd :
         {OrderedJson(0), OrderedJson(-1), OrderedJson(2.5), OrderedJson(3.0), OrderedJson(1e300),
          OrderedJson(std::numeric_limits<int>::max() + 1LL), OrderedJson(std::numeric_limits<std::int64_t>::min()),
          OrderedJson(std::numeric_limits<std::uint64_t>::max())}) {
        EXPECT_THAT(problem_with(absurd), StartsWith(GetParam().path + " is ")) << absurd;
    }
}

// Products of such numbers overflow; whatever the message, memory must not be allocated.
TEST_P(DescriptionInteger, that_is_the_greatest_int_is_refused) {
    EXPECT_NE(problem_with(std::numeric_limits<int>::max()), "");
}

INSTANTIATE_TEST_SUITE_P(Every, DescriptionInteger, testing::ValuesIn(description_places(is_integer)), place_name);

class DescriptionShape : public DescriptionPlace {};

TEST_P(DescriptionShape, that_differs_by_one_from_the_weights_is_refused) {
    const int value = newest_parts().description.at(GetParam().pointer);
    EXPECT_THAT(problem_with(value + 1), AnyOf(HasSubstr(".shape is "), HasSubstr("expected members for all")));
}

INSTANTIATE_TEST_SUITE_P(Every, DescriptionShape, testing::ValuesIn(description_places(is_part_of_a_shape)),
                         place_name);

class DescriptionNumber : public DescriptionPlace {};

TEST_P(DescriptionNumber, that_is_absurd_is_named) {
    for (const double absurd : {1e300, -1e300}) EXPECT_THAT(problem_with(absurd), StartsWith(GetParam().path + " is "));
}

INSTANTIATE_TEST_SUITE_P(Every, DescriptionNumber, testing::ValuesIn(description_places(is_bounded_number)),
                         place_name);

class DescriptionText : public DescriptionPlace {};

TEST_P(DescriptionText, that_would_control_a_terminal_is_named) {
    for (const char* text : {"\x1b[2J", "a\x7f", "a\u0085"}) {
        EXPECT_THAT(problem_with(text), StartsWith(GetParam().path + " is \"")) << text;
    }
}

INSTANTIATE_TEST_SUITE_P(Every, DescriptionText, testing::ValuesIn(description_places(is_text)), place_name);

/// An entry of the header: a tensor, or the metadata.
class HeaderEntry : public testing::TestWithParam<std::string> {
protected:
    HeaderEntry() {
        const bool is_metadata = GetParam() == "__metadata__";
        collect(parts_.header[GetParam()],
                {OrderedJson::json_pointer() / GetParam(), is_metadata ? GetParam() : "header." + GetParam()}, places_);
    }

    std::string entry() const { return places_.front().path; }

    /// The error of the reader when the place has this value.
    std::string problem_with(const Place& place, const OrderedJson& value) const {
        ModelParts parts = parts_;
        parts.header[place.pointer] = value;
        return test::parse_problem(test::join(parts));
    }

    std::string problem_without(const Place& place) const {
        ModelParts parts = parts_;
        OrderedJson& parent = parts.header.at(place.pointer.parent_pointer());
        if (parent.is_array()) {
            parent.erase(std::stoul(place.pointer.back()));
        } else {
            parent.erase(place.pointer.back());
        }
        return test::parse_problem(test::join(parts));
    }

    ModelParts parts_ = test::tiny_model_parts();
    std::vector<Place> places_;
};

TEST_P(HeaderEntry, with_a_value_of_another_type_is_named) {
    for (const Place& place : places_) {
        const OrderedJson& original = parts_.header.at(place.pointer);
        for (const OrderedJson& other : {OrderedJson(nullptr), OrderedJson(true), OrderedJson(-7), OrderedJson(7.5),
                                         OrderedJson(7), OrderedJson::array(), OrderedJson::object()}) {
            const bool is_same_type = (other == 7 && original.is_number()) || other.type() == original.type();
            if (is_same_type) continue;
            EXPECT_THAT(problem_with(place, other), StartsWith(place.path + ' ')) << other;
        }
    }
}

TEST_P(HeaderEntry, without_one_of_its_values_is_named) {
    for (std::size_t i = 1; i < places_.size(); ++i) {
        const std::string& path = places_[i].path;
        // Metadata without its format are not ours; an array that is too short is named as a whole.
        EXPECT_THAT(problem_without(places_[i]), HasSubstr(is_array_element(places_[i]) ? entry() : path));
    }
}

TEST_P(HeaderEntry, that_is_missing_is_an_error) { EXPECT_NE(problem_without(places_.front()), ""); }

TEST_P(HeaderEntry, with_an_absurd_number_is_named) {
    for (const Place& place : places_) {
        const OrderedJson& original = parts_.header.at(place.pointer);
        if (!original.is_number()) continue;
        for (const std::uint64_t absurd : {original.get<std::uint64_t>() + 1, std::uint64_t{1} << 20,
                                           std::uint64_t{1} << 62, std::numeric_limits<std::uint64_t>::max()}) {
            EXPECT_THAT(problem_with(place, absurd), HasSubstr(entry())) << place.path << ' ' << absurd;
        }
    }
}

std::vector<std::string> header_keys() {
    std::vector<std::string> keys;
    const ModelParts parts = test::tiny_model_parts();
    for (const auto& [key, value] : parts.header.items()) keys.push_back(key);
    return keys;
}

INSTANTIATE_TEST_SUITE_P(Every, HeaderEntry, testing::ValuesIn(header_keys()),
                         [](const auto& instance) { return test::test_name(instance.param); });

}  // namespace
}  // namespace earmark
