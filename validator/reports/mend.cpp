#include "validator/reports/mend.hpp"

#include <algorithm>

namespace torntape::validator::reports {

namespace {

using grammar::Edit;

struct Stretch {
  std::size_t begin, end;  // whole lines of the source
};

std::size_t line_begin(std::string_view text, std::size_t offset) {
  auto const newline = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

std::size_t line_end(std::string_view text, std::size_t offset) {
  auto const newline = text.find('\n', offset);
  return newline == std::string_view::npos ? text.size() : newline + 1;
}

std::size_t offset_in(Source const& source, Edit const& edit) {
  return std::min(edit.span.offset - std::min(edit.span.offset, source.position.offset), source.text.size());
}

Stretch lines_touched(Source const& source, Edit const& edit) {
  auto const begin = offset_in(source, edit);
  auto const end = std::min(begin + edit.span.length, source.text.size());
  return {line_begin(source.text, begin), line_end(source.text, end)};
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    auto const end = line_end(text, 0);
    auto line = text.substr(0, end);
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    text.remove_prefix(end);
  }
  return lines;
}

void drop_common_lines(ChangedLines& lines) {
  auto& [number, before, after] = lines;
  while (!before.empty() && !after.empty() && before.back() == after.back()) {
    before.pop_back();
    after.pop_back();
  }
  auto const same = std::ranges::mismatch(before, after);
  number += static_cast<std::size_t>(same.in1 - before.begin());
  after.erase(after.begin(), same.in2);
  before.erase(before.begin(), same.in1);
}

// Edits that touch the same lines are shown as one change.
std::string edited(Source const& source, Stretch stretch, std::vector<Edit> const& edits) {
  std::string text{source.text.substr(stretch.begin, stretch.end - stretch.begin)};
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit)
    text.replace(offset_in(source, *edit) - stretch.begin, edit->span.length, edit->replacement);
  return text;
}

std::vector<std::vector<Edit>> by_lines(Source const& source, std::vector<Edit> const& edits) {
  std::vector<std::vector<Edit>> groups;
  std::size_t end = 0;
  for (auto const& edit : edits) {
    auto const touched = lines_touched(source, edit);
    if (groups.empty() || touched.begin >= end) groups.emplace_back();
    groups.back().push_back(edit);
    end = touched.end;
  }
  return groups;
}

}  // namespace

std::vector<ChangedLines> changed_lines(Source const& source, grammar::Fix const& fix) {
  std::vector<ChangedLines> changes;
  for (auto const& edits : by_lines(source, fix.edits)) {
    Stretch const stretch{lines_touched(source, edits.front()).begin,
                          lines_touched(source, edits.back()).end};
    ChangedLines lines{edits.front().span.line,
                       split(source.text.substr(stretch.begin, stretch.end - stretch.begin)),
                       split(edited(source, stretch, edits))};
    drop_common_lines(lines);
    changes.push_back(std::move(lines));
  }
  return changes;
}

}  // namespace torntape::validator::reports
