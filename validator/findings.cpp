#include "validator/findings.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

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

grammar::Span span_of(Message const& message, View place) {
  if (!grammar::present(place)) place = message.source.substr(0, 0);
  auto const offset = static_cast<std::size_t>(place.data() - message.source.data());
  // Counted in the source: the lines of the text, or of matter outside, are one node of the message.
  auto const before = message.source.substr(0, offset);
  auto const lines = static_cast<std::size_t>(std::ranges::count(before, '\n'));
  auto const line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return {message.position.offset + offset, place.size(), message.position.line + lines + 1,
          offset - line_begin + 1};
}

View place_for(Message const& message, FormatLine line) {
  auto const next =
      std::ranges::find_if(message.lines, [&](grammar::Line const& each) { return each.format_line > line; });
  if (next != message.lines.end()) return next->text.substr(0, 0);
  return message.source.substr(message.source.size());
}

Finding Findings::add(View place, std::string text) { return add(place, std::move(text), Severity::error); }

Finding Findings::add(View place, std::string text, Severity at_most) {
  auto& diagnostic = found_.emplace_back();
  diagnostic.rule = rule_->id;
  diagnostic.name = rule_->name;
  diagnostic.severity = std::min(severity_, at_most);
  diagnostic.span = span_of(*message_, place);
  diagnostic.message = std::move(text);
  diagnostic.citation = rule_->page.citation;
  return {diagnostic, *message_, place, rule_->mend};
}

Finding& Finding::note(View place, std::string text) {
  if (grammar::present(place)) diagnostic_->related.push_back({span_of(*message_, place), std::move(text)});
  return *this;
}

Finding& Finding::help(std::string text) {
  diagnostic_->help = std::move(text);
  return *this;
}

Finding& Finding::suggest(std::string by) {
  if (by.empty()) return *this;
  Change change{place_, std::move(by)};
  auto title = title_of(change);
  return suggest(std::move(title), {std::move(change)});
}

Finding& Finding::suggest(std::string title, std::vector<Change> changes, Safety at_most) {
  auto const safety = milder(mend_, at_most);
  if (safety == Safety::none || changes.empty()) return *this;
  grammar::Fix fix{safety, std::move(title), {}};
  for (auto& change : changes) fix.edits.push_back({span_of(*message_, change.place), std::move(change.by)});
  std::ranges::sort(fix.edits, {},
                    [](grammar::Edit const& edit) { return std::pair{edit.span.offset, edit.span.length}; });
  diagnostic_->fix = std::move(fix);
  return *this;
}

}  // namespace torntape::validator
