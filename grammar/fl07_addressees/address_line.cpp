#include "grammar/fl07_addressees/address_line.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "grammar/fl05_preamble/preamble.hpp"
#include "grammar/terminals.hpp"

namespace torntape::grammar::fl07 {
namespace {

constexpr View other_means = "ZEN";
constexpr View night_action = "NIACT";

constexpr bool is_state_series(View indicator) { return indicator.starts_with("RUEH"); }

[[nodiscard]] bool is_number(View group) {
  if (group.size() == 4) return all(Class::digit, group);
  return group.size() == 9 && group[4] == '-' && all(Class::digit, group.substr(0, 4)) &&
         all(Class::digit, group.substr(5));
}

// By its end first, in which few words of names are like one: their lengths are of every kind.
[[nodiscard]] Precedence precedence_of_word(View word) {
  if (word.ends_with("RITY")) return word == "PRIORITY" ? Precedence::priority : Precedence::none;
  if (word.ends_with("IATE")) return word == "IMMEDIATE" ? Precedence::immediate : Precedence::none;
  if (word.ends_with("TINE")) return word == "ROUTINE" ? Precedence::routine : Precedence::none;
  if (word.ends_with("LASH")) return word == "FLASH" ? Precedence::flash : Precedence::none;
  return Precedence::none;
}

[[nodiscard]] View last_group(View line) { return take_last_group(line); }

// The parts that stand before the name: indicator and slant, or ZEN and slant.
struct Front : SilentTerminal<Front> {
  template <class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, Iterator const& last, Context const& context, RuleContext const&,
             Attribute&) const {
    View const line(first, static_cast<std::size_t>(last - first));
    auto const length = indicator_length(line);
    if (length == 0) return false;
    auto& addressee = x3::get<part_tag>(context);
    if (line.substr(0, length) == other_means)
      addressee.other_means = true;
    else
      addressee.routing_indicator = line.substr(0, length);
    addressee.separator = line.substr(length, 1);
    first += static_cast<std::ptrdiff_t>(length) + 1;
    return true;
  }
};

// The name, the precedence and the number, taken from the right.
struct Back : SilentTerminal<Back> {
  template <class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, Iterator const& last, Context const& context, RuleContext const&,
             Attribute&) const {
    View line(first, static_cast<std::size_t>(last - first));
    auto& addressee = x3::get<part_tag>(context);
    take_number(line, addressee);
    take_precedence(line, addressee);
    addressee.plain_language_address = line;
    first = last;
    return true;
  }

 private:
  static void take_number(View& line, Addressee& addressee) {
    // A digit at the end is cheap to test for, and seldom there for nothing.
    if (line.empty() || !is_digit(line.back())) return;
    auto before = line;
    auto const number = take_last_group(before);
    // "AIG 9901": the number is the name (ACP 127(G) 205.c).
    if (!is_number(number) || before.empty() || before == "AIG") return;
    addressee.message_continuity_number = number;
    line = before;
  }
};

auto const address = -Front{} >> Back{};

// --- What damage leaves behind. Each looks for one shape, and is called only where it can stand.

// "RUEHULAMEMBASSY SEOUL": the length of the indicator before a first word of a name.
[[nodiscard]] std::size_t glued_indicator(View line) {
  if (line.empty() || (line.front() != 'R' && line.front() != 'Q')) return 0;
  for (auto const word : first_words)
    for (std::size_t length = 5; length <= 7; ++length)
      if (line.substr(0, length + word.size()).substr(std::min(length, line.size())) == word &&
          is_routing_indicator(line.substr(0, length)))
        return length;
  return 0;
}

[[nodiscard]] bool begins_a_name(View line) {
  return std::ranges::any_of(first_words, [&](View word) { return line.starts_with(word); });
}

// "RUEHUL)AMEMBASSY SEOUL", "RUEHUL AMEMBASSY SEOUL", "RUEHUL /AMEMBASSY SEOUL", "RUEHUL//AMEMBASSY SEOUL":
// what stands for the slant after 5-7 letters. A blank does so only before a first word of a name, and two
// slants where they do not begin office symbols.
[[nodiscard]] View garbled_slant(View line) {
  std::size_t length = 0;
  while (length != line.size() && is_letter(line[length])) ++length;
  if (length < 5 || length > 7 || length + 1 >= line.size() || !is_routing_indicator(line.substr(0, length)))
    return {};
  auto const name = std::min(line.find_first_not_of("/ ", length), line.size());
  auto const between = line.substr(length, name - length);
  if (between.empty()) return is_letter(line[length + 1]) ? line.substr(length, 1) : View{};
  bool const sure = begins_a_name(line.substr(name));
  if (between.find('/') == View::npos) return sure ? between : View{};
  return sure || between.find(' ') != View::npos ? between : View{};
}

// "RU3HUL/AMEMBASSY", "1UEHUL/AMEMBASSY": an indicator with a character that is no letter.
[[nodiscard]] std::size_t unlettered_indicator(View line) {
  auto const slant = line.find('/');
  if (slant == View::npos || slant < 5 || slant > 8 || line.substr(slant).starts_with("//")) return 0;
  auto const group = line.substr(0, slant);
  if (group.find(' ') != View::npos) return 0;
  if (group.front() == 'R' || group.front() == 'Q') return slant;
  // The first letter itself: no name begins so.
  auto const letters = static_cast<std::size_t>(std::ranges::count_if(group, is_letter));
  return letters + 1 == slant && (group[1] == 'U' || begins_a_name(line.substr(slant + 1))) ? slant : 0;
}

// "R EHUL/AMEMBASSY SEOUL": a blank breaks the indicator. Its length with the blank; 0 where it does not.
[[nodiscard]] std::size_t broken_indicator(View line) {
  auto after = line;
  auto const first = take_group(after);
  auto const length = indicator_length(after);
  auto const letters = first.size() + length;
  bool const one = (first.starts_with('R') || first.starts_with('Q')) && all(Class::letter, first) &&
                   letters >= 4 && letters <= 7 && length != 0;
  if (!one || !begins_a_name(after.substr(length + 1))) return 0;
  return span(first, after.substr(0, length)).size();
}

void read_damaged_front(View& line, Addressee& addressee, Message& message) {
  if (auto const glued = glued_indicator(line); glued != 0) {
    addressee.routing_indicator = line.substr(0, glued);
    note(message, Feature::slash_missing, line.substr(glued, 0));
    line.remove_prefix(glued);
  } else if (auto const garbled = garbled_slant(line); present(garbled)) {
    auto const length = static_cast<std::size_t>(garbled.data() - line.data());
    addressee.routing_indicator = line.substr(0, length);
    addressee.separator = garbled;
    note(message, Feature::slash_garbled, garbled);
    line.remove_prefix(length + garbled.size());
  } else if (auto const odd = std::max(unlettered_indicator(line), broken_indicator(line)); odd != 0) {
    addressee.routing_indicator = line.substr(0, odd);
    addressee.separator = line.substr(odd, 1);
    line.remove_prefix(odd + 1);
  }
}

// "RUEHUL/ AMEMBASSY SEOUL": the blank goes with the slant.
void look_behind_slant(Addressee& addressee, Message& message) {
  auto& name = addressee.plain_language_address;
  if (!present(addressee.separator) || name.empty() || !is_blank(name.front())) return;
  name = trim_left(name);
  addressee.separator = {addressee.separator.data(),
                         static_cast<std::size_t>(name.data() - addressee.separator.data())};
  note(message, Feature::slash_garbled, addressee.separator);
}

struct Meant {
  View word;
  unsigned most;  // steps away from it
  std::uint32_t letters = letters_of(word);
};
constexpr std::array<Meant, 4> precedence_words{
    {{"PRIORITY", 2}, {"IMMEDIATE", 2}, {"ROUTINE", 2}, {"FLASH", 1}}};

// Letters that no precedence has so many of, among the first and the last four of a word: true of most names.
[[nodiscard]] bool is_surely_no_precedence(View word) {
  auto const some = letters_of({word.data(), 4}) | letters_of({word.data() + word.size() - 4, 4});
  return std::ranges::all_of(precedence_words, [&](Meant const& meant) {
    return differ_by_more(some & ~meant.letters, 0, meant.most);
  });
}

// "PRIOITY": a word that was meant as a precedence. It is read as ROUTINE until somebody mends it.
[[nodiscard]] bool may_be_precedence(View word) {
  if (word.size() < 4 || word.size() > 11 || is_surely_no_precedence(word)) return false;
  auto const letters = letters_of(word);
  return std::ranges::any_of(precedence_words,
                             [&](Meant const& meant) {
                               return !differ_by_more(letters, meant.letters, meant.most) &&
                                      edit_distance(word, meant.word) <= meant.most;
                             }) &&
         all(Class::letter, word);
}

// "PRIORI Y", "IMME DIATE": a long word that a blank broke.
[[nodiscard]] bool is_broken_precedence(View first, View second) {
  constexpr std::size_t most = 12;
  std::array<char, most> letters{};
  auto const size = first.size() + second.size();
  if (size < 7 || size > most || first.size() < 2 || (first[0] != 'P' && first[0] != 'I')) return false;
  std::ranges::copy(second, std::ranges::copy(first, letters.begin()).out);
  View const word(letters.data(), size);
  if (!all(Class::letter, word)) return false;
  return is_near(word, "PRIORITY", 1) || is_near(word, "IMMEDIATE", 1);
}

// "BEIJINGPRIORITY": the length of a name's last word before the precedence that is glued to it; 0 where none
// is.
[[nodiscard]] std::size_t before_glued_precedence(View word) {
  for (View const precedence : {View("PRIORITY"), View("IMMEDIATE")})
    if (word.size() > precedence.size() + 2 && word.ends_with(precedence))
      return word.size() - precedence.size();
  return 0;
}

// The misspelt precedence at the end of a name, of one group or of two; absent where there is none.
[[nodiscard]] View odd_precedence(View name) {
  auto before = name;
  auto const word = take_last_group(before);
  // A name of one word is a name; only what follows one can be a precedence.
  if (before.empty()) return {};
  if (may_be_precedence(word)) return word;
  if (auto const length = before_glued_precedence(word); length != 0) return word.substr(length);
  if (word.back() != 'Y' && word.back() != 'E') return {};
  auto const first = take_last_group(before);
  return !before.empty() && is_broken_precedence(first, word) ? span(first, word) : View{};
}

// "SEOUL 0866PRIORITY": number and precedence changed places, and the blank is lost.
void look_at_glued_order(Addressee& addressee, Message& message) {
  auto before = addressee.plain_language_address;
  if (present(addressee.message_continuity_number)) return;
  auto const group = take_last_group(before);
  auto const letter = std::min(group.size(), group.find_first_not_of("0123456789-"));
  auto const precedence = precedence_of_word(group.substr(letter));
  if (before.empty() || precedence == Precedence::none || !is_number(group.substr(0, letter))) return;
  addressee.message_continuity_number = group.substr(0, letter);
  addressee.precedence_word = group.substr(letter);
  addressee.precedence = precedence;
  addressee.plain_language_address = before;
  note(message, Feature::number_before_precedence, addressee.message_continuity_number);
}

// "SEOUL PRIORITY PRIORITY 0866": the one next to the number holds.
void look_at_repetition(Addressee& addressee, Message& message) {
  auto before = addressee.plain_language_address;
  auto const word = take_last_group(before);
  if (before.empty() || precedence_of_word(word) == Precedence::none) return;
  addressee.plain_language_address = before;
  note(message, Feature::precedence_word_odd, word);
}

void look_at_precedence(Addressee& addressee, Message& message) {
  auto& name = addressee.plain_language_address;
  auto const word = odd_precedence(name);
  if (!present(word)) return;
  note(message, Feature::precedence_word_odd, word);
  addressee.precedence = Precedence::routine;
  addressee.precedence_word = word;
  name = trim_right(name.substr(0, name.size() - word.size()));
}

// "SEOUL 0866 PRIORITY": number and precedence changed places. Only in State's own series, where the
// last four digits of a name are hardly ever part of it.
void look_at_order(Addressee& addressee, Message& message) {
  if (present(addressee.message_continuity_number) || !present(addressee.precedence_word)) return;
  auto before = addressee.plain_language_address;
  if (before.empty() || !is_digit(before.back()) || !is_state_series(addressee.routing_indicator)) return;
  auto const number = take_last_group(before);
  if (before.empty() || !is_number(number)) return;
  addressee.message_continuity_number = number;
  addressee.plain_language_address = before;
  note(message, Feature::number_before_precedence, number);
}

[[nodiscard]] bool has_victim(View name, Conventions const& conventions) {
  return std::ranges::any_of(conventions.month_victims,
                             [&](View victim) { return name.find(victim) != View::npos; });
}

// "LA PAZ AUG 0412": in copies of some places' lines the month stands over what followed the name (observed).
void look_at_month(Addressee& addressee, Message& message) {
  auto& name = addressee.plain_language_address;
  for (View const victim : message.conventions->month_victims) {
    auto const place = name.find(victim);
    if (place == View::npos) continue;
    auto after = trim_left(name.substr(place + victim.size()));
    auto const month = after.substr(0, after.find(' '));
    if (fl05::month_number(month) == 0) continue;
    note(message, Feature::month_intruded, month);
    name = name.substr(0, place + victim.size());
    return;
  }
}

// "PRIORITY 086O", "PRIORITY 08 66": behind a precedence nothing but a number is due.
void look_behind_precedence(Addressee& addressee, Message& message) {
  auto const& name = addressee.plain_language_address;
  if (name.size() < 8 || (!is_digit(name.back()) && !is_digit(name[name.size() - 2]))) return;
  auto before = name;
  auto number = take_last_group(before);
  if (auto further = before; !further.empty() && is_digit(further.back())) {
    auto const first = take_last_group(further);
    if (all(Class::digit, first)) {
      number = span(first, number);
      before = further;
    }
  }
  auto const digits = std::ranges::count_if(number, is_digit);
  if (digits < 2 || number.size() > 6 || precedence_of_word(last_group(before)) == Precedence::none) return;
  note(message, Feature::continuity_number_odd, number);
  addressee.message_continuity_number = number;
  addressee.plain_language_address = before;
  take_precedence(addressee.plain_language_address, addressee);
}

// "SEOUL 866" and "SEOUL0866" are judged when the whole list is known; here the digits are only seen.
void look_at_number(Addressee const& addressee, Message& message) {
  auto const& name = addressee.plain_language_address;
  if (present(addressee.message_continuity_number) || name.empty() || !is_digit(name.back())) return;
  if (name.find("//") != View::npos) return;  // an office symbol: "//J3"
  if (is_state_series(addressee.routing_indicator))
    note(message, Feature::continuity_number_odd, last_group(name));
}

// "//POLMIL//": office symbols stand between pairs of slants.
void look_at_offices(Addressee const& addressee, Message& message) {
  bool open = false;
  auto const name = addressee.plain_language_address;
  for (auto at = name.find("//"); at != View::npos; at = name.find("//", at + 2)) open = !open;
  if (open) note(message, Feature::open_office_symbol);
}

void look_at_indicator(Addressee const& addressee, Message& message) {
  if (present(addressee.routing_indicator)) {
    if (!is_routing_indicator(addressee.routing_indicator))
      note(message, Feature::addressee_indicator_odd, addressee.routing_indicator);
    else if (addressee.routing_indicator.size() == 4)  // odd in State headings
      note(message, Feature::addressee_indicator_odd);
  } else if (!addressee.other_means) {
    note(message, Feature::addressee_indicator_missing, addressee.plain_language_address);
  }
}

// --- The common form, told from where its characters stand: half the lines of a heading.

// "RUEHC/SECSTATE WASHDC PRIORITY 6035", from both ends as the grammar has it. False, and the addressee of no
// use, where anything calls for a second look.
class CommonForm {
 public:
  CommonForm(View line, Places const& at, Conventions const& conventions)
      : line_(line), at_(at), conventions_(conventions), end_(line.size()), blank_(last_blank_before(end_)) {}

  [[nodiscard]] bool read(Addressee& addressee) {
    return take_front(addressee) && take_number(addressee) && take_precedence(addressee) &&
           take_name(addressee);
  }

 private:
  // 5-7 letters, the first R or Q, a single slant and a name.
  bool take_front(Addressee& addressee) {
    auto const length = static_cast<std::size_t>(std::countr_one(at_.letters));
    if (length < 5 || length > 7 || (line_.front() != 'R' && line_.front() != 'Q')) return false;
    if (line_[length] != '/' || line_[length + 1] == '/' || line_[length + 1] == ' ') return false;
    addressee.routing_indicator = line_.substr(0, length);
    addressee.separator = line_.substr(length, 1);
    name_ = length + 1;
    return true;
  }

  // No number, or one of four digits that is no part of a name.
  bool take_number(Addressee& addressee) {
    if (!is_digit(line_.back())) return true;
    bool const four = blank_ != 0 && end_ - blank_ == 5 && at_.digits >> (blank_ + 1) == 0xF;
    if (!four || line_.substr(name_, blank_ - name_) == "AIG" || is_digit(line_[blank_ - 1])) return false;
    addressee.message_continuity_number = line_.substr(blank_ + 1);
    end_before_last_group();
    return true;
  }

  // No precedence, nor a word that was meant as one; or one that does not stand beside a number or NIACT.
  bool take_precedence(Addressee& addressee) {
    if (blank_ == 0) return true;
    auto const word = line_.substr(blank_ + 1, end_ - blank_ - 1);
    addressee.precedence = precedence_of_word(word);
    if (word == night_action || is_digit(word.front())) return false;
    if (addressee.precedence == Precedence::none)
      return !may_be_precedence(word) && before_glued_precedence(word) == 0 && !is_behind_precedence(word);
    end_before_last_group();
    auto const before = line_.substr(last_group(), end_ - last_group());
    if (is_digit(before.back()) || before == night_action || precedence_of_word(before) != Precedence::none)
      return false;
    addressee.precedence_word = word;
    return true;
  }

  // "PRIORI Y", "PRIORITY 086O": the last group is the rest of a precedence, or of a number behind one.
  [[nodiscard]] bool is_behind_precedence(View word) const {
    auto const blank = last_blank_before(blank_);
    auto const begin = blank == 0 ? name_ : blank + 1;
    auto const before = line_.substr(begin, blank_ - begin);
    return precedence_of_word(before) != Precedence::none || is_broken_precedence(before, word);
  }

  // A month can have intruded only where a word of three letters, or one of three with the month, follows a
  // blank.
  bool take_name(Addressee& addressee) const {
    addressee.plain_language_address = line_.substr(name_, end_ - name_);
    auto const ends = at_.blanks | std::uint64_t{1} << line_.size();
    return (at_.blanks & (ends >> 4 | ends >> 7)) == 0 ||
           !has_victim(addressee.plain_language_address, conventions_);
  }

  void end_before_last_group() {
    end_ = blank_;
    blank_ = last_blank_before(end_);
  }
  // Where the last group begins of what is not taken yet.
  [[nodiscard]] std::size_t last_group() const { return blank_ == 0 ? name_ : blank_ + 1; }
  // 0 where there is none.
  [[nodiscard]] std::size_t last_blank_before(std::size_t end) const {
    auto const before = at_.blanks & ((std::uint64_t{1} << end) - 1);
    return before == 0 ? 0 : 63 - static_cast<std::size_t>(std::countl_zero(before));
  }

  View line_;
  Places const& at_;
  Conventions const& conventions_;
  std::size_t name_ = 0;  // where the name begins
  std::size_t end_;       // of what is not taken yet
  std::size_t blank_;     // before its last group; 0 where there is but one
};

}  // namespace

bool read_common(View line, Places const& at, Addressee& addressee, Message& message) {
  if (!CommonForm(line, at, *message.conventions).read(addressee)) return false;
  note_number(addressee, message);
  if ((at.slants & at.slants >> 1) != 0) look_at_offices(addressee, message);
  return true;
}

void note_number(Addressee const& addressee, Message& message) {
  auto const number = addressee.message_continuity_number;
  if (!present(number)) return;
  note(message, Feature::continuity_number);
  if (number.size() > 4) note(message, Feature::number_range);
  if (number == "0000") note(message, Feature::number_of_zeros);
  if (addressee.plain_language_address.ends_with("COLLECTIVE")) note(message, Feature::numbered_collective);
}

void take_precedence(View& line, Addressee& addressee) {
  auto before = line;
  auto word = take_last_group(before);
  auto const precedence = precedence_of_word(word);
  if (precedence == Precedence::none || before.empty()) return;
  if (precedence == Precedence::immediate && last_group(before) == night_action) {
    addressee.night_action = true;
    word = span(take_last_group(before), word);
  }
  addressee.precedence = precedence;
  addressee.precedence_word = word;
  line = before;
}

std::size_t indicator_length(View line) {
  std::size_t length = 0;
  while (length != line.size() && is_letter(line[length])) ++length;
  if (length == 0 || length > 9 || length == line.size() || line[length] != '/') return 0;
  return length + 1 < line.size() && line[length + 1] == '/' ? 0 : length;
}

Reading read_address(View line, Addressee& addressee, Message& message) {
  auto const odd_before = message.oddities.size();
  if (indicator_length(line) == 0) read_damaged_front(line, addressee, message);
  // Total: what is no indicator, number or precedence is the name.
  static_cast<void>(reads(line, address, addressee));
  look_behind_slant(addressee, message);
  if (addressee.precedence == Precedence::none) look_behind_precedence(addressee, message);
  if (addressee.precedence == Precedence::none) look_at_glued_order(addressee, message);
  if (addressee.precedence == Precedence::none)
    look_at_precedence(addressee, message);
  else
    look_at_repetition(addressee, message);
  look_at_order(addressee, message);
  look_at_month(addressee, message);
  look_at_number(addressee, message);
  look_at_indicator(addressee, message);
  if (addressee.other_means) note(message, Feature::other_means);
  if (addressee.night_action || addressee.plain_language_address.ends_with(" NIACT"))
    note(message, Feature::night_action);
  look_at_offices(addressee, message);
  note_number(addressee, message);
  return message.oddities.size() == odd_before ? Reading::whole : Reading::tolerated;
}

}  // namespace torntape::grammar::fl07
