#include "router/store/lmdb.hpp"

#include <array>
#include <fstream>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <lmdb.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/router/store/support.hpp"

namespace fs = std::filesystem;
namespace relay = torntape::relay;
namespace store = torntape::store;
using Catch::Matchers::Contains;
using store::Store;
using store::testing::accepted;
using store::testing::commit;
using store::testing::Folder;
using store::testing::handed;
using store::testing::is;
using store::testing::message;
using store::testing::opened;
using store::testing::replayed;
using store::testing::why_not;

namespace {

// Writes into the meta table behind the store's back.
void set_meta(fs::path const& path, std::string key, std::string value) {
  MDB_env* environment = nullptr;
  MDB_txn* transaction = nullptr;
  MDB_dbi table = 0;
  REQUIRE(mdb_env_create(&environment) == 0);
  REQUIRE(mdb_env_set_maxdbs(environment, 8) == 0);
  REQUIRE(mdb_env_open(environment, path.c_str(), 0, 0600) == 0);
  REQUIRE(mdb_txn_begin(environment, nullptr, 0, &transaction) == 0);
  REQUIRE(mdb_dbi_open(transaction, "meta", MDB_CREATE, &table) == 0);
  MDB_val k{key.size(), key.data()}, v{value.size(), value.data()};
  REQUIRE(mdb_put(transaction, table, &k, &v, 0) == 0);
  REQUIRE(mdb_txn_commit(transaction) == 0);
  mdb_env_close(environment);
}

void drop_tables(fs::path const& path, std::vector<char const*> const& names) {
  MDB_env* environment = nullptr;
  MDB_txn* transaction = nullptr;
  REQUIRE(mdb_env_create(&environment) == 0);
  REQUIRE(mdb_env_set_maxdbs(environment, 8) == 0);
  REQUIRE(mdb_env_open(environment, path.c_str(), 0, 0600) == 0);
  REQUIRE(mdb_txn_begin(environment, nullptr, 0, &transaction) == 0);
  for (auto const* const name : names) {
    MDB_dbi table = 0;
    REQUIRE(mdb_dbi_open(transaction, name, 0, &table) == 0);
    REQUIRE(mdb_drop(transaction, table, 1) == 0);
  }
  REQUIRE(mdb_txn_commit(transaction) == 0);
  mdb_env_close(environment);
}

// Commits groups of two messages and says after each how many are durable, until it is killed.
[[noreturn]] void commit_until_killed(fs::path const& path, int tell) {
  ::alarm(60);  // should nobody kill it
  auto const kept = opened(path);
  for (relay::MessageNumber number = 1;; number += 2) {
    std::vector<relay::Record> const group{accepted(number, 2, 3000), accepted(number + 1, 2, 3000),
                                           handed(number, 0), handed(number + 1, 1)};
    if (kept->commit(group)) _exit(1);
    auto const durable = number + 1;
    if (::write(tell, &durable, sizeof durable) != sizeof durable) _exit(2);
  }
}

}  // namespace

TEST_CASE("the directory is made for its owner only") {
  Folder const folder;
  auto const path = folder.store() / "deep" / "store";
  auto const kept = opened(path);
  CHECK((fs::status(path).permissions() & fs::perms::mask) == fs::perms::owner_all);
  CHECK((fs::status(path / "data.mdb").permissions() & fs::perms::mask) ==
        (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("a store is open once, and free again when closed") {
  Folder const folder;
  auto kept = opened(folder.store());
  CHECK_THAT(why_not(folder.store()), Contains("the store is open already"));
  kept.reset();
  CHECK(why_not(folder.store()).empty());
}

TEST_CASE("a second process may not open the store") {
  Folder const folder;
  auto const kept = opened(folder.store());
  auto const child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) _exit(why_not(folder.store()).empty() ? 1 : 0);
  int status = -1;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a folder that holds something else is left alone") {
  Folder const folder;
  fs::create_directories(folder.store());
  std::ofstream(folder.store() / "letter.txt") << "dear";
  CHECK_THAT(why_not(folder.store()), Contains("is not empty and holds no store"));
  CHECK(std::distance(fs::directory_iterator(folder.store()), {}) == 1);
  CHECK_THAT(why_not(folder.store() / "letter.txt"), Contains("not a directory"));
}

TEST_CASE("a damaged data file is told, never read on") {
  Folder const folder;
  fs::create_directories(folder.store());
  std::ofstream(folder.store() / "data.mdb") << std::string(100'000, 'x');
  CHECK_THAT(why_not(folder.store()), Contains("is damaged: its first page is none of LMDB"));
}

TEST_CASE("a data file cut short is told, never read on") {
  Folder const folder;
  {
    auto const kept = opened(folder.store());
    REQUIRE_FALSE(commit(*kept, {accepted(1, 2, 1'000'000)}));
  }
  fs::resize_file(folder.store() / "data.mdb", 200'000);
  CHECK_THAT(why_not(folder.store()), Contains("is damaged") && Contains("cut short"));
}

TEST_CASE("an empty data file is a damaged store, not a new one") {
  Folder const folder;
  opened(folder.store()).reset();
  fs::resize_file(folder.store() / "data.mdb", 0);
  CHECK(why_not(folder.store()) ==
        "the store in " + folder.store().string() + " is damaged: 0 bytes are no store");
}

TEST_CASE("a store whose making was interrupted is made anew") {
  Folder const folder;
  fs::create_directories(folder.store());
  std::ofstream(folder.store() / "data.mdb.new") << "half";
  CHECK(why_not(folder.store()).empty());
  CHECK_FALSE(fs::exists(folder.store() / "data.mdb.new"));
}

TEST_CASE("whichever byte is damaged, the store is refused or read as it was, and nothing crashes") {
  Folder const folder;
  {
    auto const kept = opened(folder.store());
    for (relay::MessageNumber number = 1; number <= 40; ++number)
      REQUIRE_FALSE(commit(*kept, {accepted(number, 3, number % 5 == 0 ? 9000 : 300), handed(number, 0)}));
  }
  auto const file = folder.store() / "data.mdb";
  auto const good = relay::testing::contents(file);
  auto const before = replayed(*opened(folder.store()));
  std::size_t refused = 0;
  for (std::size_t at = 0; at < good.size(); at += 61) {
    auto bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x5A);
    std::ofstream(file, std::ios::binary).write(bad.data(), static_cast<std::streamsize>(bad.size()));
    auto result = store::LmdbStore::open(folder.store());
    auto* const kept = std::get_if<std::unique_ptr<store::LmdbStore>>(&result);
    auto const same = [&] {
      try {
        return replayed(**kept) == before;
      } catch (std::runtime_error const&) {
        return false;
      }
    };
    if (kept == nullptr || !same()) {
      ++refused;
      continue;
    }
    for (relay::MessageNumber number = 1; number <= 40; ++number)
      if (auto const found = message(**kept, number)) {
        INFO("byte " << at);
        CHECK(found->text == accepted(number, 3, number % 5 == 0 ? 9000 : 300).message->bytes());
      }
  }
  CHECK(refused > 0);
}

TEST_CASE("a text that was damaged is told, and whole again once the same bytes are filed") {
  Folder const folder;
  auto const whole = accepted(2, 2, 100'000);
  {
    auto const kept = opened(folder.store());
    REQUIRE_FALSE(commit(*kept, {accepted(1), whole, accepted(3)}));
  }
  auto const file = folder.store() / "data.mdb";
  auto bytes = relay::testing::contents(file);
  auto const inside = bytes.find(std::string(1'000, 'X'));
  REQUIRE(inside != std::string::npos);
  bytes[inside + 500] = 'Y';
  std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));

  auto kept = opened(folder.store());
  CHECK(is(kept->message(2), Store::Missing::damaged));
  CHECK(message(*kept, 1).has_value());
  REQUIRE_FALSE(commit(*kept, {relay::Refiled{2, whole.message}, relay::Refiled{3, whole.message}}));
  kept.reset();
  kept = opened(folder.store());
  REQUIRE(message(*kept, 2).has_value());
  CHECK(message(*kept, 2)->text == whole.message->bytes());
  CHECK(message(*kept, 3)->text == accepted(3).message->bytes());  // it was whole: left alone
}

TEST_CASE("a store whose data file is gone is not taken for a new one") {
  Folder const folder;
  opened(folder.store()).reset();
  fs::remove(folder.store() / "data.mdb");
  CHECK_THAT(why_not(folder.store()), Contains("there was a store here, and its data.mdb is gone"));
  fs::remove(folder.store() / "lock.mdb");
  CHECK(why_not(folder.store()).empty());
}

TEST_CASE("a store of a newer format is refused by both versions; one of another program is not ours") {
  Folder const folder;
  opened(folder.store()).reset();
  set_meta(folder.store(), "format", "5");
  CHECK_THAT(why_not(folder.store()), Contains("the store has format 5, this torntape reads formats 2 to 4"));
  set_meta(folder.store(), "application", "other");
  CHECK_THAT(why_not(folder.store()), Contains("not a store of torntape"));
}

TEST_CASE("compacting gives back room and keeps what is there") {
  Folder const folder;
  {
    auto const kept = opened(folder.store());
    for (relay::MessageNumber number = 1; number <= 40; ++number)
      REQUIRE_FALSE(commit(*kept, {accepted(number, 2, 20'000)}));
    for (relay::MessageNumber number = 1; number < 40; ++number)
      REQUIRE_FALSE(commit(*kept, {relay::Pruned{number}}));
  }
  auto const before = replayed(*opened(folder.store()));
  auto const size = fs::file_size(folder.store() / "data.mdb");
  CHECK_FALSE(store::LmdbStore::compact(folder.store()));
  CHECK(fs::file_size(folder.store() / "data.mdb") < size / 4);
  CHECK(replayed(*opened(folder.store())) == before);
  CHECK(message(*opened(folder.store()), 40)->text == accepted(40, 2, 20'000).message->bytes());
  CHECK(store::LmdbStore::compact(folder.store() / "none")->message.ends_with("no store of torntape"));
}

TEST_CASE("a store of the format before is taken over with all it holds") {
  Folder const folder;
  {
    auto const kept = opened(folder.store());
    REQUIRE_FALSE(commit(*kept, {accepted(1), handed(1, 0)}));
  }
  auto const before = replayed(*opened(folder.store()));
  drop_tables(folder.store(), {"transmissions", "sent", "heard", "journal"});
  set_meta(folder.store(), "format", "2");
  {
    auto const kept = opened(folder.store());
    CHECK(replayed(*kept) == before);
    REQUIRE_FALSE(commit(*kept, {relay::Numbered{"XR", 1, {}}}));
  }
  CHECK(replayed(*opened(folder.store())).back() == "numbered XR 1 0-0");
}

TEST_CASE("an LMDB file without our tables is not a store") {
  Folder const folder;
  fs::create_directories(folder.store());
  set_meta(folder.store(), "key", "value");
  CHECK_THAT(why_not(folder.store()), Contains("not a store of torntape"));
}

TEST_CASE("a number committed twice fails the group") {
  Folder const folder;
  auto const kept = opened(folder.store());
  REQUIRE_FALSE(commit(*kept, {accepted(2)}));
  CHECK(commit(*kept, {accepted(3), accepted(2)}).has_value());
  CHECK(replayed(*kept).size() == 1);
}

TEST_CASE("a full store keeps nothing of the group, and what fits is committed later") {
  Folder const folder;
  store::LmdbOptions small;
  small.map_size = 1'000'000;
  auto kept = opened(folder.store(), small);
  relay::MessageNumber number = 1;
  while (!commit(*kept, {accepted(number, 2, 50'000)})) ++number;
  auto const durable = replayed(*kept).size();
  CHECK(durable == number - 1);
  auto const failure = commit(*kept, {accepted(number, 2, 100), accepted(number + 1, 2, 500'000)});
  REQUIRE(failure.has_value());
  CHECK(failure->message == "the store has grown to the most it may");
  CHECK(replayed(*kept).size() == durable);
  CHECK_FALSE(message(*kept, number).has_value());
  kept.reset();
  kept = opened(folder.store());
  CHECK_FALSE(commit(*kept, {accepted(number, 2, 500'000)}));
  CHECK(replayed(*kept).size() == durable + 1);
}

// The limit of a file's size stands for the full disk: the system refuses to write on.
TEST_CASE("a disk that is full keeps nothing of the group, and commits go on when there is room") {
  Folder const folder;
  auto const child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    auto const kept = opened(folder.store());
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    auto const room = limit.rlim_cur;
    limit.rlim_cur = 400'000;
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(1);
    relay::MessageNumber number = 1;
    while (!commit(*kept, {accepted(number, 2, 20'000)})) ++number;
    if (number < 3 || replayed(*kept).size() != number - 1) _exit(2);
    limit.rlim_cur = room;
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(3);
    if (commit(*kept, {accepted(number, 2, 20'000)})) _exit(4);
    _exit(replayed(*kept).size() == number ? 0 : 5);
  }
  int status = -1;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(why_not(folder.store()).empty());
}

TEST_CASE("a process killed while it commits loses no group it was told of, and no group in part") {
  Folder const folder;
  for (relay::MessageNumber kill_after : {2U, 20U, 60U, 100U}) {
    fs::remove_all(folder.store());
    std::array<int, 2> tell{};
    REQUIRE(::pipe(tell.data()) == 0);
    auto const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) commit_until_killed(folder.store(), tell[1]);
    ::close(tell[1]);
    relay::MessageNumber durable = 0;
    while (durable < kill_after && ::read(tell[0], &durable, sizeof durable) == sizeof durable) continue;
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    while (::read(tell[0], &durable, sizeof durable) == sizeof durable) continue;
    ::close(tell[0]);

    auto const kept = opened(folder.store());
    relay::MessageNumber messages = 0, marks = 0;
    for (auto const& line : replayed(*kept)) ++(line.starts_with("accepted") ? messages : marks);
    CHECK(messages >= durable);
    CHECK(messages % 2 == 0);
    CHECK(marks == messages);
    REQUIRE(message(*kept, messages).has_value());
    CHECK(message(*kept, messages)->text == accepted(messages, 2, 3000).message->bytes());
    CHECK_FALSE(commit(*kept, {accepted(messages + 1)}));
  }
}
