#include <set>
#include <utility>

#include "apps/embed/embedding_writer.h"
#include "apps/embed/numpy_archive.h"
#include "apps/embed/numpy_array.h"
#include "base/write_file.h"
#include "earmark/error.h"

namespace earmark {
namespace {

// The arrays of one kind of rows.
struct Table {
    std::vector<float> values;
    std::vector<double> start_s;
    std::vector<double> end_s;
    std::vector<std::uint8_t> is_audible;
    std::vector<std::int64_t> clips;  ///< the index into `path` of the clip that a row is of
};

class ArchiveWriter : public EmbeddingWriter {
public:
    ArchiveWriter(std::filesystem::path file, EmbeddingFormat format)
        : file_(std::move(file)), description_file_(file_.string() + ".json"), format_(std::move(format)) {
        check_writable(file_);
        tables_.resize(format_.columns.size());
        if (std::filesystem::exists(file_)) read();
    }

    bool has(const std::filesystem::path& path) const override { return known_paths_.contains(path.string()); }

    void write(const EmbeddedFile& file) override {
        const auto clip = static_cast<std::int64_t>(paths_.size());
        paths_.push_back(file.path.string());
        known_paths_.insert(file.path.string());
        durations_s_.push_back(file.duration_s);
        for (std::size_t part = 0; part < file.rows.size(); ++part) {
            const EmbeddingRows& rows = file.rows[part];
            Table& table = tables_[part];
            table.values.insert(table.values.end(), rows.values.begin(), rows.values.end());
            table.start_s.insert(table.start_s.end(), rows.start_s.begin(), rows.start_s.end());
            table.end_s.insert(table.end_s.end(), rows.end_s.begin(), rows.end_s.end());
            table.is_audible.insert(table.is_audible.end(), rows.is_audible.begin(), rows.is_audible.end());
            table.clips.insert(table.clips.end(), rows.start_s.size(), clip);
        }
    }

    void finish() override {
        std::vector<NamedArray> arrays{{"path", npy(paths_)}, {"duration_s", npy(durations_s_, {durations_s_.size()})}};
        for (std::size_t part = 0; part < tables_.size(); ++part) {
            const Table& table = tables_[part];
            const std::string prefix = array_prefix(format_, part);
            const std::size_t count = table.start_s.size();
            arrays.push_back({prefix + "embedding", npy(table.values, {count, format_.columns[part].count})});
            arrays.push_back({prefix + "audible", npy(table.is_audible, {count})});
            if (format_.each == EachRow::clip) continue;
            arrays.push_back({prefix + "start_s", npy(table.start_s, {count})});
            arrays.push_back({prefix + "end_s", npy(table.end_s, {count})});
            arrays.push_back({prefix + "clip", npy(table.clips, {count})});
        }
        // The description first: an archive without one is not understood.
        write_file(description_file_, format_.description);
        write_file(file_, npz(arrays));
    }

private:
    void read() {
        if (!std::filesystem::exists(description_file_) || !holds(description_file_, format_.description))
            throw Error(ErrorCode::usage, "--out: " + file_.string() +
                                              " has embeddings of another model or choice, or no description next to "
                                              "it; expected a new file, or the same options");
        const std::map<std::string, std::string> arrays = read_npz(file_);
        paths_ = texts(array(arrays, "path"), file_.string());
        known_paths_ = {paths_.begin(), paths_.end()};
        durations_s_ = doubles(array(arrays, "duration_s"), file_.string());
        for (std::size_t part = 0; part < tables_.size(); ++part) {
            Table& table = tables_[part];
            const std::string prefix = array_prefix(format_, part);
            table.values = floats(array(arrays, prefix + "embedding"), file_.string());
            table.is_audible = booleans(array(arrays, prefix + "audible"), file_.string());
            if (format_.each == EachRow::clip) {
                table.start_s.assign(paths_.size(), 0.0);
            } else {
                table.start_s = doubles(array(arrays, prefix + "start_s"), file_.string());
                table.end_s = doubles(array(arrays, prefix + "end_s"), file_.string());
                table.clips = whole_numbers(array(arrays, prefix + "clip"), file_.string());
            }
            if (table.is_audible.size() != table.start_s.size() ||
                table.values.size() != table.start_s.size() * format_.columns[part].count)
                throw Error(ErrorCode::unreadable, file_.string() + ": expected as many rows as there are times");
        }
    }

    NumpyArray array(const std::map<std::string, std::string>& arrays, const std::string& name) const {
        const auto found = arrays.find(name);
        if (found == arrays.end()) throw Error(ErrorCode::unreadable, file_.string() + ": expected an array " + name);
        return parse_npy(found->second, file_.string() + ": " + name);
    }

    std::filesystem::path file_;
    std::filesystem::path description_file_;
    EmbeddingFormat format_;
    std::vector<std::string> paths_;
    std::set<std::string> known_paths_;
    std::vector<double> durations_s_;
    std::vector<Table> tables_;
};

}  // namespace

std::unique_ptr<EmbeddingWriter> make_archive_writer(const std::filesystem::path& file, const EmbeddingFormat& format) {
    return std::make_unique<ArchiveWriter>(file, format);
}

}  // namespace earmark
