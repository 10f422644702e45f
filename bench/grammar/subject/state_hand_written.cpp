// The same reading as grammar/ makes of a clean heading, written by hand: one pass from line to line, no
// grammar, no tolerance. It is the measure of our parser's speed and the second opinion of its fuzzer.
#include <algorithm>
#include <array>
#include <cstring>

#include "bench/grammar/subject/state.hpp"
#include "grammar/filing_date.hpp"

namespace torntape::bench::state {
namespace {

using namespace std::string_view_literals;
using grammar::Addressee;
using grammar::AddresseeKind;
using grammar::Feature;
using grammar::FormatLine;
using grammar::Line;
using grammar::Precedence;
using grammar::Reading;

enum : unsigned char { letter = 1, digit = 2, printing = 4, mark = 8, nation = 16 };

constexpr std::array<unsigned char, 256> table = [] {
  std::array<unsigned char, 256> classes{};
  for (char c = 'A'; c <= 'Z'; ++c) classes[static_cast<unsigned char>(c)] = letter | printing;
  for (char c = '0'; c <= '9'; ++c) classes[static_cast<unsigned char>(c)] = digit | printing;
  for (char const c : " -:().,/'&"sv) classes[static_cast<unsigned char>(c)] = printing;
  for (char const c : "ABCDEFGHIKNOPQTUXYZ"sv) classes[static_cast<unsigned char>(c)] |= nation;
  for (char const c : "?\"$;!#"sv) classes[static_cast<unsigned char>(c)] = printing | mark;
  return classes;
}();

constexpr unsigned char kind_of(char c) { return table[static_cast<unsigned char>(c)]; }
constexpr bool is_letter(char c) { return (kind_of(c) & letter) != 0; }
constexpr bool is_digit(char c) { return (kind_of(c) & digit) != 0; }
bool all_letters(View text) { return !text.empty() && std::ranges::all_of(text, is_letter); }
bool all_digits(View text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

// Of four letters it is odd in a State heading.
bool is_indicator(View group) {
  return group.size() >= 5 && group.size() <= 7 && (group[0] == 'R' || group[0] == 'Q') && all_letters(group);
}
bool is_signal(View group) {
  return (group.size() == 3 || (group.size() == 4 && is_digit(group[3]))) &&
         (group[0] == 'Z' || group[0] == 'Q') && is_letter(group[1]) && is_letter(group[2]);
}

// Walks along one line.
class Cursor {
 public:
  explicit Cursor(View line) : at_(line.data()), end_(line.data() + line.size()) {}

  [[nodiscard]] bool at_end() const { return at_ == end_; }
  [[nodiscard]] View rest() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }
  bool skip(char c) {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  bool skip(View word) {
    if (!rest().starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  // Exactly `length` characters of one kind.
  bool take(unsigned char kind, std::size_t length, View& part) {
    if (static_cast<std::size_t>(end_ - at_) < length) return false;
    for (std::size_t i = 0; i != length; ++i)
      if ((kind_of(at_[i]) & kind) == 0) return false;
    part = {at_, length};
    at_ += length;
    return true;
  }
  // Up to the next blank.
  View group() {
    auto const* const begin = at_;
    while (at_ != end_ && *at_ != ' ') ++at_;
    return {begin, static_cast<std::size_t>(at_ - begin)};
  }

 private:
  char const* at_;
  char const* end_;
};

class Reader {
 public:
  Reader(View heading, Message& message) : rest_(heading), m_(message) {}

  bool read() {
    clear();
    if (!next() || !read_fl1() || !next() || !read_fl2() || !next()) return false;
    while (!line_.starts_with("DE "))
      if (!read_indicators(Cursor(line_)) || !keep(FormatLine::fl2) || !next()) return false;
    if (!read_fl3() || !next() || !read_fl4() || !next() || !read_fl5() || !next() || !read_fl6())
      return false;
    if (!read_list("TO "sv, AddresseeKind::action, FormatLine::fl7)) return false;
    if (line_.starts_with("INFO ") && !read_list("INFO "sv, AddresseeKind::info, FormatLine::fl8))
      return false;
    return read_separator(FormatLine::fl11) && read_fl12() && read_ending() && finish();
  }

 private:
  void note(Feature feature) { m_.features.set(feature); }

  void clear() {
    m_.source = rest_;
    m_.position = {};
    m_.features = {};
    m_.lines.clear();
    m_.oddities.clear();
    m_.transmission_identification = {};
    m_.routing_line.routing_indicators.clear();
    m_.origin = {};
    auto& fl4 = m_.transmission_instructions;
    fl4.designator = fl4.special_handling = fl4.remarks = {};
    fl4.operating_signals.clear();
    m_.preamble.info_precedence = {};
    m_.preamble.message_instructions.clear();
    m_.originator = {};
    m_.addressees.clear();
    m_.exempted.clear();
    m_.accounting = {};
    auto& fl12 = m_.text;
    fl12.classification = fl12.efto = fl12.section = fl12.sections = fl12.station = {};
    fl12.message_reference_number = fl12.subject = fl12.rest = {};
    fl12.captions.clear();
    fl12.tags.clear();
    m_.end = {};
  }

  // The next line into line_; false where there is none.
  bool next() {
    if (rest_.empty()) return false;
    auto const* const newline = static_cast<char const*>(std::memchr(rest_.data(), '\n', rest_.size()));
    auto const length = newline == nullptr ? rest_.size() : static_cast<std::size_t>(newline - rest_.data());
    line_ = rest_.substr(0, length);
    ending_ = rest_.substr(length, newline == nullptr ? 0 : 1);
    rest_.remove_prefix(length + ending_.size());
    return true;
  }

  // The line read, if it holds only what a heading may: printing characters, single blanks, 69 at most.
  bool keep(FormatLine format_line) {
    if (line_.empty() || line_.size() > 69 || line_.front() == ' ' || line_.back() == ' ') return false;
    unsigned char every = printing, any = 0;
    char before = 0;
    bool doubled = false;
    for (char const c : line_) {
      every &= kind_of(c);
      any |= kind_of(c);
      doubled |= c == ' ' && before == ' ';
      before = c;
    }
    bool const named = format_line >= FormatLine::fl6;
    if ((every & printing) == 0 || doubled || (named && (any & mark) != 0)) return false;
    push(format_line);
    return true;
  }

  void push(FormatLine format_line) { m_.lines.push_back({line_, ending_, format_line, Reading::whole}); }

  bool read_fl1() {
    auto& part = m_.transmission_identification;
    Cursor at(line_);
    if (!at.skip("VZCZC"sv) || !at.take(letter, 3, part.channel)) return false;
    auto const direction = part.channel[2];
    if (direction != 'O' && direction != 'I' && direction != 'Z') return false;
    part.start = line_.substr(0, 5);
    part.sequence_number = at.rest();
    auto const length = part.sequence_number.size();
    if (part.sequence_number.find_first_not_of('0') == View::npos) note(Feature::number_of_zeros);
    return (length == 3 || length == 4) && all_digits(part.sequence_number) && keep(FormatLine::fl1);
  }

  bool read_fl2() {
    if (line_.size() < 3 || line_[0] != line_[1] || line_[2] != ' ') return false;
    if ("ZOPR"sv.find(line_[0]) == View::npos) return false;
    m_.routing_line.precedence = line_.substr(0, 2);
    if (line_[0] == 'Z') note(Feature::flash);
    return read_indicators(Cursor(line_.substr(3))) && keep(FormatLine::fl2);
  }

  bool read_indicators(Cursor at) {
    auto& indicators = m_.routing_line.routing_indicators;
    do {
      auto const group = at.group();
      if (!is_indicator(group) || (!indicators.empty() && group <= indicators.back())) return false;
      if (group[0] == 'R' && (kind_of(group[1]) & nation) == 0) note(Feature::nation_letter_odd);
      if (group == "RUEHWEB"sv) note(Feature::web_copy);
      indicators.push_back(group);
    } while (at.skip(' '));
    return true;
  }

  bool read_fl3() {
    auto& part = m_.origin;
    Cursor at(line_);
    if (!at.skip("DE "sv)) return false;
    part.de = line_.substr(0, 2);
    part.routing_indicator = at.group();
    if (!is_indicator(part.routing_indicator) || !at.skip(' ')) return false;
    if (part.routing_indicator.ends_with("CSD"sv)) note(Feature::switch_origin);
    part.serial_mark = at.rest().substr(0, 1);
    if (!at.skip('#') || !at.take(digit, 4, part.station_serial_number)) return false;
    if (at.skip('/')) {
      if (!at.take(digit, 2, part.section)) return false;
      note(Feature::sectioned);
    }
    if (!at.skip(' ') || !at.take(digit, 7, part.filing_time) || !at.at_end()) return false;
    part.day_of_year = part.filing_time.substr(0, 3);
    part.time_of_file = part.filing_time.substr(3);
    return keep(FormatLine::fl3);
  }

  bool read_fl4() {
    auto& part = m_.transmission_instructions;
    if (!line_.starts_with("ZNY ") && !line_.starts_with("ZNR ")) return false;
    part.security_warning = line_.substr(0, 3);
    Cursor at(line_.substr(4));
    if (!at.take(letter, 5, part.designator)) return false;
    if (part.designator[0] != part.designator[1] || part.designator[0] != part.designator[2]) return false;
    if (part.designator[3] != part.designator[0] || part.designator[4] != part.designator[0])
      note(Feature::release_code);
    if (at.skip('/')) {
      if (!at.take(letter, 5, part.special_handling)) return false;
      note(Feature::handling_designator);
    }
    while (at.skip(' ')) {
      auto const group = at.group();
      if (!is_signal(group)) return false;
      if (group != "ZZH"sv) note(Feature::operating_signal);
      part.operating_signals.push_back(group);
    }
    if (!at.at_end()) return false;
    return keep(FormatLine::fl4);
  }

  static bool is_precedence(View text) { return "ZOPRY"sv.find(text.front()) != View::npos; }

  bool read_fl5() {
    auto& part = m_.preamble;
    Cursor at(line_);
    if (!at.take(letter, 1, part.precedence) || !is_precedence(part.precedence) || !at.skip(' '))
      return false;
    if (at.take(letter, 1, part.info_precedence)) {
      if (!is_precedence(part.info_precedence) || !at.skip(' ')) return false;
      note(Feature::dual_precedence);
    }
    if (!at.take(digit, 2, part.day) || !at.take(digit, 4, part.time) || !at.take(letter, 1, part.zone) ||
        part.zone[0] != 'Z' || !at.skip(' ') || !at.take(letter, 3, part.month) || !is_month(part.month) ||
        !at.skip(' '))
      return false;
    part.year = at.rest();
    if ((part.year.size() != 2 && part.year.size() != 4) || !all_digits(part.year)) return false;
    part.date_time_group = {part.day.data(),
                            static_cast<std::size_t>(line_.data() + line_.size() - part.day.data())};
    if (part.precedence[0] == 'Z') note(Feature::flash);
    if (part.precedence[0] == 'O') note(Feature::immediate);
    if (part.precedence[0] == 'Y' || part.info_precedence.starts_with('Y')) note(Feature::emergency_command);
    return keep(FormatLine::fl5);
  }

  static bool is_month(View month) {
    constexpr View months = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    for (std::size_t i = 0; i != months.size(); i += 3)
      if (month == months.substr(i, 3)) return true;
    return false;
  }

  bool read_fl6() {
    auto& part = m_.originator;
    if (!line_.starts_with("FM ") || line_.size() == 3) return false;
    part.prosign = line_.substr(0, 2);
    part.plain_language_address = line_.substr(3);
    return slant(part.plain_language_address) == 0 && keep(FormatLine::fl6);
  }

  // The letters before a single slant, one to nine; 0 where there is no such thing.
  static std::size_t slant(View text) {
    std::size_t length = 0;
    while (length != text.size() && is_letter(text[length])) ++length;
    if (length == 0 || length > 9 || length == text.size() || text[length] != '/') return 0;
    return length + 1 < text.size() && text[length + 1] == '/' ? 0 : length;
  }

  // A line with the prosign, and the lines below that begin with an indicator and a slant. line_ is then
  // the line that follows.
  bool read_list(View prosign, AddresseeKind kind, FormatLine format_line) {
    if (kind == AddresseeKind::action && !next()) return false;
    if (!line_.starts_with(prosign)) return false;
    auto address = line_.substr(prosign.size());
    do {
      if (!read_address(address, kind) || !keep(format_line) || !next()) return false;
      address = line_;
    } while (slant(address) != 0);
    return true;
  }

  bool read_address(View address, AddresseeKind kind) {
    auto const length = slant(address);
    if (length == 0) return false;
    auto& addressee = m_.addressees.emplace_back();
    addressee.kind = kind;
    addressee.line = static_cast<std::uint32_t>(m_.lines.size());
    auto const indicator = address.substr(0, length);
    addressee.separator = address.substr(length, 1);
    if (indicator == "ZEN"sv) {
      addressee.other_means = true;
      note(Feature::other_means);
    } else if (is_indicator(indicator)) {
      addressee.routing_indicator = indicator;
    } else {
      return false;
    }
    if (kind == AddresseeKind::info) note(Feature::info_addressee);
    auto name = address.substr(length + 1);
    take_number(name, addressee);
    take_precedence(name, addressee);
    addressee.plain_language_address = name;
    if (grammar::present(addressee.message_continuity_number) && name.ends_with("COLLECTIVE"sv))
      note(Feature::numbered_collective);
    bool open = false;
    for (auto at = name.find("//"sv); at != View::npos; at = name.find("//"sv, at + 2)) open = !open;
    if (open) note(Feature::open_office_symbol);
    return !name.empty();
  }

  void take_number(View& name, Addressee& addressee) {
    auto const blank = name.rfind(' ');
    if (blank == View::npos || !is_digit(name.back())) return;
    auto const number = name.substr(blank + 1);
    bool const range = number.size() == 9 && number[4] == '-';
    if (range ? !all_digits(number.substr(0, 4)) || !all_digits(number.substr(5))
              : number.size() != 4 || !all_digits(number))
      return;
    if (name.substr(0, blank) == "AIG"sv) return;
    addressee.message_continuity_number = number;
    name = name.substr(0, blank);
    note(Feature::continuity_number);
    if (number == "0000"sv) note(Feature::number_of_zeros);
    if (range) note(Feature::number_range);
  }

  void take_precedence(View& name, Addressee& addressee) {
    auto blank = name.rfind(' ');
    if (blank == View::npos) return;
    auto const word = name.substr(blank + 1);
    auto const precedence = word == "PRIORITY"sv    ? Precedence::priority
                            : word == "ROUTINE"sv   ? Precedence::routine
                            : word == "IMMEDIATE"sv ? Precedence::immediate
                            : word == "FLASH"sv     ? Precedence::flash
                                                    : Precedence::none;
    if (precedence == Precedence::none) return;
    if (precedence == Precedence::immediate && name.substr(0, blank).ends_with(" NIACT")) {
      addressee.night_action = true;
      note(Feature::night_action);
      blank -= 6;
    }
    if (precedence == Precedence::routine) note(Feature::routine_word);
    addressee.precedence = precedence;
    addressee.precedence_word = name.substr(blank + 1);
    name = name.substr(0, blank);
  }

  bool read_fl12() {
    auto& part = m_.text;
    auto line = line_;
    while (line.ends_with(' ')) line.remove_suffix(1);
    for (View const word : {"UNCLAS"sv, "C O N F I D E N T I A L"sv, "S E C R E T"sv, "T O P S E C R E T"sv})
      if (line.starts_with(word)) part.classification = line.substr(0, word.size());
    if (!grammar::present(part.classification)) return false;
    Cursor at(line.substr(part.classification.size()));
    if (!at.skip(' ')) return false;
    if (at.rest().starts_with("E F T O "sv)) {
      part.efto = at.rest().substr(0, 7);
      at.skip("E F T O "sv);
    }
    if (at.rest().starts_with("SECTION "sv)) {
      if (!at.skip("SECTION "sv) || !at.take(digit, 2, part.section) || !at.skip(" OF "sv) ||
          !at.take(digit, 2, part.sections) || !at.skip(' '))
        return false;
      note(Feature::sectioned);
    }
    auto const rest = at.rest();
    if (rest.size() < 8 || rest[rest.size() - 7] != ' ' || !all_digits(rest.substr(rest.size() - 6)))
      return false;
    part.message_reference_number = rest.substr(rest.size() - 6);
    part.station = rest.substr(0, rest.size() - 7);
    if (part.station.front() == ' ' || part.station.back() == ' ') return false;  // doubled blanks
    push(FormatLine::fl12);
    return true;
  }

  // BT, if it stands here; then the next line is read.
  bool read_separator(FormatLine format_line) {
    if (line_ != "BT"sv) return true;
    ++separators_;
    push(format_line);
    return next();
  }

  // BT, the serial again, NNNN, as many of them as there are.
  bool read_ending() {
    if (!next()) return true;
    if (line_ == "BT"sv) {
      ++separators_;
      push(FormatLine::fl13);
      if (!next()) return true;
    }
    if (line_.size() == 5 && line_[0] == '#' && all_digits(line_.substr(1))) {
      m_.end.validation_number = line_.substr(1);
      note(Feature::validation_number);
      push(FormatLine::fl15);
      if (!next()) return true;
    }
    if (line_ != "NNNN"sv) return false;
    m_.end.nnnn = line_;
    push(FormatLine::fl16);
    return rest_.empty();
  }

  bool finish() {
    auto const& called = m_.routing_line.routing_indicators;
    if (std::ranges::find(called, m_.origin.routing_indicator) != called.end())
      note(Feature::own_station_called);
    if (!m_.text.message_reference_number.ends_with(m_.origin.station_serial_number))
      note(Feature::reference_differs);
    if (separators_ < 2) note(Feature::separator_missing);
    if (!grammar::present(m_.end.nnnn)) note(Feature::end_missing);
    m_.archive = separators_ == 0 && !grammar::present(m_.end.nnnn);
    auto const& fl1 = m_.transmission_identification;
    auto const& signals = m_.transmission_instructions.operating_signals;
    bool const state = std::ranges::find(signals, "ZZH"sv) != signals.end() ||
                       (fl1.sequence_number.size() == 4 && (fl1.channel[2] != 'Z' || fl1.channel == "XYZ"sv));
    m_.profile = state ? grammar::Profile::state : grammar::Profile::acp127_us;
    if (auto const delay = grammar::filing_delay(m_)) {
      if (*delay < std::chrono::minutes{0}) note(Feature::filed_early);
      if (*delay > std::chrono::hours{1}) note(Feature::filed_late);
    } else if (!grammar::drawn_up(m_)) {
      note(Feature::date_time_group_unclear);
    }
    if (fl1.channel == "XYZ"sv) note(Feature::web_copy);
    m_.copy_kind = fl1.channel == "XYZ"sv ? grammar::CopyKind::web : grammar::CopyKind::relay;
    return true;
  }

  unsigned separators_ = 0;
  View rest_, line_, ending_;
  Message& m_;
};

}  // namespace

bool hand_written(View heading, Message& message) { return Reader(heading, message).read(); }

}  // namespace torntape::bench::state
