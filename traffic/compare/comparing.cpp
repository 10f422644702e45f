#include "traffic/compare/comparing.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "grammar/identity.hpp"

namespace torntape::compare {
namespace {

using grammar::FormatLine;
using grammar::View;

std::string upper(View text) {
  std::string out;
  for (auto const c : text) out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

// "RUEHC" of "ruehc@example.org" and "RUEHC"; none where everything goes to one mailbox or queue of another
// name.
std::optional<std::string> station_of(std::optional<std::string> const& recipient) {
  constexpr std::size_t fewest = 4, most = 7;  // letters of an indicator (ACP 127(G) 204)
  if (!recipient) return std::nullopt;
  auto name = upper(View{*recipient}.substr(0, recipient->find('@')));
  auto const letters = std::ranges::all_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
  auto const begins = name.starts_with('R') || name.starts_with('Q') || name.starts_with('U');
  if (!letters || !begins || name.size() < fewest || name.size() > most) return std::nullopt;
  return name;
}

bool before_fl3(FormatLine line) { return line == FormatLine::fl1 || line == FormatLine::fl2; }

// The keys under which a message is looked for, the surest first. The first letter keeps them apart.
std::string identity_key(grammar::Message const& message) {
  auto const identity = grammar::identity(message);
  return identity.empty() ? std::string{} : "i" + identity;
}
std::string drawn_up_key(grammar::Message const& message) {
  auto const& name = message.originator.plain_language_address;
  auto const& time = message.preamble.date_time_group;
  if (name.empty() || time.empty()) return {};
  auto const& text = message.text;
  return fmt::format("d{}|{}|{}|{}|{}", time, name, text.station, text.message_reference_number,
                     text.section);
}
std::string text_key(grammar::Message const& message) {
  auto const& subject = message.text.message_reference_number;
  if (subject.empty()) return {};
  return fmt::format("t{}|{}|{}", message.text.station, subject, message.text.section);
}

bool is_collective(grammar::Addressee const& addressee) {
  auto const& name = addressee.plain_language_address;
  return name.find("COLLECTIVE") != View::npos || name.starts_with("AIG ");
}

std::vector<View> lines_of(View text) {
  std::vector<View> lines;
  while (!text.empty()) {
    auto const end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == View::npos ? text.size() : end + 1);
  }
  return lines;
}

// The format line of a line of the body. The lines of the text that are not read stand together as one.
std::string format_line(grammar::Message const& message, std::size_t line_of_body) {
  std::size_t at = 0;
  auto last = FormatLine::none;
  for (auto const& line : message.lines) {
    if (line.reading == grammar::Reading::outside || before_fl3(line.format_line)) continue;
    last = line.format_line;
    at += 1 + static_cast<std::size_t>(std::ranges::count(line.text, '\n'));
    if (at > line_of_body) break;
  }
  return last == FormatLine::none ? "" : fmt::format("FL{}", static_cast<int>(last));
}

struct Change {
  std::size_t line = 0;
  std::string before, after;
};

Change first_change(View before, View after) {
  auto const old_lines = lines_of(before), new_lines = lines_of(after);
  std::size_t line = 0;
  while (line < old_lines.size() && line < new_lines.size() && old_lines[line] == new_lines[line]) ++line;
  return {line, line < old_lines.size() ? std::string{old_lines[line]} : "(nothing)",
          line < new_lines.size() ? std::string{new_lines[line]} : "(nothing)"};
}

// Of numbers in a row, those that stand in the longest part of it that never falls; the others were
// overtaken.
std::vector<bool> in_longest_rise(std::vector<std::size_t> const& numbers) {
  std::vector<std::size_t> ends, before(numbers.size(), SIZE_MAX);  // places
  for (std::size_t place = 0; place != numbers.size(); ++place) {
    auto const at =
        std::ranges::upper_bound(ends, numbers[place], {}, [&](std::size_t end) { return numbers[end]; });
    if (at != ends.begin()) before[place] = *std::prev(at);
    if (at == ends.end())
      ends.push_back(place);
    else
      *at = place;
  }
  std::vector<bool> in(numbers.size(), false);
  for (auto place = ends.empty() ? SIZE_MAX : ends.back(); place != SIZE_MAX; place = before[place])
    in[place] = true;
  return in;
}

// What stands as one may be several lines, with their endings between them.
void append_with_line_feeds(std::string& body, View text) {
  for (auto const c : text) {
    while (c == '\n' && body.ends_with('\r')) body.pop_back();
    body += c;
  }
}

}  // namespace

std::string body_of(grammar::Message const& message) {
  std::string body;
  for (auto const& line : message.lines) {
    if (line.reading == grammar::Reading::outside || before_fl3(line.format_line)) continue;
    if (line.format_line == FormatLine::fl16) break;
    append_with_line_feeds(body, line.text);
    body.append("\n");
  }
  while (body.ends_with("\n\n")) body.pop_back();
  return body;
}

void Comparing::keep(std::string const& key, std::size_t sent) {
  if (!key.empty()) by_key_.emplace(key, sent);
}

directory::Collective const* Comparing::collective_of(grammar::Addressee const& addressee) const {
  if (!options_.directory) return nullptr;
  auto const* const called = options_.directory->collective(addressee.routing_indicator);
  return called != nullptr ? called : options_.directory->collective_titled(addressee.plain_language_address);
}

void Comparing::add(Sent const& sent) {
  auto const& message = parser_.parse(sent.text);
  Message kept;
  kept.identity = grammar::identity(message);
  kept.body = body_of(message);
  kept.destination = sent.destination;
  kept.confirmed = sent.confirmed;
  if (!message.preamble.precedence.empty())
    kept.precedence = grammar::precedence_of_letter(message.preamble.precedence.front());
  for (auto const indicator : message.routing_line.routing_indicators)
    kept.addressees.insert(upper(indicator));
  for (auto const& addressee : message.addressees) {
    kept.addressees.insert(upper(addressee.plain_language_address));
    auto const indicator = upper(addressee.routing_indicator);
    if (!indicator.empty()) kept.addressees.insert(indicator);
    if (auto const* const collective = collective_of(addressee))
      for (auto const* const members : {&collective->members, &collective->info_members})
        for (auto const& member : *members) kept.addressees.insert(upper(member));
    else if (is_collective(addressee))
      kept.collective = true;
    else if (!indicator.empty() && !addressee.other_means &&
             std::ranges::find(kept.owed, indicator) == kept.owed.end())
      kept.owed.push_back(indicator);
  }
  auto const index = sent_.size();
  keep(identity_key(message), index);
  keep(drawn_up_key(message), index);
  keep(text_key(message), index);
  keep("b" + kept.body, index);
  sent_.push_back(std::move(kept));
}

Comparing::Called Comparing::called_by(Received const& received, grammar::Message const& message) {
  Called called{station_of(received.recipient), {}};
  if (called.station)
    called.all.insert(*called.station);
  else
    for (auto const indicator : message.routing_line.routing_indicators) called.all.insert(upper(indicator));
  return called;
}

bool Comparing::has_had(Message const& sent, Called const& called) {
  auto const had = [&](std::string const& one) { return sent.had.contains(one); };
  return sent.arrived && (called.all.empty() || sent.had.empty() || std::ranges::any_of(called.all, had));
}

// Of those with this key: one with the same text before others, one that this queue, mailbox or indicator
// has not had yet before one that it would have twice, one that is known to have left before one that is not,
// and of other texts one that has not arrived at all.
std::optional<std::size_t> Comparing::best(std::string const& key, std::string const& body,
                                           Called const& called) const {
  if (key.empty()) return std::nullopt;
  std::optional<std::size_t> found;
  auto best = -1;
  auto const [begin, end] = by_key_.equal_range(key);
  for (auto at = begin; at != end; ++at) {
    auto const& one = sent_[at->second];
    auto const same = one.body == body;
    auto const worth = (same ? 8 : 0) + (has_had(one, called) ? 0 : 4) + (one.confirmed ? 2 : 0) +
                       (same || one.arrived ? 0 : 1);
    if (worth < best || (worth == best && at->second > *found)) continue;
    best = worth;
    found.emplace(at->second);
  }
  return found;
}

std::optional<Comparing::Found> Comparing::find(grammar::Message const& message, std::string const& body,
                                                Called const& called) const {
  if (auto const same = best(identity_key(message), body, called)) return Found{*same, true};
  for (auto const& key : {"b" + body, drawn_up_key(message), text_key(message)})
    if (auto const like = best(key, body, called)) return Found{*like, false};
  return std::nullopt;
}

v1::Difference& Comparing::tell(v1::DifferenceKind kind, std::optional<std::size_t> sent) {
  auto const told = static_cast<std::size_t>(found_.differences_size()) < options_.most_told;
  auto& difference = told ? *found_.add_differences() : untold_;
  difference.set_kind(kind);
  if (sent) {
    difference.set_identity(sent_[*sent].identity);
    difference.set_sent(*sent + 1);
  }
  return difference;
}

void Comparing::add(Received const& received) {
  ++received_;
  auto const& message = parser_.parse(received.text);
  auto const body = body_of(message);
  auto const called = called_by(received, message);
  auto const like = find(message, body, called);
  if (!like) {
    found_.set_unsent(found_.unsent() + 1);
    auto& difference = tell(v1::DIFFERENCE_KIND_UNSENT, std::nullopt);
    difference.set_identity(grammar::identity(message));
    difference.set_received(received_);
    return;
  }
  take(like->sent, received, message, body, called);
}

void Comparing::take(std::size_t index, Received const& received, grammar::Message const& message,
                     std::string const& body, Called const& called) {
  auto& sent = sent_[index];
  auto const& station = called.station;
  auto const again = has_had(sent, called);
  if (again && grammar::suspected_duplicate(message)) {
    found_.set_marked_repeats(found_.marked_repeats() + 1);
  } else if (again) {
    found_.set_repeated(found_.repeated() + 1);
    auto& difference = tell(v1::DIFFERENCE_KIND_REPEATED, index);
    difference.set_received(received_);
    if (received.recipient) difference.set_addressee(*received.recipient);
  } else if (station || !sent.arrived) {
    arrivals_[{station.value_or(""), sent.destination, sent.precedence}].push_back({received_, index});
  }
  sent.arrived = true;
  sent.had.insert(called.all.begin(), called.all.end());
  if (station) check_station(sent, index, *station);
  if (sent.body == body) {
    found_.set_alike(found_.alike() + 1);
    return;
  }
  auto const change = first_change(sent.body, body);
  found_.set_changed(found_.changed() + 1);
  auto& difference = tell(v1::DIFFERENCE_KIND_CHANGED, index);
  difference.set_received(received_);
  difference.set_format_line(format_line(message, change.line));
  difference.set_before(change.before);
  difference.set_after(change.after);
}

void Comparing::check_station(Message const& sent, std::size_t index, std::string const& station) {
  if (sent.collective || sent.addressees.contains(station)) return;
  found_.set_wrong_addressee(found_.wrong_addressee() + 1);
  auto& difference = tell(v1::DIFFERENCE_KIND_WRONG_ADDRESSEE, index);
  difference.set_received(received_);
  difference.set_addressee(station);
}

void Comparing::find_lost() {
  for (std::size_t index = 0; index != sent_.size(); ++index) {
    auto const& sent = sent_[index];
    if (!sent.arrived && !sent.confirmed) {
      found_.set_unknown_and_absent(found_.unknown_and_absent() + 1);
      continue;
    }
    if (!sent.arrived) {
      found_.set_lost(found_.lost() + 1);
      tell(v1::DIFFERENCE_KIND_LOST, index);
    }
    if (!sent.arrived || !options_.each_addressee) continue;
    for (auto const& owed : sent.owed) {
      if (sent.had.contains(owed)) continue;
      found_.set_lost(found_.lost() + 1);
      tell(v1::DIFFERENCE_KIND_LOST, index).set_addressee(owed);
    }
  }
}

// By one way and within one precedence, the order of receipt is that of sending (RT-70).
void Comparing::find_reordered() {
  for (auto const& [way, arrivals] : arrivals_) {
    std::vector<std::size_t> order;
    for (auto const& arrival : arrivals) order.push_back(arrival.sent);
    auto const in_order = in_longest_rise(order);
    for (std::size_t i = 0; i != arrivals.size(); ++i) {
      if (in_order[i]) continue;
      found_.set_reordered(found_.reordered() + 1);
      auto& difference = tell(v1::DIFFERENCE_KIND_REORDERED, arrivals[i].sent);
      difference.set_received(arrivals[i].number);
      difference.set_addressee(std::get<0>(way));
    }
  }
}

v1::Comparison Comparing::finish() {
  find_lost();
  find_reordered();
  found_.set_sent(sent_.size());
  found_.set_received(received_);
  return std::move(found_);
}

}  // namespace torntape::compare
