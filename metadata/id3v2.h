#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "metadata/fields.h"
#include "metadata/pieces.h"

namespace earmark::metadata {

/// One frame of an ID3v2 tag.
struct Id3Frame {
    std::string id;                  ///< "TCON", or "TCO" in ID3v2.2
    std::string flags;               ///< two bytes; none in ID3v2.2
    std::string body;                ///< as stored, but for the unsynchronization of the whole tag, which is undone
    Range stored;                    ///< where the body is, where it is stored as in `body`; else of length 0
    std::uint64_t header_bytes = 0;  ///< before `stored`, where they are as Earmark writes them

    bool operator==(const Id3Frame&) const = default;
};

/// Zeros after the frames of a tag that has no footer.
struct Id3Padding {
    std::uint64_t new_bytes = 0;
    std::uint64_t least_bytes = 0;
};

/// For a tag at the end of a file. Programs look for an ID3v1 tag, "TAG", in the last 128 bytes and some before
/// (mutagen), and would find it in EARMARK_TAGS.
constexpr Id3Padding padding_at_end{256, 192};

/// An ID3v2 tag: 2.2, 2.3 or 2.4 (https://id3.org/id3v2.4.0-structure and the two before it), frame by frame. Frames
/// are never read and written again: what is not edited keeps its bytes, encoding and flags.
class Id3Tag {
public:
    /// Nothing yet.
    explicit Id3Tag(int version) : version_(version) {}

    /// The tag that starts there, or nothing where none does. Throws Damage when it is longer than the file.
    static std::optional<Id3Tag> parse(const ByteSource& source, std::uint64_t offset);

    /// From its header to the end of its padding or footer.
    std::uint64_t size() const noexcept { return size_; }

    /// Adds the frames, with their values, and where it has one the reason not to write it.
    void list(FileFields& fields) const;

    /// As it is in a file, with these values. The same size as now where the frames fit in, with the least padding
    /// after them; else with new padding. Throws Damage when that is more than a tag can hold, or when it cannot be
    /// converted.
    Pieces edited(const Edit& edit, const Id3Padding& padding) const;

private:
    struct Target;

    void parse_content(const std::string& content, std::uint64_t offset, bool is_stored);
    bool parse_frames(std::string_view content, std::uint64_t offset, bool is_stored, bool has_plain_sizes);
    bool give_up();
    std::string key_of(const Id3Frame& frame) const;
    std::optional<TagField> meaning_of(const Id3Frame& frame) const;
    Values values_of(const Id3Frame& frame, TagField field) const;
    std::string readable_body(const Id3Frame& frame) const;
    std::vector<Target> targets(const Edit& edit) const;
    std::string new_body(const std::string& key, TagField field, const Values& values) const;
    std::string header_of(const Id3Frame& frame) const;
    void add_frame(Pieces& pieces, const Id3Frame& frame) const;
    Pieces edited_frames(const Edit& edit) const;
    Pieces converted(const Edit& edit, const Id3Padding& padding) const;
    Id3Tag in_version(int version) const;
    void find_first_comment();
    std::string place() const;

    int version_;
    bool is_unsynchronized_ = false;  ///< the whole tag, in ID3v2.2 and 2.3
    bool has_footer_ = false;
    int header_flags_ = 0;
    std::uint64_t size_ = 0;
    std::string extended_header_;
    std::vector<Id3Frame> frames_;
    std::optional<std::size_t> first_comment_;  ///< in frames_: the one without description
    std::string rest_;  ///< what follows the frames and is no padding, with the padding after it
    std::string reason_not_writable_;
};

}  // namespace earmark::metadata
