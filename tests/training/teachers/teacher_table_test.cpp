#include "training/teachers/teacher_table.h"

#include <gmock/gmock.h>

#include <array>
#include <cmath>
#include <functional>

#include "tests/training/support/expect_error.h"
#include "tests/training/support/teacher_file.h"
#include "training/teachers/teacher_targets.h"

namespace earmark {
namespace {

using nlohmann::json;
using testing::EndsWith;
using testing::FloatNear;
using testing::HasSubstr;

class TeacherTables : public testing::Test {
protected:
    std::filesystem::path write(const json& content) const { return write_teacher(folder_, "a.table", content); }

    TemporaryFolder folder_;
};

std::array<float, 2> at(const TeacherTable& table, const std::filesystem::path& file, double seconds) {
    const TeacherTable::Rows* rows = table.find(file);
    std::array<float, 2> numbers{NAN, NAN};
    if (rows != nullptr) table.copy(*rows, seconds, numbers);
    return numbers;
}

TEST_F(TeacherTables, give_the_numbers_of_the_window_that_holds_a_time) {
    json content = teacher_content("embeddings");
    add_clip(content, "set/a.opus", {0, 1});
    add_clip(content, "set/b/c.opus", {100, 200, 250, 255});
    const TeacherTable table = read_teacher_table(write(content));
    const auto first = at(table, "/somewhere/set/b/c.opus", 0.49);
    EXPECT_THAT(first, testing::ElementsAre(FloatNear(0.0F, 1e-6F), FloatNear(1.0F, 1e-6F)));
    const auto second = at(table, "/somewhere/set/b/c.opus", 0.5);
    EXPECT_THAT(second, testing::ElementsAre(FloatNear(1.5F, 1e-6F), FloatNear(1.55F, 1e-6F)));
    EXPECT_EQ(at(table, "/somewhere/set/b/c.opus", 99.0), second) << "the last window counts for the rest";
    EXPECT_THAT(at(table, "set/a.opus", 0.0), testing::ElementsAre(FloatNear(-1.0F, 1e-6F), FloatNear(-0.99F, 1e-6F)));
}

TEST_F(TeacherTables, hold_probabilities_as_logits) {
    json content = teacher_content("probabilities");
    add_clip(content, "set/a.opus", {100, 200});
    const auto numbers = at(read_teacher_table(write(content)), "/set/a.opus", 0.1);
    EXPECT_THAT(numbers, testing::ElementsAre(FloatNear(0.5F, 1e-6F), FloatNear(0.7310586F, 1e-6F)));
}

TEST_F(TeacherTables, know_a_clip_by_folder_and_path_alone) {
    json content = teacher_content("embeddings");
    add_clip(content, "set/a.opus", {0, 1});
    const TeacherTable table = read_teacher_table(write(content));
    EXPECT_EQ(table.find("/other/a.opus"), nullptr);
    EXPECT_EQ(table.find("/set/b/a.opus"), nullptr);
    EXPECT_EQ(table.find("/myset/a.opus"), nullptr);
    EXPECT_NE(table.find("/x/./set/a.opus"), nullptr);
}

TEST_F(TeacherTables, have_an_identity_that_changes_with_any_number) {
    json content = teacher_content("embeddings");
    add_clip(content, "set/a.opus", {0, 1});
    const std::string before = read_teacher_table(write(content)).identity;
    EXPECT_EQ(read_teacher_table(write(content)).identity, before);
    content["codes"].get_binary()[1] = 2;
    EXPECT_NE(read_teacher_table(write(content)).identity, before);
}

TEST_F(TeacherTables, that_are_wrong_are_errors_that_name_the_field) {
    const auto error_with = [&](const std::function<void(json&)>& change) {
        json content = teacher_content("embeddings");
        add_clip(content, "set/a.opus", {0, 1});
        change(content);
        return error_of(ErrorCode::invalid_dataset, [&] { read_teacher_table(write(content)); });
    };
    EXPECT_THAT(error_with([](json& all) { all.erase("format"); }), HasSubstr("a.table: format: missing"));
    EXPECT_THAT(error_with([](json& all) { all["version"] = 2; }), HasSubstr("format: expected earmark-teacher-table"));
    EXPECT_THAT(error_with([](json& all) { all["kind"] = "guesses"; }), HasSubstr("kind: expected probabilities or"));
    EXPECT_THAT(error_with([](json& all) { all["window_s"] = 0; }), HasSubstr("window_s: expected seconds"));
    EXPECT_THAT(error_with([](json& all) { all["columns"] = json::array(); }), HasSubstr("columns: expected a list"));
    EXPECT_THAT(error_with([](json& all) { all["steps"] = {0.1}; }), HasSubstr("steps: expected 2 finite numbers"));
    EXPECT_THAT(error_with([](json& all) { all["offsets"] = {0.1, NAN}; }), HasSubstr("offsets: expected 2 finite"));
    EXPECT_THAT(error_with([](json& all) { all["clips"][0]["windows"] = 0; }), HasSubstr("clips: expected path and"));
    EXPECT_THAT(error_with([](json& all) { all["clips"][0]["windows"] = 2; }), HasSubstr("codes: expected 4 bytes"));
    EXPECT_THAT(error_with([](json& all) { all["clips"].push_back(all["clips"][0]); }), EndsWith("is there twice"));
    EXPECT_THAT(error_with([](json& all) { all["codes"] = "ab"; }), HasSubstr("codes: expected 2 bytes"));
}

TEST_F(TeacherTables, that_are_no_cbor_or_missing_are_errors) {
    const auto other = folder_.write("b.table", "path\ttags\n");
    EXPECT_THAT(error_of(ErrorCode::invalid_dataset, [&] { read_teacher_table(other); }),
                HasSubstr("b.table: expected the table of a teacher, a CBOR file"));
    EXPECT_THAT(error_of(ErrorCode::not_found, [&] { read_teacher_table(folder_.path() / "c"); }),
                HasSubstr("no such file"));
    EXPECT_THAT(error_of(ErrorCode::unreadable, [&] { read_teacher_table(folder_.write("d", "")); }),
                HasSubstr("is empty"));
}

TEST_F(TeacherTables, cut_short_anywhere_are_errors) {
    json content = teacher_content("embeddings");
    add_clip(content, "set/a.opus", {0, 1});
    const std::vector<std::uint8_t> bytes = json::to_cbor(content);
    for (std::size_t size = 1; size < bytes.size(); ++size) {
        const auto path = folder_.write("cut", std::string(bytes.begin(), bytes.begin() + static_cast<long>(size)));
        error_of(ErrorCode::invalid_dataset, [&] { read_teacher_table(path); });
    }
}

TrainingClip clip_at(const std::string& file) { return {{}, {}, "", "", file}; }

TEST_F(TeacherTables, are_side_by_side_and_unknown_where_a_teacher_did_not_hear) {
    json soft = teacher_content("probabilities");
    add_clip(soft, "set/a.opus", {100, 100});
    json embedding = teacher_content("embeddings");
    add_clip(embedding, "set/a.opus", {0, 100});
    add_clip(embedding, "set/b.opus", {100, 200});
    write_teacher(folder_, "soft", soft);
    write_teacher(folder_, "embedding", embedding);
    const TeacherTargets targets(
        {{"soft", TeacherKind::probabilities, 1.0}, {"embedding", TeacherKind::embeddings, 2.0}}, folder_.path());
    ASSERT_EQ(targets.column_count(), 4U);
    EXPECT_EQ(targets.parts()[1].first_column, 2U);
    EXPECT_EQ(targets.parts()[1].weight, 2.0);
    std::array<float, 4> numbers{};
    targets.copy(targets.places(clip_at("/x/set/a.opus")), 0.0, numbers);
    EXPECT_THAT(numbers, testing::ElementsAre(0.5F, 0.5F, -1.0F, FloatNear(0.0F, 1e-6F)));
    targets.copy(targets.places(clip_at("/x/set/b.opus")), 0.0, numbers);
    EXPECT_TRUE(std::isnan(numbers[0]) && std::isnan(numbers[1]));
    EXPECT_FLOAT_EQ(numbers[3], 1.0F);
}

TEST_F(TeacherTables, of_another_kind_than_in_the_recipe_are_an_error) {
    json content = teacher_content("probabilities");
    add_clip(content, "set/a.opus", {100, 100});
    write(content);
    EXPECT_THAT(error_of(ErrorCode::invalid_dataset,
                         [&] {
                             TeacherTargets({{"a.table", TeacherKind::embeddings, 1.0}}, folder_.path());
                         }),
                HasSubstr("a.table: kind: expected embeddings, as in the recipe"));
}

}  // namespace
}  // namespace earmark
