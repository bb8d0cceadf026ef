#include "layers/prepared_layer.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <dnnl.hpp>
#include <unordered_map>

#include "earmark/error.h"

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

dnnl::memory::desc values_of_type(const dnnl::memory::dims& sizes, Precision precision, Format format) {
    using Type = dnnl::memory::data_type;
    return {sizes, precision == Precision::bfloat16 ? Type::bf16 : Type::f32, format};
}

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

// The same values where they are. oneDNN only reads them, though its interface takes no pointer to const.
dnnl::memory view(std::span<const float> values, const dnnl::memory::desc& layout) {
    assert(values.size() * sizeof(float) == layout.get_size());
    return {layout, cpu(), const_cast<float*>(values.data())};
}

std::size_t value_count(const dnnl::memory& memory) {
    const dnnl::memory::desc layout = memory.get_desc();
    return layout.get_size() / dnnl::memory::data_type_size(layout.data_type());
}

// The values, which have this `layout`, as the primitive wants them: where they are if that is the same, else a copy.
dnnl::memory prepare(std::span<const float> values, const dnnl::memory::desc& layout, const dnnl::memory::desc& wanted,
                     dnnl::stream& stream) {
    dnnl::memory source = view(values, layout);
    if (layout == wanted) return source;
    dnnl::memory result(wanted, cpu());
    dnnl::reorder(source, result).execute(stream, source, result);
    stream.wait();
    return result;
}

dnnl::convolution_forward::primitive_desc describe(const ConvolutionShape& shape, Activation activation,
                                                   Precision precision) {
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
        values_of_type({segments, inputs, frames}, precision, Format::nwc),
        values_of_type({filters, inputs, kernel}, precision, Format::any), floats({filters}, Format::x),
        values_of_type({segments, filters, frames}, precision, Format::nwc), stride, padding_before, padding_after);
    return {operation, attributes(activation), cpu()};
}

dnnl::memory::desc weight_layout(const ConvolutionShape& shape) {
    return floats({dim(shape.filter_count), dim(shape.input_count), dim(shape.kernel_frames)}, Format::oiw);
}

dnnl::memory::desc weight_layout(const DenseShape& shape) {
    if (shape.frame_count == 1) return floats({dim(shape.output_count), dim(shape.input_count)}, Format::oi);
    return floats({dim(shape.output_count), dim(shape.input_count), dim(shape.frame_count)}, Format::oiw);
}

dnnl::inner_product_forward::primitive_desc describe(const DenseShape& shape, Activation activation) {
    const auto rows = dim(shape.row_count);
    const auto frames = dim(shape.frame_count);
    const auto inputs = dim(shape.input_count);
    const auto outputs = dim(shape.output_count);
    // Weights without frames are used as they come: to lay those of a classifier out anew takes longer than a clip.
    const bool has_frames = frames > 1;
    const auto source = has_frames ? floats({rows, inputs, frames}, Format::nwc) : floats({rows, inputs}, Format::nc);
    const auto weights = has_frames ? floats({outputs, inputs, frames}, Format::any) : weight_layout(shape);
    const dnnl::inner_product_forward::desc operation(dnnl::prop_kind::forward_inference, source, weights,
                                                      floats({outputs}, Format::x),
                                                      floats({rows, outputs}, Format::nc));
    return {operation, attributes(activation), cpu()};
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
        std::memset(input_.get_data_handle(), 0, input_.get_desc().get_size());
    }

    const dnnl::memory& input() const { return input_; }
    const dnnl::memory& output() const { return output_; }

    // `values` are only read from.
    void run(const void* values) {
        const SingleThread single_thread;
        source_.set_data_handle(const_cast<void*>(values));
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

Precision resolved(Precision precision) {
    if (precision != Precision::automatic) return precision;
    using dnnl::cpu_isa;
    // Each set of instructions has the bits of those that it contains.
    const auto present = static_cast<unsigned>(dnnl::get_effective_cpu_isa());
    constexpr auto wanted = static_cast<unsigned>(cpu_isa::avx512_core_bf16);
    const bool is_fast = (present & wanted) == wanted;
    return is_fast ? Precision::bfloat16 : Precision::float32;
}

PreparedLayer::PreparedLayer(const ConvolutionShape& shape, const LayerWeights& weights, Activation activation,
                             Precision precision) {
    assert(precision != Precision::automatic);
    const SingleThread single_thread;
    try {
        const auto description = describe(shape, activation, precision);
        implementation_ = std::make_unique<Implementation>(description, weight_layout(shape), weights,
                                                           dnnl::convolution_forward(description));
    } catch (const dnnl::error& error) {
        if (error.status != dnnl_unimplemented || precision != Precision::bfloat16) throw;
        throw Error(ErrorCode::usage, "this processor cannot run networks in bfloat16; choose float32");
    }
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

void* PreparedLayer::input_data() noexcept { return implementation_->input().get_data_handle(); }
const void* PreparedLayer::output_data() const noexcept { return implementation_->output().get_data_handle(); }
std::size_t PreparedLayer::input_size() const noexcept { return value_count(implementation_->input()); }
std::size_t PreparedLayer::output_size() const noexcept { return value_count(implementation_->output()); }

void PreparedLayer::run() { implementation_->run(input_data()); }

void PreparedLayer::run(std::span<const float> values) {
    assert(values.size() == input_size());
    implementation_->run(values.data());
}

void PreparedLayer::run(std::span<const BFloat16> values) {
    assert(values.size() == input_size());
    implementation_->run(values.data());
}

}  // namespace earmark
