#include <utility>

#include "apps/embed/embedding_writer.h"
#include "apps/embed/numpy_archive.h"
#include "apps/embed/numpy_array.h"
#include "base/write_file.h"
#include "earmark/error.h"

namespace earmark {
namespace {

constexpr const char* description_name = "embedding.json";

class FolderWriter : public EmbeddingWriter {
public:
    FolderWriter(std::filesystem::path folder, ArrayFile kind, EmbeddingFormat format)
        : folder_(std::move(folder)), kind_(kind), format_(std::move(format)) {
        const std::filesystem::path description = folder_ / description_name;
        std::error_code failure;
        std::filesystem::create_directories(folder_, failure);
        if (!std::filesystem::is_directory(folder_))
            throw Error(ErrorCode::unwritable, "--out: " + folder_.string() + ": the folder cannot be made");
        if (std::filesystem::exists(description) && !holds(description, format_.description))
            throw Error(ErrorCode::usage, "--out: " + folder_.string() +
                                              " has embeddings of another model or choice (embedding.json); expected "
                                              "an empty folder, or the same options");
        write_file(description, format_.description);
    }

    bool has(const std::filesystem::path& path) const override { return std::filesystem::exists(target(path)); }

    void write(const EmbeddedFile& file) override {
        const std::filesystem::path path = target(file.path);
        std::error_code failure;
        std::filesystem::create_directories(path.parent_path(), failure);
        write_file(path, bytes_of(file));
    }

    void finish() override {}

private:
    // "../a.mp3" is under its absolute path, so that nothing is written outside the folder.
    std::filesystem::path target(const std::filesystem::path& path) const {
        std::filesystem::path named = path.lexically_normal();
        if (named.is_absolute() || *named.begin() == "..")
            named = std::filesystem::absolute(path).lexically_normal().relative_path();
        named += kind_ == ArrayFile::archive ? ".npz" : ".npy";
        return folder_ / named;
    }

    std::string bytes_of(const EmbeddedFile& file) const {
        if (kind_ == ArrayFile::archive) return archive_of(file);
        const std::vector<float>& values = file.rows.front().values;
        return kind_ == ArrayFile::float16 ? npy_float16(values, {values.size()}) : npy(values, {values.size()});
    }

    std::string archive_of(const EmbeddedFile& file) const {
        std::vector<NamedArray> arrays;
        for (std::size_t part = 0; part < file.rows.size(); ++part) {
            const EmbeddingRows& rows = file.rows[part];
            const std::size_t count = rows.start_s.size();
            const std::string prefix = array_prefix(format_, part);
            arrays.push_back({prefix + "embedding", npy(rows.values, {count, format_.columns[part].count})});
            arrays.push_back({prefix + "start_s", npy(rows.start_s, {count})});
            arrays.push_back({prefix + "end_s", npy(rows.end_s, {count})});
            arrays.push_back({prefix + "audible", npy(rows.is_audible, {count})});
        }
        return npz(arrays);
    }

    std::filesystem::path folder_;
    ArrayFile kind_;
    EmbeddingFormat format_;
};

}  // namespace

std::unique_ptr<EmbeddingWriter> make_folder_writer(const std::filesystem::path& folder, ArrayFile kind,
                                                    const EmbeddingFormat& format) {
    return std::make_unique<FolderWriter>(folder, kind, format);
}

}  // namespace earmark
