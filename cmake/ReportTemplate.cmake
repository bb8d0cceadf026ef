# cmake -DFOLDER=... -DOUT=... -P ReportTemplate.cmake: makes the C++ source that holds the page of the report. In page.html
# every <style src="..."></style> and <script src="..."></script> is replaced with the file that it names.
file(READ ${FOLDER}/page.html page)
string(REGEX MATCHALL "<(style|script) src=\"[a-z_.]+\">" elements "${page}")
foreach(element IN LISTS elements)
  string(REGEX REPLACE "<([a-z]+) src=\"([a-z_.]+)\">" "\\1" kind "${element}")
  string(REGEX REPLACE "<([a-z]+) src=\"([a-z_.]+)\">" "\\2" file "${element}")
  file(READ ${FOLDER}/${file} content)
  string(FIND "${content}" "</${kind}" end)
  if(NOT end EQUAL -1)
    message(FATAL_ERROR "${file} holds </${kind}, which would end its element in the page")
  endif()
  string(REPLACE "${element}" "<${kind}>\n${content}" page "${page}")
endforeach()

string(FIND "${page}" "@study@" place)
string(FIND "${page}" ")earmark\"" delimiter)
if(place EQUAL -1 OR NOT delimiter EQUAL -1)
  message(FATAL_ERROR "page.html needs @study@ where the data goes, and no file may hold the delimiter )earmark\"")
endif()
string(REPLACE "@study@" ")earmark\";\nconstexpr std::string_view after_study = R\"earmark(" page "${page}")

file(WRITE ${OUT} "// Made by cmake/ReportTemplate.cmake from training/report/page.
#include \"training/report/report_template.h\"

namespace earmark {
namespace {

constexpr std::string_view before_study = R\"earmark(${page})earmark\";

}  // namespace

std::string_view report_before_study() { return before_study; }

std::string_view report_after_study() { return after_study; }

}  // namespace earmark
")
