// A transmission that differs from the one before in FL1 and FL2 alone is not read again: what was read of it
// is taken over, and points into the new bytes.
#include <algorithm>
#include <cstddef>
#include <utility>

#include "grammar/fl01_transmission_identification/transmission_identification.hpp"
#include "grammar/fl02_routing_line/routing_line.hpp"
#include "grammar/lines.hpp"
#include "grammar/received.hpp"
#include "grammar/recognition.hpp"
#include "grammar/views.hpp"

namespace torntape::grammar {

namespace {

// What FL1 or FL2 may have brought of it; all else is of what follows, or is an oddity with its place.
constexpr auto of_the_head =
    has(Feature::number_of_zeros, Feature::number_chain, Feature::piloted, Feature::routing_indicator_odd,
        Feature::routing_line_unsorted, Feature::routing_indicator_repeated, Feature::autodin_header);
// What is noted of the stations called, which another FL2 may bring or take away.
constexpr auto of_the_called =
    has(Feature::web_copy, Feature::own_station_called, Feature::nation_letter_odd);
constexpr std::size_t longest_line = 69;  // that no procedure finds too long

Features without(Features all, Features some) { return {all.low & ~some.low, all.high & ~some.high}; }
Features both(Features one, Features other) { return {one.low | other.low, one.high | other.high}; }

bool is_head(Line const& line) {
  return line.reading == Reading::whole &&
         (line.format_line == FormatLine::fl1 || line.format_line == FormatLine::fl2);
}

// Nothing about it that FL1 and FL2 could have to do with.
bool is_plain(Message const& message) {
  return message.oddities.empty() && message.pilots.empty() && message.capture == nullptr &&
         message.small_letters == nullptr && message.original.empty() &&
         message.profile_reason != ProfileReason::given && !message.features.any_of(of_the_head);
}

// FL1 and FL2, and then a line of FL3; else null.
Line const* first_of_tail(Message const& message) {
  auto const first = std::ranges::find_if_not(message.lines, is_head);
  bool const told = first != message.lines.end() && first != message.lines.begin() &&
                    message.lines.front().format_line == FormatLine::fl1 &&
                    std::prev(first)->format_line == FormatLine::fl2 && first->format_line == FormatLine::fl3;
  return told ? &*first : nullptr;
}

// The lines before "DE", read into the message; none where they are not sound.
std::vector<Line> read_head(View& rest, Message& message) {
  std::vector<Line> lines;
  while (!rest.starts_with("DE ")) {
    auto line = take_line(rest);
    if (rest.empty() || line.text.size() > longest_line || readable(line.text) != line.text) return {};
    bool const sound = lines.empty()
                           ? fl01::starts(line.text) && fl01::read(line.text, message) == Reading::whole
                       : lines.size() == 1 ? fl02::read_sound(line.text, message)
                                           : fl02::read_sound_continuation(line.text, message);
    if (!sound) return {};
    line.format_line = lines.empty() ? FormatLine::fl1 : FormatLine::fl2;
    line.reading = Reading::whole;
    lines.push_back(line);
  }
  if (lines.size() < 2) return {};
  fl02::finish(message);
  return lines;
}

bool is_number_of_zeros(View number) {
  return std::ranges::all_of(number, [](char digit) { return digit == '0'; });
}

// From where it was to where it is; false where something points elsewhere.
bool move_views(Message& message, View from, View to) {
  bool moved = true;
  for_each_view(message, [&](View& view) {
    if (!present(view)) return;
    auto const* const begin = view.data();
    if (begin < from.data() || begin + view.size() > from.data() + to.size())
      moved = false;
    else
      view = to.substr(static_cast<std::size_t>(begin - from.data()), view.size());
  });
  return moved;
}

// All of `before` from FL3 on, as it stands in `to`.
bool take_over(Message& message, Message const& before, Line const* first, View to) {
  auto const head = first - before.lines.data();
  message = before;
  message.source = {};
  message.profile_witness = {};
  message.transmission_identification = {};
  message.routing_line = {};
  message.lines.erase(message.lines.begin(), message.lines.begin() + head);
  View const from(first->text.data(),
                  static_cast<std::size_t>(before.source.data() + before.source.size() - first->text.data()));
  auto& last = message.lines.back();
  if (from.size() < to.size() || from.substr(0, to.size()) != to) return false;
  if (from.size() > to.size()) {  // all that is left out is the last line's end
    if (last.text.data() + last.text.size() != from.data() + to.size()) return false;
    last.ending = last.ending.substr(0, 0);
  }
  return move_views(message, from, to);
}

}  // namespace

std::shared_ptr<Received const> Received::renewed(std::string&& bytes, Received const& before) {
  auto const& was = before.message();
  auto const* const first = is_plain(was) ? first_of_tail(was) : nullptr;
  if (first == nullptr) return nullptr;
  std::shared_ptr<Received> made(new Received);
  made->bytes_.swap(bytes);
  View const source = made->bytes_;
  auto& message = made->message_;
  View tail = source;
  Message head;
  head.source = source;
  head.profile = was.profile;
  head.conventions = was.conventions;
  head.origin = was.origin;  // FL2 may call it
  auto lines = read_head(tail, head);
  auto const recognised = recognise_profile(source);
  if (lines.empty() || !without(head.features, of_the_called).empty() || !head.oddities.empty() ||
      is_number_of_zeros(head.transmission_identification.sequence_number) ||
      recognised.profile != was.profile || recognised.reason != was.profile_reason ||
      head.routing_line.precedence != was.routing_line.precedence || !take_over(message, was, first, tail)) {
    made->bytes_.swap(bytes);
    return nullptr;
  }
  auto const shift = static_cast<std::ptrdiff_t>(lines.size()) - (first - was.lines.data());
  for (auto& addressee : message.addressees)
    addressee.line = static_cast<std::uint32_t>(static_cast<std::ptrdiff_t>(addressee.line) + shift);
  message.features = both(without(message.features, of_the_called), head.features);
  message.source = source;
  message.profile_witness = recognised.witness;
  message.transmission_identification = head.transmission_identification;
  message.routing_line = std::move(head.routing_line);
  message.lines.insert(message.lines.begin(), lines.begin(), lines.end());
  message.copy_kind = recognise_copy_kind(message);
  return made;
}

}  // namespace torntape::grammar
