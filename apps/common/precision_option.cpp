#include "apps/common/precision_option.h"

#include <map>
#include <string>

#include "apps/common/option_checks.h"
namespace earmark {

void add_precision_option(CLI::App& command, Precision& precision) {
    static const std::map<std::string, Precision> names{
        {"auto", Precision::automatic}, {"f32", Precision::float32}, {"bf16", Precision::bfloat16}};
    command
        .add_option_function<std::string>(
            "--precision", [&precision](const std::string& name) { precision = names.at(name); },
            "Arithmetic of the convolutions; auto takes bf16 where the processor computes it fast, else f32")
        ->check(one_of({"auto", "f32", "bf16"}))
        ->default_str("auto");
}

}  // namespace earmark
