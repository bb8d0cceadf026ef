#include <gmock/gmock.h>

#include "tests/support/temporary_folder.h"
#include "tests/training/support/expect_error.h"
#include "training/study/study_results.h"

namespace earmark {
namespace {

TEST(StudyOfAnotherVersion, is_refused_by_its_format) {
    const TemporaryFolder folder;
    std::filesystem::create_directories(folder.path() / "seed-1");
    const auto message = [&](const std::string& results, ErrorCode code = ErrorCode::unreadable) {
        folder.write("seed-1/results.json", results);
        return error_of(code, [&] { read_study(folder.path(), {1}, 0); });
    };
    EXPECT_THAT(
        message(R"({"model": "tiny", "configurations": [{"name": "all levels, all sizes"}]})", ErrorCode::usage),
        testing::HasSubstr("seed-1/results.json: has format 1; expected format 2"));
    EXPECT_THAT(message(R"({"format": 3})", ErrorCode::usage), testing::HasSubstr("has format 3; expected format 2"));
    EXPECT_THAT(message("[1"), testing::HasSubstr("is damaged"));
    EXPECT_THAT(message(R"({"format": 2, "model": "tiny", "device": "cpu"})"), testing::HasSubstr("'configurations'"));
    EXPECT_THAT(message(R"({"format": 2, "model": "t", "device": "cpu", "configurations": [{"kind": "everything"}]})"),
                testing::HasSubstr("kind: 'everything' is not known"));
    EXPECT_THAT(message(R"({"format": 2, "model": "t", "device": "abacus"})"),
                testing::HasSubstr("device: 'abacus' is not known"));
    EXPECT_EQ(message(R"({"format": 2, "model": 5})"),
              (folder.path() / "seed-1/results.json").string() +
                  ": is damaged: type must be string, but is number; expected the results of a finished run (the "
                  "same training makes them again)");
    EXPECT_THAT(message(R"({"format": {"a": 1}})", ErrorCode::usage),
                testing::HasSubstr("has format of type object; expected"));
    const char* speeds = R"({"format": 2, "model": "t", "device": "cpu", "configurations": [], )"
                         R"("frames_per_second": {"9 frames": 1.0}})";
    EXPECT_THAT(message(speeds), testing::HasSubstr("frames_per_second: expected scales as keys"));
}

}  // namespace
}  // namespace earmark
