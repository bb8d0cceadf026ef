// Any bytes as the outside of a checkpoint: an error or the contents. What libtorch is given has passed this. Any bytes
// as contents are those of the file that is made of them, and a flipped bit of that file is an error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "earmark/error.h"
#include "training/fit/checkpoint_file.h"

namespace {

bool is_refused(const std::string& file) {
    try {
        (void)earmark::checkpoint_contents(file);
        return false;
    } catch (const earmark::Error&) {
        return true;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    (void)is_refused(bytes);
    std::string file = earmark::checkpoint_file(bytes);
    if (earmark::checkpoint_contents(file) != bytes) std::abort();
    const std::size_t bit = size > 1 ? (data[0] * std::size_t{256} + data[1]) * 7919 % (file.size() * 8) : 0;
    file[bit / 8] = static_cast<char>(static_cast<unsigned char>(file[bit / 8]) ^ (1U << bit % 8));
    if (!is_refused(file)) std::abort();
    return 0;
}
