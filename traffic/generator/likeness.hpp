// One exact message again and again, with other numbers and times: all places that must agree are changed
// together, nothing else.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/filing_date.hpp"
#include "grammar/parser.hpp"

namespace torntape::generator {

using Minute = grammar::Instant;

// What a number or a time becomes: this one; of each message the next; or, of a time, what a clock says.
struct Stamp {
  enum class How : std::uint8_t { value, next, now };
  How how = How::next;
  std::uint32_t number = 0;
  Minute time{};
};

struct Stamps {
  std::optional<Stamp> dtg;      // date-time group, and the time of file as long after it as it was
  std::optional<Stamp> ssn;      // station serial number: FL3, page marks, validation number, the last four
                                 // digits of State's reference number
  std::optional<Stamp> mrn;      // message reference number, and all that is made of it
  std::optional<Stamp> channel;  // channel number
  std::optional<Stamp> mcn;      // continuity numbers of all addressees: `next` only
  std::function<Minute()> clock;
};

struct StampsRead {
  Stamps stamps;
  std::vector<std::string> errors;  // in words
};
// "dtg=now", "ssn=next", "ssn=1400", "dtg=170141Z AUG 09".
[[nodiscard]] StampsRead read_stamps(std::vector<std::string> const& words);

class Likeness {
 public:
  Likeness(std::string text, Stamps stamps);

  // What the stamps ask of the message and it does not have, in words; nothing where it has all.
  [[nodiscard]] std::optional<std::string> objection() const;
  [[nodiscard]] std::string next();
  // The last one does not count: what comes is in its place.
  void back() { --made_; }
  [[nodiscard]] grammar::Message const& message() const { return *message_; }

 private:
  std::string text_;
  Stamps stamps_;
  grammar::Parser parser_;
  grammar::Message const* message_;
  std::uint32_t made_ = 0;
};

}  // namespace torntape::generator
