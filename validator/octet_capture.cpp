#include "validator/octet_capture.hpp"

#include <utility>

#include "grammar/alphabets/ita2.hpp"
#include "grammar/alphabets/transmission.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

bool is_octet_capture(Message const& message) {
  if (message.capture || message.conventions->strict_line_ends) return true;
  auto const* const start = line_of(message, FormatLine::fl1);
  return start != nullptr && start->ending == "\r\r\n";
}

std::string as_octet_capture(Message const& message) {
  auto const& identification = message.transmission_identification;
  auto const last =
      grammar::present(identification.earlier) ? identification.earlier : identification.sequence_number;
  auto const* const after = last.data() + last.size();
  std::string text;
  for (auto const& c : message.source) {
    if (&c == after && grammar::present(last)) text += "     ";
    if (c == '\n')
      text += "\r\r\n";
    else if (c != '\r')
      text += c;
  }
  return text;
}

bool become_ita2_capture(Draft& draft) {
  auto const& m = draft.message();
  if (!grammar::present(m.transmission_identification.sequence_number)) return false;
  bool const marked = m.source.find('#') != View::npos;
  auto const alphabet = marked ? grammar::Alphabet::ita2_us : grammar::Alphabet::ita2;
  std::string octets;
  grammar::ita2::Encoder encoder{alphabet};
  if (!encoder.encode(grammar::transmission(m, alphabet), octets).empty()) return false;
  std::string tape;
  grammar::ita2::Decoder{alphabet}.decode(octets, tape);
  draft.become(std::move(tape), alphabet);
  return true;
}

}  // namespace torntape::validator
