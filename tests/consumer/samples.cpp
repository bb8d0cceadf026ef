// Tags samples from memory: here two seconds of stereo at 48 kHz, such as a sound card delivers. Needs
// earmark::earmark alone.
#include <earmark/embedding.h>
#include <earmark/error.h>
#include <earmark/tagger.h>

#include <cmath>
#include <iostream>
#include <vector>

int main() try {
    earmark::Tagger tagger(earmark::default_model());
    tagger.start({.sample_rate_hz = 48000, .channel_count = 2});
    for (int portion = 0; portion < 20; ++portion) {
        std::vector<float> samples;  // left, right, left, right, ...
        for (int n = 0; n < 4800; ++n) {
            const double time_s = portion * 0.1 + n / 48000.0;
            samples.push_back(static_cast<float>(0.3 * std::sin(2 * 3.14159265 * 220 * time_s)));
            samples.push_back(static_cast<float>(0.3 * std::sin(2 * 3.14159265 * 330 * time_s)));
        }
        tagger.add(samples);
    }
    const earmark::ClipResult clip = tagger.finish();
    const auto best = earmark::rank(tagger.model(), clip.probabilities).front();
    std::cout << "first: " << tagger.model().tags[best.tag_index].name << ' ' << best.probability << '\n';
    for (const auto& block : earmark::embedding_layout(tagger.model()))
        std::cout << block.count << " numbers of level " << block.level << " from " << block.first << " on\n";
} catch (const earmark::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
