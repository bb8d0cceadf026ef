#include "training/local_learning/local_learning.h"

#include <torch/torch.h>

#include "earmark/aggregation.h"
#include "earmark/error.h"
#include "evaluation/score.h"
#include "training/clips/segments.h"
#include "training/fit/tensors.h"
#include "training/local_learning/local_network.h"
#include "training/local_learning/segment_batches.h"
#include "training/recipe/seeds.h"

namespace earmark {
namespace {

// Scores whole clips: the loss is the mean over segments, the ROC-AUC is that of the mean of a clip's segments.
class ClipValidation {
public:
    ClipValidation(const std::vector<TrainingClip>& clips, const NetworkArchitecture& architecture,
                   const Normalization& normalization, OutputKind output)
        : clips_(clips),
          segment_frames_(static_cast<std::size_t>(architecture.segment_frames)),
          normalization_(normalization),
          output_(output) {}

    Validation operator()(TaggingModule& module) const {
        const torch::Device device = module.parameters().front().device();
        Matrix probabilities(clips_.size(), clips_.front().targets.size());
        double loss_sum = 0.0;
        double segment_count = 0.0;
        for (std::size_t clip = 0; clip < clips_.size(); ++clip) {
            const torch::Tensor logits = module.forward(segments(clips_[clip]).to(device)).to(torch::kCPU);
            const torch::Tensor targets = torch::tensor(clips_[clip].targets).expand_as(logits);
            const auto count = static_cast<double>(logits.size(0));
            loss_sum += tagging_loss(logits, targets, output_).item<double>() * count;
            segment_count += count;
            const std::vector<float> mean = to_vector(tagging_probabilities(logits, output_).mean(0));
            std::copy(mean.begin(), mean.end(), probabilities.row(clip).begin());
        }
        return {loss_sum / segment_count, score(clip_rows(probabilities), target_rows(clips_), output_).roc_auc};
    }

private:
    torch::Tensor segments(const TrainingClip& clip) const {
        const std::vector<std::size_t> starts = segment_starts(clip.frames.frame_count, segment_frames_);
        const std::size_t band_count = clip.frames.values.size() / clip.frames.frame_count;
        const torch::Tensor values =
            torch::empty({static_cast<std::int64_t>(starts.size()), 1, static_cast<std::int64_t>(segment_frames_),
                          static_cast<std::int64_t>(band_count)});
        float* target = values.data_ptr<float>();
        for (const std::size_t start : starts) {
            copy_segment(clip.frames, start, segment_frames_, normalization_, target);
            target += segment_frames_ * band_count;
        }
        return values.permute({0, 3, 1, 2});
    }

    const std::vector<TrainingClip>& clips_;
    std::size_t segment_frames_;
    Normalization normalization_;
    OutputKind output_;
};

}  // namespace

std::optional<NetworkWeights> learn_local_network(const Recipe& recipe, std::size_t network_index,
                                                  const TrainingClips& clips, const Compute& compute,
                                                  const std::filesystem::path& checkpoint, TrainingListener& listener,
                                                  const RemainingTime& remaining_time) {
    const NetworkArchitecture& architecture = recipe.networks[network_index];
    const auto segment_frames = static_cast<std::size_t>(architecture.segment_frames);
    const std::uint64_t seed = mix_seed(recipe.seed, 1 + network_index, 0);
    torch::manual_seed(seed);
    LocalNetwork network(architecture, recipe.spectrogram.mel_band_count, clips.train.front().targets.size(),
                         recipe.local_learning.dropout);
    network.to(torch_device(compute.device));
    SegmentBatches batches(clips.train, segment_frames, static_cast<std::size_t>(recipe.local_learning.batch_size),
                           clips.normalization, recipe.augmentation);
    const TaskId id{TaskId::Kind::local_network, architecture.segment_frames, {}};
    if (batches.item_count() < 2) {
        throw Error(
            ErrorCode::invalid_dataset,
            to_string(id) + ": the training clips have one segment; expected at least two (for batch normalization)");
    }
    const FitTask task{.id = id,
                       .module = network,
                       .batches = batches,
                       .validate = ClipValidation(clips.valid, architecture, clips.normalization, recipe.output),
                       .schedule = recipe.local_learning,
                       .output = recipe.output,
                       .seed = seed,
                       .precision = compute.precision,
                       .checkpoint = checkpoint};
    if (!fit(task, listener, remaining_time)) return std::nullopt;
    return network.fold();
}

}  // namespace earmark
