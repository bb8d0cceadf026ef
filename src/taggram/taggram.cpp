#include "earmark/taggram.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace earmark {
namespace {

// The windows of a clip, some of them at a time through the classifier.
class Recorder {
public:
    explicit Recorder(const Model& model) : model_(model), classifier_(classifier_of(model)) {}

    void add(const ClipWindow& window) {
        windows_.push_back({window.start_s, window.end_s, window.is_audible, {}});
        waiting_.insert(waiting_.end(), window.embedding.begin(), window.embedding.end());
        constexpr std::size_t block_windows = 64;
        if (waiting_.size() == block_windows * model_.feature_count()) classify();
    }

    Taggram finish(const ClipResult& clip, const WindowSettings& settings) {
        if (!waiting_.empty()) classify();
        Taggram taggram;
        taggram.window = settings;
        taggram.probabilities = Matrix(windows_.size(), model_.tags.size(), std::move(probabilities_));
        taggram.edges_s = edges(clip.duration_s);
        for (std::size_t window = 0; window < windows_.size(); ++window)
            if (!windows_[window].is_audible || !has_tags(clip.status))
                std::ranges::fill(taggram.probabilities.row(window), 0.0F);
        taggram.windows = std::move(windows_);
        return taggram;
    }

private:
    // The model is that of a tagger which lives longer.
    static Classifier classifier_of(const Model& model) {
        return Classifier(std::shared_ptr<const ClassifierWeights>(std::shared_ptr<void>(), &model.classifier));
    }

    void classify() {
        const std::size_t length = model_.feature_count();
        const std::size_t count = waiting_.size() / length;
        const Matrix outputs = classifier_.probabilities(Matrix(count, length, std::exchange(waiting_, {})));
        for (std::size_t row = 0; row < outputs.row_count(); ++row)
            for (std::size_t tag = 0; tag < outputs.column_count(); ++tag)
                probabilities_.push_back(model_.tags[tag].calibration.apply(outputs(row, tag)));
    }

    std::vector<double> edges(double duration_s) const {
        std::vector<double> edges_s{0.0};
        const auto center_s = [this](std::size_t w) { return (windows_[w].start_s + windows_[w].end_s) / 2.0; };
        for (std::size_t w = 1; w < windows_.size(); ++w) edges_s.push_back((center_s(w - 1) + center_s(w)) / 2.0);
        edges_s.push_back(duration_s);
        return edges_s;
    }

    const Model& model_;
    Classifier classifier_;
    std::vector<ClipWindow> windows_;
    std::vector<float> waiting_;        ///< embeddings, windows x Model::feature_count()
    std::vector<float> probabilities_;  ///< windows x tags
};

// Takes the visitor away again, whatever happens.
class Visit {
public:
    Visit(Tagger& tagger, WindowStream& windows) : tagger_(tagger) {
        tagger.visit_segments([&windows](const SegmentMaxima& segment) { windows.add(segment); });
    }
    ~Visit() { tagger_.visit_segments({}); }
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;

private:
    Tagger& tagger_;
};

}  // namespace

TaggramResult taggram(Tagger& tagger, const WindowSettings& window, const std::function<ClipResult(Tagger&)>& tag) {
    Recorder recorder(tagger.model());
    const std::shared_ptr<const Model> model(std::shared_ptr<void>(), &tagger.model());
    WindowStream windows(model, window, [&recorder](const ClipWindow& passed) { recorder.add(passed); });
    const Visit visit(tagger, windows);
    TaggramResult result;
    result.clip = tag(tagger);
    windows.finish(result.clip.duration_s);
    result.taggram = recorder.finish(result.clip, window);
    return result;
}

}  // namespace earmark
