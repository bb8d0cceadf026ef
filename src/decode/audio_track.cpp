#include "decode/audio_track.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace earmark::decode {
namespace {

constexpr int for_some_listeners =
    AV_DISPOSITION_HEARING_IMPAIRED | AV_DISPOSITION_VISUAL_IMPAIRED | AV_DISPOSITION_COMMENT;

std::vector<AVStream*> audio_tracks(const AVFormatContext& format) {
    std::vector<AVStream*> tracks;
    for (AVStream* stream : std::span(format.streams, format.nb_streams)) {
        if (is_audio(*stream)) tracks.push_back(stream);
    }
    return tracks;
}

/// The greater, the better.
auto rank(const AVStream& track) {
    return std::tuple(avcodec_find_decoder(track.codecpar->codec_id) != nullptr, parameters_are_known(track),
                      (track.disposition & for_some_listeners) == 0, (track.disposition & AV_DISPOSITION_DEFAULT) != 0);
}

/// A short word of letters and hyphens; what else a file has under that name is not shown.
std::string language_of(const AVStream& track) {
    const AVDictionaryEntry* const entry = av_dict_get(track.metadata, "language", nullptr, 0);
    const std::string_view language = entry == nullptr ? "" : entry->value;
    constexpr std::size_t most_letters = 12;
    const auto is_plain = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '-';
    };
    const bool shown = language.size() <= most_letters && std::ranges::all_of(language, is_plain);
    return shown && language != "und" ? std::string(language) : "";
}

}  // namespace

AVStream* find_audio_track(const AVFormatContext& format) {
    const auto tracks = audio_tracks(format);
    const auto better = [](const AVStream* one, const AVStream* other) { return rank(*one) < rank(*other); };
    const auto best = std::max_element(tracks.begin(), tracks.end(), better);  // the first of equal ones
    return best == tracks.end() ? nullptr : *best;
}

std::string describe_audio_track(const AVFormatContext& format, const AVStream& track) {
    const auto tracks = audio_tracks(format);
    if (tracks.size() < 2) return "";
    const auto number = std::find(tracks.begin(), tracks.end(), &track) - tracks.begin() + 1;
    const std::string language = language_of(track);
    return "audio track " + std::to_string(number) + " of " + std::to_string(tracks.size()) + " was read" +
           (language.empty() ? "" : " (language: " + language + ")");
}

bool is_audio(const AVStream& stream) { return stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO; }

bool parameters_are_known(const AVStream& stream) {
    const AVCodecParameters& parameters = *stream.codecpar;
    return parameters.codec_id != AV_CODEC_ID_NONE && parameters.sample_rate > 0 &&
           parameters.ch_layout.nb_channels > 0;
}

}  // namespace earmark::decode
