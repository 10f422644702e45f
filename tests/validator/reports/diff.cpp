// Unified diffs.
#include "validator/reports/diff.hpp"

#include <rapidcheck.h>

#include "tests/validator/support.hpp"

namespace torntape::validator::test {

namespace {

using reports::unified_diff;

std::string numbered(int first, int last) {
  std::string text;
  for (int i = first; i <= last; ++i) text += std::to_string(i) + '\n';
  return text;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// Carries out a diff of texts that end in a line end.
std::string patched(std::string const& before, std::string const& diff) {
  auto const old_lines = lines_of(before);
  std::string out;
  std::size_t at = 0;
  for (auto const& line : lines_of(diff)) {
    if (line.starts_with("---") || line.starts_with("+++")) continue;
    if (line.starts_with("@@")) {
      auto const first = std::stoul(line.substr(4));
      auto const comma = line.find(',');
      auto const none = comma < line.find('+') && line[comma + 1] == '0';
      for (auto const begin = none ? first : first - 1; at != begin; ++at) out += old_lines[at];
    } else if (line.front() == '+') {
      out += line.substr(1);
    } else {
      REQUIRE(old_lines[at] == line.substr(1));
      if (line.front() == ' ') out += old_lines[at];
      ++at;
    }
  }
  for (; at != old_lines.size(); ++at) out += old_lines[at];
  return out;
}

}  // namespace

TEST_CASE("equal texts have no diff") { CHECK(unified_diff("a", "1\n2\n", "1\n2\n").empty()); }

TEST_CASE("a line changed stands between three lines of context") {
  CHECK(unified_diff("a.txt", numbered(1, 9), numbered(1, 4) + "five\n" + numbered(6, 9)) ==
        "--- a.txt\n+++ a.txt\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST_CASE("a line without an end is said to be one") {
  CHECK(unified_diff("a", "1\n2", "1\n2\n") ==
        "--- a\n+++ a\n@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at end of file\n+2\n");
}

TEST_CASE("a diff carried out gives the second text") {
  CHECK(rc::check("patch", [] {
    auto const lines = rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5));
    std::string before, after;
    for (auto const i : *lines) before += std::to_string(i) + '\n';
    for (auto const i : *lines) after += std::to_string(i) + '\n';
    RC_ASSERT(patched(before, unified_diff("a", before, after)) == after);
  }));
}

}  // namespace torntape::validator::test
