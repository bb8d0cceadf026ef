#pragma once

#include <filesystem>
#include <string>

namespace earmark {

/// What is wrong with the structure of an LMDB file (data.mdb): empty when nothing is, or when there is no file. LMDB
/// itself trusts what it maps: in a file that is cut short or damaged it ends the process with SIGBUS, SIGSEGV or an
/// assertion. This follows every page that LMDB would follow, in portions, before it is opened; it does not look at the
/// values. The format is that of LMDB 0.9: http://www.lmdb.tech/doc/, mdb.c. REQUIRES: nobody writes to the file, which
/// has one unnamed database without duplicates. Throws Error (unreadable).
std::string database_problem(const std::filesystem::path& file);

}  // namespace earmark
