#include <earmark/earmark.h>

#include <algorithm>
#include <iostream>
#include <vector>

int main(int argument_count, char** arguments) try {
    if (argument_count != 2) return 2;
    const auto model = earmark::default_model();
    earmark::Tagger tagger(model);
    earmark::Explainer explainer(model);
    tagger.visit_segments([&](const earmark::SegmentMaxima& segment) { explainer.add(segment); });
    const earmark::ClipResult clip = earmark::tag_file(tagger, arguments[1]);

    std::vector<std::size_t> present;
    for (const earmark::RankedTag& tag : earmark::rank(*model, clip.probabilities))
        if (tag.present) present.push_back(tag.tag_index);
    if (present.empty()) return 0;

    const auto levels = earmark::explained_levels(*model);
    for (const earmark::TagExplanation& why : explainer.finish(clip, present)) {
        const std::vector<double>& of_levels = why.contributions.of_cells;  // in the order of `levels`
        const auto strongest = std::max_element(of_levels.begin(), of_levels.end());
        const earmark::ExplainedLevel& level = levels[static_cast<std::size_t>(strongest - of_levels.begin())];
        std::cout << model->tags[why.tag_index].name << ": level " << level.level << " of " << level.segment_frames
                  << " frames adds " << *strongest << " to the log-odds";
        if (why.most_for)
            std::cout << "; most is heard from " << why.most_for->moment.start_s << " to " << why.most_for->moment.end_s
                      << " s";
        std::cout << '\n';
    }
} catch (const earmark::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
