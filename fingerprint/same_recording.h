#pragma once

#include "fingerprint/fingerprint.h"

namespace earmark {

/// The share of bits in which two fingerprints differ, where one is shifted by up to 3 s so that they differ least; 1
/// where they have less than half of the shorter one, or less than 4.6 s, in common.
double least_bit_error(const Fingerprint& first, const Fingerprint& second);

/// Whether they are of one recording: docs/decisions/077 has what was measured.
bool is_same_recording(const Fingerprint& first, const Fingerprint& second);

}  // namespace earmark
