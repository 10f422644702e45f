#include "router/service/delivery.hpp"

#include <catch2/catch.hpp>
#include <torntape/v1/switch.pb.h>

#include "router/service/intake.hpp"
#include "sample.hpp"

namespace torntape::service {
namespace {

relay::Accepted accepted(relay::MessageNumber number, unsigned serial) {
  Intake intake{nullptr};
  auto filed = std::get<relay::Filed>(intake.judge(sample::message(serial)));
  relay::Accepted out;
  out.envelope.number = number;
  out.envelope.accepted_at = relay::Now{std::chrono::milliseconds{1'250'473'260'500}};
  out.envelope.digest = filed.digest;
  out.envelope.copies.resize(2);
  out.message = filed.message;
  return out;
}

void keep(store::Store& store, relay::MessageNumber number, unsigned serial) {
  std::vector<relay::Record> records;
  records.emplace_back(accepted(number, serial));
  REQUIRE_FALSE(store.commit(records));
}

relay::HandedCopy copy(relay::MessageNumber number, std::uint16_t index) {
  relay::HandedCopy out;
  out.id = {number, index};
  out.copy = {"RUEHC", grammar::AddresseeKind::action, grammar::Precedence::priority};
  out.attempt = 2;
  out.suspected_duplicate = true;
  return out;
}

v1::Response read(std::string const& bytes) {
  v1::Response response;
  REQUIRE(response.ParseFromString(bytes));
  return response;
}

TEST_CASE("Copies put together by hand read as the schema says") {
  store::MemoryStore store;
  keep(store, 1, 2001);
  Messages messages{store, 1 << 20};
  std::vector const copies{copy(1, 0), copy(1, 1)};
  auto const built = collected(7, copies, messages, 1 << 20);
  CHECK(built.copies == 2);
  auto const response = read(built.response);
  CHECK(response.id() == 7);
  REQUIRE(response.collect().copies_size() == 2);
  auto const& first = response.collect().copies(0);
  CHECK(first.queue() == "RUEHC");
  CHECK(first.kind() == v1::KIND_ACTION);
  CHECK(first.precedence() == v1::PRECEDENCE_PRIORITY);
  CHECK(first.attempt() == 2);
  CHECK(first.suspected_duplicate());
  CHECK(first.message().id() == relay::to_string(relay::MessageNumber{1}));
  CHECK(first.message().text() == sample::message(2001));
  CHECK(first.message().heading().originator() == "AMEMBASSY ASTANA");
  CHECK(first.message().accepted_at().seconds() == 1'250'473'260);
  CHECK(first.message().accepted_at().nanos() == 500'000'000);
  CHECK(response.collect().copies(1).id() == relay::to_string(relay::CopyId{1, 1}));
}

TEST_CASE("No copies are an empty answer") {
  store::MemoryStore store;
  Messages messages{store, 1 << 20};
  auto const response = read(collected(7, {}, messages, 1 << 20).response);
  CHECK(response.has_collect());
  CHECK(response.collect().copies().empty());
}

TEST_CASE("An answer stops at its limit, but holds one copy at least") {
  store::MemoryStore store;
  keep(store, 1, 2001);
  Messages messages{store, 1 << 20};
  std::vector const copies{copy(1, 0), copy(1, 1)};
  auto const built = collected(7, copies, messages, 1);
  CHECK(built.copies == 1);
  CHECK(read(built.response).collect().copies_size() == 1);
}

TEST_CASE("A copy whose text is damaged is named, and does not hold up those behind it") {
  store::MemoryStore store;
  keep(store, 1, 2001);
  keep(store, 2, 2002);
  store.damage(2);
  Messages messages{store, 1 << 20};
  std::vector const copies{copy(2, 1), copy(1, 0)};
  auto const built = collected(7, copies, messages, 1 << 20);
  CHECK(built.copies == 2);
  auto const response = read(built.response).collect();
  REQUIRE(response.copies_size() == 1);
  CHECK(response.copies(0).id() == "1-0");
  REQUIRE(response.damaged_copy_ids_size() == 1);
  CHECK(response.damaged_copy_ids(0) == "2-1");
}

TEST_CASE("A message is serialised once while it is at hand, and the one used last longest ago goes first") {
  store::MemoryStore store;
  for (unsigned i = 1; i != 4; ++i) keep(store, i, 2000 + i);
  Messages all{store, 1 << 20};
  auto const size = all.serialised(1)->size();
  Messages messages{store, 2 * size + size / 2};
  auto const first = messages.serialised(1);
  CHECK(messages.serialised(1) == first);
  auto const second = messages.serialised(2);
  CHECK(messages.serialised(1) == first);
  auto const third = messages.serialised(3);
  CHECK(messages.serialised(1) == first);
  CHECK(messages.serialised(3) == third);
  CHECK(messages.serialised(2) != second);
  CHECK(messages.serialised(4) == nullptr);
}

}  // namespace
}  // namespace torntape::service
