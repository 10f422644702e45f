#include "grammar/fl01_transmission_identification/transmission_identification.hpp"

#include <algorithm>

#include "grammar/terminals.hpp"

namespace torntape::grammar::fl01 {
namespace {

using Part = TransmissionIdentification;

auto const strict_state =
    x3::string("VZCZC") >> take_letters<3>[set<&Part::channel>] >> digits<3, 4>[set<&Part::sequence_number>];

// The identifications of earlier legs, as one view: "WNA114" of "EUC093WNA114".
struct Chain : Terminal<Chain> {
  template <class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, Iterator const& last, Context const&, RuleContext const&,
             Attribute& attribute) const {
    auto end = first;
    for (auto next = end; take_one(next, last);) end = next;
    if (end == first) return false;
    x3::traits::move_to(trim_left(View(first, static_cast<std::size_t>(end - first))), attribute);
    first = end;
    return true;
  }

 private:
  static bool take_one(Iterator& first, Iterator const& last) {
    View unused;
    if (first != last && *first == ' ') ++first;
    if (!take_letters<3>.parse(first, last, x3::unused, x3::unused, unused)) return false;
    if (first != last && *first == ' ') ++first;
    return take_digits<3>.parse(first, last, x3::unused, x3::unused, unused);
  }
};

// "UU" or "HH".
struct SecurityProsign : Terminal<SecurityProsign> {
  template <class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, Iterator const& last, Context const&, RuleContext const&,
             Attribute& attribute) const {
    View const rest(first, static_cast<std::size_t>(last - first));
    if (rest != "UU" && rest != "HH") return false;
    x3::traits::move_to(rest, attribute);
    first = last;
    return true;
  }
};

auto const identification = take_letters<3>[set<&Part::channel>] >>
                            -x3::lit(' ') >> take_digits<3>[set<&Part::sequence_number>];
auto const tail = -Chain{}[set<&Part::earlier>] >>
                  -(blanks >> SecurityProsign{}[set<&Part::security_prosign>]);
// One unbroken string into an automatic relay (ACP 127(G) 202.c).
auto const unbroken = take_letters<3>[set<&Part::channel>] >> take_digits<3>[set<&Part::sequence_number>];
auto const strict_automatic = x3::lit("VZCZC") >> unbroken >> tail;
auto const strict_manual = -(x3::lit("VV") >> blanks) >> identification >> tail;
auto const strict_us =
    x3::lit("VZCZC") >> take_letters<3>[set<&Part::channel>] >> digits<3>[set<&Part::sequence_number>];
// The channel may be left out.
auto const strict_126 = x3::lit("VZCZC") >> -take_letters<3>[set<&Part::channel>] >>
                        digits<3>[set<&Part::sequence_number>] >>
                        -(' ' >> SecurityProsign{}[set<&Part::security_prosign>]);

// "VZCZC", "VV", or nothing.
[[nodiscard]] View start_of(View line) {
  if (line.starts_with(start_of_message)) return line.substr(0, start_of_message.size());
  return line.starts_with("VV ") ? line.substr(0, 2) : View{};
}

template <class Rule>
[[nodiscard]] bool reads_whole(View line, Rule const& rule, Part& part) {
  if (reads(line, rule, part)) {
    part.start = start_of(line);
    return true;
  }
  part = {};
  return false;
}

[[nodiscard]] bool read_strictly(View line, Profile profile, Part& part) {
  switch (profile) {
    case Profile::state:
      return reads_whole(line, strict_state, part);
    case Profile::acp127:
      return reads_whole(line, strict_automatic, part) || reads_whole(line, strict_manual, part);
    case Profile::acp127_us:
    case Profile::janap128:
      return reads_whole(line, strict_us, part);
    case Profile::acp126:
      return reads_whole(line, strict_126, part);
  }
  return false;
}

// ACP 127(G) 112.b has three digits; State writes four.
[[nodiscard]] bool good_number(View number, Profile profile) {
  return number.size() == 3 || (number.size() == 4 && profile == Profile::state);
}

// Where the number begins: behind the letters, or behind the last character that is no digit. "XRO0O17": of
// three letters before as many characters as the number has, the rest is a damaged number.
[[nodiscard]] std::size_t number_at(View group, Profile profile) {
  // Broken apart: "XRO04 17".
  if (group.find(' ') > 3 && group.find(' ') != View::npos) return 3;
  auto const due = profile == Profile::state ? std::size_t{7} : std::size_t{6};
  bool const fits = group.size() == due && all(Class::letter, group.substr(0, 3));
  auto const figures = std::ranges::count_if(group.substr(std::min<std::size_t>(group.size(), 3)), is_digit);
  if (fits && figures + 1 >= static_cast<std::ptrdiff_t>(due - 3)) return 3;
  // "X4O": a digit inside the designator is no part of the number.
  auto at = group.size();
  while (at != 0 && is_digit(group[at - 1])) --at;
  return at;
}

// The channel and the number, of one group or of two that a blank broke apart.
void read_identification(View group, Message& message) {
  auto& part = message.transmission_identification;
  auto const at = number_at(group, message.profile);
  part.sequence_number = group.substr(at);
  part.channel = trim_right(group.substr(0, at));
  if (part.channel.size() != 3 || !all(Class::letter, part.channel))
    note(message, Feature::channel_odd, part.channel);
  else if (part.channel.size() != at)
    note(message, Feature::channel_odd, group);
  if (!good_number(part.sequence_number, message.profile) || !all(Class::digit, part.sequence_number))
    note(message, Feature::channel_number_odd, part.sequence_number);
}

// "X O0417" and "XR 0417": letters alone, then what they lack. The length of both; 0 where one group is
// whole.
[[nodiscard]] std::size_t broken_length(View line) {
  auto after = line;
  auto const first = take_group(after);
  auto const second = take_group(after);
  auto const letters = first.size() + second.size();
  bool const broken =
      first.size() <= 3 && all(Class::letter, first) && is_digit(second.empty() ? 'X' : second.back());
  // "XRO04 17": the number itself.
  auto const number = first.substr(std::min<std::size_t>(first.size(), 3));
  if (all(Class::letter, first.substr(0, 3)) && all(Class::digit, number) && all(Class::digit, second) &&
      number.size() + second.size() <= 4)
    return span(first, second).size();
  return broken && letters >= 5 && letters <= 7 ? span(first, second).size() : 0;
}

void read_start(View& line, Message& message) {
  auto& part = message.transmission_identification;
  if (line.starts_with(start_of_message)) {
    part.start = line.substr(0, start_of_message.size());
  } else {
    // What is left of the start: letters before the last three of the leading run of letters.
    std::size_t letters_end = 0;
    while (letters_end != line.size() && is_letter(line[letters_end])) ++letters_end;
    auto const zczc = line.find("ZCZC");
    auto const length = zczc != View::npos ? zczc + 4 : letters_end > 3 ? letters_end - 3 : 0;
    part.start = line.substr(0, length);
    note(message, Feature::start_odd, part.start);
  }
  line.remove_prefix(part.start.size());
}

void read_tolerantly(View line, Message& message) {
  auto& part = message.transmission_identification;
  read_start(line, message);
  if (auto const again = line.find("ZCZC"); again != View::npos) {
    auto const begin = again != 0 && line[again - 1] == 'V' ? again - 1 : again;
    note(message, Feature::start_repeated, line.substr(begin, again + 4 - begin));
    part.rest = line.substr(begin);
    line = trim_right(line.substr(0, begin));
  }
  line = trim_left(line);  // "VZCZC XRO3820": the string was to be unbroken
  if (line.data() != part.start.data() + part.start.size()) note(message, Feature::start_odd, part.start);
  if (auto const broken = broken_length(line); broken != 0) {
    read_identification(line.substr(0, broken), message);
    line = trim_left(line.substr(broken));
  } else {
    read_identification(take_group(line), message);
  }
  bool const may_be_marked = message.profile == Profile::acp127 || message.profile == Profile::acp126;
  if (may_be_marked && (line == "UU" || line == "HH")) {
    part.security_prosign = line;
    return;
  }
  if (!line.empty()) {
    part.rest = present(part.rest) ? span(line, part.rest) : line;
    note(message, Feature::matter_after_channel_number, line);
  }
}

}  // namespace

bool starts(View line) { return line.starts_with(start_of_message); }

bool may_be_damaged(View line) {
  if (is_manual(line)) return true;
  if (line.find("ZCZC") != View::npos) return true;
  std::size_t letters_end = 0;
  while (letters_end != line.size() && is_letter(line[letters_end])) ++letters_end;
  auto const number = line.substr(letters_end);
  return letters_end >= 3 && letters_end <= 8 && number.size() >= 3 && number.size() <= 4 &&
         all(Class::digit, number);
}

bool is_manual(View line) {
  Part part;
  return reads(line, strict_manual, part);
}

Reading read(View line, Message& message) {
  auto& part = message.transmission_identification;
  part = {};
  auto reading = Reading::whole;
  if (!read_strictly(line, message.profile, part)) {
    reading = Reading::tolerated;
    read_tolerantly(line, message);
  }
  if (present(part.earlier)) note(message, Feature::number_chain, part.earlier);
  // 5 FAH-2 H-321.1: the third letter is the direction, or the Z of a drop copy.
  auto const channel = part.channel;
  bool const of_state = message.profile == Profile::state && reading == Reading::whole;
  if (of_state && channel[2] != 'O' && channel[2] != 'I' && channel[2] != 'Z')
    note(message, Feature::channel_odd, channel);
  return reading;
}

}  // namespace torntape::grammar::fl01
