#include <earmark/decode.h>
#include <earmark/error.h>
#include <earmark/tagger.h>

#include <iostream>
#include <memory>

int main(int argument_count, char** arguments) {
    if (argument_count != 3) {
        std::cerr << "usage: consumer MODEL AUDIO\n";
        return 2;
    }
    try {
        const auto model = std::make_shared<const earmark::Model>(earmark::read_model(arguments[1]));
        const auto decoded = earmark::decode_file(arguments[2], model->spectrogram.sample_rate_hz);
        earmark::Tagger tagger(model);
        const auto best = tagger.tag(decoded.audio.samples).front();
        std::cout << model->tags.size() << " tags, first: " << model->tags[best.tag_index].name << ' '
                  << best.probability << '\n';
    } catch (const earmark::Error& error) {
        std::cerr << error.what() << '\n';
        return earmark::exit_status(error.code());
    }
}
