// A feed between a relay and a far end, in virtual time.
#include "router/feed/feed.hpp"

#include <deque>
#include <map>
#include <set>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <rapidcheck.h>

#include "router/relay/relay.hpp"
#include "tests/router/relay/support.hpp"

namespace torntape::feed {
namespace {

using namespace std::chrono_literals;
using grammar::Precedence;
using relay::testing::Heading;
using send::Result;

// A far end on a virtual clock. `plan` says what comes of a message, and after how long.
class FarEnd : public send::Destination {
 public:
  struct Fate {
    Result result = Result::confirmed;
    std::chrono::nanoseconds after{1ms};
    std::string trouble = {};  // that the destination has from then on
    std::string why = "as planned";
  };
  std::function<Fate(send::Outgoing const&)> plan = [](auto const&) { return Fate{}; };
  std::function<bool(send::Time)> open = [](send::Time) { return true; };
  send::Time now{};
  std::vector<send::Outgoing> handed;
  std::vector<send::Time> tried_at;  // `ready` was asked, and it was not
  std::vector<std::string> taken;    // texts confirmed
  std::size_t most_out = 0;

  bool ready() override {
    auto const is = open(now);
    trouble_ = is ? "" : "nobody is there";
    if (!is) tried_at.push_back(now);
    return is;
  }
  void hand_over(send::Outgoing const& message) override {
    handed.push_back(message);
    auto const fate = plan(message);
    coming_.emplace(now + fate.after,
                    Coming{{message.number, fate.result, fate.why}, fate.trouble, message.text});
    most_out = std::max(most_out, coming_.size());
  }
  void work(send::Time until, std::vector<send::Answer>& answers) override {
    auto const next = coming_.empty() ? until : std::min(until, coming_.begin()->first);
    now = std::max(now, next);
    while (!coming_.empty() && coming_.begin()->first <= now) {
      auto const& come = coming_.begin()->second;
      answers.push_back(come.answer);
      trouble_ = come.trouble;
      if (come.answer.result == Result::confirmed) taken.push_back(come.text);
      coming_.erase(coming_.begin());
    }
  }
  void forget() { coming_.clear(); }  // its connections have ended
  [[nodiscard]] bool knows_repeats() const override { return false; }
  [[nodiscard]] std::string const& trouble() const override { return trouble_; }
  [[nodiscard]] std::uint64_t reconnections() const override { return 0; }

 private:
  struct Coming {
    send::Answer answer;
    std::string trouble, text;
  };
  std::multimap<send::Time, Coming> coming_;
  std::string trouble_;
};

// An open switch, its feed and the far end. What the relay commits is told to the feed, as the watcher does
// it.
class Bench {
 public:
  explicit Bench(Settings settings = {}) : settings_{with_defaults(std::move(settings))} { begin(); }

  void file(int serial, std::string precedence = "R", std::string to = "RUEHC/SECSTATE WASHDC") {
    handle(relay::testing::filed(
        1, Heading{.serial = serial, .to = std::move(to), .precedence = std::move(precedence)}));
  }
  // The feed works until there is nothing it would do by itself, or until then.
  void run(std::chrono::nanoseconds lasting = 1h) {
    auto const end = far_end.now + lasting;
    for (auto rounds = 0; far_end.now < end; ++rounds) {
      REQUIRE(rounds < 100'000);
      most_held = std::max(most_held, feed->figures().under_way);
      if (!feed->out()) {
        auto const due = feed->due();
        if (due == send::Time::max() || due > end) break;
        far_end.now = std::max(far_end.now, due);
      }
      feed->work(std::min(end, std::max(feed->due(), far_end.now + 1ms)));
    }
    far_end.now = std::max(far_end.now, end);
  }
  // The switch is killed: what was committed is replayed, the feed knows nothing of before.
  void restart() {
    relay_ = relay::Relay{nullptr, ""};
    for (auto const& record : relay::testing::as_stored(committed)) relay_.apply(record);
    far_end.forget();
    begin();
    for (auto const& queue : relay_.queues())
      for (auto const& lane : queue.lanes)
        if (lane.waiting != 0 && takes_from(settings_, queue.name))
          feed->arrived(queue.name, lane.precedence);
  }
  std::string depth(std::string const& queue) const {
    std::size_t waiting = 0, out = 0;
    if (auto const found = relay_.queue(queue))
      for (auto const& lane : found->lanes) {
        waiting += lane.waiting;
        out += lane.handed_out;
      }
    return fmt::format("{}+{}", waiting, out);
  }
  // "1 2 3": which messages were handed over, by serial.
  std::string order() const {
    std::string all;
    for (auto const& one : far_end.handed)
      all.append(all.empty() ? "" : " ").append(std::to_string(serial_of(one.text)));
    return all;
  }
  static int serial_of(std::string const& text) { return std::stoi(text.substr(text.find('#') + 1, 4)); }

  FarEnd far_end;
  std::unique_ptr<Feed> feed;
  std::vector<std::string> told;
  std::vector<relay::Record> committed;
  std::size_t most_held = 0;
  bool failing = false;  // commits fail

 private:
  static Settings with_defaults(Settings settings) {
    if (settings.name.empty()) settings.name = "archive";
    if (settings.queues.empty()) settings.queues = {"*"};
    return settings;
  }
  void begin() {
    House house;
    house.name = "RTCA";
    house.reader = 9;
    house.handle = [this](relay::Event const& event, service::Answer const& answer) { answer(reply(event)); };
    house.text = [this](relay::MessageNumber number) -> std::optional<std::string> {
      for (auto const& record : committed)
        if (auto const* const accepted = std::get_if<relay::Accepted>(&record);
            accepted != nullptr && accepted->envelope.number == number)
          return std::string(accepted->message->bytes());
      return std::nullopt;
    };
    feed = std::make_unique<Feed>(
        settings_, far_end, house, [this] { return far_end.now; }, 1,
        [this](std::string const& what) { told.push_back(what); });
  }
  service::Reply reply(relay::Event const& event) {
    if (failing) return service::Unsaved{"the disk is full"};
    for (auto const& action : handle(event)) {
      if (auto const* const hand = std::get_if<relay::Hand>(&action)) return *hand;
      if (auto const* const done = std::get_if<relay::Done>(&action)) return *done;
      if (auto const* const refuse = std::get_if<relay::Refuse>(&action)) return *refuse;
    }
    return service::Unsaved{"no answer"};
  }
  std::vector<relay::Action> handle(relay::Event const& event) {
    relay::Outcome outcome;
    relay_.handle(event,
                  relay::Now{std::chrono::duration_cast<relay::Duration>(far_end.now.time_since_epoch())},
                  outcome);
    for (auto const& record : outcome.commit) {
      committed.push_back(record);
      if (auto const* const accepted = std::get_if<relay::Accepted>(&record))
        for (auto const& copy : accepted->envelope.copies) note(copy);
      if (auto const* const moved = std::get_if<relay::Moved>(&record))
        for (auto const& copy : moved->into) note(copy);
    }
    return outcome.then;
  }
  void note(relay::EnvelopeCopy const& copy) {
    if (takes_from(settings_, copy.queue)) feed->arrived(copy.queue, copy.precedence);
  }

  Settings settings_;
  relay::Relay relay_{nullptr, ""};
};

Settings window(std::size_t size) {
  Settings settings;
  settings.window = size;
  return settings;
}

bool is_marked(std::string const& text) { return text.find(" ZFD\n") != std::string::npos; }

}  // namespace

TEST_CASE("A copy is settled once the destination has confirmed it, not before") {
  Bench bench;
  bench.far_end.plan = [&](auto const&) { return FarEnd::Fate{Result::confirmed, 5s}; };
  bench.file(1);
  bench.run(1s);
  CHECK(bench.depth("RUEHC") == "0+1");
  bench.run();
  CHECK(bench.depth("RUEHC") == "0+0");
  CHECK(bench.feed->figures().confirmed == 1);
  CHECK(bench.feed->empty());
  CHECK_FALSE(is_marked(bench.far_end.handed.at(0).text));
}

TEST_CASE("The highest precedence goes first, whichever queue it is in") {
  Bench bench{window(1)};
  bench.file(1, "R", "RUEHC/A");
  bench.file(2, "Z", "RUEHBI/B");
  bench.file(3, "O", "RUEHC/A");
  bench.file(4, "O", "RUEHBI/B");
  bench.file(5, "P", "RUEHSR/C");
  bench.run();
  auto const order = bench.order();
  CHECK((order == "2 3 4 5 1" || order == "2 4 3 5 1"));
}

TEST_CASE("A feed takes the kinds and queues it names, and nothing else") {
  Settings settings;
  settings.queues = {"RUEH?I"};
  Bench bench{settings};
  bench.file(1, "R", "RUEHBI/A");
  bench.file(2, "R", "RUEHC/B");
  bench.run();
  CHECK(bench.order() == "1");
  CHECK(bench.depth("RUEHC") == "1+0");
}

TEST_CASE("A destination that is away is tried after pauses that grow to the longest, with jitter") {
  Settings settings;
  settings.first_pause = 1s;
  settings.longest_pause = 30s;
  Bench bench{settings};
  auto const back = send::Time{} + 10min;
  bench.far_end.open = [back](send::Time now) { return now >= back; };
  bench.file(1);
  bench.run();
  auto const& tried = bench.far_end.tried_at;
  REQUIRE(tried.size() > 10);
  CHECK(tried.size() < 50);
  std::set<std::int64_t> pauses;
  auto longest = 1s * 1.0;
  for (std::size_t i = 1; i < tried.size(); ++i) {
    std::chrono::duration<double> const pause = tried[i] - tried[i - 1];
    CHECK(pause >= longest / 2);
    CHECK(pause <= longest);
    longest = std::min(30.0 * 1s, longest * 2);
    pauses.insert((tried[i] - tried[i - 1]).count());
  }
  CHECK(pauses.size() == tried.size() - 1);
  CHECK(bench.order() == "1");
  CHECK(bench.depth("RUEHC") == "0+0");
  REQUIRE(bench.told.size() == 2);
  CHECK(bench.told[0] == "archive takes nothing: nobody is there; trying on");
  CHECK(bench.told[1] == "archive takes messages again");
}

TEST_CASE("While a destination is away nothing is handed out of the queues, and nothing grows") {
  Bench bench{window(4)};
  bench.far_end.open = [](send::Time) { return false; };
  for (auto serial = 1; serial <= 200; ++serial) bench.file(serial);
  bench.run();
  CHECK(bench.far_end.handed.empty());
  CHECK(bench.depth("RUEHC") == "200+0");
  CHECK(bench.most_held == 0);
}

TEST_CASE("What certainly did not get there is not marked when it is sent again; what may be there is") {
  auto const result = GENERATE(Result::not_taken, Result::unknown);
  Bench bench;
  auto first = true;
  bench.far_end.plan = [&](auto const&) {
    return std::exchange(first, false) ? FarEnd::Fate{result, 1ms, "connection lost"} : FarEnd::Fate{};
  };
  bench.file(1);
  bench.run();
  REQUIRE(bench.far_end.handed.size() == 2);
  CHECK(is_marked(bench.far_end.handed[1].text) == (result == Result::unknown));
  CHECK(bench.far_end.handed[0].key == bench.far_end.handed[1].key);
  CHECK(bench.depth("RUEHC") == "0+0");
}

TEST_CASE("A switch killed between hand-over and confirmation hands over again, marked, under the same key") {
  Bench bench;
  bench.far_end.plan = [&](auto const&) { return FarEnd::Fate{Result::confirmed, 1min}; };
  bench.file(1);
  bench.run(1s);
  REQUIRE(bench.order() == "1");
  bench.far_end.plan = [&](auto const&) { return FarEnd::Fate{}; };
  bench.restart();
  bench.run();
  CHECK(bench.order() == "1 1");
  CHECK(is_marked(bench.far_end.handed[1].text));
  CHECK(bench.far_end.handed[0].key == bench.far_end.handed[1].key);
  CHECK(bench.depth("RUEHC") == "0+0");
}

TEST_CASE("A switch that knows the same bytes again is sent the same bytes") {
  Settings settings;
  settings.mark = false;
  Bench bench{settings};
  auto first = true;
  bench.far_end.plan = [&](auto const&) {
    return std::exchange(first, false) ? FarEnd::Fate{Result::unknown, 1ms, "connection lost"}
                                       : FarEnd::Fate{};
  };
  bench.file(1);
  bench.run();
  REQUIRE(bench.far_end.handed.size() == 2);
  CHECK(bench.far_end.handed[0].text == bench.far_end.handed[1].text);
}

TEST_CASE("What the far end says drives no terminal that shows the log") {
  Bench bench;
  bench.far_end.plan = [](auto const&) {
    return FarEnd::Fate{Result::refused, 1ms, "", "no\x1b[2J \xc3\xa9\n"};
  };
  bench.file(1);
  bench.run();
  REQUIRE(bench.told.size() == 1);
  CHECK(bench.told[0] == "copy 1-0 goes to dead-letter: archive: refused: no\\x1b[2J \xc3\xa9\\x0a");
}

TEST_CASE("What is refused is a dead letter, and delays nothing") {
  Settings settings = window(1);
  settings.dead_letter = "dead-archive";
  settings.queues = {"RUEHC"};
  Bench bench{settings};
  bench.far_end.plan = [&](send::Outgoing const& one) {
    return FarEnd::Fate{Bench::serial_of(one.text) == 2 ? Result::refused : Result::confirmed};
  };
  for (auto serial = 1; serial <= 4; ++serial) bench.file(serial);
  bench.run();
  CHECK(bench.order() == "1 2 3 4");
  CHECK(bench.depth("RUEHC") == "0+0");
  CHECK(bench.depth("dead-archive") == "1+0");
  CHECK(bench.feed->figures().dead_letters == 1);
  CHECK(bench.told ==
        std::vector<std::string>{"copy 2-0 goes to dead-archive: archive: refused: as planned"});
  auto const moved = std::get<relay::Moved>(*std::ranges::find_if(
      bench.committed, [](auto const& record) { return std::holds_alternative<relay::Moved>(record); }));
  CHECK(moved.into.at(0).reason == "archive: refused: as planned");
}

TEST_CASE("What is not taken while others are is a dead letter after its attempts") {
  Settings settings = window(2);
  settings.attempts = 3;
  settings.queues = {"RUEHC"};
  Bench bench{settings};
  bench.far_end.plan = [&](send::Outgoing const& one) {
    return FarEnd::Fate{Bench::serial_of(one.text) == 1 ? Result::not_taken : Result::confirmed, 1s};
  };
  for (auto serial = 1; serial <= 60; ++serial) bench.file(serial);
  bench.run();
  CHECK(bench.depth("dead-letter") == "1+0");
  CHECK(bench.feed->figures().confirmed == 59);
  CHECK(std::ranges::count_if(bench.far_end.handed,
                              [](auto const& one) { return Bench::serial_of(one.text) == 1; }) == 4);
}

TEST_CASE("What nobody is taking is never a dead letter") {
  Settings settings;
  settings.attempts = 2;
  Bench bench{settings};
  auto const back = send::Time{} + 50min;
  bench.far_end.plan = [&](auto const&) {
    return FarEnd::Fate{bench.far_end.now < back ? Result::not_taken : Result::confirmed};
  };
  for (auto serial = 1; serial <= 3; ++serial) bench.file(serial);
  bench.run(2h);
  CHECK(bench.feed->figures().confirmed == 3);
  CHECK(bench.feed->figures().dead_letters == 0);
  CHECK(bench.feed->figures().repeats > 10);
}

TEST_CASE("FLASH goes out though the window is full of what waits to be tried again") {
  Bench bench{window(3)};
  bench.far_end.plan = [&](send::Outgoing const& one) {
    return FarEnd::Fate{Bench::serial_of(one.text) == 9 ? Result::confirmed : Result::not_taken};
  };
  for (auto serial = 1; serial <= 5; ++serial) bench.file(serial);
  bench.run(10min);
  CHECK(bench.far_end.taken.empty());
  bench.file(9, "Z");
  bench.run(10ms);
  REQUIRE(bench.far_end.taken.size() == 1);
  CHECK(Bench::serial_of(bench.far_end.taken[0]) == 9);
  CHECK(bench.most_held <= 3);
}

TEST_CASE("What the switch cannot save is told again") {
  Bench bench;
  bench.file(1);
  bench.far_end.plan = [&](auto const&) {
    bench.failing = true;
    return FarEnd::Fate{};
  };
  bench.run(10s);
  CHECK(bench.feed->figures().under_way == 1);
  CHECK(bench.feed->figures().confirmed == 0);
  bench.failing = false;
  bench.run();
  CHECK(bench.feed->figures().confirmed == 1);
  CHECK(bench.far_end.handed.size() == 1);
}

TEST_CASE("What is held and not handed over goes back when a feed is stopped") {
  Bench bench{window(8)};
  bench.far_end.plan = [&](send::Outgoing const& one) {
    return FarEnd::Fate{Bench::serial_of(one.text) == 1 ? Result::confirmed : Result::not_taken};
  };
  for (auto serial = 1; serial <= 4; ++serial) bench.file(serial);
  bench.run(500ms);
  bench.feed->stop();
  bench.run(1min);
  CHECK(bench.feed->empty());
  CHECK(bench.depth("RUEHC") == "3+0");
}

TEST_CASE("Whatever happens, each copy is confirmed there or a dead letter, and none is lost") {
  CHECK(rc::check("of any destination that is well in the end", [](std::uint64_t seed) {
    generator::Random random{seed};
    Settings settings = window(1 + random.below(5));
    settings.attempts = static_cast<std::uint32_t>(1 + random.below(4));
    Bench bench{settings};
    auto const well = send::Time{} + 30min;
    bench.far_end.plan = [&](auto const&) {
      if (bench.far_end.now >= well) return FarEnd::Fate{};
      auto const after = std::chrono::milliseconds{random.between(1, 20'000)};
      switch (random.below(6)) {
        case 0:
          return FarEnd::Fate{Result::refused, after};
        case 1:
          return FarEnd::Fate{Result::not_taken, after};
        case 2:
          return FarEnd::Fate{Result::unknown, after};
        case 3:
          return FarEnd::Fate{random.one_in(1, 2) ? Result::unknown : Result::not_taken, after,
                              "connection lost"};
        default:
          return FarEnd::Fate{Result::confirmed, after};
      }
    };
    bench.far_end.open = [&](send::Time now) { return now >= well || random.one_in(2, 3); };
    auto const messages = static_cast<int>(random.between(1, 40));
    for (auto serial = 1; serial <= messages; ++serial) {
      bench.file(serial, std::string(1, "RPOZ"[random.below(4)]),
                 random.one_in(1, 2) ? "RUEHC/A" : "RUEHBI/B");
      if (random.one_in(1, 4)) bench.run(std::chrono::milliseconds{random.below(5'000)});
      if (random.one_in(1, 20)) bench.restart();
    }
    for (auto i = 0; i < 8; ++i) bench.run(30min);
    auto const figures = bench.feed->figures();
    RC_ASSERT(figures.under_way == 0U);
    RC_ASSERT(bench.depth("RUEHC") == "0+0");
    RC_ASSERT(bench.depth("RUEHBI") == "0+0");
    RC_ASSERT(bench.most_held <= settings.window);
    std::set<int> there;
    for (auto const& text : bench.far_end.taken) there.insert(Bench::serial_of(text));
    std::set<int> dead;
    for (auto const& record : bench.committed)
      if (auto const* const moved = std::get_if<relay::Moved>(&record))
        dead.insert(static_cast<int>(moved->copy.message));
    for (auto serial = 1; serial <= messages; ++serial)
      RC_ASSERT(there.contains(serial) || dead.contains(serial));
  }));
}

}  // namespace torntape::feed
