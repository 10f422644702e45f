// A validator lives by its false alarms: good messages in the shapes that switches and archives give them.
// And whatever the input, what is reported can be shown and mended.
#include <algorithm>

#include "tests/validator/support.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/reports/text.hpp"

namespace torntape::validator::test {

namespace {

std::string good(CopyKind kind, bool archive = false) {
  return std::string{sample(Profile::state, kind, archive)};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string opening(std::string const& text) { return text.substr(text.find("C O N F"), 80); }

void check_good(std::string const& text) {
  INFO(text);
  for (auto const& directory : {sample_directory(), std::shared_ptr<directory::Directory const>{}}) {
    Checked const checked{text, {}, {}, directory};
    CHECK(checked.ids(Severity::warning) == std::vector<std::string>{});
  }
}

// Bytes put in, taken out, replaced, and lines moved.
std::string damaged(std::string text, Random& random) {
  for (auto blows = 1 + random.below(8); blows != 0 && !text.empty(); --blows) {
    auto const at = static_cast<std::size_t>(random.below(text.size()));
    switch (random.below(4)) {
      case 0:
        text.erase(at, 1 + random.below(6));
        break;
      case 1:
        text.insert(at, 1, static_cast<char>(random.below(256)));
        break;
      case 2:
        text[at] = static_cast<char>(random.below(128));
        break;
      default:
        text.insert(at, text.substr(random.below(text.size()), random.below(90)));
    }
  }
  return text;
}

bool inside(grammar::Span const& span, std::string const& text) {
  return span.offset <= text.size() && span.length <= text.size() - span.offset && span.line >= 1 &&
         span.column >= 1 && span.column - 1 <= span.offset;
}

bool in_order(grammar::Fix const& fix) {
  std::size_t end = 0;
  for (auto const& edit : fix.edits) {
    if (edit.span.offset < end) return false;
    end = edit.span.offset + edit.span.length;
  }
  return true;
}

}  // namespace

TEST_CASE("good messages with blanks at every line end are good") {
  check_good(replaced(good(CopyKind::relay), "\n", " \n"));
  check_good(replaced(good(CopyKind::relay, true), "\n", "  \n"));
}

TEST_CASE("good messages with any line ending are good") {
  for (auto const kind : {CopyKind::relay, CopyKind::web}) {
    check_good(replaced(good(kind), "\n", "\r\n"));
    check_good(replaced(good(kind), "\n", "\r\r\n"));
  }
}

TEST_CASE("a mail header before the message is no fault") {
  check_good("Received: from a.example\nSubject: KARSTOVA 512\n\n" + good(CopyKind::relay));
  check_good("<html><body>\n\tthe cable\n" + good(CopyKind::web));
}

TEST_CASE("a text or heading printed twice is no fault") {
  auto text = good(CopyKind::relay, true);
  check_good(text.insert(text.find("C O N F"), opening(text) + "\n\n"));
  auto twice = good(CopyKind::relay, true);
  auto const heading = twice.substr(0, twice.find("C O N F"));
  check_good(heading + twice);
}

TEST_CASE("a copy for the web database may lack its end, and its empty line") {
  auto text = good(CopyKind::web);
  text.erase(text.find("BT\n#"));
  text.erase(text.find("BT\n"), 3);
  check_good(text);
  check_good(replaced(good(CopyKind::web), "RUEHWEB\n\n", "RUEHWEB\n"));
}

TEST_CASE("an abbreviated copy is good without its first four lines") {
  for (auto const kind : {CopyKind::relay, CopyKind::web}) {
    auto text = good(kind);
    text.erase(0, text.find("ZZH\n") + 4);
    Checked const checked{text};
    INFO(text);
    CHECK(checked.message->copy_kind == CopyKind::abbreviated);
    CHECK(checked.ids(Severity::warning) == std::vector<std::string>{});
  }
}

TEST_CASE("a State routing line of 70 columns is noted, of 71 warned of") {
  auto const line = [](std::string_view indicators) {
    return replaced(good(CopyKind::relay), "RUEHNEH RUEHNP", indicators);
  };
  Checked const seventy{line("RUEHNEHX RUEHNPX"), {}, {{"GEN-03"}, {}, {}}};
  CHECK(seventy.found.empty());
  auto at_70 = replaced(good(CopyKind::relay), "RUEHBI RUEHCI RUEHDBU", "RUEHBIA RUEHCIA RUEHDBA");
  at_70 = replaced(at_70, "RUEHFL", "RUEHFLA");
  Checked const noted{at_70, {}, {{"GEN-03"}, {}, {}}};
  REQUIRE(noted.found.size() == 1);
  CHECK(noted.found[0].severity == Severity::info);
  CHECK(!noted.found[0].fix);
  Checked const warned{replaced(at_70, "RUEHKW", "RUEHKWA"), {}, {{"GEN-03"}, {}, {}}};
  REQUIRE(warned.found.size() == 1);
  CHECK(warned.found[0].severity == Severity::warning);
  CHECK(warned.found[0].fix);
}

TEST_CASE("on the leg of a dual precedence to info addressees FL2 may carry the second letter") {
  auto const dual = replaced(good(CopyKind::relay), "P 190938Z", "O P 190938Z");
  Checked const checked{dual, {}, {{"FL2-02"}, {}, {}}};
  REQUIRE(checked.found.size() == 1);
  CHECK(checked.found[0].severity == Severity::info);
  Checked const lower{replaced(dual, "PP RUEHBI", "RR RUEHBI"), {}, {{"FL2-02"}, {}, {}}};
  REQUIRE(lower.found.size() == 1);
  CHECK(lower.found[0].severity == Severity::error);
}

TEST_CASE("doubtful indicators are warned of, unreadable ones are errors") {
  auto const with = [](std::string_view indicator) {
    Checked const checked{replaced(good(CopyKind::relay), "RUEHBI", indicator), {}, {{"FL2-03"}, {}, {}}};
    return checked.found.empty() ? Severity::off : checked.found[0].severity;
  };
  CHECK(with("RUEHBI") == Severity::off);
  CHECK(with("QUEHBI") == Severity::off);
  CHECK(with("RUEH") == Severity::warning);
  CHECK(with("RUEHBIAA") == Severity::warning);
  CHECK(with("UUEHBI") == Severity::warning);
  CHECK(with("RU3HBI") == Severity::error);
  CHECK(with("SUEHBI") == Severity::error);
}

TEST_CASE("whatever is reported about a damaged message can be shown and mended") {
  Random random{1399};
  for (int round = 0; round != 400; ++round) {
    auto const kind = random.pick(CopyKind::relay, CopyKind::web, CopyKind::origin);
    auto const text = damaged(good(kind), random);
    Checked const checked{text};
    INFO(text);
    for (auto const& each : checked.found) {
      INFO(each.rule);
      CHECK(inside(each.span, text));
      for (auto const& related : each.related) CHECK(inside(related.span, text));
      CHECK(reports::text({"damaged", text}, each).ends_with('\n'));
      if (!each.fix) continue;
      CHECK(!each.fix->edits.empty());
      CHECK(in_order(*each.fix));
      for (auto const& edit : each.fix->edits) CHECK(inside(edit.span, text));
      CHECK(mended(text, *each.fix) != text);
    }
  }
}

// These judge for themselves; their features only spare them the walk. Broken by their own mutation, and
// damaged further.
TEST_CASE("a rule that the parser's features spare would have nothing to say") {
  Random random{1399};
  grammar::Parser parser;
  unsigned called = 0;
  for (int round = 0; round != 700; ++round) {
    auto const& spared =
        *rule(random.pick("FL2-04", "FL2-15", "FL2-18", "FL7-14", "FL7-15", "GEN-21", "X-08"));
    auto const profile = random.pick(Profile::state, Profile::acp127_us);
    auto const kind = random.pick(CopyKind::relay, CopyKind::web);
    Draft draft{std::string{sample(profile, profile == Profile::state ? kind : CopyKind::relay, false)}};
    static_cast<void>(spared.violate(draft, random));
    auto const text = random.below(2) == 0 ? draft.text() : damaged(draft.text(), random);
    auto const& m = parser.parse(text);
    if (m.features.any_of(spared.when)) {
      ++called;
      continue;
    }
    Findings findings;
    findings.begin(m);
    findings.enter(spared, Severity::error);
    spared.check(m, {nullptr, m.profile, m.copy_kind, m.archive}, findings);
    INFO(spared.id << '\n' << text);
    CHECK(findings.found().empty());
  }
  CHECK(called > 100);
}

}  // namespace torntape::validator::test
