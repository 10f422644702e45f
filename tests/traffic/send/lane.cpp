#include "traffic/send/lane.hpp"

#include <deque>
#include <map>
#include <set>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <rapidcheck.h>

#include "traffic/generator/random.hpp"

using namespace torntape::send;
using namespace std::chrono_literals;

namespace {

// A far end on a virtual clock. `plan` says of each message handed over what comes of it, and when.
class FarEnd : public Destination {
 public:
  struct Fate {
    std::chrono::nanoseconds after{1ms};
    Result result = Result::confirmed;
  };
  std::function<Fate(Outgoing const&, int attempt)> plan = [](auto const&, int) { return Fate{}; };
  std::function<bool(Time)> open = [](Time) { return true; };
  bool idempotent = false;
  Time now{};
  std::map<std::uint64_t, int> attempts;
  std::size_t most_out = 0;

  bool ready() override {
    trouble_ = open(now) ? "" : "closed";
    return trouble_.empty();
  }
  void hand_over(Outgoing const& message) override {
    auto const fate = plan(message, ++attempts[message.number]);
    coming_.emplace(now + fate.after, Answer{message.number, fate.result, "as planned"});
    most_out = std::max(most_out, coming_.size());
  }
  void work(Time until, std::vector<Answer>& answers) override {
    auto const next = coming_.empty() ? until : std::min(until, coming_.begin()->first);
    now = std::max(now, next);
    while (!coming_.empty() && coming_.begin()->first <= now) {
      answers.push_back(coming_.begin()->second);
      coming_.erase(coming_.begin());
    }
  }
  [[nodiscard]] bool knows_repeats() const override { return idempotent; }
  [[nodiscard]] std::string const& trouble() const override { return trouble_; }
  [[nodiscard]] std::uint64_t reconnections() const override { return 0; }

 private:
  std::multimap<Time, Answer> coming_;
  std::string trouble_;
};

struct Run {
  Tally tally;
  std::vector<Passage> passages;
};

Run run(FarEnd& far_end, std::size_t messages, LaneOptions options,
        std::function<void(Lane&)> meanwhile = {}) {
  std::size_t given = 0;
  FromFunction source{[&]() -> std::optional<Sourced> {
    if (given == messages) return std::nullopt;
    return Sourced{.text = fmt::format("message {}", ++given)};
  }};
  Run found;
  Lane* lane_at_work = nullptr;
  Lane lane{far_end, source, std::move(options), [&] { return far_end.now; },
            [&](Passage const& passage) {
              found.passages.push_back(passage);
              if (meanwhile) meanwhile(*lane_at_work);
            }};
  lane_at_work = &lane;
  lane.run();
  found.tally = lane.tally();
  return found;
}

LaneOptions at(std::string_view pace) {
  LaneOptions options;
  options.pace = read_pace(pace).value();
  return options;
}

}  // namespace

TEST_CASE(
    "latency counts from the intended time: a far end that stalls delays what follows, and the report says "
    "so") {
  FarEnd far_end;
  far_end.plan = [](Outgoing const& message, int) {
    return FarEnd::Fate{message.number == 100 ? std::chrono::nanoseconds{2s} : std::chrono::nanoseconds{1ms}};
  };
  auto options = at("100/s");
  options.window = 1;  // nothing else goes while one is out
  auto const found = run(far_end, 1000, options).tally;
  CHECK(found.confirmed == 1000);
  // Of 10 s the far end stood still for 2: a fifth of all messages was due then.
  CHECK(found.latency.within(0.5) < 10ms);
  CHECK(found.latency.within(0.9) > 500ms);
  CHECK(found.latency.longest() == 2s);
  CHECK(found.latest > 1900ms);
  CHECK(found.took < 10100ms);
}

TEST_CASE("without a pace, latency counts from the sending") {
  FarEnd far_end;
  auto options = at("max");
  options.window = 10;
  auto const found = run(far_end, 1000, options);
  CHECK(found.tally.latency.longest() == 1ms);
  CHECK(far_end.most_out == 10);
  CHECK(found.tally.took == 100ms);
}

TEST_CASE("what is not taken is tried again, with pauses that grow, and given up in the end") {
  FarEnd far_end;
  far_end.plan = [](Outgoing const& message, int attempt) {
    auto const good = message.number == 1 ? attempt == 3 : message.number != 2;
    return FarEnd::Fate{1ms, good ? Result::confirmed : Result::not_taken};
  };
  auto options = at("max");
  options.attempts = 4;
  auto const found = run(far_end, 3, options);
  CHECK(far_end.attempts == std::map<std::uint64_t, int>{{1, 3}, {2, 4}, {3, 1}});
  CHECK(found.tally.confirmed == 2);
  CHECK(found.tally.failed == 1);
  CHECK(found.tally.repeats == 5);
  CHECK(found.tally.reasons.at("as planned") == 1);
  CHECK(found.tally.took >= 100ms + 200ms + 400ms);
}

TEST_CASE("what may be there already is sent again only where it is known there, or as asked") {
  auto const [idempotent, asked, attempts] =
      GENERATE(table<bool, bool, int>({{false, false, 1}, {true, false, 2}, {false, true, 2}}));
  FarEnd far_end;
  far_end.idempotent = idempotent;
  far_end.plan = [](auto const&, int attempt) {
    return FarEnd::Fate{1ms, attempt == 1 ? Result::unknown : Result::confirmed};
  };
  auto options = at("max");
  options.repeat_unknown = asked;
  auto const found = run(far_end, 1, options).tally;
  CHECK(far_end.attempts[1] == attempts);
  CHECK(found.unknown == (attempts == 1 ? 1 : 0));
  CHECK(found.confirmed == (attempts == 1 ? 0 : 1));
}

TEST_CASE("a far end that is away for a while gets everything afterwards; one that stays away is given up") {
  FarEnd far_end;
  auto const back = GENERATE(10s, 100s);
  far_end.open = [back](Time now) { return now.time_since_epoch() < 1s || now.time_since_epoch() > back; };
  auto const found = run(far_end, 100, at("10/s")).tally;
  if (back == 10s) {
    CHECK(found.confirmed == 100);
    CHECK(found.failure.empty());
    CHECK(found.latency.longest() > 8s);
  } else {
    CHECK(found.confirmed < 15);
    CHECK(found.failure == "given up after 30 s: closed");
  }
  CHECK(found.under_way() == 0);
}

TEST_CASE("a far end that answers nothing is given up, and what was sent to it is unknown") {
  FarEnd far_end;
  far_end.plan = [](auto const&, int) { return FarEnd::Fate{10h}; };
  auto options = at("10/s");
  options.window = 4;
  auto const found = run(far_end, 100, options).tally;
  CHECK(found.unknown == 4);
  CHECK(found.failure == "given up after 30 s: no answer");
}

TEST_CASE("a slow pace is no silence") {
  FarEnd far_end;
  auto const found = run(far_end, 5, at("1/min")).tally;
  CHECK(found.confirmed == 5);
  CHECK(found.failure.empty());
}

TEST_CASE("while there is nothing to send nobody is late, and the pace goes on from there") {
  FarEnd far_end;
  class Pipe : public Source {
   public:
    explicit Pipe(FarEnd& far_end) : far_end_{far_end} {}
    State next(Sourced& message) override {
      if (given_ == 20) return State::end;
      if (given_ == 10 && far_end_.now.time_since_epoch() < 60s) return State::none_yet;
      ++given_;
      message.text = "from a pipe";
      return State::message;
    }

   private:
    FarEnd& far_end_;
    int given_ = 0;
  } pipe{far_end};
  Lane lane{far_end, pipe, at("10/s"), [&] { return far_end.now; }};
  lane.run();
  auto const tally = lane.tally();
  CHECK(tally.confirmed == 20);
  CHECK(tally.latency.longest() == 1ms);
  CHECK(tally.took > 60900ms);
}

TEST_CASE("stopped: nothing more goes out, what is out is waited for") {
  FarEnd far_end;
  far_end.plan = [](auto const&, int) { return FarEnd::Fate{300ms}; };
  auto const found = run(far_end, 1000, at("10/s"), [](Lane& lane) { lane.stop(); });
  CHECK(found.tally.offered == 3);
  CHECK(found.tally.confirmed == found.tally.offered);
}

TEST_CASE("stopped while the far end is silent: the report comes all the same, and says unknown") {
  FarEnd far_end;
  far_end.plan = [](Outgoing const& message, int) {
    return FarEnd::Fate{message.number == 1 ? std::chrono::nanoseconds{1ms} : std::chrono::nanoseconds{1h}};
  };
  auto options = at("max");
  options.window = 3;
  auto const found = run(far_end, 1000, options, [](Lane& lane) { lane.stop(); });
  CHECK(found.tally.confirmed == 1);
  CHECK(found.tally.unknown == 2);
  CHECK(found.tally.took <= 6s);
}

TEST_CASE("counts and lasting bound a run") {
  FarEnd far_end;
  auto options = at("10/s");
  options.count = 7;
  CHECK(run(far_end, 1000, options).tally.confirmed == 7);
  FarEnd another;
  options = at("10/s");
  options.lasting = 2s;
  CHECK(run(another, 1000, options).tally.confirmed == 21);
}

TEST_CASE(
    "whatever a far end does: every message is told once, under its number, and the tally is their sum") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    torntape::generator::Random random{seed};
    FarEnd far_end;
    far_end.idempotent = random.one_in(1, 2);
    far_end.plan = [&](auto const&, int) {
      static constexpr std::array results{Result::confirmed, Result::sent, Result::refused, Result::not_taken,
                                          Result::unknown};
      return FarEnd::Fate{std::chrono::milliseconds{random.below(500)}, random.one_of(results)};
    };
    auto const gap = random.below(4'000);
    far_end.open = [gap](Time now) { return now.time_since_epoch() / 1ms % 5'000 >= static_cast<long>(gap); };
    auto options = at(random.one_in(1, 2) ? "50/s" : "max");
    options.window = 1 + random.below(20);
    options.attempts = 1 + static_cast<std::uint32_t>(random.below(5));
    auto const messages = random.below(200);
    auto const found = run(far_end, messages, options);
    std::set<std::uint64_t> numbers;
    for (auto const& passage : found.passages) {
      RC_ASSERT(numbers.insert(passage.number).second);
      RC_ASSERT(passage.text == fmt::format("message {}", passage.number));
      RC_ASSERT(passage.attempts <= options.attempts);
    }
    auto const& tally = found.tally;
    RC_ASSERT(numbers.size() == messages);
    RC_ASSERT(tally.offered == messages);
    RC_ASSERT(tally.under_way() == 0);
    RC_ASSERT(tally.latency.count() == tally.confirmed + tally.sent);
    RC_ASSERT(far_end.most_out <= options.window);
  }));
}
