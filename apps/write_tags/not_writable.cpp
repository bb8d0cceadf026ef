#include "apps/write_tags/not_writable.h"

#include "base/counted.h"

namespace earmark {

void NotWritable::add(const std::filesystem::path& path, const metadata::FileFields& fields) {
    ++count_;
    if (!fields.format.empty()) {
        messages_.push_back(path.string() + ": " + fields.reason_not_writable);
        return;
    }
    unknown_reason_ = fields.reason_not_writable;
    unknown_[path.extension().string()].push_back(path);
}

std::vector<std::string> NotWritable::messages() const {
    std::vector<std::string> messages = messages_;
    for (const auto& [ending, paths] : unknown_) {
        const std::string files =
            counted(paths.size(), "file") + (ending.empty() ? " without an ending" : " of " + ending);
        messages.push_back((paths.size() == 1 ? paths.front().string() : files + " cannot be written") + ": " +
                           unknown_reason_);
    }
    return messages;
}

}  // namespace earmark
