#include "validator/reports/diff.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

#include <fmt/format.h>

namespace torntape::validator::reports {

namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t context = 3;
// Of a stretch of more pairs of lines than this, all is taken out and put in again.
constexpr std::size_t most_pairs = 4'000'000;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    auto const end = text.find('\n');
    auto const length = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

// Lines taken out and put in at one place.
struct Change {
  std::size_t before, removed, after, added;
};

class Comparison {
 public:
  Comparison(Lines const& before, Lines const& after) : before_(before), after_(after) {}

  [[nodiscard]] std::vector<Change> changes() && {
    compare();
    return std::move(changes_);
  }

 private:
  [[nodiscard]] bool same(std::size_t b, std::size_t a) const { return before_[b] == after_[a]; }

  // Lines in common are looked for a little ahead: the mends of a heading are small and far apart, and a file
  // has many messages.
  void compare() {
    std::size_t b = 0, a = 0;
    while (b != before_.size() || a != after_.size()) {
      if (b != before_.size() && a != after_.size() && same(b, a)) {
        ++b, ++a;
        continue;
      }
      auto const [removed, added] = to_next_common(b, a);
      changes_.push_back({b, removed, a, added});
      b += removed;
      a += added;
    }
  }

  struct Steps {
    std::size_t removed, added;
  };

  // The nearest place from which the next two lines are the same again.
  [[nodiscard]] Steps to_next_common(std::size_t b, std::size_t a) const {
    auto const left_before = before_.size() - b, left_after = after_.size() - a;
    for (std::size_t distance = 1; distance <= left_before + left_after && distance * distance < most_pairs;
         ++distance)
      for (auto removed = std::min(distance, left_before) + 1; removed-- != 0;) {
        auto const added = distance - removed;
        if (added > left_after) break;
        if (meets(b + removed, a + added)) return {removed, added};
      }
    return {left_before, left_after};
  }

  [[nodiscard]] bool meets(std::size_t b, std::size_t a) const {
    if (b == before_.size() || a == after_.size()) return b == before_.size() && a == after_.size();
    if (!same(b, a)) return false;
    if (b + 1 == before_.size() || a + 1 == after_.size()) return true;
    return same(b + 1, a + 1);
  }

  Lines const& before_;
  Lines const& after_;
  std::vector<Change> changes_;
};

void put(std::string& out, char sign, std::string_view line) {
  out += sign;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

std::string range(std::size_t first, std::size_t count) {
  if (count == 1) return fmt::format("{}", first + 1);
  return fmt::format("{},{}", count == 0 ? first : first + 1, count);
}

// Changes that share their context make one hunk.
std::string hunk(Lines const& before, Lines const& after, std::vector<Change> const& changes,
                 std::size_t first, std::size_t end) {
  auto const lead = std::min(context, changes[first].before);
  auto const begin_before = changes[first].before - lead, begin_after = changes[first].after - lead;
  auto const& last = changes[end - 1];
  auto const end_before = std::min(before.size(), last.before + last.removed + context);
  auto const trail = end_before - (last.before + last.removed);
  std::string out = fmt::format("@@ -{} +{} @@\n", range(begin_before, end_before - begin_before),
                                range(begin_after, last.after + last.added + trail - begin_after));
  auto at = begin_before;
  for (auto i = first; i != end; ++i) {
    for (; at != changes[i].before; ++at) put(out, ' ', before[at]);
    for (std::size_t k = 0; k != changes[i].removed; ++k) put(out, '-', before[at++]);
    for (std::size_t k = 0; k != changes[i].added; ++k) put(out, '+', after[changes[i].after + k]);
  }
  for (; at != end_before; ++at) put(out, ' ', before[at]);
  return out;
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view before, std::string_view after) {
  auto const old_lines = lines_of(before), new_lines = lines_of(after);
  auto const changes = Comparison{old_lines, new_lines}.changes();
  if (changes.empty()) return {};
  auto out = fmt::format("--- {}\n+++ {}\n", name, name);
  for (std::size_t first = 0; first != changes.size();) {
    auto end = first + 1;
    while (end != changes.size() &&
           changes[end].before - (changes[end - 1].before + changes[end - 1].removed) <= 2 * context)
      ++end;
    out += hunk(old_lines, new_lines, changes, first, end);
    first = end;
  }
  return out;
}

}  // namespace torntape::validator::reports
