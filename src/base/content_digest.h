#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace earmark {

/// XXH3 with 128 bits and seed 0 (https://github.com/Cyan4973/xxHash) of bytes that come in portions. Different
/// contents have different digests, but it does not withstand an attacker. The same on every machine, and however the
/// bytes are divided into portions.
class ContentDigest {
public:
    ContentDigest();
    ContentDigest(ContentDigest&&) noexcept;
    ContentDigest& operator=(ContentDigest&&) noexcept;
    ~ContentDigest();

    void add(std::span<const std::byte> bytes);

    /// Of all bytes until now: 32 hexadecimal digits, lower case, as `xxhsum -H128` prints them.
    std::string text() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace earmark
