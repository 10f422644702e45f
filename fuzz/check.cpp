// Any bytes can be judged: every finding, its witnesses and its edits lie inside the source, edits in order
// and apart, lines and columns where they say, and the mended text is another.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

#include "fuzz/require.hpp"
#include "grammar/parser.hpp"
#include "validator/checker.hpp"
#include "validator/reports/text.hpp"
#include "validator/sample.hpp"

using torntape::fuzz::require;
namespace grammar = torntape::grammar;
namespace validator = torntape::validator;

namespace {

void require_inside(grammar::Span const& span, std::string const& text) {
  require(span.offset <= text.size() && span.length <= text.size() - span.offset,
          "a span lies inside the source");
  auto const before = std::string_view(text).substr(0, span.offset);
  auto const line = 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
  auto const column = before.size() - (before.rfind('\n') + 1) + 1;
  require(span.line == line && span.column == column, "a span's line and column are those of its offset");
}

void require_sound(grammar::Diagnostic const& finding, std::string const& text) {
  require_inside(finding.span, text);
  for (auto const& each : finding.related) require_inside(each.span, text);
  require(validator::reports::text({"input", text}, finding).ends_with('\n'), "a finding can be shown");
  if (!finding.fix) return;
  require(!finding.fix->edits.empty(), "a mend has an edit");
  std::size_t end = 0;
  for (auto const& edit : finding.fix->edits) {
    require_inside(edit.span, text);
    require(edit.span.offset >= end, "edits stand in order and apart");
    end = edit.span.offset + edit.span.length;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static grammar::Parser parser;
  static validator::Checker alone;
  static validator::Checker with_directory({}, validator::sample_directory());
  std::string const text(reinterpret_cast<char const*>(data), size);
  auto const& message = parser.parse(text);
  for (auto* const checker : {&alone, &with_directory})
    for (auto const& finding : checker->check(message)) require_sound(finding, text);
  return 0;
}
