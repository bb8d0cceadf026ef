#pragma once

#include <set>
#include <string>
#include <vector>

#include "metadata/plan.h"

namespace earmark {

/// What happens to values that a file has.
enum class WriteMode {
    fill,       ///< only fields that are empty, or have nothing but what Earmark wrote, get values
    append,     ///< values are added to those that are there and not Earmark's
    overwrite,  ///< values take the place of all
};

/// The fields whose values may change, whatever the tags are: with WriteMode::fill, those without foreign values.
std::set<metadata::TagField> open_fields(const metadata::FileFields& fields, const std::set<metadata::TagField>& wanted,
                                         WriteMode mode, bool adds_to_comment);

/// The changes of a file that bring it to the values, with EARMARK_TAGS and EARMARK_MODEL, by which a later run knows
/// what is Earmark's; none when it has them, with WriteMode::overwrite also in its second tags. A field without a value
/// in `chosen` stays as it is. A comment keeps what is not in its blocks when it is added to.
std::vector<metadata::FieldChange> planned_changes(const metadata::FileFields& fields,
                                                   const metadata::FieldValues& chosen,
                                                   const std::string& model_identity, WriteMode mode,
                                                   bool adds_to_comment);

}  // namespace earmark
