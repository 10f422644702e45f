// Rules about what only a capture of a circuit holds.
#include "grammar/alphabets/coding.hpp"
#include "grammar/alphabets/tape.hpp"
#include "grammar/alphabets/transmission.hpp"
#include "tests/validator/support.hpp"
#include "validator/fixes/mender.hpp"

namespace torntape::validator::test {

namespace {

using grammar::Alphabet;

grammar::Settings in(Alphabet alphabet) {
  grammar::Settings settings;
  settings.alphabet = alphabet;
  return settings;
}

// A text as a circuit carries it, in tape notation.
std::string tape_of(std::string_view text, Alphabet alphabet = Alphabet::ita2) {
  grammar::Parser parser;
  grammar::Coding coding;
  coding.alphabet = alphabet;
  std::string octets;
  CHECK(grammar::TapeEncoder{coding}
            .encode(grammar::transmission(parser.parse(text), alphabet), octets)
            .empty());
  return grammar::decoded(octets, coding);
}

std::string replaced(std::string text, std::string_view part, std::string_view by) {
  auto const at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.replace(at, part.size(), by);
}

std::string mended(std::string const& tape, Alphabet alphabet) {
  Checker checker;
  fixes::Mender mender{checker, Safety::safe};
  return mender.mend(tape, in(alphabet)).text;
}

std::vector<std::string> const nothing;
std::string const& good_tape() {
  static std::string const tape = tape_of(sample(Profile::acp127, CopyKind::relay));
  return tape;
}

}  // namespace

TEST_CASE("a shift that is missing is found on a tape, and mended to the tape that was to be sent") {
  auto const broken = replaced(replaced(good_tape(), "2310941\x0F", "2310941"), "\nZNR", "\n\x0FZNR");
  Checked const checked{broken, in(Alphabet::ita2)};
  CHECK(checked.ids(Severity::warning) == std::vector<std::string>{"GEN-10", "GEN-10"});
  CHECK(checked.found.front().span.offset == broken.find("2310941") + 7);
  CHECK(mended(broken, Alphabet::ita2) == good_tape());
}

TEST_CASE("a letter that lost its shift is told by the key that prints nothing") {
  // FM sent in figures: the upper case of F prints nothing, that of M is a point.
  auto const broken = replaced(good_tape(),
                               "\x0F"
                               "FM AM",
                               "\xC6.\x0F AM");
  Checked const checked{broken, in(Alphabet::ita2)};
  REQUIRE(checked.of("GEN-10") != nullptr);
  CHECK(checked.of("GEN-10")->span.offset == broken.find('\xC6'));
  CHECK(checked.of("GEN-10")->span.length == 1);
}

TEST_CASE(
    "figures that lost their shift are told by the keys they share with letters, and a guess is offered") {
  for (auto const& [part, by, figures] :
       std::vector<std::tuple<std::string, std::string, std::string>>{{"XRO\x0E"
                                                                       "093",
                                                                       "XROPOE", "093"},
                                                                      {"\x0E"
                                                                       "2310941\x0F",
                                                                       "WEQPORQ", "2310941"}}) {
    auto const broken = replaced(good_tape(), part, by);
    INFO(broken);
    Checked const checked{broken, in(Alphabet::ita2)};
    auto const* const finding = checked.of("GEN-10");
    REQUIRE(finding != nullptr);
    REQUIRE(finding->fix);
    CHECK(finding->fix->safety == Safety::unsafe);
    CHECK(finding->fix->edits.front().replacement == figures);
  }
}

TEST_CASE("where shifts are not known nothing is said of them") {
  grammar::Parser parser;
  auto const wire = grammar::tape::printed(good_tape(), Alphabet::ita2);
  CHECK(Checked{wire}.ids(Severity::warning) == nothing);
  CHECK(Checked{wire, in(Alphabet::ia5)}.of("GEN-10") == nullptr);
}

TEST_CASE("the end of message and the pages have their feeds, and twelve letters follow") {
  std::string const feeds = "\r\r\n\n\n\n\n\n\n\nNNNN";
  for (auto const& [part, by] : std::vector<std::pair<std::string, std::string>>{
           {feeds, "\r\r\nNNNN"}, {feeds, "\r\r\n\n\n\nNNNN"}, {"NNNN\x0F\x0F", "NNNN\x0F"}}) {
    auto const broken = replaced(good_tape(), part, by);
    Checked const checked{broken, in(Alphabet::ita2)};
    INFO(broken);
    CHECK(checked.ids(Severity::warning) == std::vector<std::string>{"GEN-08"});
    CHECK(mended(broken, Alphabet::ita2) == good_tape());
  }
  auto const paged = replaced(good_tape(), "THE CLOCK",
                              "THE HARBOR\r\r\nPAGE \x0E"
                              "2\x0F RTBAKV \x0E"
                              "115\x0F"
                              "B UNCLAS\r\r\nTHE CLOCK");
  Checked const checked{paged, in(Alphabet::ita2)};
  CHECK(checked.ids(Severity::warning) == std::vector<std::string>{"GEN-08"});
  auto const better = mended(paged, Alphabet::ita2);
  CHECK(better.find("HARBOR\r\r\n\n\n\nPAGE") != std::string::npos);
  CHECK(Checked{better, in(Alphabet::ita2)}.ids(Severity::warning) == nothing);
}

TEST_CASE(
    "the five spaces stand behind the whole chain of identifications, and nothing is fed out before them") {
  auto const chain = replaced(replaced(good_tape(), "093     ",
                                       "093\x0FWNA\x0E"
                                       "114 "),
                              "\r\r\n", "\r\r\n");
  Checked const checked{chain, in(Alphabet::ita2)};
  CHECK(checked.ids(Severity::warning) == std::vector<std::string>{"GEN-09"});
  CHECK(mended(chain, Alphabet::ita2) == replaced(good_tape(), "093     ",
                                                  "093\x0FWNA\x0E"
                                                  "114     "));
  auto const fed = replaced(good_tape(), "093 ", std::string("093\0\0\0\0\0 ", 9));
  CHECK(Checked{fed, in(Alphabet::ita2)}.ids(Severity::warning) == std::vector<std::string>{"GEN-09"});
  CHECK(mended(fed, Alphabet::ita2) == good_tape());
}

TEST_CASE("a FLASH rings on its tape, and is made to") {
  std::string flash{sample(Profile::acp127, CopyKind::relay)};
  flash = replaced(replaced(flash, "\nPP ", "\nZZ "), "\nP 19", "\nZ 19");
  auto const rung = tape_of(flash);
  CHECK(rung.find("\x0E\a\a\a\a\a\xD3\xD3\xD3\xD3\xD3\x0FZZ") != std::string::npos);
  CHECK(Checked{rung, in(Alphabet::ita2)}.ids(Severity::warning) == nothing);
  auto const silent = replaced(rung, "\a\a\a\a\a\xD3\xD3\xD3\xD3\xD3", "");
  CHECK(Checked{silent, in(Alphabet::ita2)}.ids(Severity::warning) == std::vector<std::string>{"FL2-16"});
}

TEST_CASE("a character of wrong parity is doubtful") {
  auto const tape =
      replaced(tape_of(sample(Profile::state, CopyKind::relay), Alphabet::ia5), "FM AMEMB", "FM \xC1MEMB");
  Checked const checked{tape, in(Alphabet::ia5)};
  CHECK(checked.ids(Severity::warning) == std::vector<std::string>{"GEN-01"});
  CHECK(checked.of("GEN-01")->span.offset == tape.find('\xC1'));
  CHECK(checked.of("GEN-01")->message == "`A` was received with wrong parity");
}

TEST_CASE("octets of ITA2 read as text are told what they are") {
  std::string octets;
  grammar::ita2::Encoder{}.encode(good_tape(), octets);
  Checked const checked{octets};
  REQUIRE(checked.of("GEN-15") != nullptr);
  CHECK(checked.of("GEN-15")->help == "the octets look like ITA2: say `--alphabet ita2`");
}

TEST_CASE("a capture of any octets is checked without harm, and mending it is settled or leaves it alone") {
  for (auto const alphabet : {Alphabet::ita2, Alphabet::ita2_us, Alphabet::ia5}) {
    std::string tape;
    for (unsigned i = 0; i != 4096; ++i) tape += static_cast<char>(i * 2654435761U >> 13U);
    grammar::Coding coding;
    coding.alphabet = alphabet;
    tape = good_tape().substr(0, 200) + grammar::decoded(tape, coding);
    Checked const checked{tape, in(alphabet)};
    for (auto const& each : checked.found) CHECK(each.span.offset + each.span.length <= tape.size());
    CHECK(mended(mended(tape, alphabet), alphabet) == mended(tape, alphabet));
  }
}

}  // namespace torntape::validator::test
