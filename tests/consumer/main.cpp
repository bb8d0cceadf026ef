#include <earmark/earmark.h>

#include <iostream>

int main(int argument_count, char** arguments) try {
    if (argument_count != 2) return 2;
    earmark::Tagger tagger(earmark::default_model());
    const earmark::ClipResult clip = earmark::tag_file(tagger, arguments[1]);
    for (const auto& tag : earmark::rank(tagger.model(), clip.probabilities))
        if (tag.present) std::cout << tagger.model().tags[tag.tag_index].name << ' ' << tag.probability << '\n';
    std::cout << clip.duration_s << " s, an embedding of " << clip.embedding.size() << " numbers\n";
} catch (const earmark::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
