// The outbox: what a switch holds while NATS is away, and what it gives back to a log that has lost its end.
#include "router/store/outbox.hpp"

#include <functional>

#include <catch2/catch.hpp>

#include "tests/router/store/every_store.hpp"

#ifdef TORNTAPE_NATS_SERVER

namespace relay = torntape::relay;
namespace store = torntape::store;
namespace fs = std::filesystem;
using Catch::Matchers::Contains;
using std::chrono::milliseconds;
using store::Engine;
using store::NatsStore;
using store::Outbox;
using store::testing::accepted;
using store::testing::commit;
using store::testing::Folder;
using store::testing::handed;
using store::testing::message;
using store::testing::NatsServer;
using store::testing::new_log;
using store::testing::opened;
using store::testing::replayed;

namespace {

using Lines = std::vector<std::string>;

bool comes(std::function<bool()> const& condition) {
  for (int i = 0; i != 6'000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(milliseconds(10));
  }
  return false;
}

std::string why(std::optional<store::Failure> const& failure) { return failure ? failure->message : ""; }

// A switch with an outbox, on a server of its own.
struct Kept {
  Folder folder;
  NatsServer server;
  store::NatsOptions options = new_log(folder.store());
  std::unique_ptr<NatsStore> store;

  Kept() {
    options.address.servers = {server.address()};
    options.patience = milliseconds(300);
    options.outbox = true;
    store = opened(options);
  }
  NatsStore& operator()() { return *store; }
  void reopen() {
    store.reset();
    store = opened(options);
  }
  void takes_over() {
    REQUIRE(comes([&] { return store->standing()->owner; }));
    static_cast<void>(replayed(*store));
  }
  // The first filing that NATS does not answer for, and the relay begins anew.
  void begins_to_hold(relay::MessageNumber number) {
    server.kill();
    REQUIRE_FALSE(commit(*store, {accepted(number)}));
    static_cast<void>(replayed(*store));
  }
  // As the log gives it to one who has nothing else.
  Lines log() {
    store.reset();
    auto anew = options;
    anew.directory = folder.path() / "anew";
    fs::remove_all(anew.directory);
    Lines lines;
    {
      auto const other = opened(anew);
      REQUIRE(comes([&] { return other->standing()->owner; }));
      lines = replayed(*other);
    }
    store = opened(options);
    return lines;
  }
  std::unique_ptr<Engine> engine() const {
    auto connected = Engine::connect(options.address, "test");
    auto made = std::move(std::get<std::unique_ptr<Engine>>(connected));
    REQUIRE_FALSE(made->prepare(0));
    return made;
  }
};

void append(Engine& engine, std::string const& entry) {
  auto const last = std::get<Engine::LogState>(engine.state()).last;
  REQUIRE(std::holds_alternative<std::uint64_t>(engine.append(entry, last, "", milliseconds(2'000))));
}

// As another switch does that takes over and accepts a message.
void accept_elsewhere(Engine& engine, relay::MessageNumber number) {
  append(engine, store::begin_entry("elsewhere:1/0"));
  std::vector<relay::Record> const group{accepted(number, 1, 500)};
  for (auto const& entry : store::entries_of(store::encode(group), 1'000'000)) append(engine, entry);
}

std::size_t count(Lines const& lines, std::string const& start) {
  return static_cast<std::size_t>(
      std::ranges::count_if(lines, [&](std::string const& line) { return line.starts_with(start); }));
}

}  // namespace

TEST_CASE(
    "while NATS is away filings are held, nothing is handed out, and all is in the log afterwards, once") {
  Kept kept;
  REQUIRE_FALSE(commit(kept(), {accepted(1), handed(1, 0)}));
  auto const away = GENERATE(SIGKILL, SIGSTOP);
  if (away == SIGKILL)
    kept.server.kill();
  else
    kept.server.stop();
  REQUIRE_FALSE(commit(kept(), {accepted(2)}));
  CHECK(kept().standing()->holding);
  CHECK_FALSE(kept().standing()->owner);
  CHECK(commit(kept(), {accepted(3)}).has_value());  // before the relay is rebuilt
  CHECK(count(replayed(kept()), "accepted") == 2);
  REQUIRE_FALSE(commit(kept(), {accepted(3)}));
  CHECK_THAT(why(commit(kept(), {handed(1, 1)})),
             Contains("only filings are taken while NATS is away: NATS"));
  CHECK_THAT(why(commit(kept(), {relay::Numbered{"XR", 3, {}}})), Contains("only filings"));
  CHECK(kept().standing()->held == 2);
  CHECK(message(kept(), 3)->text == accepted(3).message->bytes());
  auto const lines = replayed(kept());
  if (away == SIGKILL)
    kept.server.start();
  else
    kept.server.send(SIGCONT);  // and what it was sent it may write now
  kept.takes_over();
  CHECK(replayed(kept()) == lines);
  CHECK(kept().standing()->held == 0);
  CHECK_FALSE(commit(kept(), {handed(1, 1)}));
  CHECK(count(kept.log(), "accepted") == 3);
}

TEST_CASE(
    "a switch that has nothing to commit holds too, once its claim could not be renewed for long enough") {
  Kept kept;
  kept.server.kill();
  REQUIRE(comes([&] { return kept().standing()->holding; }));
  CHECK_FALSE(kept().standing()->owner);
  static_cast<void>(replayed(kept()));
  CHECK_FALSE(commit(kept(), {accepted(1)}));
  kept.server.start();
  kept.takes_over();
  CHECK(kept.log().size() == 1);
}

TEST_CASE("a group that promised more than filings is refused, and its records count all the same") {
  Kept kept;
  kept.server.kill();
  CHECK_THAT(why(commit(kept(), {accepted(1), handed(1, 0)})), Contains("NATS JetStream"));
  auto const lines = replayed(kept());
  CHECK(lines.size() == 2);
  REQUIRE_FALSE(commit(kept(), {accepted(2)}));
  kept.server.start();
  kept.takes_over();
  CHECK(count(kept.log(), "") == 3);
}

TEST_CASE("what a killed switch held is in the log when it is started again, once") {
  Kept kept;
  REQUIRE_FALSE(commit(kept(), {accepted(1)}));
  kept.begins_to_hold(2);
  REQUIRE_FALSE(commit(kept(), {accepted(3)}));
  auto const lines = replayed(kept());
  kept.store.reset();
  kept.server.start();
  SECTION("killed before it had sent anything") {}
  SECTION("killed when the first was sent, and that was not noted") {
    auto const engine = kept.engine();
    append(*engine, store::begin_entry("before:1/0"));
    std::vector<relay::Record> const group{accepted(2)};
    for (auto const& entry : store::entries_of(store::encode(group), 1'000'000)) append(*engine, entry);
  }
  kept.store = opened(kept.options);
  kept.takes_over();
  CHECK(replayed(kept()) == lines);
  CHECK(kept.log() == lines);
}

TEST_CASE("a switch without --store-sync outbox does not pass over what an outbox holds") {
  Kept kept;
  kept.begins_to_hold(1);
  kept.store.reset();
  kept.server.start();
  auto without = kept.options;
  without.outbox = false;
  auto const failed = NatsStore::open(without);
  CHECK_THAT(std::get<store::Failure>(failed).message, Contains("--store-sync outbox"));
}

TEST_CASE("an outbox takes so much and no more, and says so") {
  Kept kept;
  kept.options.most_held = 3;
  kept.reopen();
  kept.begins_to_hold(1);
  for (relay::MessageNumber number = 2; number <= 3; ++number)
    REQUIRE_FALSE(commit(kept(), {accepted(number)}));
  CHECK(kept().standing()->full);
  CHECK_THAT(why(commit(kept(), {accepted(4)})), Contains("the outbox is full, and NATS is away"));
  kept.server.start();
  kept.takes_over();
  CHECK_FALSE(kept().standing()->full);
  CHECK_FALSE(commit(kept(), {accepted(4)}));
}

TEST_CASE("what was held while another switch went on is filed again, not appended") {
  Kept kept;
  REQUIRE_FALSE(commit(kept(), {accepted(1)}));
  kept.begins_to_hold(2);
  REQUIRE_FALSE(commit(kept(), {accepted(3)}));
  kept.store.reset();
  kept.server.start();
  accept_elsewhere(*kept.engine(), 2);
  kept.store = opened(kept.options);
  kept.takes_over();
  CHECK(count(replayed(kept()), "accepted") == 2);
  CHECK(kept().standing()->held == 2);
  auto const astray = kept().astray();
  REQUIRE(astray.size() == 2);
  CHECK(astray[0].number == 2);
  CHECK(astray[1].message->bytes() == accepted(3).message->bytes());
  kept.reopen();
  CHECK(kept().astray().size() == 2);
  kept().filed_again();
  CHECK(kept().astray().empty());
  kept.reopen();
  CHECK(kept().standing()->held == 0);
}

namespace {

// What the nodes had not yet synced is gone: they come back as they were when this was taken.
class PowerCut {
 public:
  explicit PowerCut(Kept& kept) : kept_(kept), before_(kept.folder.path() / "before") {
    kept.store.reset();
    kept.server.kill();
    fs::copy(kept.server.data(), before_, fs::copy_options::recursive);
    kept.server.start();
    kept.store = opened(kept.options);
    kept.takes_over();
  }
  void happens() {
    kept_.server.kill();
    fs::remove_all(kept_.server.data());
    fs::rename(before_, kept_.server.data());
    kept_.server.start();
  }

 private:
  Kept& kept_;
  fs::path before_;
};

}  // namespace

TEST_CASE("a log that has lost its end gets it back from the outbox") {
  Kept kept;
  REQUIRE_FALSE(commit(kept(), {accepted(1)}));
  PowerCut cut(kept);
  REQUIRE_FALSE(commit(kept(), {accepted(2), handed(1, 0)}));
  REQUIRE_FALSE(commit(kept(), {accepted(3), relay::Moved{{1, 0}, {{"RUEHX"}, {"RUEHY"}}}}));
  auto const lines = replayed(kept());
  SECTION("of the switch that goes on") { cut.happens(); }
  SECTION("of one that was away meanwhile") {
    kept.store.reset();
    cut.happens();
    kept.store = opened(kept.options);
  }
  REQUIRE(comes([&] {
    static_cast<void>(kept().replay([](relay::Record const&) {}));
    return !commit(kept(), {accepted(4)});
  }));
  REQUIRE(comes([&] { return kept().standing()->owner && kept().standing()->held == 0; }));
  auto after = replayed(kept());
  CHECK(kept.log() == after);
  std::erase_if(after, [](std::string const& line) { return line.starts_with("accepted 4 "); });
  CHECK(after == lines);
}

TEST_CASE("a log that has lost its end, and where another switch went on, has the messages filed again") {
  Kept kept;
  REQUIRE_FALSE(commit(kept(), {accepted(1)}));
  PowerCut cut(kept);
  REQUIRE_FALSE(commit(kept(), {accepted(2)}));
  REQUIRE_FALSE(commit(kept(), {accepted(3)}));
  kept.store.reset();
  cut.happens();
  for (relay::MessageNumber number = 2; number <= 4; ++number) accept_elsewhere(*kept.engine(), number);
  kept.store = opened(kept.options);
  kept.takes_over();
  CHECK(count(replayed(kept()), "accepted") == 4);
  CHECK(message(kept(), 2)->text == accepted(2, 1, 500).message->bytes());
  auto const astray = kept().astray();
  REQUIRE(astray.size() == 2);
  CHECK(astray[0].message->bytes() == accepted(2).message->bytes());
}

TEST_CASE("what NATS has had long enough is forgotten, and the end of it stays in order") {
  Folder const folder;
  auto made = Outbox::open(folder.path() / "outbox");
  auto& outbox = *std::get<std::unique_ptr<Outbox>>(made);
  REQUIRE_FALSE(outbox.begin_at(7));
  std::vector<Outbox::Row> rows;
  for (std::uint64_t i = 1; i <= 5; ++i)
    rows.push_back(
        {0, Outbox::State::logged, 7 + i, static_cast<std::int64_t>(i * 100), fmt::format("group {}", i)});
  rows.push_back({0, Outbox::State::held, 12, 150, "held"});
  REQUIRE_FALSE(outbox.keep(rows));
  REQUIRE_FALSE(outbox.forget_logged(301));
  CHECK(outbox.complete_from() == 10);
  auto const left = std::get<std::vector<Outbox::Row>>(outbox.rows(0));
  REQUIRE(left.size() == 3);
  CHECK(left[0].group == "group 4");
  CHECK(left[2].group == "held");
  CHECK(outbox.last_logged(11)->group == "group 4");
  CHECK_FALSE(outbox.last_logged(10).has_value());
  CHECK(std::get<std::vector<Outbox::Row>>(outbox.rows(11)).size() == 2);
}

#endif
