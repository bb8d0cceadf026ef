// For the tests in Python: edit_fields plan FIELD=VALUE... -- FILE... prints a plan; edit_fields list
// FILE prints every field as "NAME<tab>SIZE", and the values that have a meaning; edit_fields edit FILE OUT [--v3]
// [--convert] [--compat] FIELD=VALUE... writes the file with these values, and checks that nothing else changed and
// that the way back leads to the same bytes.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "earmark/error.h"
#include "metadata/file_state.h"
#include "metadata/id3v2_conversion.h"
#include "metadata/layout.h"
#include "metadata/plan.h"

namespace {

using namespace earmark::metadata;

void print_values(const char* title, const FieldValues& all) {
    for (const auto& [field, values] : all)
        for (const std::string& value : values)
            std::cout << title << '\t' << field_name(field) << '\t' << value << '\n';
}

int list(const std::string& path) {
    const FileSource source(path);
    const FileFields fields = list_fields(source, path);
    std::cout << "format\t" << fields.format << "\nreason\t" << fields.reason_not_writable << '\n';
    for (const Field& field : fields.fields) std::cout << "field\t" << field.name << '\t' << field.bytes.size() << '\n';
    print_values("value", fields.values);
    print_values("elsewhere", fields.elsewhere);
    return 0;
}

void add_value(FieldValues& values, const std::string& argument) {
    const std::size_t end = argument.find('=');
    if (end == std::string::npos) return;
    Values& texts = values[field_from_name(argument.substr(0, end)).value()];
    if (end + 1 < argument.size()) texts.push_back(argument.substr(end + 1));
}

int edit(int argument_count, char** arguments) {
    const std::string path = arguments[2];
    Edit edit;
    for (int i = 4; i < argument_count; ++i) {
        const std::string argument = arguments[i];
        if (argument == "--v3") edit.new_id3_version = 3;
        if (argument == "--convert") edit.converts_id3 = true;
        if (argument == "--compat") edit.has_compat_mood = true;
        add_value(edit.values, argument);
    }
    const FileSource source(path);
    const FileFields before = list_fields(source, path);
    if (!before.reason_not_writable.empty()) {
        std::cout << "not writable: " << before.reason_not_writable << '\n';
        return 3;
    }
    const Pieces pieces = read_layout(source, path)->edited(edit);
    const std::string bytes = pieces.bytes(source);
    const MemorySource edited(bytes);
    const FileFields after = list_fields(edited, path);
    const auto compared = edit.converts_id3 ? first_difference_but_for_id3_version : first_difference;
    if (const auto difference = compared(before, after, edit.values)) {
        std::cout << "differs: " << *difference << '\n';
        return 1;
    }
    if (inverted(pieces, source).bytes(edited) != source.read(0, source.size())) {
        std::cout << "the way back differs\n";
        return 1;
    }
    std::ofstream(arguments[3], std::ios::binary) << bytes;
    return 0;
}

int print_plan(int argument_count, char** arguments) {
    Plan plan;
    FieldValues values;
    bool are_files = false;
    for (int i = 2; i < argument_count; ++i) {
        const std::string argument = arguments[i];
        if (argument == "--") {
            are_files = true;
        } else if (!are_files) {
            add_value(values, argument);
        } else {
            const FileSource source(argument);
            const FileState state = state_of(source);
            plan.files.push_back(
                {argument, state.size_bytes, state.modified_ns, digest_of(list_fields(source, argument)), {}});
            for (const auto& [field, texts] : values) plan.files.back().changes.push_back({field, {}, texts});
        }
    }
    std::cout << plan_to_text(plan);
    return 0;
}

}  // namespace

int main(int argument_count, char** arguments) {
    try {
        const std::string command = argument_count > 2 ? arguments[1] : "";
        if (command == "plan") return print_plan(argument_count, arguments);
        if (command == "list") return list(arguments[2]);
        if (command == "edit" && argument_count > 3) return edit(argument_count, arguments);
        return 2;
    } catch (const std::exception& error) {
        std::cout << error.what() << '\n';
        return 1;
    }
}
