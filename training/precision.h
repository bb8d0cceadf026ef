#pragma once

namespace earmark {

/// Arithmetic of the forward pass of step 1.
enum class Precision { float32, bfloat16 };

}  // namespace earmark
