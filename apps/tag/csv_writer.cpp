#include <iomanip>
#include <ostream>
#include <sstream>

#include "apps/common/visible_text.h"
#include "apps/tag/result_writer.h"

namespace earmark {
namespace {

std::string quoted(const std::string& field) {
    if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
    std::string text = "\"";
    for (const char character : field) text += character == '"' ? "\"\"" : std::string(1, character);
    return text + "\"";
}

class CsvWriter : public ResultWriter {
public:
    CsvWriter(std::ostream& stream, const Model& model) : stream_(stream), model_(model) {
        stream_ << "path,duration_s,tag,category,probability,present,error\n";
    }

    void write(const TaggedFile& file) override {
        const std::string path = quoted(as_utf8(file.path.string()));
        if (!file.error.empty()) stream_ << path << ",,,,,," << quoted(as_utf8(file.error)) << "\n";
        for (const RankedTag& tag : file.tags) {
            const Tag& description = model_.tags[tag.tag_index];
            std::ostringstream numbers;
            numbers << std::fixed << std::setprecision(3) << file.duration_s;
            stream_ << path << ',' << numbers.str() << ',' << quoted(description.name) << ','
                    << category_name(description.category) << ',' << std::fixed << std::setprecision(6)
                    << tag.probability << ',' << (tag.present ? "true" : "false") << ",\n";
        }
        stream_ << std::flush;
    }

private:
    std::ostream& stream_;
    const Model& model_;
};

}  // namespace

std::unique_ptr<ResultWriter> make_csv_writer(std::ostream& stream, const Model& model) {
    return std::make_unique<CsvWriter>(stream, model);
}

}  // namespace earmark
