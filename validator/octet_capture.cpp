#include "validator/octet_capture.hpp"

#include "validator/places.hpp"

namespace torntape::validator {

bool is_octet_capture(Message const& message) {
  if (message.conventions->strict_line_ends) return true;
  auto const* const start = line_of(message, FormatLine::fl1);
  return start != nullptr && start->ending == "\r\r\n";
}

std::string as_octet_capture(Message const& message) {
  auto const number = message.transmission_identification.sequence_number;
  auto const* const after = number.data() + number.size();
  std::string text;
  for (auto const& c : message.source) {
    if (&c == after && grammar::present(number)) text += "     ";
    if (c == '\n')
      text += "\r\r\n";
    else if (c != '\r')
      text += c;
  }
  return text;
}

}  // namespace torntape::validator
