#include "apps/library/export_command.h"

#include <memory>

#include "apps/common/exit_status.h"
#include "apps/common/format_option.h"
#include "apps/common/help_formatter.h"
#include "apps/common/one_file.h"
#include "apps/common/option_checks.h"
#include "apps/common/program.h"
#include "apps/library/db_option.h"
#include "apps/library/export_formats.h"
#include "base/write_file.h"

namespace earmark {
namespace {

struct ExportOptions {
    std::string db;
    std::string format;
    std::string out;
};

std::string format_of(const ExportOptions& options) {
    if (options.format.empty() && options.out.empty()) return "csv";
    return format_by_ending(options.format, options.out, {{".csv", "csv"}, {".jsonl", "jsonl"}, {".npz", "npz"}});
}

void write_text(const ExportOptions& options, const std::string& format, ExportReader& reader,
                const std::vector<std::string>& labels) {
    write_output(options.out, [&](const TextSink& sink) {
        format == "csv" ? write_csv(sink, reader, labels) : write_json_lines(sink, reader, labels);
    });
}

ExitStatus run(const ExportOptions& options) {
    const std::string format = format_of(options);
    if (format == "npz" && options.out.empty()) throw Error(ErrorCode::usage, "--format npz: expected --out FILE");
    if (!options.out.empty()) check_writable(options.out);
    catalogue::Catalogue library(named_or_default_db(options.db), {catalogue::OpenMode::read, {}});
    const catalogue::SearchedModel model = catalogue::searched_model(library.database());
    library.database().execute("BEGIN");  // what a scan adds meanwhile is in all that is written, or in nothing
    if (format == "npz") {
        write_embeddings(options.out, library.database(), model);
    } else {
        ExportReader reader(library.database(), model, false);
        write_text(options, format, reader, labels_of(library.database(), model));
    }
    return ExitStatus::all_done;
}

}  // namespace

void add_library_export_command(CLI::App& library, int& exit_status) {
    const auto options = std::make_shared<ExportOptions>();
    CLI::App* command =
        library.add_subcommand("export", "Write what is known of all files: a table, JSON lines, or embeddings");
    add_db_option(*command, options->db);
    add_format_option(*command, options->format, {"csv", "jsonl", "npz"},
                      "csv: a row for each file and a column for each tag; jsonl: an object for each file; npz: the "
                      "embeddings, as 'earmark embed' writes them (default: by the ending of --out, else csv)");
    command->add_option("--out", options->out, "File to write, instead of standard output")
        ->check(no_audio_file())
        ->type_name("FILE");
    command->footer(examples({"earmark library export --out music.csv", "earmark library export --format jsonl",
                              "earmark library export --out music.npz"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
