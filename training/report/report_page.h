#pragma once

#include <string>

namespace earmark {

// One HTML page without references to other files or the network: the report of a study, with its data (the contents of
// study.json, UTF-8) inside. No text in the data can end the element that holds it. The page shows a message where it
// cannot read the data.
std::string report_page(const std::string& study_json);

}  // namespace earmark
