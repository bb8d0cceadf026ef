#include "decode/prepared_source.h"

#include <algorithm>
#include <utility>

#include "base/counted.h"
#include "decode/edited_source.h"
#include "decode/gzip.h"
#include "decode/header_bytes.h"
#include "decode/hidden_tags.h"
#include "decode/mp4_boxes.h"
#include "earmark/error.h"

namespace earmark::decode {
namespace {

// FFmpeg takes 24 bytes of memory for a packet of an MP4. Packets of sound have ten bytes and more.
constexpr std::uint64_t packets_of_any_file = 1'000'000;
constexpr std::uint64_t least_packet_bytes = 4;

// It takes about 130 bytes for a fragment of one track, and for a reference. Fragments last a second or so: ten hours
// of a film with four tracks have 144,000.
constexpr std::uint64_t most_fragments = 500'000;

void check_mp4(const Mp4Lists& lists, std::int64_t size_bytes, const std::string& name) {
    if (lists.is_too_large_unpacked)
        throw Error(ErrorCode::damaged_audio,
                    name + ": damaged: its header is compressed, and more than 16 MB when it is unpacked");
    const std::uint64_t most =
        std::max(packets_of_any_file, static_cast<std::uint64_t>(size_bytes) / least_packet_bytes);
    if (lists.packet_count > most)
        throw Error(ErrorCode::damaged_audio, name + ": damaged: its header lists " +
                                                  counted(lists.packet_count, "packet") + ", and the file has " +
                                                  counted(static_cast<std::uint64_t>(size_bytes), "byte"));
    if (lists.fragment_count + lists.reference_count > most_fragments)
        throw Error(ErrorCode::damaged_audio, name + ": damaged: its header has " +
                                                  counted(lists.fragment_count, "fragment") + " and " +
                                                  counted(lists.reference_count, "reference") +
                                                  "; expected no more than " + std::to_string(most_fragments));
}

}  // namespace

std::unique_ptr<ByteSource> prepare_source(std::unique_ptr<ByteSource> source, const std::string& name) {
    source = hide_tags(unpack_gzip(std::move(source), name), name);
    if (!source->size_bytes()) {
        const auto look = [&](HeaderBytes& bytes, Edit& edit) {
            check_mp4(inspect_mp4(bytes, edit), bytes.size_bytes(), name);
        };
        return with_edited_start(std::move(source), look);
    }
    HeaderBytes bytes(*source);
    Edit edit;
    check_mp4(inspect_mp4(bytes, edit), bytes.size_bytes(), name);
    if (edit.is_too_long()) throw Error(ErrorCode::damaged_audio, name + ": damaged: its header has too many parts");
    source->seek(0);
    return edit.patches.empty() ? std::move(source) : edited(std::move(source), std::move(edit));
}

}  // namespace earmark::decode
