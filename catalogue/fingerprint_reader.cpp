#include "catalogue/fingerprint_reader.h"

#include <cstring>

namespace earmark::catalogue {

FingerprintReader::FingerprintReader(Database& database)
    : find_(database.prepare("SELECT fingerprint FROM audio WHERE id = ?1")) {}

Fingerprint FingerprintReader::operator()(std::int64_t audio_id) {
    find_.bind(1, audio_id);
    Fingerprint fingerprint;
    if (find_.step()) {
        const auto bytes = find_.bytes(0);
        fingerprint.resize(bytes.size() / sizeof(Fingerprint::value_type));
        if (!fingerprint.empty())
            std::memcpy(fingerprint.data(), bytes.data(), fingerprint.size() * sizeof(Fingerprint::value_type));
    }
    find_.reset();
    return fingerprint;
}

}  // namespace earmark::catalogue
