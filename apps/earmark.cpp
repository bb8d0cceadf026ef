#include "apps/common/program.h"
#include "apps/dataset/dataset_command.h"
#include "apps/embed/embed_command.h"
#include "apps/evaluate/evaluate_command.h"
#include "apps/explain/explain_command.h"
#include "apps/library/library_command.h"
#include "apps/model/model_command.h"
#include "apps/similar/similar_command.h"
#include "apps/spectrogram/spectrogram_command.h"
#include "apps/tag/tag_command.h"
#include "apps/taggram/taggram_command.h"
#include "apps/train/handover.h"
#include "apps/write_tags/write_tags_command.h"

int main(int argument_count, char** arguments) {
    return earmark::run_program("Earmark predicts tags of music: genres, moods, instruments and others.",
                                argument_count, arguments,
                                [argument_count, arguments](CLI::App& app, int& exit_status) {
                                    earmark::add_tag_command(app, exit_status);
                                    earmark::add_taggram_command(app, exit_status);
                                    earmark::add_explain_command(app, exit_status);
                                    earmark::add_embed_command(app, exit_status);
                                    earmark::add_spectrogram_command(app, exit_status);
                                    earmark::add_similar_command(app, exit_status);
                                    earmark::add_library_command(app, exit_status);
                                    earmark::add_write_tags_command(app, exit_status);
                                    earmark::add_evaluate_command(app, exit_status);
                                    earmark::add_dataset_command(app, exit_status);
                                    earmark::add_model_command(app, exit_status);
                                    earmark::add_training_commands(app, argument_count, arguments, exit_status);
                                });
}
