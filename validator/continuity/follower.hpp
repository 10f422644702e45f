// Rules that need more than one message: they follow all messages in their order and remember what they must.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "validator/checker.hpp"
#include "validator/findings.hpp"
#include "validator/rule.hpp"

namespace torntape::validator {

// A place in a message that may be gone by now, with what is needed to show it.
struct Place {
  std::string source;                 // as reports call the input
  std::string line;                   // the source line of the place
  grammar::Position position;         // of that line in the input
  grammar::Span span;                 // in the input
  Severity severity = Severity::off;  // of the rule for that message
};

// "a.txt:12", as it is pointed at from another message.
[[nodiscard]] std::string pointed_at(Place const& place);

struct SetFinding {
  grammar::Diagnostic diagnostic;
  Place place;
};

// What a follower knows of the message at hand, and where it puts what it found.
class SetFindings {
 public:
  void begin(View source, Message const& message) {
    source_ = source;
    message_ = &message;
    lines_.begin(message);
  }
  void enter(Rule const& rule, Severity severity) {
    rule_ = &rule;
    severity_ = severity;
  }

  [[nodiscard]] Place place(View where);
  // At this place or at one remembered; text as in `Findings`.
  void add(Place place, std::string text, Severity at_most = Severity::error);

  [[nodiscard]] std::vector<SetFinding>& found() { return found_; }

 private:
  View source_;
  Message const* message_ = nullptr;
  LineIndex lines_;
  Rule const* rule_ = nullptr;
  Severity severity_ = Severity::off;
  std::vector<SetFinding> found_;
};

class Follower {
 public:
  Follower() = default;
  Follower(Follower const&) = delete;
  Follower& operator=(Follower const&) = delete;
  virtual ~Follower() = default;

  // Every message the rule applies to.
  virtual void next(Message const& message, SetFindings& found) = 0;
  // No more will come.
  virtual void end(SetFindings& found) { static_cast<void>(found); }
};

// All such rules over a set of messages, in the order in which they are given.
class Continuity {
 public:
  explicit Continuity(Options options = {}, std::shared_ptr<directory::Directory const> directory = {});

  // What the message adds. Valid until the next call.
  [[nodiscard]] std::vector<SetFinding> const& next(View source, Message const& message);
  [[nodiscard]] std::vector<SetFinding> const& end();

  [[nodiscard]] Exercise const& exercise() const { return exercise_; }

 private:
  struct Following {
    Rule const* rule;
    std::unique_ptr<Follower> follower;
  };

  Options options_;
  std::shared_ptr<directory::Directory const> directory_;
  std::vector<Following> followers_;
  Exercise exercise_;
  SetFindings findings_;
};

// What a rule finds in a stream of messages: its examples, as its page and its test read them.
[[nodiscard]] std::vector<SetFinding> followed(Rule const& rule, View stream);

}  // namespace torntape::validator
