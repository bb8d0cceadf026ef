#include "base/side_by_side.h"

namespace earmark {

std::stop_source base::make_stop_source() { return {}; }

}  // namespace earmark
