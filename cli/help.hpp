// How the program explains itself: --help at 80 columns, with examples and exit codes.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

namespace torntape::cli {

// Set on the program before a command is added: commands inherit it.
[[nodiscard]] std::shared_ptr<CLI::Formatter> help_formatter();

struct Example {
  std::string_view command;  // "torntape check archive/"
  std::string_view what;     // "everything in a directory"
};
struct ExitCode {
  int code;
  std::string_view meaning;
};

// The end of a command's help.
[[nodiscard]] std::string footer(std::initializer_list<Example> examples,
                                 std::initializer_list<ExitCode> codes);

// Text in lines of at most `columns`, broken at blanks; its own line ends stay. Of the first line `used` are
// taken by what stands before it.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t columns, std::size_t used = 0);

}  // namespace torntape::cli
