#pragma once

#include <memory>
#include <string>

#include "decode/byte_source.h"
#include "earmark/file_contents.h"

namespace earmark::decode {

/// The fields of a file whose name is `name`. REQUIRES: a source that can seek, of a file that a Demuxer can open.
/// Throws no Error; what cannot be read is empty.
StatedFields read_stated_fields(std::unique_ptr<ByteSource> source, const std::string& name);

/// A text of a file as it is kept: UTF-8 (what is not is taken for Latin-1), without spaces around it, of at most 1,000
/// bytes.
std::string stated_text(std::string text);

/// The first four digits in a row that are a year; "2004-05-01" gives 2004.
std::optional<int> stated_year(const std::string& date);

}  // namespace earmark::decode
