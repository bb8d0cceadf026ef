#include "training/local_learning/local_learning.h"

#include <torch/torch.h>

#include "earmark/aggregation.h"
#include "earmark/error.h"
#include "evaluation/score.h"
#include "training/clips/segments.h"
#include "training/fit/tensors.h"
#include "training/local_learning/distillation_loss.h"
#include "training/local_learning/local_network.h"
#include "training/local_learning/segment_batches.h"
#include "training/local_learning/timed_targets.h"
#include "training/recipe/seeds.h"

namespace earmark {
namespace {

// Scores whole clips: the loss is the mean over segments, the ROC-AUC is that of the mean of a clip's segments.
class ClipValidation {
public:
    ClipValidation(const std::vector<TrainingClip>& clips, const NetworkArchitecture& architecture,
                   const Normalization& normalization, OutputKind output, TrainingLoss loss,
                   const TimedTargets* teachers)
        : clips_(clips),
          segment_frames_(static_cast<std::size_t>(architecture.segment_frames)),
          normalization_(normalization),
          output_(output),
          loss_(std::move(loss)),
          teachers_(teachers) {}

    Validation operator()(TaggingModule& module) const {
        const torch::Device device = module.parameters().front().device();
        const std::size_t label_count = clips_.front().targets.size();
        Matrix probabilities(clips_.size(), label_count);
        double loss_sum = 0.0;
        double segment_count = 0.0;
        for (std::size_t clip = 0; clip < clips_.size(); ++clip) {
            const torch::Tensor outputs = module.forward(segments(clips_[clip]).to(device)).to(torch::kCPU);
            const auto count = static_cast<double>(outputs.size(0));
            loss_sum += loss_(outputs, targets(clip)).item<double>() * count;
            segment_count += count;
            const torch::Tensor logits = outputs.narrow(1, 0, static_cast<std::int64_t>(label_count));
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

    // Of each segment of a clip.
    torch::Tensor targets(std::size_t clip) const {
        const std::vector<float>& labels = clips_[clip].targets;
        const std::vector<std::size_t> starts = segment_starts(clips_[clip].frames.frame_count, segment_frames_);
        const auto count = static_cast<std::int64_t>(starts.size());
        const torch::Tensor of_labels = torch::tensor(labels).expand({count, static_cast<std::int64_t>(labels.size())});
        if (teachers_ == nullptr) return of_labels;
        const std::size_t columns = teachers_->column_count();
        const torch::Tensor of_teachers = torch::empty({count, static_cast<std::int64_t>(columns)});
        float* target = of_teachers.data_ptr<float>();
        for (std::size_t i = 0; i < starts.size(); ++i)
            teachers_->copy(clip, starts[i], segment_frames_, {target + i * columns, columns});
        return torch::cat({of_labels, of_teachers}, 1);
    }

    const std::vector<TrainingClip>& clips_;
    std::size_t segment_frames_;
    Normalization normalization_;
    OutputKind output_;
    TrainingLoss loss_;
    const TimedTargets* teachers_;
};

// What teachers predict for the clips of both splits.
struct SplitTargets {
    TimedTargets train;
    TimedTargets valid;
};

std::optional<SplitTargets> split_targets(const TeacherTargets* teachers, const TrainingClips& clips,
                                          const SpectrogramSettings& settings) {
    if (teachers == nullptr) return std::nullopt;
    return SplitTargets{{*teachers, clips.train, settings}, {*teachers, clips.valid, settings}};
}

TrainingLoss loss_of(const Recipe& recipe, const TeacherTargets* teachers, std::size_t label_count) {
    if (teachers != nullptr)
        return DistillationLoss(recipe.output, label_count, recipe.label_weight, teachers->parts());
    return [output = recipe.output](const torch::Tensor& logits, const torch::Tensor& targets) {
        return tagging_loss(logits, targets, output);
    };
}

}  // namespace

std::optional<NetworkWeights> learn_local_network(const Recipe& recipe, std::size_t network_index,
                                                  const TrainingClips& clips, const TeacherTargets* teachers,
                                                  const Compute& compute, const std::filesystem::path& checkpoint,
                                                  TrainingListener& listener, const RemainingTime& remaining_time) {
    const NetworkArchitecture& architecture = recipe.networks[network_index];
    const auto segment_frames = static_cast<std::size_t>(architecture.segment_frames);
    const std::size_t label_count = clips.train.front().targets.size();
    const std::uint64_t seed = mix_seed(recipe.seed, 1 + network_index, 0);
    torch::manual_seed(seed);
    LocalNetwork network(architecture, recipe.spectrogram.mel_band_count, label_count, recipe.local_learning.dropout,
                         teachers ? teachers->column_count() : 0);
    network.to(torch_device(compute.device));
    const auto targets = split_targets(teachers, clips, recipe.spectrogram);
    SegmentBatches batches(clips.train, segment_frames, static_cast<std::size_t>(recipe.local_learning.batch_size),
                           clips.normalization, recipe.augmentation, targets ? &targets->train : nullptr);
    const TaskId id{TaskId::Kind::local_network, architecture.segment_frames, {}};
    if (batches.item_count() < 2) {
        throw Error(
            ErrorCode::invalid_dataset,
            to_string(id) + ": the training clips have one segment; expected at least two (for batch normalization)");
    }
    const TrainingLoss loss = loss_of(recipe, teachers, label_count);
    const FitTask task{.id = id,
                       .module = network,
                       .batches = batches,
                       .validate = ClipValidation(clips.valid, architecture, clips.normalization, recipe.output, loss,
                                                  targets ? &targets->valid : nullptr),
                       .schedule = recipe.local_learning,
                       .output = recipe.output,
                       .loss = loss,
                       .seed = seed,
                       .precision = compute.precision,
                       .checkpoint = checkpoint};
    if (!fit(task, listener, remaining_time)) return std::nullopt;
    return network.fold();
}

}  // namespace earmark
