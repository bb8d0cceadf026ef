// earmark_write_report < study.json > report.html
#include <iostream>
#include <iterator>

#include "training/report/report_page.h"

int main() {
    const std::string study{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
    std::cout << earmark::report_page(study) << std::flush;
    return std::cout ? 0 : 1;
}
