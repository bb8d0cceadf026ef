#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <thread>

#include "tests/training/support/tiny_run.h"

namespace earmark {
namespace {

std::size_t epoch_count(const TinyRun& run) {
    const std::string log = run.text("log.jsonl");
    std::size_t count = 0;
    for (std::size_t place = 0; (place = log.find("\"event\":\"epoch\"", place)) != std::string::npos; ++place) ++count;
    return count;
}

// Nothing of a process that has just ended: reading the file fails then, although it could be opened.
std::string command_line(const std::filesystem::path& process) {
    std::ifstream file(process / "cmdline", std::ios::binary);
    std::string words;
    for (std::string word; std::getline(file, word, '\0');) words += word + " ";
    return words;
}

// How many processes work in this folder: those of a study with "--training-process", of networks with
// "--network-process".
std::size_t process_count(const std::string& kind, const std::filesystem::path& folder) {
    std::size_t count = 0;
    for (const auto& process : std::filesystem::directory_iterator("/proc")) {
        const std::string words = command_line(process.path());
        if (words.find(kind) != std::string::npos && words.find(folder.string()) != std::string::npos) ++count;
    }
    return count;
}

bool trains_in(const std::filesystem::path& study) { return process_count("--training-process", study) > 0; }

std::size_t network_processes(const TinyRun& run) { return process_count("--network-process", run.options.out); }

bool comes_true(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

// The program in a process of its own, its messages thrown away.
class Program {
public:
    explicit Program(const TrainingOptions& options, const std::vector<std::string>& more = {},
                     const std::string& jobs = "1") {
        std::vector<std::string> words{EARMARK_TRAIN_PROGRAM,
                                       "train",
                                       options.recipe.string(),
                                       "--data",
                                       options.data.front().string(),
                                       "--out",
                                       options.out.string(),
                                       "--jobs",
                                       jobs,
                                       "--license",
                                       options.license};
        words.insert(words.end(), more.begin(), more.end());
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, 2, 1);
        if (posix_spawn(&process_, words[0].c_str(), &actions, nullptr, arguments.data(), environ) != 0) process_ = -1;
        posix_spawn_file_actions_destroy(&actions);
    }

    bool has_started() const { return process_ > 0; }

    /// The status of waitpid.
    int kill(int signal = SIGKILL) const {
        ::kill(process_, signal);
        int status = 0;
        waitpid(process_, &status, 0);
        return status;
    }

private:
    pid_t process_ = -1;
};

class Kill : public testing::TestWithParam<std::size_t> {};

TEST_P(Kill, in_an_epoch_then_a_second_call_gives_the_model_of_an_uninterrupted_run) {
    const SyntheticDataset dataset(21, 7, 7);
    TinyRun uninterrupted(dataset);
    ASSERT_TRUE(uninterrupted.train().finished);
    ASSERT_GT(uninterrupted.listener.epochs.size(), GetParam() + 5);

    TinyRun run(dataset);
    const Program program(run.options);
    ASSERT_TRUE(program.has_started());
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (epoch_count(run) < GetParam() && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ASSERT_TRUE(WIFSIGNALED(program.kill())) << "the program had ended before it was killed";
    ASSERT_FALSE(std::filesystem::exists(run.options.out / "model.earmark"));

    ASSERT_TRUE(run.train().finished);
    EXPECT_LT(run.listener.epochs.size(), uninterrupted.listener.epochs.size());
    EXPECT_EQ(run.model_bytes_without_date(), uninterrupted.model_bytes_without_date());
}

TEST(KillOfAStudy, ends_its_trainings) {
    const SyntheticDataset dataset(21, 7, 7);
    const TinyRun run(dataset);
    const Program program(run.options, {"--seeds", "3"});
    ASSERT_TRUE(program.has_started());
    ASSERT_TRUE(comes_true([&] { return trains_in(run.options.out); }));
    ASSERT_TRUE(WIFSIGNALED(program.kill()));
    EXPECT_TRUE(comes_true([&] { return !trains_in(run.options.out); }));
    EXPECT_FALSE(std::filesystem::exists(run.options.out / "seed-9/results.json"));
}

TEST(KillOfAStudy, ends_the_networks_of_its_trainings) {
    const SyntheticDataset dataset(21, 7, 7);
    const TinyRun run(dataset, tiny_recipe_with("patience_epochs = 1", "patience_epochs = 9"));
    const Program program(run.options, {"--seeds", "2"}, "4");
    ASSERT_TRUE(program.has_started());
    ASSERT_TRUE(comes_true([&] { return network_processes(run) > 0; }));
    ASSERT_TRUE(WIFSIGNALED(program.kill()));
    EXPECT_TRUE(comes_true([&] { return !trains_in(run.options.out) && network_processes(run) == 0; }));
}

TEST(InterruptOfAStudy, ends_its_trainings_and_the_same_command_resumes) {
    const SyntheticDataset dataset(21, 7, 7);
    const TinyRun run(dataset);
    const Program program(run.options, {"--seeds", "3"});
    ASSERT_TRUE(program.has_started());
    ASSERT_TRUE(comes_true([&] { return trains_in(run.options.out); }));
    const int status = program.kill(SIGINT);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 1);
    EXPECT_FALSE(trains_in(run.options.out));
    const int second = Program(run.options, {"--seeds", "3"}).kill(0);
    ASSERT_TRUE(WIFEXITED(second));
    EXPECT_EQ(WEXITSTATUS(second), 0);
    EXPECT_TRUE(std::filesystem::exists(run.options.out / "seed-9/results.json"));
}

// Whoever comes first has the folder; the other one ends with a usage error, whether the first still runs or not.
TEST(TwoRecipesAtOnce, in_a_fresh_folder_give_one_run) {
    const SyntheticDataset dataset(21, 7, 7);
    const TinyRun run(dataset);
    TinyRun other(dataset, tiny_recipe_with("seed = 7", "seed = 8"));
    other.options.out = run.options.out;
    const Program first(run.options);
    const Program second(other.options);
    ASSERT_TRUE(first.has_started() && second.has_started());
    const int statuses[] = {first.kill(0), second.kill(0)};
    ASSERT_TRUE(WIFEXITED(statuses[0]) && WIFEXITED(statuses[1]));
    EXPECT_EQ(std::min(WEXITSTATUS(statuses[0]), WEXITSTATUS(statuses[1])), 0);
    EXPECT_EQ(std::max(WEXITSTATUS(statuses[0]), WEXITSTATUS(statuses[1])), 2);
    EXPECT_EQ(run.text("seed.txt"), WEXITSTATUS(statuses[0]) == 0 ? "7\n" : "8\n");
}

// Two networks side by side, until both have learned something.
class NetworksOfAProgram : public testing::Test {
protected:
    void start() {
        program_.emplace(run_.options, std::vector<std::string>(), "2");
        ASSERT_TRUE(program_->has_started());
        const auto has_begun = [&](const std::string& network) {
            return std::filesystem::exists(run_.options.out / "checkpoints" / ("local-network-" + network + ".pt"));
        };
        ASSERT_TRUE(comes_true([&] { return has_begun("9") && has_begun("18"); }));
    }

    void expect_to_go_on() {
        static TinyRun uninterrupted(dataset(), recipe());
        static const bool is_finished = uninterrupted.train().finished;
        ASSERT_TRUE(is_finished);
        ASSERT_TRUE(run_.train().finished);
        EXPECT_LT(run_.listener.epochs.size(), uninterrupted.listener.epochs.size());
        EXPECT_EQ(run_.model_bytes_without_date(), uninterrupted.model_bytes_without_date());
    }

    static const SyntheticDataset& dataset() {
        static const SyntheticDataset dataset(21, 7, 7);
        return dataset;
    }

    // With so many epochs that networks do not end before they are killed.
    static std::string recipe() { return tiny_recipe_with("patience_epochs = 1", "patience_epochs = 9"); }

    TinyRun run_{dataset(), recipe()};
    std::optional<Program> program_;
};

TEST_F(NetworksOfAProgram, end_when_it_is_killed_and_go_on_later) {
    start();
    ASSERT_TRUE(WIFSIGNALED(program_->kill())) << "the program had ended before it was killed";
    EXPECT_TRUE(comes_true([&] { return network_processes(run_) == 0; }));
    expect_to_go_on();
}

TEST_F(NetworksOfAProgram, end_when_it_is_interrupted_and_go_on_later) {
    start();
    const int status = program_->kill(SIGINT);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 1);
    EXPECT_EQ(network_processes(run_), 0U);
    expect_to_go_on();
}

TEST_F(NetworksOfAProgram, of_which_one_is_killed_are_an_error_and_go_on_later) {
    start();
    for (const auto& process : std::filesystem::directory_iterator("/proc")) {
        const std::string words = command_line(process.path());
        if (words.find("--network-process 1 ") == std::string::npos ||
            words.find(run_.options.out.string()) == std::string::npos)
            continue;
        ::kill(std::stoi(process.path().filename().string()), SIGKILL);
    }
    const int status = program_->kill(0);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 1);
    EXPECT_EQ(network_processes(run_), 0U);
    expect_to_go_on();
}

INSTANTIATE_TEST_SUITE_P(after_the_epoch, Kill, testing::Values(1U, 8U), testing::PrintToStringParamName());

}  // namespace
}  // namespace earmark
