// Where a rule puts what it found. Places are views into the message; spans, severity and citation are
// filled in here, so that a rule says only what is wrong, where, and how it may be mended.
#pragma once

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

// The finding just added.
class Finding {
 public:
  Finding(grammar::Diagnostic& diagnostic, Message const& message, View place, Safety mend)
      : diagnostic_(&diagnostic), message_(&message), place_(place), mend_(mend) {}

  Finding& note(View place, std::string text);  // another line bears witness; nothing where it is absent
  Finding& help(std::string text);
  // A mend of the rule's own safety: the place found replaced, or the changes listed. The safety may be
  // lowered for one finding, never raised. An empty replacement, or no change, is no mend.
  Finding& suggest(std::string by);
  Finding& suggest(std::string title, std::vector<Change> changes, Safety at_most = Safety::safe);

 private:
  grammar::Diagnostic* diagnostic_;
  Message const* message_;
  View place_;
  Safety mend_;
};

class Findings {
 public:
  void begin(Message const& message) {
    message_ = &message;
    found_.clear();
  }
  void enter(Rule const& rule, Severity severity) {
    rule_ = &rule;
    severity_ = severity;
  }

  // `place` is the narrowest stretch that is wrong; where something is missing, an empty view at the
  // point where it should stand (see place_for). Text: lower case, no period.
  Finding add(View place, std::string text);
  // The same at a lower severity than the rule's own ("to 2 min I, to 24 h W, beyond E").
  Finding add(View place, std::string text, Severity at_most);

  [[nodiscard]] std::vector<grammar::Diagnostic>& found() { return found_; }

 private:
  Message const* message_ = nullptr;
  Rule const* rule_ = nullptr;
  Severity severity_ = Severity::error;
  std::vector<grammar::Diagnostic> found_;
};

// The span of a view into the message, in the input that held the message.
[[nodiscard]] grammar::Span span_of(Message const& message, View place);

// Where a missing format line should stand: an empty view at the start of the line that follows it.
[[nodiscard]] View place_for(Message const& message, FormatLine line);

}  // namespace torntape::validator
