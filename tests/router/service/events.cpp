#include "router/service/events.hpp"

#include <catch2/catch.hpp>

#include "router/service/http_events.hpp"
#include "sample.hpp"

namespace torntape::service {
namespace {

v1::Event circuit(std::string const& name) {
  v1::Event event;
  event.mutable_circuit()->set_name(name);
  return event;
}

void publish(Events& events, std::vector<std::string> const& names) {
  std::vector<v1::Event> made;
  for (auto const& name : names) made.push_back(circuit(name));
  events.publish(std::move(made));
}

std::string names(Events::Batch const& batch) {
  std::string out;
  for (auto const& event : batch.events) out.append(event->circuit().name());
  return out;
}

v1::Queue queue(std::string const& name, std::uint64_t waiting) {
  v1::Queue out;
  out.set_name(name);
  out.add_depths()->set_waiting(waiting);
  return out;
}

TEST_CASE("Events are told in order, a few at a time") {
  Events events{10};
  publish(events, {"A", "B", "C"});
  auto const first = events.after(0, 2);
  CHECK(names(first) == "AB");
  CHECK(first.last == 2);
  CHECK(first.missed == 0);
  CHECK(names(events.after(first.last, 2)) == "C");
  CHECK(events.after(3, 2).events.empty());
  CHECK(events.after(3, 2).last == 3);
}

TEST_CASE("Who falls behind is told how many are missing, and no more are kept") {
  Events events{3};
  publish(events, {"A", "B", "C", "D", "E"});
  auto const batch = events.after(1, 100);
  CHECK(batch.missed == 1);
  CHECK(names(batch) == "CDE");
  CHECK(batch.last == 5);
}

TEST_CASE("Listeners are woken, and no more once they are forgotten") {
  Events events{3};
  CHECK_FALSE(events.heard());
  int woken = 0;
  auto const listener = events.listen([&woken] { ++woken; });
  CHECK(events.heard());
  publish(events, {"A", "B"});
  publish(events, {});
  CHECK(woken == 1);
  events.forget(listener);
  publish(events, {"C"});
  CHECK(woken == 1);
  CHECK_FALSE(events.heard());
}

TEST_CASE("What happened while nobody listened is told as missed") {
  Events events{10};
  auto const first = events.listen([] {});
  publish(events, {"A"});
  auto const last = events.last();
  events.forget(first);
  events.pass_over();
  static_cast<void>(events.listen([] {}));
  publish(events, {"B"});
  auto const batch = events.after(last, 10);
  CHECK(batch.missed == 1);
  CHECK(names(batch) == "B");
}

TEST_CASE("What is committed is told in events") {
  relay::Accepted accepted;
  accepted.envelope.number = 7;
  accepted.envelope.identity = "RUEHTA 1399/01 2290141";
  accepted.envelope.received_over = "AC";
  accepted.envelope.received_as = "ACO0017";
  accepted.envelope.copies = {{"RUEHC", grammar::AddresseeKind::action},
                              {"RUEHNO"},
                              {relay::circuit_queue("XR")},
                              {std::string{relay::intercept_queue}}};
  std::vector<relay::Record> const records{accepted, relay::Settled{{7, 1}}};
  std::vector<Decided> group(1);
  relay::Hand hand;
  hand.copies.push_back({{7, 0}, accepted.envelope.copies[0], {}, 2, true});
  group[0].owed.push_back({nullptr, hand});
  relay::Send send;
  send.circuit = "XR";
  send.identification = "XRO0018";
  send.copy = {7, 2};
  send.precedence = grammar::Precedence::flash;
  group[0].owed.push_back({nullptr, send});
  relay::Send service;
  service.circuit = "XR";
  service.identification = "XRO0019";
  group[0].owed.push_back({nullptr, service});
  group[0].lines.push_back({"XR", true});
  auto const events = events_of({.failed = false, .records = records, .group = group});
  REQUIRE(events.size() == 6);
  auto const& told = events[0].accepted();
  CHECK(told.message_id() == "7");
  CHECK(told.reception().identification() == "ACO0017");
  CHECK(told.action_copies() == 1);
  CHECK(told.info_copies() == 1);
  CHECK(told.transmissions() == 1);
  CHECK(told.intercepts() == 1);
  CHECK(told.queues_size() == 4);
  CHECK(events[1].settled().copy_id() == "7-1");
  CHECK(events[2].handed().attempt() == 2);
  CHECK(events[3].sent().copy_id() == "7-2");
  CHECK(events[3].sent().precedence() == v1::PRECEDENCE_FLASH);
  CHECK(events[4].sent().copy_id().empty());
  CHECK(events[4].sent().precedence() == v1::PRECEDENCE_UNSPECIFIED);
  CHECK(events[5].circuit().up());
}

TEST_CASE("Depths tell what has changed, and of a queue that is gone that it is empty") {
  Depths depths{10};
  v1::QueuesResponse now;
  *now.add_queues() = queue("RUEHC", 1);
  *now.add_queues() = queue("RUEHNO", 1);
  CHECK(depths.changed(now).queues_size() == 2);
  CHECK(depths.changed(now).queues_size() == 0);
  *now.mutable_queues(1) = queue("RUEHNO", 2);
  REQUIRE(depths.changed(now).queues_size() == 1);
  now.mutable_queues()->DeleteSubrange(0, 1);
  auto const gone = depths.changed(now);
  REQUIRE(gone.queues_size() == 1);
  CHECK(gone.queues(0).name() == "RUEHC");
  CHECK(gone.queues(0).depths().empty());
}

TEST_CASE("More changes than one event holds are told by and by") {
  Depths depths{2};
  v1::QueuesResponse now;
  for (auto const* const name : {"A", "B", "C", "D", "E"}) *now.add_queues() = queue(name, 1);
  CHECK(depths.changed(now).queues_size() == 2);
  CHECK(depths.changed(now).queues_size() == 2);
  CHECK(depths.changed(now).queues_size() == 1);
  CHECK(depths.changed(now).queues_size() == 0);
}

TEST_CASE("An event is written with its name, its data and an id to go on by") {
  Events const events{1};
  auto event = circuit("XR");
  event.mutable_circuit()->set_up(true);
  CHECK(event_text(events, &event, 17) ==
        "id: " + events.life() + "-17\nevent: circuit\ndata: {\"name\":\"XR\",\"up\":true}\n\n");
  CHECK(event_text(events, nullptr, 3) == "id: " + events.life() + "-3\n\n");
  CHECK(read_event_id(events, events.life() + "-17") == 17);
  CHECK_FALSE(read_event_id(events, "1-17"));
  CHECK_FALSE(read_event_id(events, events.life() + "-"));
  CHECK_FALSE(read_event_id(events, events.life() + "-1x"));
}

}  // namespace
}  // namespace torntape::service
