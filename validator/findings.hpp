// Where a rule puts what it found. Places are views into the message; spans, severity and citation are
// filled in here, so that a rule says only what is wrong, where, and how it may be mended.
#pragma once

#include <array>
#include <initializer_list>
#include <string>
#include <vector>

#include "validator/rule.hpp"

namespace torntape::validator {

// One change of a mend, by place.
struct Change {
  View place;  // replaced; empty with data: the point of an insertion
  std::string by;
};
[[nodiscard]] Change replace(View place, std::string by);
[[nodiscard]] Change erase(View place);
[[nodiscard]] Change insert_before(View place, std::string text);
[[nodiscard]] Change insert_after(View place, std::string text);

// Lines and columns of places in one message. The source is looked through once and only as far as a place
// was asked for, however many are asked for.
class LineIndex {
 public:
  void begin(Message const& message);
  // The span of a view into the message, in the input that held the message.
  [[nodiscard]] grammar::Span span(View place);
  // The line of a byte, counted from the start of what was received.
  [[nodiscard]] std::size_t line(std::size_t offset);
  // A mend's text, its line ends made those of the message.
  [[nodiscard]] std::string with_line_ends(std::string text) const;

 private:
  // Lines of bytes, which are counted from the start of what was received.
  void look_through(std::size_t end);
  [[nodiscard]] std::size_t line_in_message(std::size_t offset);  // from 1

  Message const* message_ = nullptr;
  std::vector<std::size_t> starts_;  // where lines begin, up to looked_through_
  std::size_t looked_through_ = 0;
};

// The finding just added; of one that is left out (see Findings::add) nothing is kept.
class Finding {
 public:
  Finding(grammar::Diagnostic* diagnostic, LineIndex& lines, View place, Safety mend)
      : diagnostic_(diagnostic), lines_(&lines), place_(place), mend_(mend) {}

  Finding& note(View place, std::string text);  // another line bears witness; nothing where it is absent
  Finding& help(std::string text);
  // A mend of the rule's own safety: the place found replaced, or the changes listed. The safety may be
  // lowered for one finding, never raised. An empty replacement, or no change, is no mend.
  Finding& suggest(std::string by);
  Finding& suggest(std::string title, std::vector<Change> changes, Safety at_most = Safety::safe);

 private:
  grammar::Diagnostic* diagnostic_;  // null where it is left out
  LineIndex* lines_;
  View place_;
  Safety mend_;
};

// Findings of one rule in one message, at one severity; the last one told says how many more there are.
inline constexpr std::size_t max_findings = 100;

class Findings {
 public:
  void begin(Message const& message);
  void enter(Rule const& rule, Severity severity);

  // `place` is the narrowest stretch that is wrong; where something is missing, an empty view at the
  // point where it should stand (see place_for). Text: lower case, no period. What is beyond max_findings
  // is left out.
  Finding add(View place, std::string text);
  // The same at a lower severity than the rule's own ("to 2 min I, to 24 h W, beyond E").
  Finding add(View place, std::string text, Severity at_most);

  // To be called when all rules have spoken.
  [[nodiscard]] std::vector<grammar::Diagnostic>& found();
  // The rule of each, in the order in which they were added.
  [[nodiscard]] std::vector<Rule const*> const& by() const { return by_; }
  [[nodiscard]] LineIndex& lines() { return lines_; }

 private:
  struct Told {
    std::size_t findings = 0, left_out = 0, last = 0;
  };
  void leave();

  LineIndex lines_;
  Rule const* rule_ = nullptr;
  Severity severity_ = Severity::error;
  std::array<Told, 4> told_{};  // by severity, of the rule that speaks
  bool left_out_ = false;
  std::vector<grammar::Diagnostic> found_;
  std::vector<Rule const*> by_;
};

// Where a missing format line should stand: an empty view at the start of the line that follows it.
[[nodiscard]] View place_for(Message const& message, FormatLine line);

}  // namespace torntape::validator
