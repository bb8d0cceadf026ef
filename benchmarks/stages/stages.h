#pragma once

namespace earmark {

/// Each registers the benchmarks of one stage, named STAGE/WHAT.
void add_decode_benchmarks();
void add_spectrogram_benchmarks();
void add_network_benchmarks();
void add_aggregation_benchmarks();
void add_classifier_benchmarks();
void add_model_benchmarks();
void add_tagger_benchmarks();

}  // namespace earmark
