#include "cli/replacement.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace torntape::cli {
namespace {

namespace fs = std::filesystem;

// Of a new file: what the process may not give away is taken off.
mode_t mode_for(std::string const& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) == 0) return status.st_mode & 07777U;
  auto const mask = ::umask(0);
  ::umask(mask);
  return 0666U & ~mask;
}

// The name is safe on disk too. A file system that cannot say so is no failure.
void sync_directory(fs::path const& directory) {
  auto const descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

fs::path directory_of(std::string const& path) {
  auto const parent = fs::path{path}.parent_path();
  return parent.empty() ? fs::path{"."} : parent;
}

constexpr auto* pattern = ".torntape-XXXXXX";

std::string own_name(int descriptor) { return "/proc/self/fd/" + std::to_string(descriptor); }

// A file without a name: however the process ends, nothing of it is left. -1 where the file system or the
// kernel has none such, or no way to give it a name later.
int open_nameless(std::string const& path) {
  auto const descriptor =
      ::open(directory_of(path).c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0 || ::access(own_name(descriptor).c_str(), F_OK) == 0) return descriptor;
  ::close(descriptor);
  return -1;
}

// False where the name is taken.
bool give_name(std::FILE* stream, std::string const& name) {
  auto const from = own_name(::fileno(stream));
  return ::linkat(AT_FDCWD, from.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
}

// What is taken cannot be linked over: a name of its own first. Empty: it has none.
std::string give_free_name(std::FILE* stream, fs::path const& directory) {
  constexpr int attempts = 100;
  for (int i = 0; i != attempts; ++i) {
    auto name = (directory / pattern).string();
    auto const taken = ::mkostemp(name.data(), O_CLOEXEC);  // a name that is free, and free again
    if (taken < 0) return {};
    ::close(taken);
    ::unlink(name.c_str());
    if (give_name(stream, name)) return name;
    if (errno != EEXIST) return {};
  }
  return {};
}

}  // namespace

Replacement::~Replacement() {
  if (stream_ != nullptr) std::fclose(stream_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

std::optional<std::string> Replacement::open(std::string const& path) {
  std::error_code error;
  auto const target = fs::weakly_canonical(path, error);
  path_ = error || target.empty() ? path : target.string();
  auto descriptor = open_nameless(path_);
  if (descriptor < 0) {
    auto name = (directory_of(path_) / pattern).string();
    descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor < 0) return path + ": " + std::strerror(errno);
    temporary_ = name;
  }
  ::fchmod(descriptor, mode_for(path_));
  stream_ = ::fdopen(descriptor, "wb");
  return {};
}

std::optional<std::string> Replacement::commit() {
  auto const failure = [&] { return path_ + ": " + std::strerror(errno); };
  if (std::fflush(stream_) != 0 || ::fsync(::fileno(stream_)) != 0) return failure();
  if (temporary_.empty() && !give_name(stream_, path_)) {
    temporary_ = give_free_name(stream_, directory_of(path_));
    if (temporary_.empty()) return failure();
  }
  if (std::fclose(std::exchange(stream_, nullptr)) != 0) return failure();
  if (!temporary_.empty() && std::rename(temporary_.c_str(), path_.c_str()) != 0) return failure();
  temporary_.clear();
  sync_directory(directory_of(path_));
  return {};
}

std::optional<std::string> replace_file(std::string const& path, std::string_view content) {
  Replacement file;
  if (auto failure = file.open(path)) return failure;
  if (std::fwrite(content.data(), 1, content.size(), file.stream()) != content.size())
    return path + ": " + std::strerror(errno);
  return file.commit();
}

}  // namespace torntape::cli
