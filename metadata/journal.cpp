#include "metadata/journal.h"

#include <nlohmann/json.hpp>
#include <span>

#include "base/checksum.h"
#include "earmark/error.h"
#include "metadata/journal_text.h"
#include "metadata/json_line.h"
#include "metadata/packed.h"

namespace earmark::metadata {
namespace {

constexpr std::string_view checksum_start = R"(,"checksum":")";
constexpr std::size_t checksum_bytes = 16;

std::string checksum_of(std::string_view text) { return checksum_text(checksum({std::as_bytes(std::span(text))})); }

nlohmann::json pieces_to_json(const Pieces& pieces, std::string& literals) {
    nlohmann::json list = nlohmann::json::array();
    for (const Piece& piece : pieces.all()) {
        if (piece.literal.empty())
            list.push_back({piece.copied.offset, piece.copied.length});
        else
            list.push_back(piece.literal.size());
        literals += piece.literal;
    }
    return list;
}

std::uint64_t number_in(const nlohmann::json& json) {
    if (!json.is_number_unsigned()) throw Damage("'pieces': expected whole numbers");
    return json.get<std::uint64_t>();
}

Pieces pieces_from_json(const nlohmann::json& json, std::uint64_t all_bytes) {
    const nlohmann::json& list = member(json, "pieces");
    if (!list.is_array()) throw Damage("'pieces': expected a list");
    std::uint64_t literal_bytes = 0;
    std::uint64_t bytes = 0;
    for (const nlohmann::json& piece : list) {
        const bool is_copy = piece.is_array();
        if (is_copy && piece.size() != 2) throw Damage("'pieces': expected pairs of numbers");
        const std::uint64_t length = number_in(is_copy ? piece[1] : piece);
        if (length > all_bytes - bytes) throw Damage("'pieces': are longer than the file");
        bytes += length;
        if (!is_copy) literal_bytes += length;
    }
    if (bytes != all_bytes) throw Damage("'pieces': are shorter than the file");
    const std::string literals = unpacked(text_of(json, "bytes"), literal_bytes);
    Pieces pieces;
    std::size_t at = 0;
    for (const nlohmann::json& piece : list) {
        if (piece.is_array()) {
            pieces.copy(number_in(piece[0]), number_in(piece[1]));
            continue;
        }
        pieces.literal(literals.substr(at, number_in(piece)));
        at += number_in(piece);
    }
    return pieces;
}

nlohmann::json record_to_json(const JournalRecord& record) {
    std::string literals;
    nlohmann::json pieces = pieces_to_json(record.way_back, literals);
    return {{"path", path_to_json(record.path)},
            {"size_before", record.size_before},
            {"modified_ns_before", record.modified_ns_before},
            {"digest_before", record.digest_before},
            {"digest_after", record.digest_after},
            {"in_place", record.is_in_place},
            {"pieces", std::move(pieces)},
            {"bytes", packed(literals)}};
}

JournalRecord record_from_json(const nlohmann::json& json) {
    JournalRecord record;
    record.path = path_from_json(member(json, "path"));
    record.size_before = whole_number_of(json, "size_before");
    record.modified_ns_before = signed_number_of(json, "modified_ns_before");
    record.digest_before = text_of(json, "digest_before");
    record.digest_after = text_of(json, "digest_after");
    record.is_in_place = truth_of(json, "in_place");
    record.way_back = pieces_from_json(json, record.size_before);
    return record;
}

}  // namespace

std::string guarded_line(const nlohmann::json& json) { return guarded_text(json_line(json)); }

std::string guarded_text(std::string_view json) {
    const std::string line(json.substr(0, json.size() - 1));
    return line + std::string(checksum_start) + checksum_of(line) + "\"}\n";
}

nlohmann::json parse_guarded_line(std::string_view text) {
    const std::size_t tail_bytes = checksum_start.size() + checksum_bytes + 2;
    if (text.size() < tail_bytes) throw Damage("has no checksum");
    const std::string_view line = text.substr(0, text.size() - tail_bytes);
    const std::string_view tail = text.substr(line.size());
    if (!tail.starts_with(checksum_start) || !tail.ends_with("\"}")) throw Damage("has no checksum");
    if (tail.substr(checksum_start.size(), checksum_bytes) != checksum_of(line))
        throw Damage("is damaged: its checksum is another one");
    return parse_json_line(text);
}

std::string journal_line_to_text(const JournalLine& line) {
    if (line.record) return guarded_line(record_to_json(*line.record));
    return guarded_line({{line.is_done ? "done" : "begun", path_to_json(line.path)}});
}

JournalLine journal_line_from_text(std::string_view text) {
    const nlohmann::json json = parse_guarded_line(text);
    if (json.contains("pieces")) return {record_from_json(json), false, {}};
    const bool is_done = json.contains("done");
    return {std::nullopt, is_done, path_from_json(member(json, is_done ? "done" : "begun"))};
}

}  // namespace earmark::metadata
