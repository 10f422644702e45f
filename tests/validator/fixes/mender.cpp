// Mends carried out: once and for all, only what they claim, and nothing else.
#include "validator/fixes/mender.hpp"

#include <algorithm>
#include <functional>

#include <rapidcheck.h>

#include "tests/validator/support.hpp"
#include "validator/draft.hpp"

namespace torntape::validator::test {

namespace {

using fixes::Mended;
using fixes::Mender;

Mended mend(std::string_view bytes, Safety at_most, grammar::Settings const& settings = {}) {
  Checker checker{{}, sample_directory()};
  return Mender{checker, at_most}.mend(bytes, settings);
}

// A good message broken by some of the rules, maybe twice on one line.
std::string broken() {
  auto const kind = *rc::gen::element(CopyKind::relay, CopyKind::web, CopyKind::origin);
  Draft draft{std::string{sample(Profile::state, kind)}};
  Random random{*rc::gen::arbitrary<std::uint64_t>()};
  auto const times = *rc::gen::inRange(0, 6);
  for (int i = 0; i != times; ++i) {
    auto const& rule = random.one_of(rules());
    if (rule.violate != nullptr) rule.violate(draft, random);
  }
  return draft.text();
}

std::vector<Diagnostic> found_in(std::string const& text) { return Checked{text}.found; }

bool mendable(Diagnostic const& finding, Safety at_most) {
  return finding.fix && finding.fix->safety != Safety::none && finding.fix->safety <= at_most;
}

void prove(std::string_view what, std::function<void()> const& property) {
  CHECK(rc::check(std::string{what}, property));
}

grammar::Fix fix(std::vector<grammar::Edit> edits) { return {Safety::safe, "a mend", std::move(edits)}; }

Diagnostic finding(grammar::Fix mend) {
  Diagnostic found;
  found.fix = std::move(mend);
  return found;
}

grammar::Edit edit(std::size_t offset, std::size_t length, std::string by) {
  return {{offset, length, 1, offset + 1}, std::move(by)};
}

fixes::Round round_over(std::string const& text, std::vector<Diagnostic> const& found,
                        Safety at_most = Safety::safe) {
  grammar::Parser parser;
  return fixes::one_round(parser.parse(text), found, at_most);
}

std::string replaced(std::string const& text, std::string_view from, std::string_view to) {
  auto const at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.substr(0, at).append(to).append(text.substr(at + from.size()));
}

}  // namespace

TEST_CASE("what is mended needs no mend again") {
  for (auto const safety : {Safety::safe, Safety::unsafe})
    prove("idempotent", [&] {
      auto const once = mend(broken(), safety);
      auto const twice = mend(once.text, safety);
      RC_ASSERT(twice.text == once.text);
      RC_ASSERT(twice.mends == 0U);
    });
}

TEST_CASE("no finding is left that a mend claimed to cure") {
  for (auto const safety : {Safety::safe, Safety::unsafe})
    prove("cured", [&] {
      auto const mended = mend(broken(), safety);
      if (!mended.settled) RC_DISCARD("mends undo each other");
      for (auto const& finding : found_in(mended.text)) RC_ASSERT(!mendable(finding, safety));
    });
}

TEST_CASE("a mend by itself cures its finding") {
  prove("each", [] {
    auto const text = broken();
    auto const found = found_in(text);
    auto const like = [](Diagnostic const& one, std::vector<Diagnostic> const& all) {
      return std::ranges::count_if(all, [&](Diagnostic const& each) {
        return each.rule == one.rule && each.message == one.message && each.fix;
      });
    };
    for (auto const& finding : found) {
      if (!mendable(finding, Safety::unsafe)) continue;
      auto const round = round_over(text, {finding}, Safety::unsafe);
      auto const left = found_in(round.text);
      // One mend can show elsewhere what another fault hid.
      auto const again = std::ranges::any_of(left, [&](Diagnostic const& each) {
        return each.rule == finding.rule && each.message == finding.message && each.fix &&
               each.span.offset == finding.span.offset;
      });
      if (round.mends != 0) RC_ASSERT(!again || like(finding, left) < like(finding, found));
    }
  });
}

TEST_CASE("bytes outside the edits of a round stay as they are") {
  prove("outside", [&] {
    auto const text = broken();
    Checked const checked{text};
    auto const round = round_over(text, checked.found, Safety::unsafe);
    // Everything between the edits of all mends is found again, in order.
    std::vector<bool> edited(text.size());
    for (auto const& finding : checked.found)
      if (finding.fix)
        for (auto const& each : finding.fix->edits)
          for (auto i = each.span.offset; i != each.span.offset + each.span.length; ++i) edited[i] = true;
    std::size_t at = 0;
    for (std::size_t i = 0; i != text.size(); ++i) {
      if (edited[i]) continue;
      at = round.text.find(text[i], at);
      RC_ASSERT(at != std::string::npos);
      ++at;
    }
  });
}

TEST_CASE("a good message is not touched") {
  for (auto const kind : {CopyKind::relay, CopyKind::web, CopyKind::origin}) {
    auto const good = sample(Profile::state, kind);
    auto const mended = mend(good, Safety::safe);
    CHECK(mended.text == good);
    CHECK(mended.mends == 0);
  }
}

TEST_CASE("any bytes are mended without an end, or left") {
  prove("total", [] {
    auto const text = *rc::gen::string<std::string>();
    auto const once = mend(text, Safety::unsafe);
    RC_ASSERT(mend(once.text, Safety::unsafe).text == once.text);
  });
}

TEST_CASE("of mends that overlap the first wins and the rest wait") {
  std::string const text = "0123456789\n";
  auto const round = round_over(text, {finding(fix({edit(2, 3, "x")})), finding(fix({edit(4, 2, "y")})),
                                       finding(fix({edit(8, 1, "z")}))});
  CHECK(round.text == "01x567z9\n");
  CHECK(round.mends == 2);
}

TEST_CASE("two insertions at one point wait for each other, edits side by side do not") {
  std::string const text = "0123456789\n";
  CHECK(round_over(text, {finding(fix({edit(2, 0, "a")})), finding(fix({edit(2, 0, "b")}))}).text ==
        "01a23456789\n");
  CHECK(round_over(text, {finding(fix({edit(2, 2, "a")})), finding(fix({edit(4, 1, "b")}))}).text ==
        "01ab56789\n");
}

TEST_CASE("a mend of several edits is carried out whole or not at all") {
  std::string const text = "0123456789\n";
  auto const round =
      round_over(text, {finding(fix({edit(6, 1, "x")})), finding(fix({edit(1, 1, "a"), edit(6, 1, "b")}))});
  CHECK(round.text == "012345x789\n");
}

TEST_CASE("a likely repair is not made unless asked for") {
  std::string const text = "0123456789\n";
  auto unsure = finding(fix({edit(0, 1, "x")}));
  unsure.fix->safety = Safety::unsafe;
  CHECK(round_over(text, {unsure}).text == text);
  CHECK(round_over(text, {unsure}, Safety::unsafe).text == "x123456789\n");
}

TEST_CASE("a mend that changes nothing is no mend") {
  std::string const text = "0123456789\n";
  CHECK(round_over(text, {finding(fix({edit(0, 1, "0")}))}).mends == 0);
}

TEST_CASE("messages of one stream are mended each at its place") {
  std::string const good{sample(Profile::state, CopyKind::relay)};
  auto const broken = replaced(good, "PRIORITY 1284", "1284 PRIORITY");
  auto const other = replaced(good, "XRO0417", "XRO0418");
  auto const mended = mend(broken + other + broken, Safety::safe);
  CHECK(mended.text == good + other + good);
  CHECK(mended.mends == 2);
}

}  // namespace torntape::validator::test
