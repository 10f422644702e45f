#include "cli/baseline.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "cli/replacement.hpp"

namespace torntape::cli {
namespace {

constexpr std::string_view first_line =
    "# torntape baseline 1: findings to leave out, by fingerprint and rule";

bool is_fingerprint(std::string_view word) {
  return word.size() == 16 && word.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::optional<std::string> Baseline::read(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) return path + ": " + std::strerror(errno);
  known_.clear();
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line.starts_with('#')) continue;
    auto const blank = line.find(' ');
    auto fingerprint = line.substr(0, blank);
    if (!is_fingerprint(fingerprint))
      return fmt::format("{}:{}:1: expected a fingerprint of 16 hexadecimal digits and a rule", path, number);
    add(std::move(fingerprint), blank == std::string::npos ? std::string{} : line.substr(blank + 1));
  }
  if (file.bad()) return path + ": " + std::strerror(errno);
  return {};
}

std::optional<std::string> Baseline::write(std::string const& path) const {
  auto text = fmt::format("{}\n", first_line);
  for (auto const& [fingerprint, rule] : known_) text += fmt::format("{} {}\n", fingerprint, rule);
  return replace_file(path, text);
}

}  // namespace torntape::cli
