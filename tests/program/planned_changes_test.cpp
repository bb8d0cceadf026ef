// Which values `earmark write-tags` chooses, and what becomes of those that a file has.
#include "apps/write_tags/planned_changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "apps/write_tags/chosen_values.h"
#include "earmark/error.h"
#include "tests/support/small_model.h"
#include "tests/support/temporary_folder.h"

namespace earmark {
namespace {

using metadata::FieldChange;
using metadata::FieldValues;
using metadata::FileFields;
using metadata::TagField;
using metadata::Values;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

FileFields with(const FieldValues& values, const FieldValues& elsewhere = {}) {
    FileFields fields;
    fields.values = values;
    fields.elsewhere = elsewhere;
    return fields;
}

const FieldValues chosen{{TagField::genre, {"Jazz", "Soul"}}};

// What the field becomes; {"as it was"} without a change.
Values after(const FileFields& fields, WriteMode mode, TagField field = TagField::genre,
             const FieldValues& values = chosen, bool adds = false) {
    for (const FieldChange& change : planned_changes(fields, values, "m", mode, adds))
        if (change.field == field) return change.after;
    return {"as it was"};
}

TEST(PlannedChanges, fill_only_what_is_empty) {
    EXPECT_THAT(after(with({}), WriteMode::fill), ElementsAre("Jazz", "Soul"));
    EXPECT_THAT(after(with({{TagField::genre, {"Rock"}}}), WriteMode::fill), ElementsAre("as it was"));
    EXPECT_THAT(after(with({}, {{TagField::genre, {"Rock"}}}), WriteMode::fill), ElementsAre("as it was"));
    EXPECT_THAT(after(with({}), WriteMode::fill, TagField::mood), ElementsAre("as it was"));
}

TEST(PlannedChanges, append_what_is_not_there_in_any_case) {
    EXPECT_THAT(after(with({{TagField::genre, {"Rock", "jazz"}}}), WriteMode::append),
                ElementsAre("Rock", "jazz", "Soul"));
    EXPECT_THAT(after(with({{TagField::genre, {"Soul", "Jazz"}}}), WriteMode::append), ElementsAre("as it was"));
}

TEST(PlannedChanges, overwrite_all_but_never_with_nothing) {
    EXPECT_THAT(after(with({{TagField::genre, {"Rock"}}}), WriteMode::overwrite), ElementsAre("Jazz", "Soul"));
    EXPECT_THAT(planned_changes(with({{TagField::genre, {"Rock"}}}), {}, "m", WriteMode::overwrite, false), IsEmpty());
    EXPECT_THAT(after(with({{TagField::genre, {"Jazz", "Soul"}}}), WriteMode::overwrite), ElementsAre("as it was"));
}

TEST(PlannedChanges, refresh_what_an_earlier_run_wrote) {
    const FileFields own =
        with({{TagField::genre, {"Rock", "Pop"}}, {TagField::earmark_tags, {"genre:Rock", "genre:Pop"}}});
    EXPECT_THAT(after(own, WriteMode::fill), ElementsAre("Jazz", "Soul"));
    EXPECT_THAT(after(own, WriteMode::fill, TagField::earmark_tags), ElementsAre("genre:Jazz", "genre:Soul"));
    EXPECT_THAT(after(own, WriteMode::fill, TagField::earmark_model), ElementsAre("m"));
    const FileFields mixed = with({{TagField::genre, {"Rock", "Hand-made"}}, {TagField::earmark_tags, {"genre:Rock"}}});
    EXPECT_THAT(after(mixed, WriteMode::fill), ElementsAre("as it was"));
    EXPECT_THAT(after(mixed, WriteMode::append), ElementsAre("Hand-made", "Jazz", "Soul"));
}

TEST(PlannedChanges, keep_what_is_in_another_tag_of_the_file) {
    const FieldValues rock{{TagField::genre, {"Rock", "pop"}}};
    EXPECT_THAT(after(with({{TagField::genre, {"Pop"}}}, rock), WriteMode::append),
                ElementsAre("Pop", "Rock", "Jazz", "Soul"));
    const FieldValues own{{TagField::genre, {"Pop"}}, {TagField::earmark_tags, {"genre:Pop"}}};
    EXPECT_THAT(after(with(own, rock), WriteMode::fill), ElementsAre("as it was"));
    EXPECT_THAT(after(with(own, {{TagField::genre, {"Pop"}}}), WriteMode::fill), ElementsAre("Jazz", "Soul"));
    EXPECT_THAT(after(with(own, rock), WriteMode::overwrite), ElementsAre("Jazz", "Soul"));
}

TEST(PlannedChanges, overwrite_what_a_second_tag_has) {
    FileFields fields = with({{TagField::genre, {"Jazz", "Soul"}}}, {{TagField::genre, {"Rock"}}});
    EXPECT_THAT(after(fields, WriteMode::overwrite), ElementsAre("as it was")) << "no writing would change it";
    fields.replaced_elsewhere = fields.elsewhere;
    EXPECT_THAT(after(fields, WriteMode::overwrite), ElementsAre("Jazz", "Soul"));
    EXPECT_THAT(planned_changes(fields, chosen, "m", WriteMode::overwrite, false).front().before,
                ElementsAre("Jazz", "Soul", "Rock"));
    EXPECT_THAT(after(fields, WriteMode::fill), ElementsAre("as it was"));
    fields.replaced_elsewhere = fields.elsewhere = {{TagField::genre, {"soul"}}};
    EXPECT_THAT(after(fields, WriteMode::overwrite), ElementsAre("as it was"));
}

TEST(PlannedChanges, own_only_what_they_added) {
    const FileFields fields = with({{TagField::genre, {"jazz"}}});
    EXPECT_THAT(after(fields, WriteMode::append, TagField::earmark_tags), ElementsAre("genre:Soul"));
    const FileFields other = with({{TagField::mood, {"Calm"}}, {TagField::earmark_tags, {"mood:Calm"}}});
    EXPECT_THAT(after(other, WriteMode::fill, TagField::earmark_tags),
                ElementsAre("genre:Jazz", "genre:Soul", "mood:Calm"));
}

TEST(PlannedChanges, add_a_block_to_a_comment_and_renew_it) {
    const FieldValues block{{TagField::comment, {"[MOOD: Calm]"}}};
    const auto comment = [&](const Values& before, bool adds) {
        return after(with({{TagField::comment, before}}), WriteMode::fill, TagField::comment, block, adds);
    };
    EXPECT_THAT(comment({}, true), ElementsAre("[MOOD: Calm]"));
    EXPECT_THAT(comment({"8A - Energy 7"}, true), ElementsAre("8A - Energy 7 [MOOD: Calm]"));
    EXPECT_THAT(comment({"8A [MOOD: Sad; Dark] x"}, true), ElementsAre("8A x [MOOD: Calm]"));
    EXPECT_THAT(comment({"8A - Energy 7"}, false), ElementsAre("as it was"));
    EXPECT_THAT(comment({"[MOOD: Sad]"}, false), ElementsAre("[MOOD: Calm]"));
}

TEST(OpenFields, are_those_that_may_change) {
    const FileFields fields = with({{TagField::genre, {"Rock"}}, {TagField::comment, {"c"}}});
    const std::set<TagField> wanted{TagField::genre, TagField::mood, TagField::comment};
    EXPECT_THAT(open_fields(fields, wanted, WriteMode::fill, false), ElementsAre(TagField::mood));
    EXPECT_THAT(open_fields(fields, wanted, WriteMode::fill, true), ElementsAre(TagField::mood, TagField::comment));
    EXPECT_EQ(open_fields(fields, wanted, WriteMode::append, false), wanted);
}

// Rock, its children Punk and Metal, and two moods.
Model a_model() {
    Model model = small_model();
    model.tags.clear();
    for (const auto& [name, category, parent] : {std::tuple{"Rock", TagCategory::genre, ""},
                                                 {"Punk", TagCategory::genre, "Rock"},
                                                 {"Metal", TagCategory::genre, "Rock"},
                                                 {"Calm", TagCategory::mood, ""},
                                                 {"Sad", TagCategory::mood, ""},
                                                 {"Piano", TagCategory::instrument, ""}}) {
        Tag tag;
        tag.label = tag.name = name;
        tag.category = category;
        tag.parent = parent;
        model.tags.push_back(tag);
    }
    return model;
}

Values genres(const std::string& form, const std::vector<float>& probabilities, ValueChoice choice = {}) {
    choice.genres = form;
    return chosen_values(a_model(), probabilities, choice)[TagField::genre];
}

TEST(ChosenValues, are_the_present_tags_most_probable_first) {
    const FieldValues values = chosen_values(a_model(), std::vector<float>{0.1F, 0.6F, 0.9F, 0.7F, 0.8F, 0.9F}, {});
    EXPECT_EQ(values, (FieldValues{{TagField::genre, {"Metal", "Punk"}}, {TagField::mood, {"Sad", "Calm"}}}));
    EXPECT_THAT(chosen_values(a_model(), std::vector<float>(6, 0.1F), {}), IsEmpty());
}

TEST(ChosenValues, have_leaves_parents_or_both) {
    const std::vector<float> probabilities{0.9F, 0.8F, 0.1F, 0.0F, 0.0F, 0.0F};
    EXPECT_THAT(genres("leaf", probabilities), ElementsAre("Punk"));
    EXPECT_THAT(genres("parent", probabilities), ElementsAre("Rock"));
    EXPECT_THAT(genres("both", probabilities), ElementsAre("Rock", "Punk"));
    EXPECT_THAT(genres("both", {0.1F, 0.8F, 0.9F, 0.0F, 0.0F, 0.0F}), ElementsAre("Metal", "Rock", "Punk"));
}

TEST(ChosenValues, are_limited_excluded_and_mapped) {
    const std::vector<float> probabilities{0.1F, 0.8F, 0.9F, 0.0F, 0.0F, 0.0F};
    EXPECT_THAT(genres("leaf", probabilities, {.most_genres = 1}), ElementsAre("Metal"));
    EXPECT_THAT(genres("leaf", probabilities, {.excluded = {"Metal"}}), ElementsAre("Punk"));
    EXPECT_THAT(genres("parent", probabilities, {.excluded = {"Rock"}}), IsEmpty());
    EXPECT_THAT(genres("leaf", probabilities, {.mapped = {{"Metal", {"Heavy", "Loud"}}, {"Punk", {}}}}),
                ElementsAre("Heavy", "Loud"));
}

TEST(ChosenValues, of_other_categories_are_the_grouping_and_all_the_comment) {
    ValueChoice choice;
    choice.fields = {TagField::grouping, TagField::comment};
    const std::vector<float> probabilities{0.1F, 0.8F, 0.1F, 0.9F, 0.0F, 0.9F};
    EXPECT_EQ(chosen_values(a_model(), probabilities, choice),
              (FieldValues{{TagField::grouping, {"Piano"}}, {TagField::comment, {"[GENRE: Punk] [MOOD: Calm]"}}}));
    choice.has_mood_block_only = true;
    EXPECT_THAT(chosen_values(a_model(), probabilities, choice)[TagField::comment], ElementsAre("[MOOD: Calm]"));
}

TEST(GenreMap, has_lines_that_name_tags_of_the_model) {
    const TemporaryFolder folder;
    const auto read = [&](const std::string& text) { return read_genre_map(a_model(), folder.write("map", text)); };
    EXPECT_EQ(read("# mine\n\nmetal = Heavy; Loud\r\nPunk=\n"),
              (std::map<std::string, std::vector<std::string>>{{"Metal", {"Heavy", "Loud"}}, {"Punk", {}}}));
    EXPECT_THAT([&] { read("Metal\n"); },
                testing::ThrowsMessage<Error>(HasSubstr("map: line 1: expected 'GENRE = OTHER'")));
    EXPECT_THAT(
        [&] { read("\nMetall = X\n"); },
        testing::ThrowsMessage<Error>(HasSubstr("map: line 2: the model has no tag 'Metall'; did you mean 'Metal'?")));
}

}  // namespace
}  // namespace earmark
