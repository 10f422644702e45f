#include "router/service/traffic_tally.hpp"

#include <catch2/catch.hpp>

namespace torntape::service {
namespace {

using grammar::AddresseeKind;
using grammar::Precedence;

constexpr relay::Digest ours{1}, theirs{2};

relay::Accepted accepted(relay::MessageNumber number, relay::Digest const& digest,
                         std::vector<relay::EnvelopeCopy> copies) {
  relay::Accepted out;
  out.envelope.number = number;
  out.envelope.digest = digest;
  out.envelope.copies = std::move(copies);
  return out;
}

relay::EnvelopeCopy copy(std::string queue, Precedence precedence = Precedence::routine) {
  return {.queue = std::move(queue), .kind = AddresseeKind::info, .precedence = precedence};
}

relay::Accept accept(relay::MessageNumber number, bool already_filed = false) {
  relay::Accept out;
  out.number = number;
  out.already_filed = already_filed;
  return out;
}

void commit(TrafficTally& tally, std::vector<relay::Record> const& records) { tally.committed(records); }

v1::TrafficState told(TrafficTally const& tally) {
  v1::TrafficState state;
  tally.tell(state);
  return state;
}

v1::Refusal refusal_by(std::initializer_list<std::pair<char const*, v1::Severity>> found) {
  v1::Refusal out;
  out.set_reason(v1::REASON_INVALID);
  for (auto const& [rule, severity] : found) {
    auto& diagnostic = *out.add_diagnostics();
    diagnostic.set_rule(rule);
    diagnostic.set_severity(severity);
  }
  return out;
}

TEST_CASE("Copies of this traffic are counted until they are settled, and those of others are not") {
  TrafficTally tally;
  tally.made(nullptr);
  tally.expect(ours);
  commit(tally, {accepted(7, ours, {copy("RUEHC", Precedence::flash), copy("RUEHBI"), copy("circuit XR")}),
                 accepted(8, theirs, {copy("RUEHC")})});
  tally.answered(nullptr, ours, accept(7));
  CHECK(tally.has(7));
  CHECK_FALSE(tally.has(8));
  CHECK(tally.waiting() == std::vector<std::string>{"RUEHC", "RUEHBI"});

  commit(tally, {relay::Settled{{7, 0}}, relay::Settled{{7, 0}}, relay::Settled{{8, 0}}});
  CHECK(tally.waiting() == std::vector<std::string>{"RUEHBI"});
  auto const state = told(tally);
  CHECK(state.accepted() == 1);
  REQUIRE(state.copies_size() == 2);
  CHECK(state.copies(0).precedence() == v1::PRECEDENCE_FLASH);
  CHECK(state.copies(0).made() == 1);
  CHECK(state.copies(0).delivered() == 1);
  CHECK(state.copies(1).made() == 2);
  CHECK(state.copies(1).delivered() == 0);
}

TEST_CASE("What was answered is expected no longer: the same bytes filed by others later are theirs") {
  TrafficTally tally;
  tally.expect(ours);
  tally.answered(nullptr, ours, accept(3, true));
  commit(tally, {accepted(9, ours, {copy("RUEHC")})});
  CHECK_FALSE(tally.has(9));
  CHECK(told(tally).already_filed() == 1);
}

TEST_CASE("A copy that is moved is counted where it went, and its parts behind the last") {
  TrafficTally tally;
  tally.expect(ours);
  commit(tally, {accepted(7, ours, {copy("intercept"), copy("RUEHBI")})});
  CHECK(tally.waiting() == std::vector<std::string>{"RUEHBI"});
  commit(tally, {relay::Moved{{7, 0}, {copy("RUEHC"), copy("circuit XR")}}});
  CHECK(tally.waiting() == std::vector<std::string>{"RUEHBI", "RUEHC"});
  commit(tally, {relay::Settled{{7, 2}}, relay::Settled{{7, 0}}});
  CHECK(tally.waiting() == std::vector<std::string>{"RUEHBI"});
  auto const state = told(tally);
  REQUIRE(state.copies_size() == 1);
  CHECK(state.copies(0).made() == 3);
  CHECK(state.copies(0).delivered() == 2);
}

TEST_CASE("A refusal counts once for each rule that is an error, and for its fault") {
  TrafficTally tally;
  generator::Label label;
  label.rule = "FL7-04";
  label.damage = "lost-slash";
  tally.made(&label);
  tally.refused(&label, refusal_by({{"FL7-04", v1::SEVERITY_ERROR},
                                    {"FL7-04", v1::SEVERITY_ERROR},
                                    {"X-01", v1::SEVERITY_WARNING}}));
  tally.made(&label);
  tally.refused(&label, refusal_by({{"FL2-01", v1::SEVERITY_ERROR}}));
  tally.made(&label);
  tally.answered(&label, ours, relay::Refuse{.reason = relay::Refused::unroutable, .message = "no route"});
  tally.made(&label);
  tally.answered(&label, ours, accept(1));
  tally.made(nullptr);
  tally.answered(nullptr, ours, Unsaved{"the disk is full"});

  auto const state = told(tally);
  CHECK(state.made() == 5);
  CHECK(state.broken() == 4);
  CHECK(state.refused() == 4);
  CHECK(state.accepted() == 1);
  REQUIRE(state.refusals_size() == 4);
  for (auto const& each : state.refusals()) CHECK(each.messages() == 1);
  REQUIRE(state.faults_size() == 1);
  auto const& fault = state.faults(0);
  CHECK(fault.fault() == "lost-slash");
  CHECK(fault.rule() == "FL7-04");
  CHECK(fault.made() == 4);
  CHECK(fault.refused() == 3);
  CHECK(fault.named() == 1);
  CHECK(fault.accepted() == 1);
}

}  // namespace
}  // namespace torntape::service
