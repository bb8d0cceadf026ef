#include "training/clips/database_check.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "earmark/error.h"

namespace earmark {
namespace {

constexpr std::uint64_t no_page = ~std::uint64_t{0};
constexpr std::size_t page_header_bytes = 16;
constexpr std::size_t node_header_bytes = 8;
constexpr std::size_t greatest_key_bytes = 511;
constexpr int greatest_depth = 32;  // of a cursor of LMDB

// Flags of pages and nodes.
constexpr unsigned branch_page = 0x01;
constexpr unsigned leaf_page = 0x02;
constexpr unsigned overflow_page = 0x04;
constexpr unsigned meta_page = 0x08;
constexpr unsigned value_elsewhere = 0x01;
constexpr unsigned integer_keys = 0x08;

/// What makes the check end; the text is for people.
struct Damage {
    std::string text;
};

[[noreturn]] void damaged(std::uint64_t page, const char* what) {
    throw Damage{"page " + std::to_string(page) + ": " + what};
}

template <typename Number>
Number number_at(const std::byte* bytes) {
    Number number;
    std::memcpy(&number, bytes, sizeof(number));
    return number;
}

class OpenFile {
public:
    explicit OpenFile(const std::filesystem::path& path) : path_(path.string()) {
        descriptor_ = open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor_ < 0 && errno == ENOENT) return;
        struct stat status {};
        if (descriptor_ < 0 || fstat(descriptor_, &status) != 0) fail();
        size_ = static_cast<std::uint64_t>(status.st_size);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() {
        if (descriptor_ >= 0) close(descriptor_);
    }

    std::uint64_t size() const { return size_; }

    /// Bytes that are not there are an error of their own: the file became shorter meanwhile.
    void read(std::uint64_t offset, std::byte* target, std::size_t count) const {
        while (count > 0) {
            const ssize_t done = pread(descriptor_, target, count, static_cast<off_t>(offset));
            if (done < 0 && errno == EINTR) continue;
            if (done < 0) fail();
            if (done == 0) throw Damage{"it is cut short"};
            offset += static_cast<std::uint64_t>(done);
            target += done;
            count -= static_cast<std::size_t>(done);
        }
    }

private:
    [[noreturn]] void fail() const {
        throw Error(ErrorCode::unreadable, path_ + ": cannot be read: " + std::strerror(errno));
    }

    std::string path_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
};

/// What a meta page has about a tree.
struct Tree {
    std::uint32_t page_bytes = 0;  ///< in that of the free pages
    std::uint16_t flags = 0;
    std::uint16_t depth = 0;
    std::uint64_t branch_count = 0;
    std::uint64_t leaf_count = 0;
    std::uint64_t overflow_count = 0;
    std::uint64_t entry_count = 0;
    std::uint64_t root = no_page;
};

struct Meta {
    Tree free_pages;
    Tree entries;
    std::uint64_t last_page = 0;
    std::uint64_t transaction = 0;
};

Tree tree_at(const std::byte* bytes) {
    return {number_at<std::uint32_t>(bytes),      number_at<std::uint16_t>(bytes + 4),
            number_at<std::uint16_t>(bytes + 6),  number_at<std::uint64_t>(bytes + 8),
            number_at<std::uint64_t>(bytes + 16), number_at<std::uint64_t>(bytes + 24),
            number_at<std::uint64_t>(bytes + 32), number_at<std::uint64_t>(bytes + 40)};
}

/// A node of a branch or leaf page.
struct Node {
    std::string_view key;
    std::uint64_t child = 0;           ///< of a branch
    std::size_t value_bytes = 0;       ///< of a leaf
    const std::byte* value = nullptr;  ///< within the page
    std::uint64_t value_page = 0;      ///< where the value is, when it is not in the page
};

class DatabaseCheck {
public:
    explicit DatabaseCheck(const OpenFile& file) : file_(file) {}

    void run() {
        const Meta first = meta_at(0);  // which has the size of pages, and so the place of the second
        const Meta meta = newest(first, meta_at(1));
        file_page_count_ = file_.size() / page_bytes_;
        last_page_ = meta.last_page;
        // The last pages may never have been written, when a transaction freed them again.
        constexpr std::uint64_t greatest_unwritten = 1024;
        if (last_page_ < 1 || last_page_ > file_page_count_ + greatest_unwritten) throw Damage{"it is cut short"};
        is_used_.assign(static_cast<std::size_t>(last_page_) + 1, false);
        use(0, 2);
        check(meta.entries, false);
        check(meta.free_pages, true);
    }

private:
    Meta meta_at(std::uint64_t index) {
        constexpr std::size_t meta_bytes = 136;
        constexpr std::uint32_t magic = 0xBEEFC0DE;
        constexpr std::uint32_t version = 1;
        std::array<std::byte, page_header_bytes + meta_bytes> bytes{};
        file_.read(index * page_bytes_, bytes.data(), bytes.size());
        if (number_at<std::uint64_t>(bytes.data()) != index || number_at<std::uint16_t>(bytes.data() + 10) != meta_page)
            damaged(index, "expected a meta page");
        const std::byte* start = bytes.data() + page_header_bytes;
        if (number_at<std::uint32_t>(start) != magic || number_at<std::uint32_t>(start + 4) != version)
            damaged(index, "expected a database of LMDB, version 1");
        const Meta meta{tree_at(start + 24), tree_at(start + 72), number_at<std::uint64_t>(start + 120),
                        number_at<std::uint64_t>(start + 128)};
        require_settings(index, meta, number_at<std::uint64_t>(start + 8), number_at<std::uint64_t>(start + 16));
        page_bytes_ = meta.free_pages.page_bytes;
        return meta;
    }

    void require_settings(std::uint64_t index, const Meta& meta, std::uint64_t address, std::uint64_t map_bytes) const {
        constexpr std::uint64_t greatest_map_bytes = std::uint64_t{1} << 46;
        const std::uint32_t bytes = meta.free_pages.page_bytes;
        if (!std::has_single_bit(bytes) || bytes < 1024 || bytes > 32768 || (index > 0 && bytes != page_bytes_))
            damaged(index, "the size of pages");
        if (meta.free_pages.flags != integer_keys || meta.entries.flags != 0 || address != 0)
            damaged(index, "the kind of database");
        if (map_bytes > greatest_map_bytes) damaged(index, "the size of the map");
    }

    // LMDB takes the newest, and then that whose place is the transaction's last bit.
    static Meta newest(const Meta& first, const Meta& second) {
        const bool is_fresh = first.transaction == 0 && second.transaction <= 1;
        const bool is_even_then_odd = first.transaction % 2 == 0 && second.transaction % 2 == 1;
        const std::uint64_t difference = first.transaction > second.transaction
                                             ? first.transaction - second.transaction
                                             : second.transaction - first.transaction;
        if (!is_fresh && !(is_even_then_odd && difference == 1)) throw Damage{"the numbers of transactions"};
        return first.transaction > second.transaction ? first : second;
    }

    void use(std::uint64_t first, std::uint64_t count) {
        if (count == 0 || first > last_page_ || count > last_page_ + 1 - first) damaged(first, "no page of the file");
        for (std::uint64_t page = first; page < first + count; ++page) {
            if (is_used_[static_cast<std::size_t>(page)]) damaged(page, "is used twice");
            is_used_[static_cast<std::size_t>(page)] = true;
        }
    }

    /// The first `count` bytes of a page that is used from now on.
    std::vector<std::byte> read_page(std::uint64_t page, std::size_t count) {
        if (page >= file_page_count_) throw Damage{"it is cut short"};
        std::vector<std::byte> bytes(count);
        file_.read(page * page_bytes_, bytes.data(), count);
        if (number_at<std::uint64_t>(bytes.data()) != page) damaged(page, "has the number of another page");
        return bytes;
    }

    void check(const Tree& tree, bool has_free_pages) {
        found_ = {};
        previous_key_.reset();
        if (tree.root == no_page) {
            if (tree.depth != 0) damaged(0, "the depth of a tree without pages");
        } else {
            if (tree.depth < 1 || tree.depth > greatest_depth) damaged(tree.root, "the depth of the tree");
            check_page(tree.root, tree.depth, has_free_pages);
        }
        if (found_.branch_count != tree.branch_count || found_.leaf_count != tree.leaf_count ||
            found_.overflow_count != tree.overflow_count || found_.entry_count != tree.entry_count)
            throw Damage{"the counts of its pages and entries"};
    }

    void check_page(std::uint64_t page, int levels_left, bool has_free_pages) {
        use(page, 1);
        const std::vector<std::byte> bytes = read_page(page, page_bytes_);
        const bool is_leaf = levels_left == 1;
        if (number_at<std::uint16_t>(bytes.data() + 10) != (is_leaf ? leaf_page : branch_page))
            damaged(page, is_leaf ? "expected a leaf" : "expected a branch");
        const std::vector<Node> nodes = nodes_of(page, bytes, is_leaf);
        if (nodes.size() < (is_leaf ? 1U : 2U)) damaged(page, "has too few entries");
        ++(is_leaf ? found_.leaf_count : found_.branch_count);
        for (const Node& node : nodes) {
            if (is_leaf)
                check_entry(page, node, has_free_pages);
            else
                check_page(node.child, levels_left - 1, has_free_pages);
        }
    }

    std::vector<Node> nodes_of(std::uint64_t page, const std::vector<std::byte>& bytes, bool is_leaf) const {
        const std::size_t lower = number_at<std::uint16_t>(bytes.data() + 12);
        const std::size_t upper = number_at<std::uint16_t>(bytes.data() + 14);
        if (lower < page_header_bytes || lower % 2 != 0 || lower > upper || upper > page_bytes_)
            damaged(page, "the space that is free in it");
        std::vector<Node> nodes;
        std::vector<std::pair<std::size_t, std::size_t>> places;
        for (std::size_t pointer = page_header_bytes; pointer < lower; pointer += 2) {
            const std::size_t offset = number_at<std::uint16_t>(bytes.data() + pointer);
            if (offset < upper || offset % 2 != 0 || offset + node_header_bytes > page_bytes_)
                damaged(page, "the place of an entry");
            std::size_t count = 0;
            nodes.push_back(node_at(page, bytes, offset, is_leaf, count));
            places.emplace_back(offset, count);
        }
        std::ranges::sort(places);
        std::size_t next = upper;  // entries fill the rest of the page without gap or overlap
        for (const auto& [offset, count] : places) {
            if (offset != next) damaged(page, "the place of an entry");
            next += count;
        }
        if (next != page_bytes_) damaged(page, "the place of an entry");
        return nodes;
    }

    Node node_at(std::uint64_t page, const std::vector<std::byte>& bytes, std::size_t offset, bool is_leaf,
                 std::size_t& count) const {
        const std::byte* start = bytes.data() + offset;
        const std::size_t low = number_at<std::uint16_t>(start);
        const std::size_t high = number_at<std::uint16_t>(start + 2);
        const unsigned flags = number_at<std::uint16_t>(start + 4);
        const std::size_t key_bytes = number_at<std::uint16_t>(start + 6);
        Node node;
        node.value_bytes = low | high << 16U;
        const bool is_elsewhere = is_leaf && flags == value_elsewhere;
        if (is_leaf && flags != 0 && !is_elsewhere) damaged(page, "the kind of an entry");
        if (!is_leaf) node.child = node.value_bytes | std::uint64_t{flags} << 32U;
        const std::size_t inside = !is_leaf ? 0 : (is_elsewhere ? sizeof(std::uint64_t) : node.value_bytes);
        if (key_bytes > greatest_key_bytes || offset + node_header_bytes + key_bytes + inside > page_bytes_)
            damaged(page, "the size of an entry");
        node.key = {reinterpret_cast<const char*>(start + node_header_bytes), key_bytes};
        if (is_elsewhere)
            node.value_page = number_at<std::uint64_t>(start + node_header_bytes + key_bytes);
        else if (is_leaf)
            node.value = start + node_header_bytes + key_bytes;
        count = (node_header_bytes + key_bytes + inside + 1) / 2 * 2;
        return node;
    }

    void check_entry(std::uint64_t page, const Node& node, bool has_free_pages) {
        ++found_.entry_count;
        if (node.key.empty() || (has_free_pages && node.key.size() != sizeof(std::uint64_t)))
            damaged(page, "the size of a key");
        require_order(page, node.key, has_free_pages);
        const std::uint64_t value_page = node.value != nullptr ? 0 : check_overflow(node);
        if (!has_free_pages) return;
        std::vector<std::byte> list(node.value_bytes);
        if (node.value != nullptr)
            std::copy_n(node.value, node.value_bytes, list.data());
        else
            file_.read(value_page * page_bytes_ + page_header_bytes, list.data(), list.size());
        check_free_pages(page, list);
    }

    void require_order(std::uint64_t page, std::string_view key, bool are_numbers) {
        if (previous_key_) {
            const bool is_next =
                are_numbers ? number_at<std::uint64_t>(reinterpret_cast<const std::byte*>(previous_key_->data())) <
                                  number_at<std::uint64_t>(reinterpret_cast<const std::byte*>(key.data()))
                            : *previous_key_ < key;
            if (!is_next) damaged(page, "the order of its keys");
        }
        previous_key_ = std::string(key);
    }

    std::uint64_t check_overflow(const Node& node) {
        const std::uint64_t needed = (page_header_bytes - 1 + node.value_bytes) / page_bytes_ + 1;
        if (node.value_page > last_page_) damaged(node.value_page, "no page of the file");
        const std::vector<std::byte> header = read_page(node.value_page, page_header_bytes);
        const std::uint64_t count = number_at<std::uint32_t>(header.data() + 12);
        if (number_at<std::uint16_t>(header.data() + 10) != overflow_page || count < needed)
            damaged(node.value_page, "expected a value");
        use(node.value_page, count);
        if (node.value_page + count > file_page_count_) throw Damage{"it is cut short"};
        found_.overflow_count += count;
        return node.value_page;
    }

    // Their count, then their numbers, the greatest first.
    void check_free_pages(std::uint64_t page, const std::vector<std::byte>& list) {
        constexpr std::size_t bytes = sizeof(std::uint64_t);
        if (list.size() < bytes || list.size() % bytes != 0) damaged(page, "a list of free pages");
        const auto count = number_at<std::uint64_t>(list.data());
        if (count > list.size() / bytes - 1) damaged(page, "a list of free pages");
        std::uint64_t before = no_page;
        for (std::uint64_t i = 1; i <= count; ++i) {
            const auto free_page = number_at<std::uint64_t>(list.data() + i * bytes);
            if (free_page >= before) damaged(page, "a list of free pages");
            use(free_page, 1);
            before = free_page;
        }
    }

    const OpenFile& file_;
    std::uint64_t page_bytes_ = 0;
    std::uint64_t file_page_count_ = 0;
    std::uint64_t last_page_ = 0;
    std::vector<bool> is_used_;
    Tree found_;  ///< the counts alone
    std::optional<std::string> previous_key_;
};

}  // namespace

std::string database_problem(const std::filesystem::path& path) {
    const OpenFile file(path);
    if (file.size() == 0) return "";
    try {
        DatabaseCheck(file).run();
        return "";
    } catch (const Damage& damage) {
        return damage.text;
    }
}

}  // namespace earmark
