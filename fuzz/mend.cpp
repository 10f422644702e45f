// Any bytes can be mended: once and for all, what a mend claims to cure is cured, and no byte outside its
// edits changes.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/require.hpp"
#include "grammar/framing.hpp"
#include "validator/fixes/mender.hpp"
#include "validator/sample.hpp"

using torntape::fuzz::require;
namespace grammar = torntape::grammar;
namespace validator = torntape::validator;
using grammar::Diagnostic;
using grammar::Safety;
using validator::fixes::Mender;

namespace {

constexpr std::size_t most_tried = 20;  // mends of one input that are tried by themselves

bool mendable(Diagnostic const& finding, Safety at_most) {
  return finding.fix && finding.fix->safety != Safety::none && finding.fix->safety <= at_most;
}

bool changes_anything(Diagnostic const& finding, std::string const& text) {
  return std::ranges::any_of(finding.fix->edits, [&](grammar::Edit const& edit) {
    return text.compare(edit.span.offset, edit.span.length, edit.replacement) != 0;
  });
}

// From the last edit to the first, so that none moves the places of another.
std::string by_hand(std::string text, grammar::Fix const& fix) {
  for (auto edit = fix.edits.rbegin(); edit != fix.edits.rend(); ++edit) {
    auto const tail = text.substr(edit->span.offset + edit->span.length);
    text.resize(edit->span.offset);
    text.append(edit->replacement).append(tail);
  }
  return text;
}

std::size_t like(Diagnostic const& one, std::vector<Diagnostic> const& found) {
  return static_cast<std::size_t>(std::ranges::count_if(found, [&](Diagnostic const& each) {
    return each.rule == one.rule && each.message == one.message && each.fix;
  }));
}

// Whether the same is found again at the place that was mended. Elsewhere it may be: one mend can show what
// another fault hid.
bool stands_again(Diagnostic const& one, std::vector<Diagnostic> const& found) {
  auto after = one.span.offset;
  for (auto const& edit : one.fix->edits)
    if (edit.span.offset + edit.span.length <= one.span.offset)
      after += edit.replacement.size() - edit.span.length;
  return std::ranges::any_of(found, [&](Diagnostic const& each) {
    return each.rule == one.rule && each.message == one.message && each.fix &&
           (each.span.offset == one.span.offset || each.span.offset == after);
  });
}

class Findings {
 public:
  explicit Findings(validator::Checker& checker) : checker_(checker) {}

  // Of the whole text, however many messages it holds.
  std::vector<Diagnostic> of(std::string const& text) {
    std::vector<Diagnostic> all;
    grammar::Framer framer;
    framer.feed(text);
    framer.finish();
    while (auto const frame = framer.next()) {
      auto const& found = checker_.check(parser_.parse(frame->bytes, {}, frame->position));
      all.insert(all.end(), found.begin(), found.end());
    }
    return all;
  }

 private:
  validator::Checker& checker_;
  grammar::Parser parser_;
};

void require_each_cures(std::string const& text, Findings& findings) {
  auto const found = findings.of(text);
  std::size_t tried = 0;
  for (auto const& finding : found) {
    if (!mendable(finding, Safety::unsafe) || !changes_anything(finding, text)) continue;
    if (++tried > most_tried || found.size() >= validator::max_findings) return;
    grammar::Parser parser;
    auto const round = validator::fixes::one_round(parser.parse(text), {finding}, Safety::unsafe);
    require(round.text == by_hand(text, *finding.fix), "no byte outside the edits changes");
    auto const claim = "the mend of " + std::string{finding.rule} + " cures its finding";
    auto const left = findings.of(round.text);
    require(like(finding, left) < like(finding, found) || !stands_again(finding, left), claim.c_str());
  }
}

void require_settled(std::string const& text, Safety at_most, Findings& findings,
                     validator::Checker& checker) {
  Mender mender{checker, at_most};
  auto const once = mender.mend(text);
  auto const twice = mender.mend(once.text);
  require(twice.text == once.text && twice.mends == 0, "mending again changes nothing");
  if (!once.settled) return require(once.text == text, "what does not settle is left as it was");
  for (auto const& finding : findings.of(once.text))
    require(!mendable(finding, at_most) || !changes_anything(finding, once.text),
            "nothing is left that can be mended");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static validator::Checker checker({}, validator::sample_directory());
  static Findings findings{checker};
  std::string const text(reinterpret_cast<char const*>(data), size);
  require_each_cures(text, findings);
  for (auto const safety : {Safety::safe, Safety::unsafe}) require_settled(text, safety, findings, checker);
  return 0;
}
