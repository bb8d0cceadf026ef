#include "decode/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "decode/header_bytes.h"
#include "earmark/error.h"

namespace earmark::decode {
namespace {

constexpr std::size_t most_unpacked_bytes = std::size_t{16} << 20;

class OwnedBytes final : public ByteSource {
public:
    explicit OwnedBytes(std::vector<std::byte> bytes) : bytes_(std::move(bytes)), source_(open_memory(bytes_)) {}

    std::ptrdiff_t read(std::span<std::byte> buffer) noexcept override { return source_->read(buffer); }
    bool seek(std::int64_t offset_bytes) noexcept override { return source_->seek(offset_bytes); }
    std::optional<std::int64_t> size_bytes() const noexcept override { return source_->size_bytes(); }

private:
    std::vector<std::byte> bytes_;
    std::unique_ptr<ByteSource> source_;
};

class Inflater {
public:
    Inflater() {
        constexpr int gzip_alone = 16 + MAX_WBITS;
        if (inflateInit2(&stream_, gzip_alone) != Z_OK) throw std::bad_alloc();
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { inflateEnd(&stream_); }

    // At most so many bytes, and one more where there are more. What comes before damage counts.
    std::vector<std::byte> run(ByteSource& source) {
        std::vector<std::byte> output(std::size_t{1} << 16);
        std::size_t count = 0;
        int status = Z_OK;
        while (status == Z_OK && count <= most_unpacked_bytes) {
            if (stream_.avail_in == 0 && !fill(source)) break;
            if (count == output.size()) output.resize(2 * count);
            stream_.next_out = reinterpret_cast<Bytef*>(output.data() + count);
            stream_.avail_out = static_cast<uInt>(output.size() - count);
            status = inflate(&stream_, Z_NO_FLUSH);
            count = output.size() - stream_.avail_out;
        }
        output.resize(count);
        return output;
    }

private:
    bool fill(ByteSource& source) {
        const std::ptrdiff_t count = source.read(input_);
        if (count <= 0) return false;
        stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
        stream_.avail_in = static_cast<uInt>(count);
        return true;
    }

    z_stream stream_{};
    std::array<std::byte, 32768> input_{};
};

bool is_gzip(ByteSource& source) {
    HeaderBytes bytes(source);
    const bool is_packed = bytes.has(0, "\x1f\x8b\x08");
    source.seek(0);
    return is_packed;
}

}  // namespace

std::unique_ptr<ByteSource> unpack_gzip(std::unique_ptr<ByteSource> source, const std::string& name) {
    if (!source->size_bytes() || !is_gzip(*source)) return source;
    std::vector<std::byte> contents = Inflater().run(*source);
    if (contents.size() > most_unpacked_bytes)
        throw Error(ErrorCode::not_audio, name + ": is packed with gzip, and more than 16 MB when it is unpacked");
    auto unpacked = std::make_unique<OwnedBytes>(std::move(contents));
    if (is_gzip(*unpacked)) throw Error(ErrorCode::not_audio, name + ": is packed with gzip twice");
    return unpacked;
}

std::vector<std::byte> unpack_zlib(std::span<const std::byte> packed, std::size_t most_bytes) {
    std::vector<std::byte> output(most_bytes);
    uLongf count = output.size();
    uncompress(reinterpret_cast<Bytef*>(output.data()), &count, reinterpret_cast<const Bytef*>(packed.data()),
               packed.size());
    output.resize(count);
    return output;
}

}  // namespace earmark::decode
