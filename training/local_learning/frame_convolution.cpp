#include "training/local_learning/frame_convolution.h"

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <torch/autograd.h>

namespace earmark {
namespace {

// The frames of all segments as the rows of one matrix. After each segment there are as many rows of zeros as the
// kernel reaches beyond a frame, so that a shifted copy of the matrix brings nothing from one segment into the next.
struct Rows {
    std::int64_t segments;
    std::int64_t frames;
    std::int64_t kernel_frames;

    std::int64_t stride() const { return frames + kernel_frames - 1; }
    std::int64_t count() const { return segments * stride(); }

    // `values` is segments x frames x channels; the zeros before the first segment and after the last are `margin`
    // rows.
    torch::Tensor pad(const torch::Tensor& values, std::int64_t first_frame, std::int64_t margin) const {
        torch::Tensor padded = values.new_zeros({margin + count() + margin, values.size(2)});
        of_segments(padded.narrow(0, margin, count()), first_frame).copy_(values);
        return padded;
    }

    // segments x frames x channels of `rows`, a view.
    torch::Tensor of_segments(const torch::Tensor& rows, std::int64_t first_frame) const {
        return rows.view({segments, stride(), -1}).narrow(1, first_frame, frames);
    }
};

torch::Tensor with_channels_last(const torch::Tensor& values) { return values.permute({0, 2, 3, 1}).squeeze(1); }

torch::Tensor with_frames_last(const torch::Tensor& values) { return values.unsqueeze(1).permute({0, 3, 1, 2}); }

class FrameConvolution : public torch::autograd::Function<FrameConvolution> {
public:
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& values,
                                 const torch::Tensor& weight) {
        const Rows rows = rows_of(values, weight);
        const std::int64_t reach = rows.kernel_frames - 1;
        const torch::Tensor padded = rows.pad(with_channels_last(values), reach / 2, reach);
        torch::Tensor result = torch::empty({rows.count(), weight.size(0)}, values.options());
        for (std::int64_t frame = 0; frame <= reach; ++frame) {
            add_product(result, padded.narrow(0, reach + frame, rows.count()), weight.select(3, frame).squeeze(2).t(),
                        frame == 0);
        }
        context->save_for_backward({padded, weight});
        context->saved_data["frames"] = rows.frames;
        return with_frames_last(rows.of_segments(result, 0).contiguous());
    }

    static torch::autograd::tensor_list backward(torch::autograd::AutogradContext* context,
                                                 const torch::autograd::tensor_list& gradients) {
        const torch::autograd::tensor_list saved = context->get_saved_variables();
        const torch::Tensor& padded = saved[0];
        const torch::Tensor& weight = saved[1];
        const torch::Tensor gradient = with_channels_last(gradients[0]);
        const Rows rows{gradient.size(0), context->saved_data["frames"].toInt(), weight.size(3)};
        const std::int64_t reach = rows.kernel_frames - 1;
        const torch::Tensor padded_gradient = rows.pad(gradient, 0, reach);
        const torch::Tensor of_result = padded_gradient.narrow(0, reach, rows.count());

        torch::Tensor of_weight = torch::empty_like(weight, torch::MemoryFormat::ChannelsLast);
        torch::Tensor of_rows;
        if (context->needs_input_grad(0)) of_rows = torch::empty({rows.count(), weight.size(1)}, weight.options());
        for (std::int64_t frame = 0; frame <= reach; ++frame) {
            torch::Tensor of_frame = of_weight.select(3, frame).squeeze(2);
            at::mm_out(of_frame, of_result.t(), padded.narrow(0, reach + frame, rows.count()));
            if (!of_rows.defined()) continue;
            add_product(of_rows, padded_gradient.narrow(0, reach - frame, rows.count()),
                        weight.select(3, frame).squeeze(2), frame == 0);
        }
        if (!of_rows.defined()) return {torch::Tensor(), of_weight};
        return {with_frames_last(rows.of_segments(of_rows, reach / 2).contiguous()), of_weight};
    }

private:
    static Rows rows_of(const torch::Tensor& values, const torch::Tensor& weight) {
        return {values.size(0), values.size(3), weight.size(3)};
    }

    static void add_product(torch::Tensor& sum, const torch::Tensor& left, const torch::Tensor& right, bool is_first) {
        if (is_first)
            at::mm_out(sum, left, right);
        else
            sum.addmm_(left, right);
    }
};

// Measured on such processors alone.
bool is_x86_without_avx512() {
#if defined(__x86_64__)
    static const bool has_avx512 = __builtin_cpu_supports("avx512f") != 0;
    return !has_avx512;
#else
    return false;
#endif
}

}  // namespace

bool prefers_matrix_products(const torch::Tensor& values) {
    return is_x86_without_avx512() && values.is_cpu() && !at::autocast::is_cpu_enabled() && at::get_num_threads() == 1;
}

torch::Tensor convolve_frames(const torch::Tensor& values, const torch::Tensor& weight) {
    return FrameConvolution::apply(values, weight);
}

}  // namespace earmark
