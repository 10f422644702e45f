// The schema's Heading → a message, to be printed: the inverse of heading.hpp.
#pragma once

#include <deque>
#include <string>

#include <torntape/v1/heading.pb.h>

#include "grammar/message.hpp"

namespace torntape::wire {

// A message of which only the parts are known, no source. Its views are into strings of its own.
class FilledMessage {
 public:
  explicit FilledMessage(v1::Heading const& heading);
  FilledMessage(FilledMessage const&) = delete;
  FilledMessage& operator=(FilledMessage const&) = delete;

  [[nodiscard]] grammar::Message const& message() const { return message_; }

 private:
  [[nodiscard]] grammar::View keep(std::string text);
  void take_transmission(v1::Heading const& heading);
  void take_routing(v1::RoutingLine const& line);
  void take_origin(v1::Origin const& origin);
  void take_instructions(v1::TransmissionInstructions const& instructions);
  template <class In, class Out>
  void take_address(In const& in, Out& out);
  void take_preamble(v1::Preamble const& in, grammar::Preamble& out);
  [[nodiscard]] grammar::Addressee addressee(v1::Addressee const& in, grammar::AddresseeKind kind);
  void take_text(v1::TextIdentification const& text);

  std::deque<std::string> strings_;
  grammar::Message message_;
};

}  // namespace torntape::wire
