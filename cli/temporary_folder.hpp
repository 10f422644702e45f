// A folder for what is needed only while a command runs.
#pragma once

#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include <stdlib.h>

namespace torntape::cli {

class TemporaryFolder {
 public:
  // Null where none can be made.
  [[nodiscard]] static std::unique_ptr<TemporaryFolder> make() {
    std::error_code error;
    auto pattern = (std::filesystem::temp_directory_path(error) / "torntape-XXXXXX").string();
    if (error || ::mkdtemp(pattern.data()) == nullptr) return nullptr;
    return std::unique_ptr<TemporaryFolder>(new TemporaryFolder(pattern));
  }
  TemporaryFolder(TemporaryFolder const&) = delete;
  TemporaryFolder& operator=(TemporaryFolder const&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace torntape::cli
