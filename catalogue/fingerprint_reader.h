#pragma once

#include <cstdint>

#include "catalogue/database.h"
#include "fingerprint/fingerprint.h"

namespace earmark::catalogue {

/// Reads fingerprints of a library one by one, as they are asked for: a FingerprintSource. Belongs to one thread, as
/// the database, which must outlive it.
class FingerprintReader {
public:
    explicit FingerprintReader(Database& database);

    /// That of some audio; empty where there is none. Throws DatabaseError.
    Fingerprint operator()(std::int64_t audio_id);

private:
    Statement find_;
};

}  // namespace earmark::catalogue
