#include "apps/picture/canvas.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>

#include "apps/picture/heat_map.h"
#include "tests/picture/pixels.h"

namespace earmark {
namespace {

constexpr Color white{255, 255, 255};
constexpr Color black{0, 0, 0};
constexpr Color red{200, 10, 20};
constexpr Color blue{10, 20, 200};

std::size_t count_of(const Pixels& pixels, Color color) {
    return static_cast<std::size_t>(std::ranges::count(pixels.colors, color));
}

TEST(Canvas, makes_a_png_of_its_size_with_what_was_filled) {
    Canvas canvas(PictureFormat::png, 40, 20, white);
    canvas.fill({10, 5, 20, 10}, red);
    const Pixels pixels = read_png(canvas.finish());
    ASSERT_EQ(pixels.width, 40U);
    ASSERT_EQ(pixels.height, 20U);
    EXPECT_EQ(pixels.at(0, 0), white);
    EXPECT_EQ(pixels.at(10, 5), red);
    EXPECT_EQ(count_of(pixels, red), 200U);
}

TEST(Canvas, draws_cells_with_sharp_edges) {
    Canvas canvas(PictureFormat::png, 30, 20, white);
    canvas.cells({0, 0, 30, 20}, 3, std::array{red, blue, red, blue, red, black});
    const Pixels pixels = read_png(canvas.finish());
    EXPECT_EQ(count_of(pixels, red), 300U);
    EXPECT_EQ(count_of(pixels, blue), 200U);
    EXPECT_EQ(pixels.at(29, 19), black);
    EXPECT_EQ(pixels.at(9, 9), red);
    EXPECT_EQ(pixels.at(10, 9), blue);
}

TEST(Canvas, writes_text_where_it_is_wanted) {
    Canvas canvas(PictureFormat::png, 100, 30, white);
    TextStyle style;
    style.color = black;
    style.align = Align::right;
    canvas.text({100, 15}, "HHH", style);
    const Pixels pixels = read_png(canvas.finish());
    const double width_px = canvas.text_width_px("HHH", style);
    std::size_t left = 100;
    for (std::size_t x = 0; x < 100; ++x)
        for (std::size_t y = 0; y < 30; ++y)
            if (pixels.at(x, y) != white) left = std::min(left, x);
    ASSERT_LT(left, 100U);
    EXPECT_NEAR(static_cast<double>(left), 100.0 - width_px, 3.0);
}

TEST(Canvas, shortens_text_to_the_width_that_it_may_have) {
    Canvas canvas(PictureFormat::png, 200, 30, white);
    TextStyle style;
    style.color = black;
    style.most_width_px = 60;
    canvas.text({0, 15}, "a title that is much too long", style);
    const Pixels pixels = read_png(canvas.finish());
    std::size_t right = 0;
    for (std::size_t x = 0; x < 200; ++x)
        for (std::size_t y = 0; y < 30; ++y)
            if (pixels.at(x, y) != white) right = std::max(right, x);
    EXPECT_GT(right, 40U);
    EXPECT_LE(right, 62U);
}

TEST(Canvas, takes_text_of_any_bytes) {
    for (const PictureFormat format : {PictureFormat::png, PictureFormat::svg}) {
        Canvas canvas(format, 200, 30, white);
        canvas.text({0, 15}, "\xFF\xFE<&\n\x1b日本語 العربية", TextStyle{});
        EXPECT_GT(canvas.finish().size(), 100U);
    }
}

TEST(Canvas, makes_an_svg_of_its_size) {
    Canvas canvas(PictureFormat::svg, 30, 20, white);
    canvas.line(std::array<Point, 2>{{{0, 0}, {10, 10}}}, red);
    canvas.text({0, 15}, "a", TextStyle{});
    canvas.cells({0, 0, 10, 10}, 1, std::array{red});
    const std::string svg = canvas.finish();
    EXPECT_THAT(svg, testing::HasSubstr("<svg "));
    EXPECT_THAT(svg, testing::HasSubstr("width=\"30px\" height=\"20px\""));
    EXPECT_THAT(svg, testing::HasSubstr("data:image/png;base64"));
}

TEST(HeatMap, shows_the_greatest_value_where_moments_share_a_pixel) {
    Matrix values(1'000, 2);
    values(501, 0) = 1.0F;
    Canvas canvas(PictureFormat::png, 10, 10, white);
    draw_heat_map(canvas, {0, 0, 10, 10}, values, RowOrder::first_on_top, light_theme());
    const Pixels pixels = read_png(canvas.finish());
    EXPECT_EQ(pixels.at(5, 0), map_color(light_theme(), 1.0));
    EXPECT_EQ(count_of(pixels, map_color(light_theme(), 1.0)), 5U);
}

TEST(HeatMap, has_the_first_row_where_it_is_wanted) {
    const Matrix values(1, 2, {0.0F, 1.0F});
    for (const RowOrder order : {RowOrder::first_on_top, RowOrder::first_at_bottom}) {
        Canvas canvas(PictureFormat::png, 10, 10, white);
        draw_heat_map(canvas, {0, 0, 10, 10}, values, order, dark_theme());
        const std::size_t row_of_one = order == RowOrder::first_on_top ? 9 : 0;
        EXPECT_EQ(read_png(canvas.finish()).at(0, row_of_one), map_color(dark_theme(), 1.0));
    }
}

}  // namespace
}  // namespace earmark
