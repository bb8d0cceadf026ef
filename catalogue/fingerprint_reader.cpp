#include "catalogue/fingerprint_reader.h"

#include "catalogue/blob.h"

namespace earmark::catalogue {

FingerprintReader::FingerprintReader(Database& database)
    : find_(database.prepare("SELECT fingerprint FROM audio WHERE id = ?1")) {}

Fingerprint FingerprintReader::operator()(std::int64_t audio_id) {
    find_.bind(1, audio_id);
    Fingerprint fingerprint;
    if (find_.step()) fingerprint = numbers_of<Fingerprint::value_type>(find_.bytes(0));
    find_.reset();
    return fingerprint;
}

}  // namespace earmark::catalogue
