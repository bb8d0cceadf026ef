#include "network/prepared_layer.h"

#include <algorithm>
#include <cassert>
#include <dnnl.hpp>
#include <unordered_map>

extern "C" {
int omp_get_max_threads();
void omp_set_num_threads(int count);
}

namespace earmark {
namespace {

using Format = dnnl::memory::format_tag;

// Earmark works on one file a worker, so a layer stays on its worker's thread. The setting that is changed meanwhile is
// the calling thread's own. It has to hold at construction too: oneDNN plans a primitive for a number of threads.
class SingleThread {
public:
    SingleThread() : previous_(omp_get_max_threads()) { omp_set_num_threads(1); }
    SingleThread(const SingleThread&) = delete;
    SingleThread& operator=(const SingleThread&) = delete;
    ~SingleThread() { omp_set_num_threads(previous_); }

private:
    int previous_;
};

const dnnl::engine& cpu() {
    static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

dnnl::memory::dim dim(std::size_t size) { return static_cast<dnnl::memory::dim>(size); }

dnnl::memory::desc floats(const dnnl::memory::dims& sizes, Format format) {
    return {sizes, dnnl::memory::data_type::f32, format};
}

dnnl::primitive_attr attributes(Activation activation) {
    dnnl::primitive_attr result;
    // Scratch memory that oneDNN keeps by itself belongs to the thread that made the primitive, and we let others run
    // it.
    result.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    if (activation == Activation::relu) {
        dnnl::post_ops operations;
        operations.append_eltwise(1.0F, dnnl::algorithm::eltwise_relu, 0.0F, 0.0F);
        result.set_post_ops(operations);
    }
    return result;
}

std::span<float> values_of(const dnnl::memory& memory) {
    return {static_cast<float*>(memory.get_data_handle()), memory.get_desc().get_size() / sizeof(float)};
}

// Copies values that lie in `layout` into a memory of the layout that the primitive wants.
dnnl::memory prepare(const std::vector<float>& values, const dnnl::memory::desc& layout,
                     const dnnl::memory::desc& wanted, dnnl::stream& stream) {
    assert(values.size() * sizeof(float) == layout.get_size());
    // oneDNN only reads from the source of a reorder, though its interface takes no pointer to const.
    dnnl::memory source(layout, cpu(), const_cast<float*>(values.data()));
    dnnl::memory result(wanted, cpu());
    dnnl::reorder(source, result).execute(stream, source, result);
    stream.wait();
    return result;
}

dnnl::convolution_forward::primitive_desc describe(const ConvolutionShape& shape, Activation activation) {
    const auto segments = dim(shape.segment_count);
    const auto frames = dim(shape.frame_count);
    const auto inputs = dim(shape.input_count);
    const auto filters = dim(shape.filter_count);
    const auto kernel = dim(shape.kernel_frames);
    const dnnl::memory::dims stride = {1};
    const dnnl::memory::dims padding_before = {(kernel - 1) / 2};
    const dnnl::memory::dims padding_after = {kernel - 1 - padding_before[0]};
    const dnnl::convolution_forward::desc operation(
        dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct,
        floats({segments, inputs, frames}, Format::nwc), floats({filters, inputs, kernel}, Format::any),
        floats({filters}, Format::x), floats({segments, filters, frames}, Format::nwc), stride, padding_before,
        padding_after);
    return {operation, attributes(activation), cpu()};
}

dnnl::inner_product_forward::primitive_desc describe(const DenseShape& shape, Activation activation) {
    const auto rows = dim(shape.row_count);
    const auto frames = dim(shape.frame_count);
    const auto inputs = dim(shape.input_count);
    const auto outputs = dim(shape.output_count);
    const dnnl::inner_product_forward::desc operation(
        dnnl::prop_kind::forward_inference, floats({rows, inputs, frames}, Format::nwc),
        floats({outputs, inputs, frames}, Format::any), floats({outputs}, Format::x),
        floats({rows, outputs}, Format::nc));
    return {operation, attributes(activation), cpu()};
}

dnnl::memory::desc weight_layout(const ConvolutionShape& shape) {
    return floats({dim(shape.filter_count), dim(shape.input_count), dim(shape.kernel_frames)}, Format::oiw);
}

dnnl::memory::desc weight_layout(const DenseShape& shape) {
    return floats({dim(shape.output_count), dim(shape.input_count), dim(shape.frame_count)}, Format::oiw);
}

}  // namespace

class PreparedLayer::Implementation {
public:
    template <typename Primitive>
    Implementation(const typename Primitive::primitive_desc& description, const dnnl::memory::desc& layout,
                   const LayerWeights& weights, Primitive primitive)
        : stream_(cpu()),
          primitive_(std::move(primitive)),
          input_(description.src_desc(), cpu()),
          source_(description.src_desc(), cpu(), DNNL_MEMORY_NONE),
          output_(description.dst_desc(), cpu()),
          arguments_{
              {DNNL_ARG_SRC, source_},
              {DNNL_ARG_WEIGHTS, prepare(weights.weights, layout, description.weights_desc(), stream_)},
              {DNNL_ARG_BIAS, prepare(weights.biases, description.bias_desc(), description.bias_desc(), stream_)},
              {DNNL_ARG_DST, output_},
              {DNNL_ARG_SCRATCHPAD, dnnl::memory(description.scratchpad_desc(), cpu())}} {
        std::ranges::fill(input(), 0.0F);
    }

    std::span<float> input() { return values_of(input_); }
    std::span<const float> output() const { return values_of(output_); }

    void run(std::span<const float> values) {
        assert(values.size() == input().size());
        const SingleThread single_thread;
        source_.set_data_handle(const_cast<float*>(values.data()));  // which is only read from
        primitive_.execute(stream_, arguments_);
        stream_.wait();
    }

private:
    dnnl::stream stream_;
    dnnl::primitive primitive_;
    dnnl::memory input_;
    dnnl::memory source_;  // whatever the present run reads; shared with arguments_
    dnnl::memory output_;
    std::unordered_map<int, dnnl::memory> arguments_;
};

PreparedLayer::PreparedLayer(const ConvolutionShape& shape, const LayerWeights& weights, Activation activation) {
    const SingleThread single_thread;
    const auto description = describe(shape, activation);
    implementation_ = std::make_unique<Implementation>(description, weight_layout(shape), weights,
                                                       dnnl::convolution_forward(description));
}

PreparedLayer::PreparedLayer(const DenseShape& shape, const LayerWeights& weights, Activation activation) {
    const SingleThread single_thread;
    const auto description = describe(shape, activation);
    implementation_ = std::make_unique<Implementation>(description, weight_layout(shape), weights,
                                                       dnnl::inner_product_forward(description));
}

PreparedLayer::PreparedLayer(PreparedLayer&&) noexcept = default;
PreparedLayer& PreparedLayer::operator=(PreparedLayer&&) noexcept = default;
PreparedLayer::~PreparedLayer() = default;

std::span<float> PreparedLayer::input() noexcept { return implementation_->input(); }
std::span<const float> PreparedLayer::output() const noexcept { return implementation_->output(); }
void PreparedLayer::run() { implementation_->run(implementation_->input()); }
void PreparedLayer::run(std::span<const float> values) { implementation_->run(values); }

}  // namespace earmark
