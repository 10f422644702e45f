// What was read of any bytes goes over the wire and comes back the same: as Protobuf, as JSON, findings as
// our own type too. And any bytes taken for JSON or Protobuf are refused or read, never more.
#include <cstdint>
#include <string>

#include "fuzz/require.hpp"
#include "grammar/parser.hpp"
#include "grammar/tokens.hpp"
#include "validator/checker.hpp"
#include "wire/diagnostic.hpp"
#include "wire/inspection.hpp"
#include "wire/json.hpp"

using torntape::fuzz::require;
namespace grammar = torntape::grammar;
namespace v1 = torntape::v1;
namespace wire = torntape::wire;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static grammar::Parser parser;
  static torntape::validator::Checker checker;
  std::string const text(reinterpret_cast<char const*>(data), size);
  auto const& message = parser.parse(text);
  auto const& findings = checker.check(message);
  auto const tokens = grammar::tokens(message);
  auto const sent = wire::to_proto(message, tokens, findings, "input");
  auto const bytes = sent.SerializeAsString();
  v1::Inspection received;
  require(received.ParseFromString(bytes) && received.SerializeAsString() == bytes, "Protobuf comes back");
  v1::Inspection read;
  require(!wire::from_json(wire::to_json(sent), read) && read.SerializeAsString() == bytes,
          "JSON comes back");
  for (auto const& finding : findings) {
    auto const there = wire::to_proto(finding, "input");
    auto const again = wire::to_proto(wire::from_proto(there), "input");
    require(again.SerializeAsString() == there.SerializeAsString(), "a finding comes back");
  }
  static_cast<void>(wire::from_json(text, read));
  static_cast<void>(received.ParseFromString(text));
  return 0;
}
