// The store on NATS where it differs from others: two switches on one log, a log cut off, an engine that is
// away.
#include "router/store/nats.hpp"

#include <functional>

#include <catch2/catch.hpp>

#include "tests/router/store/every_store.hpp"

#ifdef TORNTAPE_NATS_SERVER

namespace relay = torntape::relay;
namespace store = torntape::store;
using Catch::Matchers::Contains;
using std::chrono::milliseconds;
using store::Engine;
using store::NatsStore;
using store::testing::accepted;
using store::testing::commit;
using store::testing::Folder;
using store::testing::handed;
using store::testing::InNats;
using store::testing::message;
using store::testing::nats_server;
using store::testing::NatsServer;
using store::testing::new_log;
using store::testing::opened;
using store::testing::replayed;
using store::testing::settled;

namespace {

// What another process or thread brings about; a minute is for ever.
bool comes(std::function<bool()> const& condition) {
  for (int i = 0; i != 6'000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(milliseconds(10));
  }
  return false;
}

bool takes_over(NatsStore& kept) {
  return comes([&] { return kept.standing()->owner; });
}

// Another hand on the same log.
std::unique_ptr<Engine> engine_of(store::NatsOptions const& options) {
  auto connected = Engine::connect(options.address, "test");
  auto engine = std::move(std::get<std::unique_ptr<Engine>>(connected));
  REQUIRE_FALSE(engine->prepare(0));
  return engine;
}

Engine::LogState state_of(Engine& engine) { return std::get<Engine::LogState>(engine.state()); }

std::uint64_t append(Engine& engine, std::string const& entry) {
  auto const written = engine.append(entry, state_of(engine).last, "", milliseconds(2'000));
  return std::get<std::uint64_t>(written);
}

// As another switch does that takes over.
void take_over(Engine& engine, std::string const& writer) {
  auto const claim = std::get<Engine::Claim>(engine.claim());
  REQUIRE(std::holds_alternative<std::uint64_t>(engine.claim(writer, claim.revision)));
  append(engine, store::begin_entry(writer));
}

std::string why(std::optional<store::Failure> const& failure) { return failure ? failure->message : ""; }

std::string why_not(NatsStore::Opened const& opened) {
  auto const* const failure = std::get_if<store::Failure>(&opened);
  return failure == nullptr ? "" : failure->message;
}

auto const ignore = [](relay::Record const&) {};

}  // namespace

TEST_CASE("an address of NATS names hosts and a log") {
  auto const read = [](std::string const& text) { return store::read_engine_address(text); };
  auto const address = std::get<store::EngineAddress>(read("nats://a,b:4223,nats://c/RTAA"));
  CHECK(address.servers == std::vector<std::string>{"nats://a", "nats://b:4223", "nats://c"});
  CHECK(address.log == "RTAA");
  for (auto const* const wrong : {"nats://", "nats://a,,b", "nats://a/", "nats://a/A.B", "http://a"})
    CHECK(std::holds_alternative<store::Failure>(read(wrong)));
}

TEST_CASE("a second switch stands by, says for whom, and takes over what the first has committed") {
  InNats first;
  REQUIRE_FALSE(commit(first(), {accepted(1), handed(1, 0)}));
  auto options = first.options;
  options.directory = first.folder.path() / "second";
  auto const second = opened(options);
  CHECK_FALSE(second->standing()->owner);
  CHECK_THAT(why(second->replay(ignore)),
             Contains("this switch stands by: ") && Contains(" runs the relay LOG-"));
  CHECK(second->replay(ignore)->passes);
  CHECK(commit(*second, {accepted(1)}).has_value());
  REQUIRE_FALSE(commit(first(), {settled(1, 0)}));
  auto const lines = replayed(first());
  first.kept.reset();
  REQUIRE(takes_over(*second));
  CHECK(replayed(*second) == lines);
  CHECK_FALSE(commit(*second, {accepted(2)}));
}

TEST_CASE("a switch that stands by reads the log as it grows") {
  InNats first;
  auto options = first.options;
  options.directory = first.folder.path() / "second";
  auto const second = opened(options);
  REQUIRE_FALSE(commit(first(), {accepted(1)}));
  CHECK(comes([&] { return message(*second, 1).has_value(); }));
}

TEST_CASE("a claim that nobody renews is over") {
  InNats kept;
  auto const engine = engine_of(kept.options);
  kept.kept.reset();
  take_over(*engine, "elsewhere:1/0");
  kept.kept = opened(kept.options);
  CHECK_FALSE(kept.kept->standing()->owner);
  CHECK(kept.kept->standing()->trouble ==
        fmt::format("this switch stands by: elsewhere:1 runs the relay {}", kept.options.address.log));
  CHECK(takes_over(*kept.kept));
}

TEST_CASE("who was overtaken commits nothing, whether it knows or not") {
  InNats kept;
  REQUIRE_FALSE(commit(kept(), {accepted(1)}));
  auto const engine = engine_of(kept.options);
  auto const last = append(*engine, store::begin_entry("elsewhere:1/0"));
  CHECK_THAT(why(commit(kept(), {accepted(2)})), Contains("another switch has taken over"));
  CHECK(state_of(*engine).last >= last);
  SECTION("not even when it has the log again, before its relay is rebuilt") {
    REQUIRE(takes_over(*kept.kept));
    CHECK(commit(kept(), {accepted(2)}).has_value());
    CHECK(commit(kept(), {}).has_value());
    CHECK(replayed(kept()).size() == 1);
    CHECK_FALSE(commit(kept(), {}));
    CHECK_FALSE(commit(kept(), {accepted(2)}));
  }
}

TEST_CASE("a switch whose claim was taken steps down, and says for whom") {
  InNats kept;
  auto const engine = engine_of(kept.options);
  REQUIRE(comes([&] {
    auto const claim = std::get<Engine::Claim>(engine->claim());
    return std::holds_alternative<std::uint64_t>(engine->claim("elsewhere:1/0", claim.revision));
  }));
  REQUIRE(comes([&] { return !kept.kept->standing()->owner; }));
  CHECK_THAT(kept.kept->standing()->trouble, Contains("elsewhere:1"));
}

TEST_CASE("a group too large for one message of the engine is whole or not at all") {
  InNats kept;
  REQUIRE_FALSE(commit(kept(), {accepted(1, 2, 3'000'000), accepted(2)}));
  auto const lines = replayed(kept());
  kept.kept.reset();
  auto const engine = engine_of(kept.options);
  std::vector<relay::Record> const group{accepted(3, 2, 3'000'000)};
  auto const entries = store::entries_of(store::encode(group), 1'000'000);
  REQUIRE(entries.size() > 2);
  for (std::size_t i = 0; i + 1 != entries.size(); ++i) append(*engine, entries[i]);
  kept.options.directory = kept.folder.path() / "anew";
  kept.kept = opened(kept.options);
  CHECK(replayed(kept()) == lines);
  REQUIRE_FALSE(commit(kept(), {accepted(3)}));
}

TEST_CASE("a log is shortened, and what it still holds is all that matters") {
  InNats kept;
  kept.kept.reset();
  kept.options.slack = 1;
  kept.kept = opened(kept.options);
  std::vector<relay::Record> pruned;
  for (relay::MessageNumber number = 1; number <= 40; ++number) {
    auto made = number % 2 == 0 ? accepted(number, 2, 20'000) : store::testing::passed_on(number);
    REQUIRE_FALSE(commit(kept(), {made, handed(number, 1)}));
    if (number % 10 != 0) pruned.emplace_back(relay::Pruned{number});
  }
  REQUIRE_FALSE(
      commit(kept(), {relay::Numbered{"XR", 9, {}}, relay::Heard{"AC", 20, 17}, relay::Closure{"AB", true}}));
  REQUIRE_FALSE(commit(kept(), {relay::Moved{{10, 0}, {{"RUEHX"}, {"RUEHY"}}}, settled(20, 0)}));
  REQUIRE_FALSE(commit(kept(), pruned));
  auto const engine = engine_of(kept.options);
  auto const before = state_of(*engine);
  auto const lines = replayed(kept());
  std::size_t rounds = 0;
  while (kept().index(0)) REQUIRE(++rounds < 100);
  CHECK(state_of(*engine).first > before.first);
  CHECK(state_of(*engine).bytes < before.bytes / 2);
  CHECK(replayed(kept()) == lines);
  kept.reopen();
  CHECK(replayed(kept()) == lines);
  kept.kept.reset();
  kept.options.directory = kept.folder.path() / "anew";
  kept.kept = opened(kept.options);
  CHECK(replayed(kept()) == lines);
  CHECK(message(kept(), 10)->text == accepted(10, 2, 20'000).message->bytes());
}

TEST_CASE("a working copy older than the log's beginning is made anew") {
  InNats kept;
  kept.options.slack = 1;
  kept.reopen();
  for (relay::MessageNumber number = 1; number <= 20; ++number)
    REQUIRE_FALSE(commit(kept(), {accepted(number, 2, 20'000)}));
  auto const old = kept.options.directory;
  kept.options.directory = kept.folder.path() / "other";
  kept.reopen();
  std::vector<relay::Record> pruned;
  for (relay::MessageNumber number = 1; number != 20; ++number) pruned.emplace_back(relay::Pruned{number});
  REQUIRE_FALSE(commit(kept(), pruned));
  while (kept().index(0)) {
  }
  auto const lines = replayed(kept());
  CHECK(lines.size() == 1);
  kept.options.directory = old;
  kept.reopen();
  CHECK(replayed(kept()) == lines);
}

TEST_CASE("a commit whose answer is lost is found done, and done once") {
  InNats kept;
  auto const engine = engine_of(kept.options);
  auto const last = state_of(*engine).last;
  auto const first = engine->append(store::begin_entry("a"), last, "the same", milliseconds(2'000));
  auto const again = engine->append(store::begin_entry("a"), last, "the same", milliseconds(2'000));
  CHECK(std::get<std::uint64_t>(first) == last + 1);
  CHECK(std::get<std::uint64_t>(again) == last + 1);
  CHECK(state_of(*engine).last == last + 1);
  CHECK(std::holds_alternative<Engine::Conflict>(engine->append("b", last, "another", milliseconds(2'000))));
}

TEST_CASE("while the engine is away a switch refuses and says why, and when it is back it goes on") {
  Folder const folder;
  NatsServer server;
  auto options = new_log(folder.store());
  options.address.servers = {server.address()};
  options.patience = milliseconds(300);
  auto const kept = opened(options);
  REQUIRE_FALSE(commit(*kept, {accepted(1)}));
  auto const away = GENERATE(SIGKILL, SIGSTOP);
  if (away == SIGKILL)
    server.kill();
  else
    server.stop();
  auto const failure = commit(*kept, {accepted(2)});
  CHECK_THAT(why(failure), Contains("NATS JetStream: "));
  CHECK_FALSE(kept->standing()->owner);
  CHECK(commit(*kept, {accepted(2)}).has_value());
  CHECK(kept->message(1).index() == 0);  // what it has it keeps
  if (away == SIGKILL)
    server.start();
  else
    server.send(SIGCONT);
  REQUIRE(takes_over(*kept));
  // What was refused may have got there all the same: then it is there, and filed again it is known.
  auto const lines = replayed(*kept);
  CHECK(lines.size() <= 2);
  CHECK_FALSE(commit(*kept, {accepted(lines.size() + 1)}));
}

TEST_CASE("a log that has lost what it acknowledged is told, and the copy is kept") {
  Folder const folder;
  auto options = new_log(folder.store());
  {
    NatsServer server;
    options.address.servers = {server.address()};
    auto const kept = opened(options);
    REQUIRE_FALSE(commit(*kept, {accepted(1)}));
  }
  NatsServer another;
  options.address.servers = {another.address()};
  auto const kept = opened(options);
  CHECK_THAT(kept->standing()->trouble,
             Contains("the log is not the one that the working copy was read from") &&
                 Contains("torntape store migrate --from lmdb:"));
  CHECK_FALSE(kept->standing()->owner);
  CHECK(message(*kept, 1).has_value());
}

TEST_CASE("a store of its own and a working copy are not taken for each other") {
  InNats kept;
  kept.kept.reset();
  auto const as_own = store::LmdbStore::open(kept.options.directory);
  CHECK_THAT(std::get<store::Failure>(as_own).message, Contains("working copy of a switch on NATS"));
  auto const own = kept.folder.path() / "own";
  REQUIRE_FALSE(commit(*opened(own), {accepted(1)}));
  kept.options.directory = own;
  CHECK_THAT(why_not(NatsStore::open(kept.options)), Contains("torntape store migrate --from lmdb:"));
}

#endif
