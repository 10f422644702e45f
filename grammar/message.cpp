#include "grammar/message.hpp"

#include "grammar/diagnostic.hpp"

namespace torntape::grammar {

Precedence precedence_of_letter(char letter) {
  switch (letter) {
    case 'R':
      return Precedence::routine;
    case 'P':
      return Precedence::priority;
    case 'O':
      return Precedence::immediate;
    case 'Z':
      return Precedence::flash;
    case 'Y':
      return Precedence::emergency_command;
    default:
      return Precedence::none;
  }
}

Precedence effective_precedence(Message const& message, Addressee const& addressee) {
  if (addressee.precedence != Precedence::none) return addressee.precedence;
  for (auto const& other : message.addressees)
    if (other.precedence != Precedence::none) return Precedence::routine;
  auto const& preamble = message.preamble;
  auto const letter = addressee.kind == AddresseeKind::info && !preamble.info_precedence.empty()
                          ? preamble.info_precedence
                          : preamble.precedence;
  auto const precedence = letter.empty() ? Precedence::none : precedence_of_letter(letter.front());
  return precedence == Precedence::none ? Precedence::routine : precedence;
}

View name(Precedence precedence) {
  switch (precedence) {
    case Precedence::routine:
      return "ROUTINE";
    case Precedence::priority:
      return "PRIORITY";
    case Precedence::immediate:
      return "IMMEDIATE";
    case Precedence::flash:
      return "FLASH";
    case Precedence::emergency_command:
      return "EMERGENCY COMMAND";
    case Precedence::none:
      break;
  }
  return "none";
}

View name(AddresseeKind kind) { return kind == AddresseeKind::action ? "action" : "info"; }

View name(Profile profile) {
  switch (profile) {
    case Profile::state:
      return "state";
    case Profile::acp127:
      return "acp127";
    case Profile::acp127_us:
      return "acp127-us";
    case Profile::janap128:
      return "janap128";
    case Profile::acp126:
      return "acp126";
  }
  return "state";
}

View name(CopyKind kind) {
  switch (kind) {
    case CopyKind::origin:
      return "origin";
    case CopyKind::relay:
      return "relay";
    case CopyKind::web:
      return "web";
    case CopyKind::abbreviated:
      return "abbrev";
  }
  return "relay";
}

View name(MessageForm form) {
  switch (form) {
    case MessageForm::plaindress:
      return "plaindress";
    case MessageForm::abbreviated_plaindress:
      return "abbreviated plaindress";
    case MessageForm::codress:
      return "codress";
    case MessageForm::service:
      return "service";
  }
  return "plaindress";
}

View explain(ProfileReason reason) {
  switch (reason) {
    case ProfileReason::given:
      return "given by the caller";
    case ProfileReason::autodin_header:
      return "FL2 is an AUTODIN header of fixed positions";
    case ProfileReason::channel:
      return "FL1 has a channel of State's with four digits";
    case ProfileReason::agency_signal:
      return "FL4 has the signal ZZH";
    case ProfileReason::serial_mark:
      return "FL3 has # before the serial";
    case ProfileReason::calling_station:
      return "FL3 begins with DE, or FL2 calls routing indicators";
    case ProfileReason::no_station_lines:
      return "nothing in the heading says more";
  }
  return "";
}

std::string_view name(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
      return "info";
    case Severity::off:
      break;
  }
  return "off";
}

}  // namespace torntape::grammar
