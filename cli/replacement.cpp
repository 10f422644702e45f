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

}  // namespace

Replacement::~Replacement() {
  if (stream_ != nullptr) std::fclose(stream_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

std::optional<std::string> Replacement::open(std::string const& path) {
  std::error_code error;
  auto const target = fs::weakly_canonical(path, error);
  path_ = error || target.empty() ? path : target.string();
  auto name = (directory_of(path_) / ".torntape-XXXXXX").string();
  auto const descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) return path + ": " + std::strerror(errno);
  temporary_ = name;
  ::fchmod(descriptor, mode_for(path_));
  stream_ = ::fdopen(descriptor, "wb");
  return {};
}

std::optional<std::string> Replacement::commit() {
  auto const failure = [&] { return path_ + ": " + std::strerror(errno); };
  if (std::fflush(stream_) != 0 || ::fsync(::fileno(stream_)) != 0) return failure();
  if (std::fclose(std::exchange(stream_, nullptr)) != 0) return failure();
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) return failure();
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
