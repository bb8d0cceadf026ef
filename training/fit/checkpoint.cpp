#include "training/fit/checkpoint.h"

#include <torch/torch.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>
#include <utility>

#include "base/write_file.h"
#include "earmark/error.h"
#include "training/fit/checkpoint_file.h"

namespace earmark {
namespace {

void write_weights(torch::serialize::OutputArchive& archive, const std::string& group, const Weights& weights) {
    torch::serialize::OutputArchive entries;
    for (const auto& [name, tensor] : weights) entries.write(name, tensor.contiguous());
    archive.write(group, entries);
}

void read_weights(torch::serialize::InputArchive& archive, const std::string& group, Weights& weights) {
    torch::serialize::InputArchive entries;
    archive.read(group, entries);
    for (auto& [name, tensor] : weights) {
        torch::Tensor stored;
        entries.read(name, stored);
        TORCH_CHECK(stored.sizes() == tensor.sizes(), name, " has another shape");
        tensor = stored.to(tensor.device(), tensor.scalar_type());
    }
}

torch::Tensor pack(const StageControl::State& state) {
    return torch::tensor({static_cast<double>(state.epoch), static_cast<double>(state.stage),
                          static_cast<double>(state.epochs_without_gain), state.best_loss, state.finished ? 1.0 : 0.0},
                         torch::kFloat64);
}

StageControl::State unpack(const torch::Tensor& packed) {
    TORCH_CHECK(packed.numel() == 5 && packed.scalar_type() == torch::kFloat64, "the state has another shape");
    const double* values = packed.data_ptr<double>();
    return {static_cast<int>(values[0]), static_cast<int>(values[1]), static_cast<int>(values[2]), values[3],
            values[4] != 0.0};
}

StageControl::State read_control(torch::serialize::InputArchive& archive) {
    torch::Tensor control;
    archive.read("control", control);
    return unpack(control);
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file) throw Error(ErrorCode::unreadable, path.string() + ": cannot be read");
    return bytes;
}

void load(std::string_view contents, torch::nn::Module& module, torch::optim::Optimizer& optimizer, FitState& state) {
    torch::serialize::InputArchive archive;
    archive.load_from(contents.data(), contents.size());
    FitState loaded = state;
    loaded.control = read_control(archive);
    read_weights(archive, "best", loaded.best_weights);
    if (!loaded.control.finished) {
        Weights current = copy_weights(module);
        read_weights(archive, "current", current);
        if (!loaded.average_weights.empty()) read_weights(archive, "average", loaded.average_weights);
        torch::serialize::InputArchive optimizer_archive;
        archive.read("optimizer", optimizer_archive);
        optimizer.load(optimizer_archive);
        set_weights(module, current);
    }
    state = std::move(loaded);
}

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& reason) {
    const std::string first_line = reason.substr(0, reason.find('\n'));
    throw Error(ErrorCode::unreadable,
                path.string() + ": expected a checkpoint of this recipe and these tags; remove it to train again (" +
                    first_line + ")");
}

}  // namespace

Weights copy_weights(const torch::nn::Module& module) {
    Weights weights;
    for (const auto& item : module.named_parameters())
        weights.emplace_back("parameter." + item.key(), item.value().detach().clone());
    for (const auto& item : module.named_buffers())
        weights.emplace_back("buffer." + item.key(), item.value().detach().clone());
    return weights;
}

void set_weights(torch::nn::Module& module, const Weights& weights) {
    const torch::NoGradGuard no_gradients;
    auto weight = weights.begin();
    for (auto& parameter : module.parameters()) parameter.copy_((weight++)->second);
    for (auto& buffer : module.buffers()) buffer.copy_((weight++)->second);
}

void save_checkpoint(const std::filesystem::path& path, const torch::nn::Module& module,
                     const torch::optim::Optimizer& optimizer, const FitState& state) {
    torch::serialize::OutputArchive archive;
    archive.write("control", pack(state.control));
    write_weights(archive, "best", state.best_weights);
    if (!state.control.finished) {
        write_weights(archive, "current", copy_weights(module));
        write_weights(archive, "average", state.average_weights);
        torch::serialize::OutputArchive optimizer_archive;
        optimizer.save(optimizer_archive);
        archive.write("optimizer", optimizer_archive);
    }

    std::ostringstream bytes;
    archive.save_to(bytes);
    write_file(path, checkpoint_file(bytes.view()));
}

LoadedCheckpoint load_checkpoint(const std::filesystem::path& path, torch::nn::Module& module,
                                 torch::optim::Optimizer& optimizer, FitState& state) {
    if (!std::filesystem::exists(path)) return {};
    const std::string file = read_file(path);
    std::string_view contents;
    try {
        contents = checkpoint_contents(file);
    } catch (const Error& error) {
        return {false, error.what()};
    }
    try {
        load(contents, module, optimizer, state);
    } catch (const c10::Error& error) {
        refuse(path, error.what_without_backtrace());
    } catch (const std::exception& error) {  // libtorch's reader has others: std::out_of_range, std::runtime_error
        refuse(path, error.what());
    }
    return {true, ""};
}

bool holds_finished_fit(const std::filesystem::path& path) {
    if (!std::filesystem::exists(path)) return false;
    try {
        const std::string file = read_file(path);
        const std::string_view contents = checkpoint_contents(file);
        torch::serialize::InputArchive archive;
        archive.load_from(contents.data(), contents.size());
        return read_control(archive).finished;
    } catch (const std::exception&) {
        return false;  // whoever goes on from it reports what is wrong
    }
}

}  // namespace earmark
