#include "router/service/committer.hpp"

#include <catch2/catch.hpp>

#include "sample.hpp"

namespace torntape::service {
namespace {

using sample::Awaited;

// Commits wait at a gate until it is opened, so that a test decides what has gathered.
class GatedStore final : public store::Store {
 public:
  std::optional<store::Failure> commit(std::span<relay::Record const> records) override {
    entered.set_value();
    opened.wait();
    groups.push_back(records.size());
    if (fails) return store::Failure{"no space left on device"};
    return std::nullopt;
  }
  std::optional<store::Failure> replay(std::function<void(relay::Record const&)> const&) override {
    return std::nullopt;
  }
  Settled settled_before(relay::Now, relay::MessageNumber, std::size_t) override { return {}; }
  store::Found search(store::Wanted const&, relay::MessageNumber, std::size_t) override { return {}; }
  std::variant<Stored, Missing> message(relay::MessageNumber) override { return Missing::unknown; }

  std::promise<void> entered;
  std::promise<void> gate;
  std::shared_future<void> opened = gate.get_future().share();
  std::vector<std::size_t> groups;
  bool fails = false;
};

Decided decided(Life life, Answer answer, std::size_t records = 1) {
  Decided out{.life = life, .records = {}, .owed = {}};
  for (std::size_t i = 0; i != records; ++i) out.records.emplace_back(relay::Settled{});
  out.owed.push_back({std::move(answer), relay::Done{}});
  return out;
}

TEST_CASE("Nothing is answered before its records are committed, also what has none itself") {
  GatedStore store;
  Committer committer{store, [] {}};
  Awaited first, look;
  committer.push(decided(1, first.answer()));
  store.entered.get_future().wait();
  committer.push(decided(1, look.answer(), 0));
  CHECK_FALSE(first.came());
  CHECK_FALSE(look.came());
  store.gate.set_value();
  CHECK(std::holds_alternative<relay::Done>(first.get()));
  CHECK(std::holds_alternative<relay::Done>(look.get()));
}

TEST_CASE("Answers come in the order of the decisions") {
  GatedStore store;
  store.gate.set_value();
  std::vector<int> order;
  {
    Committer committer{store, [] {}};
    committer.push(decided(1, [&](Reply) { order.push_back(1); }));
    for (int i = 2; i != 6; ++i) committer.push(decided(1, [&order, i](Reply) { order.push_back(i); }, 0));
  }
  CHECK(order == std::vector<int>{1, 2, 3, 4, 5});
}

TEST_CASE("A failed commit refuses its group and all that was decided in the same life") {
  GatedStore store;
  store.fails = true;
  int failures = 0;
  Committer committer{store, [&failures] { ++failures; }};
  Awaited first, built_on_it, look;
  committer.push(decided(1, first.answer()));
  store.entered.get_future().wait();
  committer.push(decided(1, built_on_it.answer()));
  committer.push(decided(1, look.answer(), 0));
  store.gate.set_value();
  CHECK(first.get<Unsaved>().message == "no space left on device");
  CHECK(built_on_it.get<Unsaved>().message == "no space left on device");
  CHECK(std::holds_alternative<Unsaved>(look.get()));
  CHECK(committer.life() == 2);
  committer.finish();
  CHECK(failures == 1);
  CHECK(store.groups == std::vector<std::size_t>{1});
}

TEST_CASE("What a new life decides is not refused with the old one") {
  GatedStore store;
  store.fails = true;
  Committer committer{store, [] {}};
  Awaited old, next;
  committer.push(decided(1, old.answer()));
  store.entered.get_future().wait();
  store.gate.set_value();
  CHECK(std::holds_alternative<Unsaved>(old.get()));
  committer.push(decided(committer.life(), next.answer(), 0));
  CHECK(std::holds_alternative<relay::Done>(next.get()));
}

TEST_CASE("The end commits what was pushed") {
  GatedStore store;
  store.gate.set_value();
  Awaited last;
  Committer committer{store, [] {}};
  committer.push(decided(1, last.answer()));
  committer.finish();
  CHECK(last.came());
}

}  // namespace
}  // namespace torntape::service
