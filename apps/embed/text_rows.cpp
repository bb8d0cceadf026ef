#include <charconv>
#include <nlohmann/json.hpp>
#include <ostream>
#include <utility>

#include "apps/common/csv_field.h"
#include "apps/common/visible_text.h"
#include "apps/embed/embedding_writer.h"

namespace earmark {
namespace {

// The shortest text that reads back as the same number.
template <typename Number>
void append(Number number, std::string& text) {
    char digits[32];
    text.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

std::span<const float> row_of(const EmbeddingRows& rows, std::size_t row, std::size_t count) {
    return std::span<const float>(rows.values).subspan(row * count, count);
}

class CsvRowsWriter : public EmbeddingWriter {
public:
    CsvRowsWriter(std::ostream& stream, EmbeddingFormat format) : stream_(stream), format_(std::move(format)) {}

    bool has(const std::filesystem::path&) const override { return false; }

    void write(const EmbeddedFile& file) override {
        begin();
        const EmbeddingRows& rows = file.rows.front();
        for (std::size_t row = 0; row < rows.start_s.size(); ++row) {
            std::string line = csv_field(file.path.string());
            for (const double time_s : {rows.start_s[row], rows.end_s[row]}) append(time_s, line += ',');
            line += rows.is_audible[row] != 0 ? ",true" : ",false";
            for (const float value : row_of(rows, row, format_.columns.front().count)) append(value, line += ',');
            stream_ << line << "\n";
        }
    }

    void finish() override {
        begin();
        stream_.flush();
    }

private:
    // "18_frames_level_1_mean_0"
    void begin() {
        if (is_begun_) return;
        is_begun_ = true;
        stream_ << "path,start_s,end_s,audible";
        for (const ColumnBlock& block : format_.columns.front().blocks)
            for (std::size_t i = 0; i < block.count; ++i)
                stream_ << ',' << block.segment_frames << "_frames_level_" << block.level << '_' << block.statistic
                        << '_' << i;
        stream_ << "\n";
    }

    std::ostream& stream_;
    EmbeddingFormat format_;
    bool is_begun_ = false;
};

class JsonRowsWriter : public EmbeddingWriter {
public:
    JsonRowsWriter(std::ostream& stream, EmbeddingFormat format) : stream_(stream), format_(std::move(format)) {}

    bool has(const std::filesystem::path&) const override { return false; }

    void write(const EmbeddedFile& file) override {
        nlohmann::ordered_json json{{"path", as_utf8(file.path.string())}, {"status", to_string(file.status)}};
        for (std::size_t part = 0; part < file.rows.size(); ++part) {
            const EmbeddingRows& rows = file.rows[part];
            if (format_.each == EachRow::segment) json["segment_frames"] = format_.columns[part].segment_frames;
            for (std::size_t row = 0; row < rows.start_s.size(); ++row) {
                json["start_s"] = rows.start_s[row];
                json["end_s"] = rows.end_s[row];
                json["audible"] = rows.is_audible[row] != 0;
                std::string line = json.dump();
                line.pop_back();
                line += format_.each == EachRow::segment ? ",\"maxima\":[" : ",\"embedding\":[";
                for (const float value : row_of(rows, row, format_.columns[part].count))
                    append(value, line), line += ',';
                line.back() = ']';
                stream_ << line << "}\n";
            }
        }
        stream_.flush();
    }

    void finish() override { stream_.flush(); }

private:
    std::ostream& stream_;
    EmbeddingFormat format_;
};

}  // namespace

std::unique_ptr<EmbeddingWriter> make_csv_rows_writer(std::ostream& stream, const EmbeddingFormat& format) {
    return std::make_unique<CsvRowsWriter>(stream, format);
}

std::unique_ptr<EmbeddingWriter> make_json_rows_writer(std::ostream& stream, const EmbeddingFormat& format) {
    return std::make_unique<JsonRowsWriter>(stream, format);
}

}  // namespace earmark
