#include "cli/output.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/terminal.hpp"

namespace torntape::cli {

Output::~Output() {
  if (stream_ != stdout && stream_ != nullptr && !replacement_) std::fclose(stream_);
}

std::optional<std::string> Output::open(std::string const& path) {
  if (path == "-") return {};
  name_ = path;
  std::error_code error;
  if (auto const status = std::filesystem::status(path, error);
      std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    auto* const file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) return path + ": " + std::strerror(errno);
    stream_ = file;
    return {};
  }
  if (auto failure = replacement_.emplace().open(path)) return failure;
  stream_ = replacement_->stream();
  return {};
}

bool Output::write(std::string_view text) {
  if (error_ != 0) return false;
  if (std::fwrite(text.data(), 1, text.size(), stream_) != text.size()) error_ = errno;
  return error_ == 0;
}

std::optional<std::string> Output::close() {
  if (std::fflush(stream_) != 0 && error_ == 0) error_ = errno;
  if (error_ == 0 && replacement_) return replacement_->commit();
  if (error_ == 0) return {};
  // What stays in the buffer of the stream must not be tried again at exit.
  std::clearerr(stream_);
  return error_ == EPIPE ? std::string{} : name_ + ": " + std::strerror(error_);
}

int finished(Output& output) {
  auto const failure = output.close();
  if (failure && !failure->empty()) complain(*failure);
  return failure ? failed : ok;
}

void complain(std::string_view what) { remark("torntape: " + std::string{what}); }

void remark(std::string_view what) {
  auto const line = printable(what) + '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace torntape::cli
