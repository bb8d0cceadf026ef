#include <earmark/earmark.h>

#include <iostream>

int main(int argument_count, char** arguments) try {
    if (argument_count != 2) return 2;
    earmark::Tagger tagger(earmark::default_model());
    const auto [clip, taggram] =
        earmark::taggram(tagger, {.duration_s = 5.0, .hop_s = 1.0},
                         [&](earmark::Tagger& used) { return earmark::tag_file(used, arguments[1]); });
    for (const auto& tag : earmark::taggram_tags(tagger.model(), taggram)) {
        std::cout << tagger.model().tags[tag.tag_index].name << ", in the whole clip "
                  << clip.probabilities[tag.tag_index] << ':';
        for (const auto& event : tag.events) std::cout << ' ' << event.start_s << '-' << event.end_s << " s";
        std::cout << '\n';
    }
} catch (const earmark::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
