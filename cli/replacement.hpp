// A file written beside the one it is to replace, and put in its place at once: whoever reads sees the old
// one or the new one, whole.
#pragma once

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace torntape::cli {

class Replacement {
 public:
  Replacement() = default;
  // What was not committed is gone.
  ~Replacement();
  Replacement(Replacement const&) = delete;
  Replacement& operator=(Replacement const&) = delete;

  // The file a link points to is replaced, not the link; its mode stays. What went wrong, in words.
  [[nodiscard]] std::optional<std::string> open(std::string const& path);
  [[nodiscard]] std::FILE* stream() const { return stream_; }
  // On disk, then in place.
  [[nodiscard]] std::optional<std::string> commit();

 private:
  std::FILE* stream_ = nullptr;
  std::string path_;
  std::string temporary_;
};

// All of it, or what went wrong.
[[nodiscard]] std::optional<std::string> replace_file(std::string const& path, std::string_view content);

}  // namespace torntape::cli
