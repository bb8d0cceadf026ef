// Tags samples from memory: here two seconds of a tone. Needs earmark::earmark alone.
#include <earmark/error.h>
#include <earmark/tagger.h>

#include <cmath>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <vector>

int main() try {
    const auto model = std::make_shared<const earmark::Model>(earmark::read_model(std::getenv("EARMARK_MODEL")));
    std::vector<float> samples;
    for (int n = 0; n < 44100; ++n) samples.push_back(static_cast<float>(0.3 * std::sin(0.06 * n)));
    earmark::Tagger tagger(model);
    const auto best = tagger.tag(samples).front();
    std::cout << "first: " << model->tags[best.tag_index].name << ' ' << best.probability << '\n';
} catch (const earmark::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
