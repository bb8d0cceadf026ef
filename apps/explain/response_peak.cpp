#include "apps/explain/response_peak.h"

#include <algorithm>
#include <cassert>

#include "apps/common/numbers.h"

namespace earmark {

ResponsePeak response_peak(std::span<const float> response, std::span<const double> centers_hz) {
    assert(!response.empty() && response.size() == centers_hz.size());
    const auto peak = static_cast<std::size_t>(std::ranges::max_element(response) - response.begin());
    const float least = response[peak] / 2.0F;
    std::size_t low = peak;
    std::size_t high = peak;
    while (low > 0 && response[low - 1] >= least) --low;
    while (high + 1 < response.size() && response[high + 1] >= least) ++high;
    return {centers_hz[low], centers_hz[high]};
}

std::string hz_text(const ResponsePeak& peak) {
    const bool is_high = peak.low_hz >= 1000.0;
    const auto number = [is_high](double hz) { return is_high ? fixed_number(hz / 1000.0, 1) : fixed_number(hz, 0); };
    const std::string unit = is_high ? " kHz" : " Hz";
    const std::string low = number(peak.low_hz);
    const std::string high = number(peak.high_hz);
    return low == high ? low + unit : low + " to " + high + unit;
}

}  // namespace earmark
