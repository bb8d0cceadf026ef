// A log-mel cache on a bad disk: whatever happens to its file, nothing ends the process, no other frames are given, and
// what is missing is computed again.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include "tests/support/lcg.h"
#include "tests/training/support/cached_dataset.h"
#include "tests/training/support/expect_error.h"
#include "training/clips/cache_entry.h"
#include "training/clips/database_check.h"

namespace earmark {
namespace {

using testing::HasSubstr;

// Entries of several pages, of a part of a page, and more of them than fit one leaf.
class CacheDamageTest : public testing::Test {
protected:
    static constexpr int entry_count = 120;
    static constexpr std::size_t band_count = 16;

    static std::string key_of(int index) { return std::to_string(1000 + index); }
    static Matrix frames_of(int index) {
        return Lcg(static_cast<std::uint32_t>(index) + 1).matrix(4.0F, index % 5 == 0 ? 200 : 7, band_count);
    }

    CacheDamageTest() {
        settings_.mel_band_count = band_count;
        fill();
        whole_ = read_text(file_);
    }

    LogMelCache open() const { return {folder_.path(), settings_}; }

    /// As a training run does: what is not there is put.
    std::size_t fill() const {
        LogMelCache cache = open();
        std::size_t put_count = 0;
        for (int i = 0; i < entry_count; ++i) {
            if (cache.contains(key_of(i))) continue;
            cache.put(key_of(i), frames_of(i));
            ++put_count;
        }
        cache.freeze();
        expect_all(cache);
        return put_count;
    }

    static void expect_all(const LogMelCache& cache) {
        for (int i = 0; i < entry_count; ++i) {
            const auto frames = cache.frames(key_of(i));
            ASSERT_TRUE(frames) << i;
            const std::vector<std::byte> expected = make_cache_entry(key_of(i), frames_of(i));
            const auto bytes = std::as_bytes(frames->values);
            ASSERT_TRUE(std::equal(bytes.begin(), bytes.end(), expected.begin())) << i;
        }
    }

    void write(const std::string& bytes) const { std::ofstream(file_, std::ios::binary) << bytes; }

    TemporaryFolder folder_;
    SpectrogramSettings settings_;
    std::filesystem::path file_ = folder_.path() / "data.mdb";
    std::string whole_;
};

TEST_F(CacheDamageTest, none_is_found_in_a_whole_file) {
    EXPECT_EQ(database_problem(file_), "");
    EXPECT_EQ(database_problem(folder_.path() / "none"), "");
    EXPECT_EQ(fill(), 0U);
    LogMelCache cache = open();
    EXPECT_EQ(cache.damage(), CacheDamage{});
    for (int i = 0; i < entry_count; ++i) cache.put(key_of(i), frames_of(i + 1));
    cache.freeze();
    EXPECT_EQ(database_problem(file_), "");  // with lists of pages that are free again
}

TEST_F(CacheDamageTest, that_cuts_the_file_anywhere_is_found_and_all_is_computed_again) {
    for (std::size_t part = 0; part < 40; ++part) {
        write(whole_.substr(0, whole_.size() * part / 40));
        const bool is_empty = part == 0;
        {
            const LogMelCache cache = open();
            EXPECT_EQ(cache.damage().database.empty(), is_empty) << part;
        }
        EXPECT_EQ(fill(), static_cast<std::size_t>(entry_count)) << part;
    }
}

// All bits of the first page, and then some all over the file, where values and pages of keys alternate.
TEST_F(CacheDamageTest, of_any_bit_leaves_all_frames_right) {
    std::size_t noticed_count = 0;
    for (std::size_t bit = 0; bit < 8 * whole_.size(); bit += bit < 8 * 160 ? 3 : 4099) {
        std::string bytes = whole_;
        bytes[bit / 8] = static_cast<char>(static_cast<unsigned char>(bytes[bit / 8]) ^ (1U << bit % 8));
        write(bytes);
        noticed_count += fill() > 0 ? 1 : 0;
        ASSERT_FALSE(HasFailure()) << "bit " << bit % 8 << " of byte " << bit / 8;
    }
    EXPECT_GT(noticed_count, 100U);
}

TEST_F(CacheDamageTest, of_one_value_costs_one_entry) {
    std::string bytes = whole_;
    const std::vector<std::byte> entry = make_cache_entry(key_of(7), frames_of(7));
    const std::size_t place = bytes.find(std::string(reinterpret_cast<const char*>(entry.data()), entry.size()));
    ASSERT_NE(place, std::string::npos);
    bytes[place + 20] = static_cast<char>(bytes[place + 20] ^ 1);
    write(bytes);
    LogMelCache cache = open();
    for (int i = 0; i < entry_count; ++i) EXPECT_EQ(cache.contains(key_of(i)), i != 7) << i;
    EXPECT_EQ(cache.damage(), (CacheDamage{"", 1}));
}

TEST_F(CacheDamageTest, that_gives_an_entry_to_another_key_is_found) {
    std::vector<std::byte> entry = make_cache_entry("one_key", frames_of(1));
    EXPECT_TRUE(is_whole_entry("one_key", entry, band_count));
    EXPECT_FALSE(is_whole_entry("another", entry, band_count));
    EXPECT_FALSE(is_whole_entry("one_key", entry, band_count - 1));
    for (std::size_t count = 0; count < entry.size(); ++count)
        EXPECT_FALSE(is_whole_entry("one_key", std::span(entry).first(count), band_count)) << count;
}

TEST_F(CacheDamageTest, by_another_program_is_begun_anew) {
    write(std::string(10000, 'x'));
    EXPECT_THAT(open().damage().database, HasSubstr("expected a meta page"));
    EXPECT_EQ(fill(), static_cast<std::size_t>(entry_count));
}

// A disk that is full is a limit on the size of files, as LMDB sees it: a write that is cut short.
TEST_F(CacheDamageTest, of_a_write_that_is_cut_short_has_the_reason_and_not_an_input_output_error) {
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit limit{whole_.size() + 100'000, before.rlim_max};
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
    const std::string message = error_of(ErrorCode::unwritable, [&] {
        LogMelCache cache = open();
        for (int i = 0; i < 200; ++i) cache.put(std::to_string(5000 + i), Matrix(200, band_count));
        cache.freeze();
    });
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    EXPECT_EQ(message, folder_.path().string() + ": cannot write to the log-mel cache: File too large");
    EXPECT_EQ(fill(), 0U);
}

}  // namespace
}  // namespace earmark
