#include <ostream>
#include <utility>

#include "apps/common/column_name.h"
#include "apps/common/csv_field.h"
#include "apps/common/numbers.h"
#include "apps/tag/result_writer.h"

namespace earmark {
namespace {

std::string duration(const TaggedFile& file) { return file.error.empty() ? fixed_number(file.duration_s, 3) : ""; }

std::string probability(const RankedTag& tag) { return fixed_number(tag.probability, 6); }

class CsvWriter : public ResultWriter {
public:
    CsvWriter(std::ostream& stream, const Model& model) : stream_(stream), model_(model) {
        stream_ << "path,duration_s,tag,category,probability,present,error,status\n";
    }

    void write(const TaggedFile& file) override {
        const std::string start = csv_field(file.path.string()) + "," + duration(file) + ",";
        if (file.tags.empty())
            stream_ << start << ",,,," << csv_field(error_without_path(file)) << ',' << status_of(file) << "\n";
        for (const RankedTag& tag : file.tags) {
            const Tag& description = model_.tags[tag.tag_index];
            stream_ << start << csv_field(description.name) << ',' << category_name(description.category) << ','
                    << probability(tag) << ',' << (tag.present ? "true" : "false") << ",," << status_of(file) << "\n";
        }
        stream_ << std::flush;
    }

private:
    std::ostream& stream_;
    const Model& model_;
};

constexpr std::string_view first_columns[] = {"path", "duration_s", "status", "warning", "error"};

class WideCsvWriter : public ResultWriter {
public:
    WideCsvWriter(std::ostream& stream, const Model& model) : stream_(stream), tag_count_(model.tags.size()) {
        std::string separator;
        for (const std::string_view column : first_columns) stream_ << std::exchange(separator, ",") << column;
        for (const Tag& tag : model.tags) stream_ << ',' << csv_field(column_name(tag, model, first_columns));
        stream_ << '\n';
    }

    void write(const TaggedFile& file) override {
        std::vector<std::string> cells(tag_count_);
        for (const RankedTag& tag : file.tags) cells[tag.tag_index] = probability(tag);
        stream_ << csv_field(file.path.string()) << ',' << duration(file) << ',' << status_of(file) << ','
                << csv_field(file.warning) << ',' << csv_field(error_without_path(file));
        for (const std::string& cell : cells) stream_ << ',' << cell;
        stream_ << '\n' << std::flush;
    }

private:
    std::ostream& stream_;
    std::size_t tag_count_;
};

}  // namespace

std::unique_ptr<ResultWriter> make_csv_writer(std::ostream& stream, const Model& model) {
    return std::make_unique<CsvWriter>(stream, model);
}

std::unique_ptr<ResultWriter> make_wide_csv_writer(std::ostream& stream, const Model& model) {
    return std::make_unique<WideCsvWriter>(stream, model);
}

}  // namespace earmark
