#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

#include "apps/library/file_uri.h"
#include "apps/library/playlist.h"
#include "earmark/error.h"

namespace earmark {
namespace {

constexpr std::size_t greatest_bytes = 100'000'000;

std::string ending_of(const std::filesystem::path& file) {
    std::string ending = file.extension().string();
    for (char& character : ending)
        if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
    return ending;
}

std::string content_of(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) throw Error(ErrorCode::not_found, file.string() + ": no such file");
    std::ifstream stream(file, std::ios::binary);
    std::string text;
    if (stream && std::filesystem::is_regular_file(file, error) && std::filesystem::file_size(file) <= greatest_bytes)
        text.assign(std::istreambuf_iterator<char>(stream), {});
    else
        stream.setstate(std::ios::failbit);
    if (stream.fail())
        throw Error(ErrorCode::unreadable, file.string() + ": cannot be read; expected a playlist of up to 100 MB");
    return text;
}

std::vector<std::string> lines_of_m3u(const std::string& text) {
    std::vector<std::string> lines;
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    std::size_t start = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    while (start < text.size()) {
        const std::size_t end = std::min(text.find_first_of("\r\n", start), text.size());
        if (end > start && text[start] != '#') lines.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return lines;
}

std::vector<std::string> locations_of_jspf(const std::string& text, const std::filesystem::path& file) {
    std::vector<std::string> locations;
    try {
        const auto json = nlohmann::json::parse(text);
        for (const auto& track : json.at("playlist").at("track")) {
            if (!track.contains("location")) continue;
            const auto& location = track["location"];
            locations.push_back((location.is_array() ? location.at(0) : location).get<std::string>());
        }
    } catch (const nlohmann::json::exception&) {
        throw Error(ErrorCode::unreadable,
                    file.string() + R"(: is not JSPF; expected {"playlist": {"track": [{"location": [URI]}, ...]}})");
    }
    return locations;
}

}  // namespace

bool is_playlist(const std::filesystem::path& file) {
    const std::string ending = ending_of(file);
    return ending == ".m3u" || ending == ".m3u8" || ending == ".jspf";
}

std::vector<std::filesystem::path> read_playlist(const std::filesystem::path& file) {
    const std::string text = content_of(file);
    const bool is_jspf = ending_of(file) == ".jspf";
    const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
    std::vector<std::filesystem::path> paths;
    for (const std::string& entry : is_jspf ? locations_of_jspf(text, file) : lines_of_m3u(text)) {
        const bool is_uri = is_jspf || entry.find("://") != std::string::npos;
        const std::optional<std::filesystem::path> path = is_uri ? path_of_uri(entry) : std::filesystem::path(entry);
        if (path) paths.push_back((folder / *path).lexically_normal());
    }
    return paths;
}

}  // namespace earmark
