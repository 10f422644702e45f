// Where a command's result goes: standard output or a file. What could not be written is never taken for
// written.
#pragma once

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "cli/replacement.hpp"

namespace torntape::cli {

class Output {
 public:
  // Standard output.
  Output() = default;
  ~Output();
  Output(Output const&) = delete;
  Output& operator=(Output const&) = delete;

  // A file in place of standard output; it is replaced, or made, when the output is closed. What is no file
  // (a device, a pipe) is written to directly. What went wrong, in words.
  [[nodiscard]] std::optional<std::string> open(std::string const& path);

  [[nodiscard]] std::FILE* stream() const { return stream_; }
  // False once something could not be written: there is no use in going on.
  bool write(std::string_view text);
  // Everything is out. What went wrong, in words; empty words where the reader has gone away, which is
  // its own affair.
  [[nodiscard]] std::optional<std::string> close();

 private:
  std::FILE* stream_ = stdout;
  std::string name_ = "standard output";
  std::optional<Replacement> replacement_;
  int error_ = 0;
};

// Closes the output of a command that has nothing else to fail of: its exit code, `ok` or `failed`, the
// reason on standard error.
[[nodiscard]] int finished(Output& output);

// A line on standard error: "torntape: no such file", or just the line.
void complain(std::string_view what);
void remark(std::string_view what);

}  // namespace torntape::cli
