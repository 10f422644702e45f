#include "router/service/metrics.hpp"

#include <catch2/catch.hpp>

namespace torntape::service {
namespace {

using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using grammar::AddresseeKind;
using grammar::Precedence;

relay::Now const now{relay::Duration{1'000'000'000}};

relay::QueueDepth depth(std::string name, std::size_t waiting, relay::Now oldest) {
  relay::QueueDepth out;
  out.name = std::move(name);
  out.lanes.push_back({AddresseeKind::info, Precedence::flash, waiting, 1});
  out.oldest = oldest;
  return out;
}

TEST_CASE("Queues of stations are counted together, circuits and intercepts apart") {
  Queues queues;
  queues.queues = {depth("RUEHC", 2, now - 5s), depth("RUEHNO", 3, now - 7s),
                   depth(relay::circuit_queue("XR"), 4, now - 1s)};
  queues.circuits.resize(1);
  queues.circuits[0].name = "XR";
  queues.circuits[0].unconfirmed = 9;
  auto const text = Metrics{}.text(queues, now);
  CHECK_THAT(text,
             Contains("torntape_copies{place=\"stations\",precedence=\"flash\",state=\"waiting\"} 5\n"));
  CHECK_THAT(text,
             Contains("torntape_copies{place=\"stations\",precedence=\"flash\",state=\"handed_out\"} 2\n"));
  CHECK_THAT(text,
             Contains("torntape_copies{place=\"circuit XR\",precedence=\"flash\",state=\"waiting\"} 4\n"));
  CHECK_THAT(text,
             Contains("torntape_copies{place=\"intercept\",precedence=\"routine\",state=\"waiting\"} 0\n"));
  CHECK_THAT(text, Contains("torntape_oldest_copy_age_seconds{place=\"stations\"} 7\n"));
  CHECK_THAT(text, Contains("torntape_circuit_up{circuit=\"XR\"} 0\n"));
  CHECK_THAT(text, Contains("torntape_circuit_unconfirmed_transmissions{circuit=\"XR\"} 9\n"));
}

TEST_CASE("Time in station is counted once a copy, up to the bounds that hold it") {
  InStation in_station;
  in_station.add(10ms);
  in_station.add(11ms);
  in_station.add(7h);
  in_station.add(-1s);
  auto const seen = in_station.seen();
  CHECK(seen.up_to.front() == 2);
  CHECK(seen.up_to[1] == 3);
  CHECK(seen.up_to[seen.up_to.size() - 2] == 3);
  CHECK(seen.up_to.back() == 4);
  CHECK(seen.sum == Approx(25'200.021));
}

TEST_CASE("What is committed is counted") {
  Metrics metrics;
  relay::Accepted accepted, received;
  received.envelope.received_over = "AC";
  std::vector<relay::Record> const records{accepted, received, relay::Settled{}};
  std::vector<Decided> group(1);
  relay::Hand hand;
  hand.copies.resize(2);
  hand.copies[0].accepted_at = now - 2s;
  hand.copies[0].copy.precedence = Precedence::priority;
  hand.copies[1].attempt = 2;
  group[0].owed.push_back({nullptr, hand});
  relay::Send send;
  send.accepted_at = now - 1h;
  send.precedence = Precedence::immediate;
  group[0].owed.push_back({nullptr, send});
  group[0].owed.push_back(
      {nullptr, relay::Refuse{.ticket = 0, .reason = relay::Refused::unroutable, .message = ""}});
  metrics.count({.failed = false, .records = records, .group = group}, now);
  metrics.count({.failed = true, .records = {}, .group = {}}, now);
  auto const text = metrics.text({}, now);
  for (auto const* const line :
       {"torntape_messages_accepted_total{by=\"filing\"} 1",
        "torntape_messages_accepted_total{by=\"circuit\"} 1", "torntape_copies_handed_out_total 2",
        "torntape_transmissions_sent_total 1", "torntape_copies_settled_total 1", "torntape_commits_total 1",
        "torntape_refusals_total{reason=\"unroutable\"} 1", "torntape_commit_failures_total 1",
        "torntape_in_station_seconds_bucket{precedence=\"priority\",le=\"5\"} 1",
        "torntape_in_station_seconds_bucket{precedence=\"priority\",le=\"1\"} 0",
        "torntape_in_station_seconds_bucket{precedence=\"immediate\",le=\"1800\"} 0",
        "torntape_in_station_seconds_count{precedence=\"immediate\"} 1",
        "torntape_in_station_seconds_count{precedence=\"routine\"} 0"})
    CHECK_THAT(text, Contains(std::string{line} + "\n"));
}

TEST_CASE("A refusal counts once by its reason, and once for each rule that was broken") {
  Metrics metrics;
  v1::Refusal refusal;
  refusal.set_reason(v1::REASON_INVALID);
  for (auto const* const rule : {"FL2-01", "FL2-01", "FL5-01"}) {
    auto& diagnostic = *refusal.add_diagnostics();
    diagnostic.set_rule(rule);
    diagnostic.set_severity(v1::SEVERITY_ERROR);
  }
  refusal.mutable_diagnostics(2)->set_severity(v1::SEVERITY_WARNING);
  metrics.count(refusal);
  auto const text = metrics.text({}, now);
  CHECK_THAT(text, Contains("torntape_refusals_total{reason=\"invalid\"} 1\n"));
  CHECK_THAT(text, Contains("torntape_rules_broken_total{rule=\"FL2-01\"} 1\n"));
  CHECK_THAT(text, !Contains("FL5-01"));
}

TEST_CASE("Connections are counted by port, and names with quotes do not break a line") {
  Metrics metrics;
  metrics.opened(Port::http);
  metrics.opened(Port::http);
  metrics.closed(Port::http);
  Queues queues;
  queues.circuits.resize(1);
  queues.circuits[0].name = "A\"B\\C\nD";
  auto const text = metrics.text(queues, now);
  CHECK_THAT(text, Contains("torntape_connections{port=\"http\"} 1\n"));
  CHECK_THAT(text, Contains("torntape_circuit_up{circuit=\"A\\\"B\\\\C\\nD\"} 0\n"));
}

TEST_CASE("Of a store in an engine it is told who commits, and how far behind this switch is") {
  store::Standing standing;
  standing.trouble = "this switch stands by";
  standing.connected = true;
  standing.behind = 3;
  standing.bytes = 4'096;
  auto const by = metrics_of(standing);
  for (auto const* const line :
       {"torntape_store_owner 0\n", "torntape_store_connected 1\n", "torntape_store_ready 0\n",
        "torntape_log_behind_entries 3\n", "torntape_log_bytes 4096\n", "torntape_store_takeovers_total 0\n"})
    CHECK_THAT(by, Contains(line));
  standing.trouble.clear();
  standing.owner = true;
  CHECK_THAT(metrics_of(standing),
             Contains("torntape_store_owner 1\n") && Contains("torntape_store_ready 1\n"));
}

}  // namespace
}  // namespace torntape::service
