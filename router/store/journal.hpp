// What the journal is searched by: the terms of a message, and those that somebody looks for. A message is
// found where it has every term that is wanted. Terms are compared without regard to blanks and case.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "grammar/message.hpp"
#include "router/relay/event.hpp"

namespace torntape::store {

// What is given must match; where nothing is given, everything does.
struct Wanted {
  std::optional<std::string> message_reference_number = {};  // "001399", "ASTANA 001399", "09ASTANA1399"
  std::optional<std::string> station_serial_number = {};     // "1399"
  std::optional<std::string> date_time_group = {};           // "170141Z AUG 09", "170141Z"
  std::optional<std::string> originator = {};                // plain language address, or routing indicator
  std::optional<std::string> addressee = {};  // likewise; also a station that got a copy as a member
};

// In the order in which a search asks for them: what tells most comes first.
enum class Field : char {
  message_reference_number = 'm',
  station_serial_number = 's',
  date_time_group = 'd',
  originator = 'o',
  addressee = 'a'
};

struct Term {
  Field field{};
  std::string value;  // capitals, no blanks; the first 100 bytes

  friend auto operator<=>(Term const&, Term const&) = default;
};
using Terms = std::vector<Term>;

// Sorted, each once.
[[nodiscard]] Terms terms_of(relay::Envelope const& envelope, grammar::Message const& message);
// In the order of Field.
[[nodiscard]] Terms terms_of(Wanted const& wanted);

[[nodiscard]] bool has_all(Terms const& terms, Terms const& wanted);

}  // namespace torntape::store
