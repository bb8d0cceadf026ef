#pragma once

#include <optional>
#include <string>
#include <vector>

#include "metadata/fields.h"
#include "metadata/pieces.h"

namespace earmark::metadata {

/// An APEv2 tag (https://wiki.hydrogenaud.io/index.php?title=APEv2_specification), item by item.
class ApeTag {
public:
    /// The tag that ends there, or nothing where none does. Throws Damage.
    static std::optional<ApeTag> parse(const ByteSource& source, std::uint64_t end);

    /// From its header, where it has one, to the end of its footer.
    std::uint64_t size() const noexcept { return size_; }

    /// `is_own`: what Earmark writes; else its values are elsewhere.
    void list(FileFields& fields, bool is_own) const;

    /// The tag, or with the default constructor a new one, with these values.
    Pieces edited(const Edit& edit) const;

    /// A tag that Earmark does not write: with these values in the fields that it has, except for its comment, and no
    /// others. APEv1 stays as it is.
    Pieces edited_where_it_has(const Edit& edit) const;

private:
    struct Item {
        std::string key;
        std::uint64_t flags = 0;
        std::string value;
        Range stored;  ///< the item with its sizes and key
    };

    std::uint64_t version_ = 2000;
    bool has_header_ = true;
    std::uint64_t flags_ = 0xA0000000;  ///< of the header; has a header, is the header
    std::string reserved_ = std::string(8, '\0');
    std::uint64_t start_ = 0;
    std::uint64_t size_ = 0;
    std::vector<Item> items_;
};

}  // namespace earmark::metadata
