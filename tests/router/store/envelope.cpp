#include "router/store/envelope.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

namespace grammar = torntape::grammar;
namespace relay = torntape::relay;
namespace store = torntape::store;

namespace {

relay::Envelope random_envelope() {
  relay::Envelope envelope;
  envelope.number = *rc::gen::inRange<relay::MessageNumber>(1, 1000);
  envelope.accepted_at = relay::Now(relay::Duration(*rc::gen::arbitrary<std::int64_t>()));
  for (auto& byte : envelope.digest) byte = *rc::gen::arbitrary<std::uint8_t>();
  envelope.identity = *rc::gen::arbitrary<std::string>();
  envelope.suspected_duplicate = *rc::gen::arbitrary<bool>();
  auto const copies = *rc::gen::inRange(0, 5);
  for (int i = 0; i < copies; ++i)
    envelope.copies.push_back(
        {*rc::gen::arbitrary<std::string>(),
         *rc::gen::element(grammar::AddresseeKind::action, grammar::AddresseeKind::info),
         static_cast<grammar::Precedence>(*rc::gen::inRange(0, 6))});
  return envelope;
}

}  // namespace

TEST_CASE("an envelope decodes to what it was") {
  CHECK(rc::check("round trip", [] {
    auto const envelope = random_envelope();
    auto const decoded = store::decode(envelope.number, store::encode(envelope));
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(*decoded == envelope);
  }));
}

TEST_CASE("damaged bytes are told, never trusted") {
  CHECK_FALSE(store::decode(1, "").has_value());
  CHECK_FALSE(store::decode(1, "no envelope").has_value());
  relay::Envelope envelope;
  envelope.copies.push_back({"RUEHC", grammar::AddresseeKind::action, static_cast<grammar::Precedence>(7)});
  CHECK_FALSE(store::decode(1, store::encode(envelope)).has_value());
  CHECK(rc::check("cut short", [] {
    auto bytes = store::encode(random_envelope());
    bytes.resize(*rc::gen::inRange<std::size_t>(0, bytes.size()));
    if (auto const decoded = store::decode(1, bytes)) RC_ASSERT(decoded->copies.size() < 5);
  }));
}
