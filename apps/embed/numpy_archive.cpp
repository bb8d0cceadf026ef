#include "apps/embed/numpy_archive.h"

#include <zip.h>

#include <memory>

#include "earmark/error.h"

namespace earmark {
namespace {

constexpr const char* array_ending = ".npy";

struct DiscardArchive {
    void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
};
struct FreeSource {
    void operator()(zip_source_t* source) const noexcept { zip_source_free(source); }
};
struct CloseFile {
    void operator()(zip_file_t* file) const noexcept { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, DiscardArchive>;
using Source = std::unique_ptr<zip_source_t, FreeSource>;
using File = std::unique_ptr<zip_file_t, CloseFile>;

[[noreturn]] void fail_to_write(const char* reason) {
    throw Error(ErrorCode::unwritable, std::string("the NumPy archive cannot be made: ") + reason);
}

[[noreturn]] void fail_to_read(const std::filesystem::path& path, const std::string& reason) {
    throw Error(ErrorCode::unreadable, path.string() + ": expected a NumPy archive (.npz): " + reason);
}

void add(zip_t* archive, const NamedArray& array) {
    Source source(zip_source_buffer(archive, array.bytes.data(), array.bytes.size(), 0));
    if (!source) fail_to_write(zip_strerror(archive));
    const zip_int64_t index =
        zip_file_add(archive, (array.name + array_ending).c_str(), source.get(), ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE);
    if (index < 0) fail_to_write(zip_strerror(archive));
    static_cast<void>(source.release());  // the archive's now
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    // The same arrays give the same bytes: 1980 is the first year that ZIP knows.
    zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), 0, (1U << 5U) | 1U, 0);
}

std::string content_of(zip_source_t* source) {
    zip_stat_t status;
    if (zip_source_stat(source, &status) != 0 || zip_source_open(source) != 0)
        fail_to_write(zip_error_strerror(zip_source_error(source)));
    std::string bytes(status.size, '\0');
    const zip_int64_t count = zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    if (count != static_cast<zip_int64_t>(bytes.size())) fail_to_write("it is not whole");
    return bytes;
}

std::string content_of(zip_t* archive, zip_uint64_t index, const std::filesystem::path& path) {
    zip_stat_t status;
    const File file(zip_fopen_index(archive, index, 0));
    if (!file || zip_stat_index(archive, index, 0, &status) != 0) fail_to_read(path, zip_strerror(archive));
    std::string bytes;
    std::string portion(std::size_t{1} << 20U, '\0');
    while (true) {
        const zip_int64_t count = zip_fread(file.get(), portion.data(), portion.size());
        if (count < 0) fail_to_read(path, zip_file_strerror(file.get()));
        if (count == 0) return bytes;
        bytes.append(portion, 0, static_cast<std::size_t>(count));
    }
}

}  // namespace

std::string npz(const std::vector<NamedArray>& arrays) {
    zip_error_t error;
    zip_error_init(&error);
    const Source target(zip_source_buffer_create(nullptr, 0, 0, &error));
    if (!target) fail_to_write(zip_error_strerror(&error));
    zip_source_keep(target.get());  // the archive takes one reference
    Archive archive(zip_open_from_source(target.get(), ZIP_TRUNCATE, &error));
    if (!archive) fail_to_write(zip_error_strerror(&error));
    for (const NamedArray& array : arrays) add(archive.get(), array);
    if (zip_close(archive.get()) != 0) fail_to_write(zip_strerror(archive.get()));
    static_cast<void>(archive.release());
    return content_of(target.get());
}

std::map<std::string, std::string> read_npz(const std::filesystem::path& path) {
    if (!std::filesystem::exists(path)) throw Error(ErrorCode::not_found, path.string() + ": no such file");
    int code = 0;
    const Archive archive(zip_open(path.c_str(), ZIP_RDONLY, &code));
    if (!archive) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        fail_to_read(path, zip_error_strerror(&error));
    }
    std::map<std::string, std::string> arrays;
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        const auto index = static_cast<zip_uint64_t>(i);
        const char* named = zip_get_name(archive.get(), index, 0);
        std::string name = named == nullptr ? "" : named;
        if (name.ends_with(array_ending)) name.resize(name.size() - std::char_traits<char>::length(array_ending));
        arrays[name] = content_of(archive.get(), index, path);
    }
    return arrays;
}

}  // namespace earmark
