#include "decode/decoder.h"

#include <utility>

#include "decode/ffmpeg_decoder.h"
#include "decode/free_format.h"
#include "decode/free_format_decoder.h"
#include "decode/prepared_source.h"
#include "decode/trailing_tags.h"

namespace earmark::decode {

std::unique_ptr<Decoder> make_decoder(std::unique_ptr<ByteSource> source, const std::string& name) {
    if (source->size_bytes()) {
        const std::int64_t end_bytes = end_without_tags(*source);
        if (end_bytes < source->size_bytes()) source = end_at(std::move(source), end_bytes);
    }
    source = prepare_source(std::move(source), name);
    const auto free_format = find_free_format(source);
    if (free_format) return std::make_unique<FreeFormatDecoder>(std::move(source), *free_format);
    return std::make_unique<FfmpegDecoder>(std::move(source), name);
}

}  // namespace earmark::decode
