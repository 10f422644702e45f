#include "router/service/intake.hpp"

#include <catch2/catch.hpp>

#include "sample.hpp"

namespace torntape::service {
namespace {

TEST_CASE("The digest is the first half of SHA-256") {
  // FIPS 180-4, "abc".
  relay::Digest const expected{0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea,
                               0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23};
  CHECK(digest("abc") == expected);
}

TEST_CASE("A good message is filed with its digest") {
  Intake intake{nullptr};
  auto const judged = intake.judge(sample::message());
  auto const* const filed = std::get_if<relay::Filed>(&judged);
  REQUIRE(filed != nullptr);
  CHECK(filed->message->bytes() == sample::message());
  CHECK(filed->digest == digest(sample::message()));
}

TEST_CASE("Nothing, and what is no message, is refused with GEN-15") {
  Intake intake{nullptr};
  for (auto const* text : {"", "hello\n", "\x01\x02\xFF"}) {
    auto const judged = intake.judge(text);
    auto const* const refusal = std::get_if<v1::Refusal>(&judged);
    REQUIRE(refusal != nullptr);
    CHECK(refusal->reason() == v1::REASON_INVALID);
    REQUIRE(refusal->diagnostics_size() >= 1);
    CHECK(refusal->diagnostics(0).rule() == "GEN-15");
  }
}

TEST_CASE("Nothing, and nothing but blanks, is refused where all is admitted") {
  Intake intake{nullptr, {.filed = Admit::all}};
  for (auto const* text : {"", " ", "\r\n\r\n", "\t \n"}) {
    auto const judged = intake.judge(text);
    auto const* const refusal = std::get_if<v1::Refusal>(&judged);
    REQUIRE(refusal != nullptr);
    CHECK(refusal->reason() == v1::REASON_INVALID);
    REQUIRE(refusal->diagnostics_size() >= 1);
    CHECK(refusal->diagnostics(0).rule() == "GEN-15");
  }
  CHECK(std::holds_alternative<relay::Arrived>(intake.judge("hello\n")));
}

TEST_CASE("An error of the heading is refused with its place") {
  auto text = sample::message();
  auto const place = text.find("PP RUEHBI");
  REQUIRE(place != std::string::npos);
  text[place] = text[place + 1] = 'N';
  Intake intake{nullptr};
  auto const judged = intake.judge(text);
  auto const* const refusal = std::get_if<v1::Refusal>(&judged);
  REQUIRE(refusal != nullptr);
  CHECK(refusal->message() == "the heading has 1 error");
  REQUIRE(refusal->diagnostics_size() >= 1);
  bool named = false;
  for (auto const& diagnostic : refusal->diagnostics())
    named = named || (diagnostic.rule() == "FL2-01" && diagnostic.span().offset() == text.find("NN RUEHBI"));
  CHECK(named);
}

// The seed with an error in FL2, or in FL5.
std::string with_error(std::string_view where) {
  auto text = sample::message();
  if (auto const at = text.find("PP RUEHBI"); where == "FL2")
    text[at] = text[at + 1] = 'N';
  else
    text[text.find("170141Z") + 2] = '9';  // no hour
  return text;
}

TEST_CASE("Strict refuses any error, relay those in the lines a relay answers for, all none") {
  using Kept = std::pair<bool, bool>;  // filed or taken; with a fault
  auto const judged = [](Admit admit, std::string_view where) {
    Intake intake{nullptr, {.filed = admit}};
    auto const found = intake.judge(with_error(where));
    auto const* const arrived = std::get_if<relay::Arrived>(&found);
    if (arrived != nullptr) CHECK(arrived->circuit.empty());
    return Kept{!std::holds_alternative<v1::Refusal>(found), arrived != nullptr && !arrived->fault.empty()};
  };
  CHECK(judged(Admit::strict, "FL2") == Kept{false, false});
  CHECK(judged(Admit::strict, "FL5") == Kept{false, false});
  CHECK(judged(Admit::relay, "FL2") == Kept{false, false});
  CHECK(judged(Admit::relay, "FL5") == Kept{true, false});
  CHECK(judged(Admit::all, "FL2") == Kept{true, true});
  CHECK(judged(Admit::all, "FL5") == Kept{true, false});
}

TEST_CASE("What comes over a circuit is taken; the mode says which errors hold it up") {
  auto const fault = [](Admit admit, std::string_view where) {
    auto text = with_error(where);
    text.append("\nBT\nNNNN\n");
    return Intake{nullptr, {.arrived = admit}}.receive(std::move(text), "XR").fault;
  };
  CHECK_FALSE(fault(Admit::relay, "FL2").empty());
  CHECK(fault(Admit::relay, "FL5").empty());
  CHECK(fault(Admit::all, "FL5").empty());
  CHECK_FALSE(fault(Admit::strict, "FL5").empty());
}

}  // namespace
}  // namespace torntape::service
