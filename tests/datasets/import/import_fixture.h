#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "datasets/import/import.h"
#include "tests/datasets/error_of.h"

namespace earmark::test {

using testing::ElementsAre;
using testing::IsEmpty;

/// Tests that import what they write to an empty folder.
class ImportTest : public testing::Test {
protected:
    std::filesystem::path write(const std::string& name, std::string_view text) const {
        return folder_.write(name, text);
    }
    std::filesystem::path path(const std::string& name) const { return folder_.path() / name; }

    template <typename Call>
    std::string error(Call call) const {
        return error_of(call, folder_);
    }

    TemporaryFolder folder_;
};

/// A clip as "path|split|labels|artist", the labels joined by commas.
inline std::string text_of(const Clip& clip) {
    std::string labels;
    for (const std::string& label : clip.labels) labels += (labels.empty() ? "" : ",") + label;
    return clip.path.string() + "|" + clip.split + "|" + labels + "|" + clip.artist;
}

inline std::vector<std::string> texts_of(const Imported& imported) {
    std::vector<std::string> texts;
    for (const ListedClip& listed : imported.clips) texts.push_back(text_of(listed.clip));
    return texts;
}

/// What was left out, as "path|split|reason".
inline std::vector<std::string> left_out_of(const Imported& imported) {
    std::vector<std::string> texts;
    for (const LeftOut& clip : imported.left_out)
        texts.push_back(clip.path.string() + "|" + clip.split + "|" + clip.text());
    return texts;
}

}  // namespace earmark::test
