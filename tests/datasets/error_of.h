#pragma once

#include <string>

#include "earmark/error.h"
#include "tests/support/temporary_folder.h"

namespace earmark::test {

/// The error that a call throws, as "CODE MESSAGE" with the folder taken out of the message; "no error" without one.
template <typename Call>
std::string error_of(Call call, const TemporaryFolder& folder) {
    try {
        call();
    } catch (const Error& error) {
        std::string message = error.what();
        const auto place = message.find(folder.path().string());
        if (place != std::string::npos) message.replace(place, folder.path().string().size(), "FOLDER");
        switch (error.code()) {
            case ErrorCode::not_found: return "not_found " + message;
            case ErrorCode::unreadable: return "unreadable " + message;
            case ErrorCode::invalid_dataset: return "invalid_dataset " + message;
            default: return "another code " + message;
        }
    }
    return "no error";
}

}  // namespace earmark::test
