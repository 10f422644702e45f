// The search of the journal: its terms, and what it finds in every store.
#include "router/store/journal.hpp"

#include <catch2/catch.hpp>
#include <lmdb.h>
#include <rapidcheck.h>

#include "tests/router/store/every_store.hpp"

namespace relay = torntape::relay;
namespace store = torntape::store;
using relay::MessageNumber;
using store::Found;
using store::Wanted;
using store::testing::commit;
using store::testing::Folder;
using store::testing::opened;

namespace {

using store::testing::EveryStore;
using Numbers = std::vector<MessageNumber>;

// A message under this serial, to one of the addressees that the number picks.
relay::Accepted filed(MessageNumber number, int serial, unsigned to = 0) {
  static std::vector<std::string> const addressees{"RUEHC/SECSTATE WASHDC", "RUEHKO/AMEMBASSY TOKYO",
                                                   "RUEHUL/AMEMBASSY SEOUL"};
  relay::testing::Heading heading;
  heading.serial = serial;
  heading.to = addressees.at(to % addressees.size());
  auto made = store::testing::accepted(number, 0);
  made.message = relay::testing::received(relay::testing::text_of(heading));
  made.envelope.copies = {{heading.to.substr(0, heading.to.find('/'))}};
  return made;
}

Wanted serial(int number) { return {.station_serial_number = fmt::format("{:04}", number)}; }
Wanted to(std::string addressee) { return {.addressee = std::move(addressee)}; }

// All that a search finds, `most` at a time.
Numbers all(store::Store& kept, Wanted const& wanted, std::size_t most = 100) {
  Numbers numbers;
  MessageNumber before = 0;
  do {
    auto const found = kept.search(wanted, before, most);
    CHECK(found.messages.size() <= most);
    numbers.insert(numbers.end(), found.messages.begin(), found.messages.end());
    before = found.next;
  } while (before != 0);
  return numbers;
}

void index_all(store::Store& kept) {
  while (kept.index(0)) {
  }
}

bool has(store::Terms const& terms, Wanted const& wanted) { return has_all(terms, store::terms_of(wanted)); }

// Writes over every entry of the index, behind the store's back.
std::size_t damage_index(std::filesystem::path const& path) {
  MDB_env* environment = nullptr;
  MDB_txn* transaction = nullptr;
  MDB_cursor* cursor = nullptr;
  MDB_dbi table = 0;
  REQUIRE(mdb_env_create(&environment) == 0);
  REQUIRE(mdb_env_set_maxdbs(environment, 8) == 0);
  REQUIRE(mdb_env_open(environment, path.c_str(), 0, 0600) == 0);
  REQUIRE(mdb_txn_begin(environment, nullptr, 0, &transaction) == 0);
  REQUIRE(mdb_dbi_open(transaction, "journal", 0, &table) == 0);
  REQUIRE(mdb_cursor_open(transaction, table, &cursor) == 0);
  MDB_val key{}, value{};
  std::size_t entries = 0;
  while (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) {
    MDB_val nothing{0, nullptr};
    REQUIRE(mdb_cursor_put(cursor, &key, &nothing, MDB_CURRENT) == 0);
    ++entries;
  }
  mdb_cursor_close(cursor);
  REQUIRE(mdb_txn_commit(transaction) == 0);
  mdb_env_close(environment);
  return entries;
}

}  // namespace

TEST_CASE("the terms of the seed are those a clerk knows it by") {
  auto const message = relay::testing::received(relay::testing::seed_text());
  relay::Envelope envelope;
  envelope.copies = {{"RUEHTH"}, {relay::circuit_queue("XR")}};
  auto const terms = store::terms_of(envelope, message->message());
  for (auto const* const reference : {"001399", "ASTANA 001399", "astana001399", "09ASTANA1399"})
    CHECK(has(terms, {.message_reference_number = reference}));
  CHECK(has(terms, {.station_serial_number = "1399"}));
  for (auto const* const group : {"170141Z AUG 09", "170141Z", "170141zaug09"})
    CHECK(has(terms, {.date_time_group = group}));
  for (auto const* const from : {"AMEMBASSY ASTANA", "RUEHTA"}) CHECK(has(terms, {.originator = from}));
  for (auto const* const addressee : {"RUEHC", "SECSTATE WASHDC", "RUEHNO", "CIS COLLECTIVE", "RUEHTH"})
    CHECK(has(terms, to(addressee)));
  CHECK(has(terms, {.station_serial_number = "1399", .originator = "RUEHTA"}));
  CHECK_FALSE(has(terms, {.station_serial_number = "1399", .originator = "RUEHC"}));
  CHECK_FALSE(has(terms, to("RUEHTA")));
  CHECK_FALSE(has(terms, to(relay::circuit_queue("XR"))));
  CHECK_FALSE(has(terms, {.message_reference_number = "1399"}));
}

TEST_CASE("a dead letter is found by the station that it was for") {
  auto const message = relay::testing::received(relay::testing::seed_text());
  relay::Envelope envelope;
  envelope.copies = {{"dead-letter"}};
  envelope.copies[0].called = {"RUEHTH"};
  auto const terms = store::terms_of(envelope, message->message());
  CHECK(has(terms, to("RUEHTH")));
  CHECK_FALSE(has(terms, to("dead-letter")));
}

TEMPLATE_LIST_TEST_CASE("a search finds what was committed, newest first, a few at a time", "", EveryStore) {
  TestType kept;
  REQUIRE_FALSE(commit(kept(), {filed(1, 7, 0), filed(2, 8, 1), filed(3, 7, 1), filed(4, 9, 0)}));
  CHECK(all(kept(), serial(7)) == Numbers{3, 1});
  CHECK(all(kept(), to("AMEMBASSY TOKYO"), 1) == Numbers{3, 2});
  CHECK(all(kept(), {.station_serial_number = "0007", .addressee = "RUEHC"}) == Numbers{1});
  CHECK(all(kept(), {}, 3) == Numbers{4, 3, 2, 1});
  CHECK(all(kept(), serial(1)).empty());
  CHECK(kept().search({}, 3, 1).messages == Numbers{2});
  CHECK(kept().search({}, 3, 1).next == 2);
}

TEST_CASE("what the index holds and what it does not hold yet are found alike") {
  Folder const folder;
  auto const kept = opened(folder.store());
  std::vector<relay::Record> records;
  for (MessageNumber number = 1; number <= 700; ++number)
    records.emplace_back(filed(number, static_cast<int>(number % 100), static_cast<unsigned>(number % 3)));
  REQUIRE_FALSE(commit(*kept, records));
  auto const before = all(*kept, serial(17));
  CHECK(before == Numbers{617, 517, 417, 317, 217, 117, 17});
  CHECK_FALSE(kept->index(701));
  CHECK(kept->index(0));
  CHECK(all(*kept, serial(17)) == before);
  index_all(*kept);
  CHECK(all(*kept, serial(17)) == before);
  CHECK(all(*kept, serial(17), 2) == before);
  CHECK(all(*kept, to("RUEHKO")).size() == 234);
  CHECK(all(*kept, {.station_serial_number = "0017", .addressee = "RUEHKO"}) == Numbers{517, 217});
}

TEST_CASE("a message that is forgotten is found no more") {
  Folder const folder;
  auto const kept = opened(folder.store());
  std::vector<relay::Record> records;
  for (MessageNumber number = 1; number <= 256; ++number) records.emplace_back(filed(number, 5));
  REQUIRE_FALSE(commit(*kept, records));
  index_all(*kept);
  REQUIRE_FALSE(commit(*kept, {relay::Pruned{100}, relay::Pruned{256}}));
  CHECK(all(*kept, serial(5)).size() == 254);
}

TEST_CASE("an index that is damaged hides nothing") {
  Folder const folder;
  std::vector<relay::Record> records;
  for (MessageNumber number = 1; number <= 300; ++number)
    records.emplace_back(filed(number, static_cast<int>(number % 50)));
  {
    auto const kept = opened(folder.store());
    REQUIRE_FALSE(commit(*kept, records));
    index_all(*kept);
  }
  CHECK(damage_index(folder.store()) > 50);
  CHECK(all(*opened(folder.store()), serial(17)) == Numbers{267, 217, 167, 117, 67, 17});
}

TEST_CASE("the index of a store that had none is made while it is used") {
  Folder const folder;
  {
    auto const kept = opened(folder.store());
    std::vector<relay::Record> records;
    for (MessageNumber number = 1; number <= 600; ++number)
      records.emplace_back(filed(number, static_cast<int>(number % 100)));
    REQUIRE_FALSE(commit(*kept, records));
  }
  auto const kept = opened(folder.store());
  CHECK(all(*kept, serial(17)).size() == 6);
  CHECK(kept->index(0));
  CHECK(kept->index(0));
  CHECK_FALSE(kept->index(0));
  CHECK(all(*kept, serial(17)).size() == 6);
}

TEST_CASE("a search that finds nothing for long says where to go on") {
  store::MemoryStore kept;
  std::vector<relay::Record> records;
  for (MessageNumber number = 1; number <= store::max_looked_at_to_find + 5; ++number)
    records.emplace_back(filed(number, number == 3 ? 7 : 8));
  REQUIRE_FALSE(commit(kept, records));
  auto const found = kept.search(serial(7), 0, 10);
  CHECK(found.messages.empty());
  CHECK(found.next == 6);
  CHECK(all(kept, serial(7)) == Numbers{3});
}

TEST_CASE("whatever was committed, indexed and forgotten, a search finds what looking at all would") {
  rc::check([] {
    Folder const folder;
    auto const kept = opened(folder.store());
    std::map<MessageNumber, std::pair<int, unsigned>> model;
    MessageNumber next = 1;
    for (int round = *rc::gen::inRange(1, 5); round != 0; --round) {
      std::vector<relay::Record> records;
      for (int count = *rc::gen::inRange(0, 300); count != 0; --count, ++next) {
        auto const serial = static_cast<int>(next * 31 % 4);
        auto const addressee = static_cast<unsigned>(next * 7 % 3);
        model[next] = {serial, addressee};
        records.emplace_back(filed(next, serial, addressee));
      }
      REQUIRE_FALSE(commit(*kept, records));
      if (*rc::gen::arbitrary<bool>()) index_all(*kept);
      auto const gone = *rc::gen::inRange<MessageNumber>(1, next + 1);
      if (model.erase(gone) != 0) REQUIRE_FALSE(commit(*kept, {relay::Pruned{gone}}));
    }
    auto const wanted_serial = *rc::gen::inRange(0, 4);
    Numbers expected;
    for (auto const& [number, what] : model)
      if (what.first == wanted_serial && what.second == 1) expected.insert(expected.begin(), number);
    auto wanted = serial(wanted_serial);
    wanted.addressee = "AMEMBASSY TOKYO";
    RC_ASSERT(all(*kept, wanted, static_cast<std::size_t>(*rc::gen::inRange(1, 40))) == expected);
  });
}
