#include "traffic/compare/comparing.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <rapidcheck.h>

#include "traffic/generator/random.hpp"

using namespace torntape;
using compare::Comparing;

namespace {

struct Text {
  unsigned serial = 1;
  std::string channel = "TAI0001";
  std::string called = "RUEHC RUEHBJ";
  char precedence = 'R';
  std::string remark = {};  // behind FL5
  std::string body = "TEXT.";
};

std::string message(Text const& text) {
  return fmt::format(
      "VZCZC{}\n{}{} {}\nDE RUEHTA #{:04} 2290141\nZNR UUUUU ZZH\n{} 170141Z AUG 09{}\nFM AMEMBASSY ASTANA\n"
      "TO RUEHC/SECSTATE WASHDC\nINFO RUEHBJ/AMEMBASSY BEIJING\nBT\nUNCLAS ASTANA "
      "00{:04}\n{}\nBT\n#{:04}\nNNNN\n",
      text.channel, text.precedence, text.precedence, text.called, text.serial, text.precedence, text.remark,
      text.serial, text.body, text.serial);
}

using Recipient = std::optional<std::string>;

struct Pair {
  std::string text;
  Recipient recipient = {};
};

v1::Comparison compared(std::vector<std::string> const& sent, std::vector<Pair> const& received,
                        compare::Options options = {}) {
  Comparing comparing{std::move(options)};
  for (auto const& one : sent) comparing.add(compare::Sent{one});
  for (auto const& one : received) comparing.add(compare::Received{one.text, one.recipient});
  return comparing.finish();
}

std::uint64_t differences(v1::Comparison const& found) {
  return found.lost() + found.repeated() + found.reordered() + found.wrong_addressee() + found.changed() +
         found.unsent();
}

}  // namespace

TEST_CASE("what a relay writes anew is no difference: FL1, FL2, line ends, what stands around it") {
  std::string const body = "SIPDIS\n\n1. (U) ONE.\nTWO.\n\n2. (U) THREE.";
  auto wire = message({.channel = "XRO3820", .called = "RUEHC", .body = body});
  for (auto at = wire.find('\n'); at != std::string::npos; at = wire.find('\n', at + 3))
    wire.replace(at, 1, "\r\r\n");
  auto const found = compared({message({.body = body})}, {{"NOISE\n" + wire + "\n\n"}});
  CHECK(differences(found) == 0);
  CHECK(found.alike() == 1);
}

TEST_CASE("lost, and never sent") {
  auto const found = compared({message({.serial = 1}), message({.serial = 2})},
                              {{message({.serial = 2})}, {message({.serial = 3, .body = "OTHER."})}});
  CHECK(found.lost() == 1);
  CHECK(found.unsent() == 1);
  CHECK(differences(found) == 2);
  CHECK(found.differences(1).identity() == "RUEHTA 0001 2290141");
}

TEST_CASE("what was never confirmed may be absent") {
  Comparing comparing;
  comparing.add(compare::Sent{message({}), false});
  auto const found = comparing.finish();
  CHECK(found.lost() == 0);
  CHECK(found.unknown_and_absent() == 1);
}

TEST_CASE("the legs of a message are no repeats; the same indicator twice is one, unless it says so itself") {
  auto const leg = [](std::string called, std::string remark = {}) {
    return Pair{message({.called = std::move(called), .remark = std::move(remark)})};
  };
  CHECK(differences(compared({message({})}, {leg("RUEHC"), leg("RUEHBJ")})) == 0);
  auto const twice = compared({message({})}, {leg("RUEHC RUEHBJ"), leg("RUEHBJ")});
  CHECK(twice.repeated() == 1);
  CHECK(differences(twice) == 1);
  auto const marked = compared({message({})}, {leg("RUEHC"), leg("RUEHC", " ZFD")});
  CHECK(marked.repeated() == 0);
  CHECK(marked.marked_repeats() == 1);
}

TEST_CASE("by recipient: a copy each, and none to others") {
  auto const text = message({});
  CHECK(differences(compared({text}, {{text, "RUEHC"}, {text, "ruehbj@example.org"}})) == 0);
  auto const wrong = compared({text}, {{text, "RUEHC"}, {text, "RUEHMO"}});
  CHECK(wrong.wrong_addressee() == 1);
  CHECK(differences(wrong) == 1);
  CHECK(compared({text}, {{text, "RUEHC"}, {text, "RUEHC"}}).repeated() == 1);
  CHECK(compared({text}, {{text, "telegrams@example.org"}}).wrong_addressee() == 0);
  auto const each = compared({text}, {{text, "RUEHC"}}, {.each_addressee = true});
  CHECK(each.lost() == 1);
  CHECK(each.differences(0).addressee() == "RUEHBJ");
}

TEST_CASE(
    "one record of three destinations: each mailbox has every message three times, in the order of each") {
  Comparing comparing{{.each_addressee = true}};
  for (auto const* const destination : {"a", "b", "c"})
    for (auto serial = 1U; serial <= 2; ++serial)
      comparing.add(compare::Sent{message({.serial = serial}), true, destination});
  for (auto i = 0; i != 3; ++i)
    for (auto serial = 1U; serial <= 2; ++serial)
      for (auto const* const mailbox : {"RUEHC", "RUEHBJ"})
        comparing.add(compare::Received{message({.serial = serial}), mailbox});
  CHECK(differences(comparing.finish()) == 0);
}

TEST_CASE("what came is that which is known to have left") {
  Comparing comparing;
  comparing.add(compare::Sent{message({}), false, "a"});
  comparing.add(compare::Sent{message({}), true, "b"});
  comparing.add(compare::Received{message({}), "RUEHC"});
  auto const found = comparing.finish();
  CHECK(found.lost() == 0);
  CHECK(found.unknown_and_absent() == 1);
}

TEST_CASE("a text of several lines: a change in any of them is told of FL12") {
  auto const text = message({.body = "\nSIPDIS\n\n1. (U) ONE.\nTWO.\n\n2. (U) THREE.\nFOUR."});
  for (std::string const word : {"SIPDIS", "ONE", "TWO", "THREE", "FOUR"}) {
    CAPTURE(word);
    auto changed = text;
    changed.replace(changed.find(word), word.size(), "OTHER");
    auto const found = compared({text}, {{changed}});
    REQUIRE(found.changed() == 1);
    CHECK(found.differences(0).format_line() == "FL12");
  }
  auto changed = text;
  changed.replace(changed.find("\n#0001\n"), 7, "\n#0002\n");
  auto const found = compared({text}, {{changed}});
  REQUIRE(found.changed() == 1);
  CHECK(found.differences(0).format_line() == "FL15");
}

TEST_CASE("a change is told by its line, also where it is the identity that was changed") {
  auto const text = message({});
  auto changed = text;
  changed.replace(changed.find("BEIJING"), 7, "BEIJINK");
  auto const found = compared({text}, {{changed}});
  REQUIRE(found.changed() == 1);
  CHECK(differences(found) == 1);
  CHECK(found.differences(0).format_line() == "FL8");
  CHECK(found.differences(0).before() == "INFO RUEHBJ/AMEMBASSY BEIJING");
  CHECK(found.differences(0).after() == "INFO RUEHBJ/AMEMBASSY BEIJINK");
  changed = text;
  changed.replace(changed.find("#0001 "), 6, "#0007 ");
  auto const identity = compared({text}, {{changed}});
  CHECK(identity.changed() == 1);
  CHECK(differences(identity) == 1);
  CHECK(identity.differences(0).format_line() == "FL3");
}

TEST_CASE("within a precedence the order is that of sending; a higher one overtakes by right") {
  std::vector<std::string> sent;
  for (auto serial = 1U; serial <= 6; ++serial)
    sent.push_back(message({.serial = serial, .precedence = serial == 6 ? 'Z' : 'R'}));
  auto const received = [&](std::vector<std::size_t> const& order) {
    std::vector<Pair> all;
    for (auto const at : order) all.push_back({sent[at]});
    return compared(sent, all);
  };
  CHECK(differences(received({5, 0, 1, 2, 3, 4})) == 0);
  CHECK(received({0, 4, 1, 2, 3, 5}).reordered() == 1);
  CHECK(received({4, 3, 2, 1, 0, 5}).reordered() == 4);
}

TEST_CASE("the same bytes sent twice are two messages") {
  auto const text = message({});
  CHECK(differences(compared({text, text}, {{text, "RUEHC"}, {text, "RUEHC"}})) == 0);
  CHECK(compared({text, text}, {{text}}).lost() == 1);
}

TEST_CASE("whatever happens on the way is counted as what it was") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    generator::Random random{seed};
    std::vector<std::string> sent;
    std::vector<Pair> received;
    std::uint64_t lost = 0, repeated = 0, changed = 0, unsent = 0;
    for (auto serial = 1U; serial <= 60; ++serial) {
      auto const text = message({.serial = serial});
      sent.push_back(text);
      auto const fate = random.below(10);
      auto other = text;
      other.replace(other.find("TEXT."), 5, "TEXD.");
      lost += fate == 0 ? 1 : 0;
      repeated += fate == 1 ? 1 : 0;
      changed += fate == 2 ? 1 : 0;
      unsent += fate == 3 ? 1 : 0;
      if (fate != 0) received.push_back({fate == 2 ? other : text});
      if (fate == 1) received.push_back({text});
      if (fate == 3) {
        auto stranger = message({.serial = serial + 1000, .body = fmt::format("STRANGER {}.", serial)});
        stranger.replace(stranger.find("FM AMEMBASSY ASTANA"), 19, "FM AMEMBASSY TOKYO");
        received.push_back({stranger});
      }
    }
    auto const found = compared(sent, received);
    RC_ASSERT(found.lost() == lost);
    RC_ASSERT(found.repeated() == repeated);
    RC_ASSERT(found.changed() == changed);
    RC_ASSERT(found.unsent() == unsent);
    RC_ASSERT(found.reordered() == 0U);
  }));
}

TEST_CASE("what is told one by one is bounded, what is counted is not") {
  std::vector<std::string> sent;
  for (auto serial = 1U; serial <= 50; ++serial) sent.push_back(message({.serial = serial}));
  auto const found = compared(sent, {}, {.most_told = 10});
  CHECK(found.lost() == 50);
  CHECK(found.differences_size() == 10);
}
