// What every store promises, proved on each of them.
#include "router/store/store.hpp"

#include <atomic>
#include <set>
#include <thread>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "router/relay/relay.hpp"
#include "tests/router/store/every_store.hpp"

namespace relay = torntape::relay;
namespace store = torntape::store;
using store::Store;
using store::testing::accepted;
using store::testing::commit;
using store::testing::Folder;
using store::testing::handed;
using store::testing::is;
using store::testing::message;
using store::testing::opened;
using store::testing::passed_on;
using store::testing::replayed;
using store::testing::settled;

namespace {

using store::testing::EveryStore;
using Lines = std::vector<std::string>;

}  // namespace

TEMPLATE_LIST_TEST_CASE("an empty store replays nothing and has no message", "", EveryStore) {
  TestType kept;
  CHECK(replayed(kept()).empty());
  CHECK(is(kept().message(1), Store::Missing::unknown));
  CHECK_FALSE(commit(kept(), {}));
}

TEMPLATE_LIST_TEST_CASE("what was committed is there after a restart", "", EveryStore) {
  TestType kept;
  REQUIRE_FALSE(commit(kept(), {accepted(1), accepted(2, 1), handed(1, 0)}));
  REQUIRE_FALSE(commit(kept(), {settled(1, 0), handed(1, 1), handed(1, 1, 2), accepted(3, 1)}));
  kept.reopen();
  auto const lines = replayed(kept());
  CHECK(lines ==
        Lines{"accepted 1 RUEHTA 0001 2290141 1001 " + std::to_string(accepted(1).envelope.digest[0]) +
                  " RUEHA/action/PRIORITY RUEHB/info/IMMEDIATE",
              "settled 1-0", "handed 1-1 2",
              "accepted 2 RUEHTA 0002 2290141 1002 " + std::to_string(accepted(2).envelope.digest[0]) +
                  " RUEHA/action/IMMEDIATE",
              "accepted 3 RUEHTA 0003 2290141 1003 " + std::to_string(accepted(3).envelope.digest[0]) +
                  " ZFD RUEHA/action/FLASH"});
}

TEMPLATE_LIST_TEST_CASE("what went over circuits is there after a restart, the last numbers last", "",
                        EveryStore) {
  TestType kept;
  REQUIRE_FALSE(commit(kept(), {relay::Heard{"AC", 17}, passed_on(1), passed_on(2), passed_on(3)}));
  REQUIRE_FALSE(commit(
      kept(), {relay::Numbered{"XR", 9998, {1, 0}}, relay::Transmitted{{1, 0}},
               relay::Numbered{"XR", 9999, {2, 0}}, relay::Numbered{"XR", 1, {3, 0}}, relay::Recalled{{3, 0}},
               relay::Recalled{{3, 1}}, relay::Numbered{"XR", 2, {}}, relay::Heard{"AC", 20, 17}}));
  kept.reopen();
  auto lines = replayed(kept());
  std::erase_if(lines, [](std::string const& line) { return line.starts_with("accepted"); });
  CHECK(lines == Lines{"numbered XR 9998 1-0", "transmitted 1-0", "numbered XR 9999 2-0", "numbered XR 2 0-0",
                       "heard AC 20 after 17"});
  REQUIRE(message(kept(), 1).has_value());
  CHECK(message(kept(), 1)->envelope == passed_on(1).envelope);
  REQUIRE(message(kept(), 1)->sent.size() == 1);
  CHECK(message(kept(), 1)->sent[0].copy == 0);
  CHECK(message(kept(), 1)->sent[0].number == 9998);
  CHECK(message(kept(), 3)->sent.empty());
  REQUIRE_FALSE(commit(kept(), {relay::Heard{"AC", 21}}));
  CHECK(replayed(kept()).back() == "heard AC 21");
}

TEMPLATE_LIST_TEST_CASE("a copy that went over another circuit than it waits for keeps that circuit", "",
                        EveryStore) {
  TestType kept;
  REQUIRE_FALSE(commit(kept(), {passed_on(1), passed_on(2), relay::Numbered{"AB", 7, {1, 0}},
                                relay::Transmitted{{1, 0}}, relay::Numbered{"AB", 8, {2, 0}}}));
  kept.reopen();
  auto lines = replayed(kept());
  std::erase_if(lines, [](std::string const& line) { return line.starts_with("accepted"); });
  CHECK(lines == Lines{"numbered AB 7 1-0", "transmitted 1-0", "numbered AB 8 2-0", "numbered AB 8 0-0"});
}

TEMPLATE_LIST_TEST_CASE("a circuit closed stays closed after a restart, whatever its numbers", "",
                        EveryStore) {
  TestType kept;
  REQUIRE_FALSE(commit(kept(), {relay::Closure{"XR", true}, relay::Closure{"AB", true},
                                relay::Closure{"AB", false}, relay::Numbered{"XR", 3, {}}}));
  kept.reopen();
  auto lines = replayed(kept());
  std::erase(lines, "open AB");  // as good as nothing
  std::ranges::sort(lines);
  CHECK(lines == Lines{"closed XR", "numbered XR 3 0-0"});
}

TEMPLATE_LIST_TEST_CASE("a copy moved keeps its id, and what it becomes besides comes last", "", EveryStore) {
  TestType kept;
  auto const first = passed_on(1);
  REQUIRE_FALSE(commit(
      kept(), {first, relay::Numbered{"XR", 7, {1, 0}}, passed_on(2), relay::Numbered{"XR", 8, {2, 0}}}));
  auto there = first.envelope.copies.at(0);
  there.queue = "circuit AB";
  there.rerouted = there.members = true;
  auto here = there;
  here.queue = "RUEHBI";
  REQUIRE_FALSE(commit(kept(), {relay::Moved{{1, 0}, {there, here}}, relay::Moved{{2, 0}, {here}}}));
  kept.reopen();
  auto expected = first.envelope;
  expected.copies.at(0) = there;
  expected.copies.push_back(here);
  REQUIRE(message(kept(), 1).has_value());
  CHECK(message(kept(), 1)->envelope == expected);
  auto lines = replayed(kept());
  std::erase_if(lines, [](std::string const& line) { return line.starts_with("accepted"); });
  // The one that leaves on a circuit still may have got there by the other.
  CHECK(lines == Lines{"numbered XR 7 1-0", "numbered XR 8 0-0"});
}

TEMPLATE_LIST_TEST_CASE("settled messages are found by their age, a few at a time, and forgotten", "",
                        EveryStore) {
  TestType kept;
  std::vector<relay::Record> records;
  for (relay::MessageNumber number = 1; number <= 6; ++number) records.emplace_back(accepted(number, 2));
  for (relay::MessageNumber number : {1U, 2U, 4U, 6U})
    for (auto const copy : std::vector<std::uint16_t>{0, 1}) records.emplace_back(settled(number, copy));
  records.emplace_back(settled(3, 0));
  REQUIRE_FALSE(commit(kept(), records));
  auto const found = [&](relay::MessageNumber from, std::size_t most, std::int64_t before) {
    auto const all = kept().settled_before(relay::Now(relay::Duration(before)), from, most);
    auto text = fmt::format("next {}:", all.next);
    for (auto const& envelope : all.messages) text += fmt::format(" {}", envelope.number);
    return text;
  };
  CHECK(found(0, 100, 2000) == "next 0: 1 2 4");  // 3 is not settled; 6 is the last
  CHECK(found(0, 2, 2000) == "next 3: 1 2");
  CHECK(found(3, 100, 2000) == "next 0: 4");
  CHECK(found(0, 100, 1002) == "next 0: 1");  // message 2 was accepted at 1002

  REQUIRE_FALSE(commit(kept(), {relay::Pruned{2}, relay::Pruned{99}}));
  kept.reopen();
  CHECK(is(kept().message(2), Store::Missing::unknown));
  CHECK(found(0, 100, 2000) == "next 0: 1 4");
  auto lines = replayed(kept());
  std::erase_if(lines, [](std::string const& line) { return line.starts_with("accepted"); });
  CHECK(lines == Lines{"settled 1-0", "settled 1-1", "settled 3-0", "settled 4-0", "settled 4-1",
                       "settled 6-0", "settled 6-1"});
}

TEMPLATE_LIST_TEST_CASE("the text comes back byte for byte, with its envelope", "", EveryStore) {
  TestType kept;
  std::string const text("any\0bytes\xFF\r\n", 12);
  auto record = accepted(1);
  record.message = relay::testing::received(text);
  REQUIRE_FALSE(commit(kept(), {record, accepted(2, 3, 100'000)}));
  kept.reopen();
  auto const first = message(kept(), 1);
  REQUIRE(first.has_value());
  CHECK(first->text == text);
  CHECK(first->envelope == record.envelope);
  REQUIRE(message(kept(), 2).has_value());
  CHECK(message(kept(), 2)->text == accepted(2, 3, 100'000).message->bytes());
  CHECK(is(kept().message(3), Store::Missing::unknown));
}

TEMPLATE_LIST_TEST_CASE("a settled message keeps its text and its digest", "", EveryStore) {
  TestType kept;
  REQUIRE_FALSE(commit(kept(), {accepted(1, 1), settled(1, 0)}));
  kept.reopen();
  CHECK(replayed(kept()).size() == 2);
  CHECK(message(kept(), 1).has_value());
}

TEMPLATE_LIST_TEST_CASE("names are bytes, not UTF-8", "", EveryStore) {
  TestType kept;
  auto record = accepted(1, 1);
  record.envelope.copies[0].queue = "AMEMBASSY \xE9\xFF";
  record.envelope.identity = "\xFF";
  REQUIRE_FALSE(commit(kept(), {record}));
  kept.reopen();
  REQUIRE(message(kept(), 1).has_value());
  CHECK(message(kept(), 1)->envelope == record.envelope);
}

TEMPLATE_LIST_TEST_CASE("messages are read by other threads while one commits", "", EveryStore) {
  TestType kept;
  std::atomic<relay::MessageNumber> committed{0};
  std::atomic<bool> wrong{false};
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&](std::stop_token const& stop) {
      while (!stop.stop_requested()) {
        auto const last = committed.load();
        auto const found = message(kept(), last);
        if (found.has_value() != (last > 0)) wrong = true;
        if (found && !found->text.starts_with("MESSAGE " + std::to_string(last) + "\n")) wrong = true;
      }
    });
  for (relay::MessageNumber number = 1; number <= 200; ++number) {
    REQUIRE_FALSE(commit(kept(), {accepted(number)}));
    committed = number;
  }
  for (auto& reader : readers) reader.request_stop();
  readers.clear();
  CHECK_FALSE(wrong);
}

TEMPLATE_LIST_TEST_CASE("a relay rebuilt from its store has the queues it had", "", EveryStore) {
  TestType kept;
  auto const routes = relay::testing::routes_of("one-switch.toml");
  relay::Relay before(routes, "RTAA");
  auto const now = relay::Now(relay::Duration(5000));
  auto const handle = [&](relay::Event const& event) {
    relay::Outcome outcome;
    before.handle(event, now, outcome);
    REQUIRE_FALSE(kept().commit(outcome.commit));
    return outcome;
  };
  handle(relay::testing::filed(1, relay::testing::seed_text()));
  handle(relay::testing::filed(1, relay::testing::Heading{.serial = 2}));
  relay::Asked asked;
  asked.queue = "RUEHC";
  asked.max = 2;
  handle(asked);
  handle(relay::Acknowledged{1, {{1, 0}}});
  handle(relay::Released{1, {{2, 0}}});
  kept.reopen();
  relay::Relay after(routes, "RTAA");
  REQUIRE_FALSE(kept().replay([&](relay::Record const& record) { after.apply(record); }));
  CHECK(after.queues() == before.queues());
  CHECK(after.peek("RUEHC", 9, true, true).at(0).attempt == 2);
  relay::Outcome again;
  after.handle(relay::testing::filed(1, relay::testing::seed_text()), now, again);
  CHECK(std::get<relay::Accept>(again.then.at(0)).already_filed);
}

namespace {

using relay::MessageNumber;

// Makes up what a relay may commit, one group after another: of odd messages copy 0 waits for a circuit.
class History {
 public:
  std::vector<relay::Record> group() {
    std::vector<relay::Record> records;
    for (auto size = *rc::gen::inRange(0, 8); size != 0; --size) add(records);
    return records;
  }
  [[nodiscard]] MessageNumber last() const { return last_; }

 private:
  void add(std::vector<relay::Record>& records) {
    auto const kind = *rc::gen::inRange(0, 11);
    auto const number = last_ == 0 ? 0 : *rc::gen::inRange<MessageNumber>(1, last_ + 1);
    auto const copy = *rc::gen::inRange<std::uint16_t>(0, 2);
    bool const on_circuit = waits_.contains(number), gone = number == 0 || gone_.contains(number);
    if (kind <= 2) return accept(records);
    if (kind == 3) return records.push_back(relay::Heard{"AC", channel_number(), gap()});
    if (kind == 4) return records.push_back(relay::Closure{"XR", *rc::gen::arbitrary<bool>()});
    if (kind == 5) return records.push_back(relay::Numbered{"XR", channel_number(), {}});
    if (gone) return;
    if (kind == 6) return records.push_back(handed(number, copy, *rc::gen::inRange(1U, 4U)));
    if (kind == 7) return records.push_back(settled(number, copy));
    if (kind == 8 && number != last_) {
      gone_.insert(number);
      return records.push_back(relay::Pruned{number});
    }
    if (!on_circuit) return;
    if (kind == 9) return send(records, {number, 0});
    waits_.erase(number);
    records.push_back(relay::Moved{{number, 0}, {{"RUEHBI"}, {"RUEHCI"}}});
  }

  void accept(std::vector<relay::Record>& records) {
    ++last_;
    if (last_ % 2 == 0)
      return records.push_back(accepted(last_, 2, *rc::gen::inRange<std::size_t>(0, 9'000)));
    waits_.insert(last_);
    records.push_back(passed_on(last_));
  }

  static void send(std::vector<relay::Record>& records, relay::CopyId copy) {
    auto const* const circuit = *rc::gen::arbitrary<bool>() ? "XR" : "AB";
    records.push_back(relay::Numbered{circuit, channel_number(), copy});
    auto const then = *rc::gen::inRange(0, 3);
    if (then == 1) records.push_back(relay::Transmitted{copy});
    if (then == 2) records.push_back(relay::Recalled{copy});
  }

  static relay::ChannelNumber channel_number() { return *rc::gen::inRange<relay::ChannelNumber>(1, 10'000); }
  static std::optional<relay::ChannelNumber> gap() {
    auto const number = channel_number();
    return number % 2 == 0 ? std::nullopt : std::optional(number);
  }

  MessageNumber last_ = 0;
  std::set<MessageNumber> waits_, gone_;
};

// A circuit that is open is as good as not named; circuits come in any order.
Lines contents(Store& kept) {
  auto lines = replayed(kept);
  std::erase_if(lines, [](std::string const& line) { return line.starts_with("open"); });
  std::ranges::sort(lines);
  return lines;
}

void check_same(Store& one, Store& other, MessageNumber last) {
  RC_ASSERT(contents(one) == contents(other));
  for (MessageNumber number = 1; number <= last; ++number) {
    auto const a = message(one, number), b = message(other, number);
    RC_ASSERT(a.has_value() == b.has_value());
    if (!a) continue;
    RC_ASSERT(a->text == b->text);
    RC_ASSERT(a->envelope == b->envelope);
    RC_ASSERT(a->sent.size() == b->sent.size());
    if (!a->sent.empty()) RC_ASSERT(a->sent[0].number == b->sent[0].number);
  }
  auto const settled_in = [](Store& kept) {
    return kept.settled_before(relay::Now(relay::Duration(100'000)), 0, 1'000).messages;
  };
  RC_ASSERT(settled_in(one) == settled_in(other));
  RC_ASSERT(one.search({}, 0, 1'000).messages == other.search({}, 0, 1'000).messages);
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("every store holds the same as memory after any history", "", EveryStore) {
  CHECK(rc::check("two stores", [] {
    store::testing::InMemory memory;
    TestType kept;
    History history;
    for (auto groups = *rc::gen::inRange(1, 15); groups != 0; --groups) {
      auto const group = history.group();
      RC_ASSERT(!commit(memory(), group));
      RC_ASSERT(!commit(kept(), group));
      while (kept().index(0)) {
      }
      if (*rc::gen::inRange(0, 4) == 0) kept.reopen();
    }
    check_same(memory(), kept(), history.last());
  }));
}
