#include "apps/library/db_option.h"

#include "catalogue/catalogue.h"

namespace earmark {

void add_db_option(CLI::App& command, std::string& file) {
    command
        .add_option("--db", file,
                    "Database of the library (default: earmark/library.db in $XDG_STATE_HOME, else in ~/.local/state)")
        ->type_name("FILE");
}

std::filesystem::path named_or_default_db(const std::string& named) {
    return named.empty() ? catalogue::default_catalogue_path() : std::filesystem::path(named);
}

}  // namespace earmark
