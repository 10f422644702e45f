#include "validator/continuity/follower.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "grammar/alphabets/capture.hpp"
#include "grammar/framing.hpp"
#include "grammar/parser.hpp"
#include "validator/findings.hpp"
#include "validator/sample.hpp"

namespace torntape::validator {

std::string pointed_at(Place const& place) { return fmt::format("{}:{}", place.source, place.span.line); }

Place SetFindings::place(View where) {
  auto const span = lines_.span(where);
  auto const in_message = span.offset - message_->position.offset;
  auto const begin = in_message - (span.column - 1);
  constexpr std::size_t longest = 1024;  // enough to show it
  auto const received = grammar::as_received(*message_);
  auto const line = received.substr(begin, received.find('\n', begin) - begin);
  return {std::string{source_},
          std::string{line.substr(0, longest)},
          {message_->position.offset + begin, span.line - 1},
          span,
          severity_};
}

void SetFindings::add(Place place, std::string text, Severity at_most) {
  auto& finding = found_.emplace_back();
  finding.diagnostic.rule = rule_->id;
  finding.diagnostic.name = rule_->name;
  finding.diagnostic.severity = std::min(place.severity, at_most);
  finding.diagnostic.span = place.span;
  finding.diagnostic.message = std::move(text);
  finding.diagnostic.citation = rule_->page.citation;
  finding.place = std::move(place);
}

Continuity::Continuity(Options options, std::shared_ptr<directory::Directory const> directory)
    : options_(std::move(options)), directory_(std::move(directory)) {
  for (auto const& rule : rules())
    if (rule.follow != nullptr) followers_.push_back({&rule, rule.follow()});
}

std::vector<SetFinding> const& Continuity::next(View source, Message const& message) {
  Site const site{directory_.get(), message.profile, message.copy_kind, message.archive};
  findings_.found().clear();
  findings_.begin(source, message);
  for (auto const& [rule, follower] : followers_) {
    auto const severity = severity_under(options_, *rule, site);
    if (severity == Severity::off) continue;
    ++exercise_[rule->id];
    findings_.enter(*rule, severity);
    follower->next(message, findings_);
  }
  return findings_.found();
}

std::vector<SetFinding> const& Continuity::end() {
  findings_.found().clear();
  for (auto const& [rule, follower] : followers_) {
    findings_.enter(*rule, Severity::off);
    follower->end(findings_);
  }
  return findings_.found();
}

std::vector<SetFinding> followed(Rule const& rule, View stream) {
  Continuity continuity{{{std::string{rule.id}}, {}, {}}};
  std::vector<SetFinding> all;
  auto const take = [&](std::vector<SetFinding> const& found) {
    all.insert(all.end(), found.begin(), found.end());
  };
  grammar::Parser parser;
  grammar::Framer framer;
  framer.feed(stream);
  framer.finish();
  while (auto const frame = framer.next())
    take(continuity.next("example", parser.parse(frame->bytes, settings_for(rule), frame->position)));
  take(continuity.end());
  return all;
}

}  // namespace torntape::validator
