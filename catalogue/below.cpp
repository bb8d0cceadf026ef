#include "catalogue/below.h"

#include <span>

namespace earmark::catalogue {

void fill_below(Database& database, const std::string& table, const std::vector<std::filesystem::path>& paths) {
    database.execute("CREATE TEMP TABLE IF NOT EXISTS " + table +
                     " (itself BLOB, start BLOB) STRICT; DELETE FROM temp." + table);
    Statement insert = database.prepare("INSERT INTO temp." + table + " VALUES (?1, ?2)");
    for (const std::filesystem::path& path : paths) {
        const std::string& bytes = path.native();
        const std::string start = bytes.ends_with('/') ? bytes : bytes + "/";
        insert.bind(1, std::as_bytes(std::span(bytes))).bind(2, std::as_bytes(std::span(start))).run();
    }
}

std::string is_below(const std::string& table, const std::string& path) {
    return "EXISTS (SELECT 1 FROM temp." + table + " WHERE CAST(" + path + " AS BLOB) = itself OR substr(CAST(" + path +
           " AS BLOB), 1, length(start)) = start)";
}

}  // namespace earmark::catalogue
