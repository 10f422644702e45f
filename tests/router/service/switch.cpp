#include "router/service/switch.hpp"

#include <atomic>
#include <map>

#include <catch2/catch.hpp>

#include "router/service/intake.hpp"
#include "sample.hpp"

namespace torntape::service {
namespace {

using sample::Awaited;
using namespace std::chrono_literals;

relay::Filed filed(unsigned serial) {
  Intake intake{nullptr};
  return std::get<relay::Filed>(intake.judge(sample::message(serial)));
}

relay::Asked asked(relay::ReaderId reader, std::uint32_t max = 100) {
  relay::Asked out;
  out.reader = reader;
  out.queue = "RUEHC";
  out.max = max;
  return out;
}

std::unique_ptr<Switch> open_switch(std::unique_ptr<store::Store> store, Clock clock = system_now) {
  auto house = std::make_unique<Switch>(Site{}, std::move(store), std::move(clock));
  REQUIRE_FALSE(house->start());
  return house;
}

std::unique_ptr<Switch> open_switch() { return open_switch(std::make_unique<store::MemoryStore>()); }

Reply handle(Switch& house, relay::Event event) {
  Awaited awaited;
  house.handle(std::move(event), awaited.answer());
  return awaited.get();
}

Reply ask(Switch& house, Question question) {
  Awaited awaited;
  house.ask(std::move(question), awaited.answer());
  return awaited.get();
}

std::size_t waiting(Switch& house, std::string const& queue) {
  auto const told = std::get<Queues>(ask(house, QueuesAsked{}));
  std::size_t sum = 0;
  for (auto const& depth : told.queues)
    for (auto const& lane : depth.lanes)
      if (depth.name == queue) sum += lane.waiting + lane.handed_out;
  return sum;
}

// A store that several switches share, and that is this one's or not.
class SharedStore final : public store::Store {
 public:
  std::optional<store::Failure> commit(std::span<relay::Record const> records) override {
    if (!ours) return not_ours();
    return kept.commit(records);
  }
  std::optional<store::Failure> replay(std::function<void(relay::Record const&)> const& apply) override {
    if (!ours) return not_ours();
    ++replays;
    return kept.replay(apply);
  }
  std::variant<Stored, Missing> message(relay::MessageNumber number) override { return kept.message(number); }
  Settled settled_before(relay::Now time, relay::MessageNumber from, std::size_t most) override {
    return kept.settled_before(time, from, most);
  }
  store::Found search(store::Wanted const& wanted, relay::MessageNumber before, std::size_t most) override {
    return kept.search(wanted, before, most);
  }
  std::optional<store::Standing> standing() override {
    store::Standing standing;
    standing.owner = ours;
    return standing;
  }

  static store::Failure not_ours() { return {"another switch has it", true}; }

  store::MemoryStore kept;
  std::atomic<bool> ours{true};
  std::atomic<int> replays{0};
};

TEST_CASE("A message filed is accepted, collected and acknowledged") {
  auto const house = open_switch();
  auto const accept = std::get<relay::Accept>(handle(*house, filed(1399)));
  CHECK(accept.action_copies == 1);
  CHECK(accept.info_copies == 13);
  auto const hand = std::get<relay::Hand>(handle(*house, asked(1)));
  REQUIRE(hand.copies.size() == 1);
  CHECK(hand.copies[0].attempt == 1);
  CHECK(std::get<store::Store::Stored>(house->store().message(accept.number)).text == sample::message(1399));
  relay::Acknowledged const acknowledged{.ticket = 0, .copies = {hand.copies[0].id}};
  CHECK(std::holds_alternative<relay::Done>(handle(*house, acknowledged)));
  CHECK(waiting(*house, "RUEHC") == 0);
  CHECK(waiting(*house, "RUEHNO") == 1);
}

TEST_CASE("A question that waits is answered by the message it waits for") {
  auto const house = open_switch();
  auto question = asked(1);
  question.wait = 60s;
  Awaited hand;
  house->handle(question, hand.answer());
  CHECK(std::holds_alternative<relay::Accept>(handle(*house, filed(1399))));
  CHECK(hand.get<relay::Hand>().copies.size() == 1);
}

TEST_CASE("A question that waits in vain is answered at its end") {
  auto const house = open_switch();
  auto question = asked(1);
  question.wait = 1ms;
  CHECK(std::get<relay::Hand>(handle(*house, question)).copies.empty());
}

TEST_CASE("The question of a reader that is gone is answered with nothing, its leases end") {
  auto const house = open_switch();
  CHECK(std::holds_alternative<relay::Accept>(handle(*house, filed(1399))));
  CHECK(std::get<relay::Hand>(handle(*house, asked(1))).copies.size() == 1);
  auto question = asked(1);
  question.wait = 60s;
  Awaited hand;
  house->handle(question, hand.answer());
  house->handle(relay::ReaderGone{1}, nullptr);
  CHECK(hand.get<relay::Hand>().copies.empty());
  auto const again = std::get<relay::Hand>(handle(*house, asked(2)));
  REQUIRE(again.copies.size() == 1);
  CHECK(again.copies[0].attempt == 2);
  CHECK(again.copies[0].suspected_duplicate);
}

TEST_CASE("A lease that ends gives the copy to the next question") {
  auto const house = open_switch();
  CHECK(std::holds_alternative<relay::Accept>(handle(*house, filed(1399))));
  auto first = asked(1);
  first.lease = 1ms;
  CHECK(std::get<relay::Hand>(handle(*house, first)).copies.size() == 1);
  auto second = asked(2);
  second.wait = 60s;
  CHECK(std::get<relay::Hand>(handle(*house, second)).copies.size() == 1);
}

TEST_CASE("A look shows copies without taking them") {
  auto const house = open_switch();
  CHECK(std::holds_alternative<relay::Accept>(handle(*house, filed(1399))));
  PeekAsked const peek{.queue = "RUEHC", .max = 10};
  CHECK(std::get<Peeked>(ask(*house, peek)).copies.size() == 1);
  CHECK(std::get<Peeked>(ask(*house, peek)).copies.size() == 1);
  auto const hand = std::get<relay::Hand>(handle(*house, asked(1)));
  CHECK(hand.copies.at(0).attempt == 1);
}

TEST_CASE("The close answers what was handed in, and refuses what comes later") {
  auto const house = open_switch();
  auto question = asked(1);
  question.wait = 60s;
  Awaited waits, before, after;
  house->handle(question, waits.answer());
  house->handle(filed(2001), before.answer());
  house->close();
  house->handle(filed(2002), after.answer());
  CHECK(waits.get<relay::Hand>().copies.size() == 1);
  CHECK(std::holds_alternative<relay::Accept>(before.get()));
  CHECK(std::holds_alternative<Unsaved>(after.get()));
}

TEST_CASE("A question still waiting at the close is answered with nothing") {
  auto const house = open_switch();
  auto question = asked(1);
  question.wait = 60s;
  Awaited waits;
  house->handle(question, waits.answer());
  house->close();
  CHECK(waits.get<relay::Hand>().copies.empty());
}

TEST_CASE("A failed commit loses no question silently") {
  store::MemoryStore kept;
  auto const house = open_switch(std::make_unique<sample::FailingStore>(kept, 1));
  auto question = asked(1);
  question.wait = 60s;
  Awaited waits;
  house->handle(question, waits.answer());
  CHECK(std::get<Unsaved>(handle(*house, filed(1399))).message == "no space left on device");
  CHECK(std::holds_alternative<Unsaved>(waits.get()));
}

// What a client knows for certain at the end of a run.
struct Known {
  std::map<relay::MessageNumber, relay::Digest> accepted;
  std::size_t acknowledged = 0;
};

void note(Known& known, Reply const& reply, relay::Digest const& digest) {
  if (auto const* const accept = std::get_if<relay::Accept>(&reply))
    known.accepted.emplace(accept->number, digest);
}

// Step by step: every answer is awaited before the next event.
Known run_steps(Switch& house) {
  Known known;
  for (unsigned serial = 2001; serial != 2005; ++serial) {
    auto const event = filed(serial);
    note(known, handle(house, event), event.digest);
    auto const hand = handle(house, asked(1, 1));
    auto const* const handed = std::get_if<relay::Hand>(&hand);
    if (handed == nullptr || handed->copies.empty()) continue;
    relay::Acknowledged const done{.ticket = 0, .copies = {handed->copies[0].id}};
    if (std::holds_alternative<relay::Done>(handle(house, done))) ++known.acknowledged;
  }
  return known;
}

// All at once: decisions gather behind the commit that fails.
Known run_at_once(Switch& house) {
  std::vector<relay::Filed> events;
  for (unsigned serial = 2001; serial != 2021; ++serial) events.push_back(filed(serial));
  std::vector<Awaited> answers(events.size());
  for (std::size_t i = 0; i != events.size(); ++i) house.handle(events[i], answers[i].answer());
  Known known;
  for (std::size_t i = 0; i != events.size(); ++i) note(known, answers[i].get(), events[i].digest);
  return known;
}

// The store holds exactly what was accepted, and the switch owes exactly what was not acknowledged.
void check_nothing_lost(Known const& known, Switch& house, store::Store& kept) {
  std::map<relay::MessageNumber, relay::Digest> stored;
  auto const failure = kept.replay([&stored](relay::Record const& record) {
    if (auto const* const accepted = std::get_if<relay::Accepted>(&record))
      stored.emplace(accepted->envelope.number, accepted->envelope.digest);
  });
  CHECK_FALSE(failure);
  CHECK(stored == known.accepted);
  CHECK(waiting(house, "RUEHC") == known.accepted.size() - known.acknowledged);
  CHECK(waiting(house, "RUEHNO") == known.accepted.size());
}

TEST_CASE("Whichever commit fails, nothing accepted is lost and nothing lost was accepted") {
  auto const run = GENERATE(run_steps, run_at_once);
  bool failed = true;
  for (std::size_t n = 1; failed; ++n) {
    store::MemoryStore kept;
    auto store = std::make_unique<sample::FailingStore>(kept, n);
    auto const& failing = *store;
    auto const house = open_switch(std::move(store));
    auto const known = run(*house);
    check_nothing_lost(known, *house, kept);
    house->close();
    failed = failing.failed();
    if (n == 1) CHECK(failed);
    REQUIRE(n < 100);
  }
}

TEST_CASE("A restart replays what was committed") {
  store::MemoryStore kept;
  {
    auto const house = open_switch(std::make_unique<sample::FailingStore>(kept, 0));
    CHECK(std::holds_alternative<relay::Accept>(handle(*house, filed(1399))));
    CHECK(std::get<relay::Hand>(handle(*house, asked(1))).copies.size() == 1);
  }
  auto const house = open_switch(std::make_unique<sample::FailingStore>(kept, 0));
  CHECK(std::get<relay::Accept>(handle(*house, filed(1399))).already_filed);
  auto const hand = std::get<relay::Hand>(handle(*house, asked(1)));
  REQUIRE(hand.copies.size() == 1);
  CHECK(hand.copies[0].suspected_duplicate);
}

TEST_CASE("A switch whose store is another's refuses with the reason, and goes on once it is its own") {
  auto shared = std::make_unique<SharedStore>();
  auto& store = *shared;
  store.ours = false;
  auto const house = open_switch(std::move(shared));
  CHECK_FALSE(house->able());
  CHECK(std::get<Unsaved>(handle(*house, filed(1399))).message == "another switch has it");
  store.ours = true;
  CHECK(std::holds_alternative<relay::Accept>(handle(*house, filed(1399))));
  CHECK(house->able());
}

TEST_CASE("A switch whose store was taken over notices, though there is nothing to commit") {
  auto shared = std::make_unique<SharedStore>();
  auto& store = *shared;
  auto const house = open_switch(std::move(shared));
  CHECK(std::holds_alternative<relay::Accept>(handle(*house, filed(1399))));
  auto question = asked(1);
  question.queue = "RUEHNOBODY";
  question.wait = 60s;
  Awaited waits;
  house->handle(question, waits.answer());
  store.ours = false;
  CHECK(std::holds_alternative<Unsaved>(waits.get()));
  CHECK(std::holds_alternative<Unsaved>(ask(*house, QueuesAsked{})));
  CHECK_FALSE(house->able());
  store.ours = true;
  CHECK(waiting(*house, "RUEHC") == 1);
  CHECK(store.replays == 2);
}

TEST_CASE("A store that cannot be replayed, and never will be, is told at the start") {
  class Damaged final : public store::Store {
   public:
    std::optional<store::Failure> commit(std::span<relay::Record const>) override { return std::nullopt; }
    std::optional<store::Failure> replay(std::function<void(relay::Record const&)> const&) override {
      return store::Failure{"damaged"};
    }
    std::variant<Stored, Missing> message(relay::MessageNumber) override { return Missing::unknown; }
    Settled settled_before(relay::Now, relay::MessageNumber, std::size_t) override { return {}; }
    store::Found search(store::Wanted const&, relay::MessageNumber, std::size_t) override { return {}; }
  };
  Switch house{Site{}, std::make_unique<Damaged>()};
  auto const failure = house.start();
  REQUIRE(failure.has_value());
  CHECK(failure->message == "damaged");
}

}  // namespace
}  // namespace torntape::service
