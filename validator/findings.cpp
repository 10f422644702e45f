#include "validator/findings.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "grammar/alphabets/capture.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

Safety milder(Safety own, Safety at_most) {
  if (own == Safety::none || at_most == Safety::none) return Safety::none;
  return own == Safety::unsafe || at_most == Safety::unsafe ? Safety::unsafe : Safety::safe;
}

std::string title_of(Change const& change) {
  if (change.by.empty()) return fmt::format("remove `{}`", change.place);
  if (change.place.empty()) return fmt::format("insert `{}`", change.by);
  return fmt::format("write `{}`", change.by);
}

}  // namespace

Change replace(View place, std::string by) { return {place, std::move(by)}; }
Change erase(View place) { return {place, {}}; }
Change insert_before(View place, std::string text) { return {place.substr(0, 0), std::move(text)}; }
Change insert_after(View place, std::string text) { return {place.substr(place.size()), std::move(text)}; }

void LineIndex::begin(Message const& message) {
  message_ = &message;
  starts_.assign(1, 0);
  looked_through_ = 0;
}

// In the source, not in the lines: those of the text, or of matter outside, are one node of the message.
void LineIndex::look_through(std::size_t end) {
  auto const before = grammar::as_received(*message_).substr(0, end);
  for (auto at = before.find('\n', looked_through_); at != View::npos; at = before.find('\n', at + 1))
    starts_.push_back(at + 1);
  looked_through_ = end;
}

std::string LineIndex::with_line_ends(std::string text) const {
  if (text.find('\n') == std::string::npos || message_->lines.empty()) return text;
  auto const ending = message_->lines[message_->lines.size() / 2].ending;
  if (ending.size() < 2 || text.find('\r') != std::string::npos) return text;
  std::string out;
  for (char const c : text) {
    if (c == '\n')
      out += ending;
    else
      out += c;
  }
  return out;
}

grammar::Span LineIndex::span(View place) {
  auto const position = message_->position;
  if (!grammar::present(place)) place = message_->source.substr(0, 0);
  auto const [offset, length] = grammar::where_received(*message_, place);
  auto const line = line_in_message(offset);
  return {position.offset + offset, length, position.line + line, offset - starts_[line - 1] + 1};
}

std::size_t LineIndex::line(std::size_t offset) { return message_->position.line + line_in_message(offset); }

std::size_t LineIndex::line_in_message(std::size_t offset) {
  if (offset > looked_through_) look_through(offset);
  auto const after = std::ranges::upper_bound(starts_, offset);
  return static_cast<std::size_t>(after - starts_.begin());
}

View place_for(Message const& message, FormatLine line) {
  auto const next =
      std::ranges::find_if(message.lines, [&](grammar::Line const& each) { return each.format_line > line; });
  if (next != message.lines.end()) return next->text.substr(0, 0);
  return message.source.substr(message.source.size());
}

void Findings::begin(Message const& message) {
  lines_.begin(message);
  found_.clear();
  by_.clear();
  rule_ = nullptr;
}

void Findings::enter(Rule const& rule, Severity severity) {
  if (!by_.empty() && by_.back() == rule_) leave();
  rule_ = &rule;
  severity_ = severity;
}

void Findings::leave() {
  if (left_out_)
    for (auto const& told : told_)
      if (told.left_out != 0) found_[told.last].message += fmt::format("; {} more like it", told.left_out);
  left_out_ = false;
  told_ = {};
}

std::vector<grammar::Diagnostic>& Findings::found() {
  if (!by_.empty()) leave();
  return found_;
}

Finding Findings::add(View place, std::string text) { return add(place, std::move(text), Severity::error); }

Finding Findings::add(View place, std::string text, Severity at_most) {
  auto const severity = std::min(severity_, at_most);
  auto& told = told_[static_cast<std::size_t>(severity)];
  if (told.findings == max_findings) {
    ++told.left_out;
    left_out_ = true;
    return {nullptr, lines_, place, rule_->mend};
  }
  ++told.findings;
  told.last = found_.size();
  by_.push_back(rule_);
  auto& diagnostic = found_.emplace_back();
  diagnostic.rule = rule_->id;
  diagnostic.name = rule_->name;
  diagnostic.severity = severity;
  diagnostic.span = lines_.span(place);
  diagnostic.message = std::move(text);
  diagnostic.citation = rule_->page.citation;
  return {&diagnostic, lines_, place, rule_->mend};
}

Finding& Finding::note(View place, std::string text) {
  if (diagnostic_ != nullptr && grammar::present(place))
    diagnostic_->related.push_back({lines_->span(place), std::move(text)});
  return *this;
}

Finding& Finding::help(std::string text) {
  if (diagnostic_ != nullptr) diagnostic_->help = std::move(text);
  return *this;
}

Finding& Finding::suggest(std::string by) {
  if (by.empty() || diagnostic_ == nullptr) return *this;
  Change change{place_, std::move(by)};
  auto title = title_of(change);
  return suggest(std::move(title), {std::move(change)});
}

Finding& Finding::suggest(std::string title, std::vector<Change> changes, Safety at_most) {
  auto const safety = milder(mend_, at_most);
  if (safety == Safety::none || changes.empty() || diagnostic_ == nullptr) return *this;
  grammar::Fix fix{safety, std::move(title), {}};
  for (auto& change : changes)
    fix.edits.push_back({lines_->span(change.place), lines_->with_line_ends(std::move(change.by))});
  std::ranges::sort(fix.edits, {},
                    [](grammar::Edit const& edit) { return std::pair{edit.span.offset, edit.span.length}; });
  diagnostic_->fix = std::move(fix);
  return *this;
}

}  // namespace torntape::validator
