// How well somebody found what was wrong with test traffic on purpose: what was reported against the labels,
// rule by rule. Pure; where both come from is the caller's affair.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace torntape::score {

// A stretch of the traffic that was sent: bytes from its first, lines from 1.
struct Stretch {
  std::uint64_t offset = 0, length = 0;
  std::uint64_t line = 1, last_line = 1;
};

// One line of the label file.
struct Label {
  std::uint64_t message = 1;                  // from 1
  std::string rule;                           // empty: the message is good
  Stretch where;                              // the message
  Stretch span;                               // what was done to it
  std::uint64_t run_first = 0, run_last = 0;  // of a rule that needs several messages; 0: of none
};

// What somebody reports: which rule, and of what as much as is known. Offset and line count from the
// beginning of the traffic; where the message is given, from its own.
struct Report {
  std::string rule;
  std::optional<std::uint64_t> message, offset, line;
  std::uint64_t length = 0;
};

// When a report is right: the message is the one that was broken; or the line is the one, or next to it
// (where something is missing, it is told of the line behind); or the bytes touch.
enum class Match : std::uint8_t { message, line, span };

struct Figures {
  std::string rule;
  std::uint64_t labels = 0, found = 0;    // broken on purpose; of these, reported
  std::uint64_t reported = 0, right = 0;  // reports, one for a message and rule where messages are matched
};

// Shares; none where there is nothing to share out.
[[nodiscard]] std::optional<double> precision(Figures const& figures);
[[nodiscard]] std::optional<double> recall(Figures const& figures);

struct Score {
  std::uint64_t messages = 0, good = 0, false_alarms = 0;  // good messages of which something was reported
  Figures total;
  std::vector<Figures> rules;  // by id
  std::uint64_t astray = 0;    // reports of no message that was made
};

[[nodiscard]] Score score(std::vector<Label> const& labels, std::vector<Report> const& reports, Match match);

}  // namespace torntape::score
