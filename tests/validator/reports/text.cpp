// What people see, against files of tests/validator/golden. With UPDATE_GOLDEN set in the environment the
// files are written anew; look at the difference before you commit it.
#include "validator/reports/text.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/validator/support.hpp"
#include "validator/reports/page.hpp"

namespace torntape::validator::test {

namespace {

using reports::Style;

std::string golden_path(std::string const& name) {
  return TORNTAPE_FIXTURES "/../tests/validator/golden/" + name + ".txt";
}

void check_golden(std::string const& name, std::string const& text) {
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream{golden_path(name), std::ios::binary} << text;
    return;
  }
  std::ifstream file{golden_path(name), std::ios::binary};
  REQUIRE(file);
  std::string const kept{std::istreambuf_iterator<char>{file}, {}};
  CHECK(text == kept);
}

std::string with(std::string_view from, std::string_view to) {
  std::string text{sample(Profile::state, CopyKind::relay)};
  auto const at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// Only what `rules` find in a message, as `check` prints it.
std::string rendered(std::string const& bytes, std::vector<std::string> rules, Style const& style = {}) {
  Checked const checked{bytes, {}, {std::move(rules), {}, {}}};
  REQUIRE(!checked.found.empty());
  std::string out;
  for (auto const& each : checked.found) {
    if (!out.empty()) out += '\n';
    out += reports::text({"heading.txt", bytes}, each, style);
  }
  return out;
}

constexpr Style narrated{.colour = false, .narratable = true};
constexpr Style coloured{.colour = true};

Diagnostic at(std::string_view text, std::size_t offset, std::size_t length) {
  Diagnostic diagnostic;
  diagnostic.rule = "NET-01";
  diagnostic.name = "syntax";
  diagnostic.message = "a message";
  diagnostic.span.offset = offset;
  diagnostic.span.length = length;
  auto const before = text.substr(0, offset);
  diagnostic.span.line = 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
  diagnostic.span.column = offset - (before.rfind('\n') + 1) + 1;
  return diagnostic;
}

std::string drawn(std::string_view text, std::size_t offset, std::size_t length, Style const& style = {}) {
  return reports::text({"x", text}, at(text, offset, length), style);
}

}  // namespace

TEST_CASE("a finding is drawn with its line, its witness and its mend") {
  auto const bytes = with("PP RUEHBI", "NN RUEHBI");
  check_golden("precedence", rendered(bytes, {"FL2-01"}));
  check_golden("precedence_narrated", rendered(bytes, {"FL2-01"}, narrated));
  check_golden("precedence_coloured", rendered(bytes, {"FL2-01"}, coloured));
}

TEST_CASE("a line to be removed and a line to be broken are shown as such") {
  check_golden("empty_line", rendered(with("FM AMEMBASSY", "\nFM AMEMBASSY"), {"GEN-13"}));
  check_golden("long_line", rendered(with("RUEHNP\nRUEHPW RUEHROV", "RUEHNP RUEHPW RUEHROV"), {"GEN-03"}));
}

TEST_CASE("a mend of several lines is shown line by line") {
  auto bytes = with("AUG 09\n", "AUG 09 \n");
  bytes.replace(bytes.find("DE RTBAKV"), 2, " DE");
  bytes.replace(bytes.find("KARSTOVA\nTO"), 8, "KARSTOVA  ");
  check_golden("blanks", rendered(bytes, {"GEN-05"}));
  check_golden("blanks_narrated", rendered(bytes, {"GEN-05"}, narrated));
}

TEST_CASE("a finding over several lines says to which line it goes") {
  std::string const bytes = "Subject: a\nFrom: b\n\n" + std::string{sample(Profile::state, CopyKind::relay)};
  check_golden("text_before_start", rendered(bytes, {"GEN-14"}));
  check_golden("text_before_start_narrated", rendered(bytes, {"GEN-14"}, narrated));
}

TEST_CASE("a missing line is marked where it should stand") {
  check_golden("missing_line", rendered(with("DE RTBAKV #0512/01 2310941\n", ""), {"FL3-01"}));
  check_golden("not_a_message", rendered("", {"GEN-15"}));
}

TEST_CASE("what cannot be seen is drawn as a sign, and columns stay right") {
  std::string_view const text =
      "a\tb\x07"
      "c\xC2\xA7"
      "d\xFF"
      "e";
  auto const c = text.find('c');
  CHECK(drawn(text, c, 1) ==
        "x:1:5: error[NET-01]: a message\n"
        "  |\n"
        "1 | a␉b␇c§d\\xFFe\n"
        "  |     ^ syntax\n"
        "  |\n");
  CHECK(drawn(text, text.find('e'), 1) ==
        "x:1:10: error[NET-01]: a message\n"
        "  |\n"
        "1 | a␉b␇c§d\\xFFe\n"
        "  |            ^ syntax\n"
        "  |\n");
}

TEST_CASE("a very long line is cut around its mark") {
  auto const text = std::string(300, 'a') + "HERE" + std::string(300, 'b');
  Style style;
  style.width = 20;
  CHECK(drawn(text, 300, 4, style) ==
        "x:1:301: error[NET-01]: a message\n"
        "  |\n"
        "1 | …aaaaaaaaHEREbbbbbbbb…\n"
        "  |          ^^^^ syntax\n"
        "  |\n");
  CHECK(drawn(text, 0, 2, style) ==
        "x:1:1: error[NET-01]: a message\n"
        "  |\n"
        "1 | aaaaaaaaaaaaaaaaaaaa…\n"
        "  | ^^ syntax\n"
        "  |\n");
}

TEST_CASE("a mark behind the last character stands behind it") {
  CHECK(drawn("ab\r\ncd", 2, 0) ==
        "x:1:3: error[NET-01]: a message\n"
        "  |\n"
        "1 | ab\n"
        "  |   ^ syntax\n"
        "  |\n");
  CHECK(drawn("", 0, 0) ==
        "x:1:1: error[NET-01]: a message\n"
        "  |\n"
        "1 |\n"
        "  | ^ syntax\n"
        "  |\n");
}

TEST_CASE("places in a part of a stream are found in that part") {
  std::string_view const text = "first\nsecond\n";
  auto diagnostic = at(text, 6, 6);
  diagnostic.span.offset += 1000;
  diagnostic.span.line += 40;
  CHECK(reports::text({"x", text, {1000, 40}}, diagnostic) ==
        "x:42:1: error[NET-01]: a message\n"
        "   |\n"
        "42 | second\n"
        "   | ^^^^^^ syntax\n"
        "   |\n");
}

TEST_CASE("no diagnostic, however wrong its span, is drawn beyond the source") {
  std::string_view const text = "one\ntwo\nthree";
  for (std::size_t offset = 0; offset != 40; ++offset)
    for (std::size_t const length : {0U, 1U, 5U, 100U}) {
      auto diagnostic = at(text, std::min(offset, text.size()), length);
      diagnostic.span.offset = offset;
      diagnostic.fix = grammar::Fix{grammar::Safety::safe, "mend", {{diagnostic.span, "x\ny"}}};
      for (auto const& style : {Style{}, narrated, coloured})
        CHECK(reports::text({"x", text}, diagnostic, style).ends_with('\n'));
    }
}

TEST_CASE("the page of a rule shows its examples and what the checker says of the bad one") {
  check_golden("page_fl2_01", reports::page(*rule("FL2-01")));
  check_golden("page_gen_15", reports::page(*rule("GEN-15")));
  check_golden("page_fl2_12", reports::page(*rule("FL2-12")));
}

TEST_CASE("the page of every rule of the state profile shows what the checker says") {
  for (auto const& each : rules()) {
    if (each.severities[Profile::state] == Severity::off) continue;
    INFO(each.id);
    CHECK(reports::page(each).find("of which the checker says:") != std::string::npos);
  }
}

TEST_CASE("a rule has one line in the list") {
  CHECK(
      reports::list_line(*rule("FL2-01")) ==
      "FL2-01  precedence-not-doubled            EEE--   The routing line begins with the precedence prosign "
      "of the message, its letter doubled: ZZ, OO, PP or RR.");
  for (auto const& each : rules()) CHECK(reports::list_line(each).find('\n') == std::string::npos);
}

TEST_CASE("severities and kinds are told in words") {
  CHECK(reports::severities_in_words(*rule("FL2-01")) ==
        "error in state, acp127, acp127-us; not applied in janap128, acp126");
  CHECK(reports::kinds_in_words(*rule("FL2-01")) == "every copy");
  CHECK(reports::kinds_in_words(*rule("FL2-12")) == "only copies declared to be the ORIGIN's");
  CHECK(reports::kinds_in_words(*rule("FL1-02")) == "every copy but those of archives");
  CHECK(reports::kinds_in_words(*rule("GEN-21")) == "every copy; in archives at most warning");
}

}  // namespace torntape::validator::test
