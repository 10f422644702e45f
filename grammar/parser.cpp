// The heading, line by line: which format line a line belongs to, and what to do when it belongs to none.
// Each format line reads its own lines in a folder of its own.
#include "grammar/parser.hpp"

#include <algorithm>
#include <utility>

#include "grammar/alphabets/capture.hpp"
#include "grammar/characters.hpp"
#include "grammar/characters_scan.hpp"
#include "grammar/contents.hpp"
#include "grammar/fl01_transmission_identification/pilot.hpp"
#include "grammar/fl01_transmission_identification/transmission_identification.hpp"
#include "grammar/fl02_routing_line/call_line.hpp"
#include "grammar/fl02_routing_line/routing_line.hpp"
#include "grammar/fl03_calling_station/calling_station.hpp"
#include "grammar/fl04_transmission_instructions/transmission_instructions.hpp"
#include "grammar/fl05_preamble/preamble.hpp"
#include "grammar/fl06_originator/originator.hpp"
#include "grammar/fl07_addressees/addressees.hpp"
#include "grammar/fl09_exempted/exempted.hpp"
#include "grammar/fl10_accounting/accounting.hpp"
#include "grammar/fl11_separator/separator.hpp"
#include "grammar/fl12_text/page_mark.hpp"
#include "grammar/fl12_text/text_identification.hpp"
#include "grammar/fl15_validation/validation.hpp"
#include "grammar/fl16_end/cancellation.hpp"
#include "grammar/fl16_end/end_of_message.hpp"
#include "grammar/lines.hpp"
#include "grammar/received.hpp"
#include "grammar/recognition.hpp"

namespace torntape::grammar {
namespace {

// Empties a part; its lists keep their storage. Copied from an empty one: g++ makes a new one by a string
// instruction, which takes its time.
template <class Part>
void empty(Part& part) {
  static constexpr Part none{};
  part = none;
}

void clear(Message& message, View source, Position position) {
  message.source = source;
  message.position = position;
  message.profile = Profile::state;
  message.profile_reason = ProfileReason::no_station_lines;
  message.profile_witness = {};
  message.form = MessageForm::plaindress;
  message.copy_kind = CopyKind::relay;
  message.archive = false;
  message.features = {};
  message.lines.clear();
  message.oddities.clear();
  empty(message.transmission_identification);
  message.pilots.clear();
  empty(message.routing_line);
  empty(message.origin);
  empty(message.transmission_instructions);
  empty(message.preamble);
  empty(message.originator);
  message.addressees.clear();
  message.exempted.clear();
  empty(message.accounting);
  message.original.clear();
  empty(message.text);
  message.page_marks.clear();
  empty(message.end);
}

constexpr View byte_order_mark = "\xEF\xBB\xBF";

// What a line is read as.
struct ReadAs {
  FormatLine format_line = FormatLine::none;
  Reading reading = Reading::unread;
};

class Reader {
 public:
  Reader(Message& message, Settings const& settings)
      : message_(message),
        rest_(message.source),
        given_profile_(settings.profile),
        conventions_(settings.conventions != nullptr ? *settings.conventions : built_in_conventions()) {}

  // As what the text is taken for, or as what it is known to be.
  void read(std::optional<RecognisedProfile> const& known = std::nullopt) {
    if (!find_start()) {
      take_profile({Profile::acp126, ProfileReason::no_station_lines, {}});
      note(message_, Feature::not_a_message, message_.source.substr(0, 0));
      outside(message_.source);
      return;
    }
    take_profile(known ? *known : recognise_profile(rest_));
    read_heading();
    message_.form = form_so_far();
    if (in_text_) read_text();
    finish();
  }

 private:
  void take_profile(RecognisedProfile const& recognised) {
    message_.profile = given_profile_.value_or(recognised.profile);
    message_.profile_reason = given_profile_ ? ProfileReason::given : recognised.reason;
    message_.profile_witness = given_profile_ ? View{} : recognised.witness;
    message_.conventions = &conventions_[static_cast<std::size_t>(message_.profile)];
  }

  // --- The start. FL1 wherever it stands; without one, the first line that begins a heading.

  bool find_start() {
    if (has_lone_returns(message_.source)) return false;
    View unread = message_.source;
    if (unread.starts_with(byte_order_mark)) unread.remove_prefix(byte_order_mark.size());
    View weak;     // from a line that may begin a heading
    View damaged;  // from the line before it, if that may be a damaged FL1
    View previous;
    while (!unread.empty()) {
      auto const here = unread;
      auto const line = take_line(unread);
      auto const text = readable(line.text.substr(0, max_line_length));
      if (fl01::starts(text)) return start_at(here);
      if (!present(weak) && !text.empty()) {
        if (fl02::starts(text) || is_surely_whole_fl2(text) || fl03::starts(text) ||
            begins_at_preamble(text, unread) || begins_at_call(text, unread)) {
          weak = here;
          if (present(previous)) damaged = previous;
        }
        previous = fl01::may_be_damaged(text) ? here : View{};
      }
    }
    if (present(damaged)) return start_at(damaged);
    return present(weak) && start_at(weak);
  }

  // FL2 that holds FL3 too, and that no other line looks like.
  static bool is_surely_whole_fl2(View text) {
    return fl02::is_autodin_header(text) || fl02::is_numbered_call(text);
  }

  // A call without its number, before FL5: any line with DE in it may look like one.
  static bool begins_at_call(View text, View after) {
    if (!fl02::is_call(text)) return false;
    while (!after.empty())
      if (auto const next = readable(take_line(after).text.substr(0, max_line_length)); !next.empty())
        return fl05::starts(next);
    return false;
  }

  // Lines that end in CR alone are no lines to any relay (ACP 127(G) 138.b has CR CR LF): not read as such.
  static bool has_lone_returns(View source) {
    if (source.find('\n') != View::npos) return false;
    auto const at = source.find('\r');
    return at != View::npos && source.find_first_not_of('\r', at) != View::npos;
  }

  // FL5 with its precedence; a bare date-time group, as any letter may hold one, only before FL6.
  static bool begins_at_preamble(View text, View after) {
    if (!fl05::starts(text)) return false;
    if (is_letter(text.front())) return true;
    while (!after.empty())
      if (auto const next = readable(take_line(after).text.substr(0, max_line_length)); !next.empty())
        return fl06::starts(next);
    return false;
  }

  bool start_at(View here) {
    rest_ = here;
    auto const before =
        message_.source.substr(0, static_cast<std::size_t>(here.data() - message_.source.data()));
    if (before.empty()) return true;
    if (std::ranges::any_of(before, [](char c) { return !is_blank(c) && c != '\r' && c != '\n'; }))
      note(message_, Feature::text_before_start, before);
    outside(before);
    return true;
  }

  void outside(View matter) {
    if (matter.empty()) return;
    Line line;
    line.text = matter;
    line.ending = matter.substr(matter.size());
    line.reading = Reading::outside;
    message_.lines.push_back(line);
  }

  // --- The heading.

  void read_heading() {
    while (!rest_.empty() && !in_text_) {
      auto const here = rest_;
      auto const whole = take_line(rest_);
      auto const text = readable(whole.text);
      if (message_.lines.size() >= max_heading_lines) {
        note(message_, Feature::limit_reached, here.substr(0, 1));
        rest_ = here;
        return pass_over_heading();
      }
      if (text.empty()) {
        keep_blank(whole);
        continue;
      }
      untrimmed_ = text.size() == whole.text.size();
      ReadAs line;
      if (text.size() > max_line_length) {
        note(message_, Feature::limit_reached, text.substr(0, 1));
        note(message_, Feature::line_unread, text.substr(0, line_shown));
      } else if (read_common_address(text, line)) {
        settle_blanks();
      } else if (read_due(text, line)) {
        // nothing else was asked of it
      } else if (is_next_address(text)) {
        settle_blanks();
        read_in_list(text, line, kind_of_list());
      } else if (may_stand_in_distribution(text) && stands_in_distribution(text)) {
        blanks_ = 0;
        line.reading = Reading::outside;
        note(message_, Feature::distribution);
      } else if (begins_text(text)) {
        rest_ = here;
        in_text_ = true;
        return;
      } else {
        settle_blanks();
        read_line(text, line);
      }
      keep(whole, line);
    }
  }

  // The rest of a heading that is too long: one unread node, up to the text.
  void pass_over_heading() {
    Line passed;
    while (!rest_.empty()) {
      auto const here = rest_;
      auto const line = take_line(rest_);
      auto const text = readable(line.text.substr(0, max_line_length));
      if (!text.empty() && begins_text(text)) {
        rest_ = here;
        in_text_ = true;
        break;
      }
      passed.text = present(passed.text) ? span(passed.text, line.text) : line.text;
      passed.ending = line.ending;
    }
    if (present(passed.text)) message_.lines.push_back(passed);
  }

  void keep(Line const& whole, ReadAs line) {
    message_.lines.push_back({whole.text, whole.ending, line.format_line, line.reading});
  }

  void keep_blank(Line line) {
    line.reading = Reading::blank;
    ++blanks_;
    message_.lines.push_back(line);
  }

  // Blank lines that turn out to stand inside the heading.
  void settle_blanks() {
    auto const blanks = std::exchange(blanks_, 0);
    if (blanks == 0 || stage_ == FormatLine::none) return;
    // A drop copy has exactly one, after FL2 (observed in 38.8 % of State headings).
    auto const& called = message_.routing_line.routing_indicators;
    bool const web = message_.transmission_identification.channel == "XYZ" ||
                     (called.size() == 1 && called.front() == "RUEHWEB");
    if (web && blanks == 1 && stage_ == FormatLine::fl2) return;
    for (auto i = message_.lines.size() - blanks; i != message_.lines.size(); ++i)
      note(message_, Feature::blank_line, message_.lines[i].text);
  }

  [[nodiscard]] bool in_addresses() const { return stage_ >= FormatLine::fl7; }

  // In FL7 or FL8: half the lines of a heading.
  [[nodiscard]] bool may_be_next_address(View text) const {
    return (stage_ == FormatLine::fl7 || stage_ == FormatLine::fl8) &&
           (text.front() == 'R' || text.front() == 'Q');
  }
  // An indicator and a slant: no other line looks like it.
  [[nodiscard]] bool is_next_address(View text) const {
    return may_be_next_address(text) && fl07::has_indicator(text);
  }
  [[nodiscard]] AddresseeKind kind_of_list() const {
    return stage_ == FormatLine::fl7 ? AddresseeKind::action : AddresseeKind::info;
  }

  bool read_common_address(View text, ReadAs& line) {
    if (!may_be_next_address(text) || !fl07::read_common(text, kind_of_list(), message_)) return false;
    line.format_line = stage_;
    line.reading = Reading::whole;
    remember_if_plain(text);
    return true;
  }

  // The line that is due next in a sound heading, told by how it begins: nothing else can stand there that
  // begins so. False, and nothing done, for any other, which is asked all that it may be.
  bool read_due(View text, ReadAs& line) {
    constexpr std::size_t shortest = 4;
    if (blanks_ != 0 || text.size() < shortest) return false;
    switch (stage_) {
      case FormatLine::none:
        return fl01::starts(text) && (read_identification(text, line), true);
      case FormatLine::fl1:
        return message_.pilots.empty() && fl02::read_sound(text, message_) &&
               enter_due(FormatLine::fl2, line, Reading::whole, text);
      case FormatLine::fl2:
        if (present(message_.origin.routing_indicator)) return false;
        if (!text.starts_with("DE "))
          return fl02::read_sound_continuation(text, message_) &&
                 enter_due(FormatLine::fl2, line, Reading::whole, text);
        return enter_due(FormatLine::fl3, line, fl03::read(text, message_), text);
      case FormatLine::fl3:
        return fl04::starts_with_warning(text) &&
               enter_due(FormatLine::fl4, line, fl04::read(text, message_), text);
      case FormatLine::fl4:
        return fl05::starts_plainly(text) && !present(message_.preamble.date_time_group) &&
               enter_due(FormatLine::fl5, line, fl05::read(text, message_), text);
      case FormatLine::fl5:
        return is_due(text, "FM ") && !present(message_.originator.prosign) &&
               (read_originator(text, line), true);
      case FormatLine::fl6:
        return is_due(text, "TO ") && read_first_of_list(FormatLine::fl7, AddresseeKind::action, text, line);
      case FormatLine::fl7:
        return is_due(text, "INFO ") && !in_distribution_ &&
               read_first_of_list(FormatLine::fl8, AddresseeKind::info, text, line);
      default:
        return false;
    }
  }

  // A prosign, and a name behind it.
  [[nodiscard]] static bool is_due(View text, View prosign) {
    return text.starts_with(prosign) && is_letter(text[prosign.size()]);
  }

  bool enter_due(FormatLine format_line, ReadAs& line, Reading reading, View text) {
    enter(format_line, line, reading, text);
    return true;
  }

  bool read_first_of_list(FormatLine format_line, AddresseeKind kind, View text, ReadAs& line) {
    auto const address = text.substr(text.find(' ') + 1);
    bool const common = fl07::read_common(address, kind, message_);
    enter(format_line, line, common ? Reading::whole : fl07::read_first(text, message_), text);
    if (common)
      remember_if_plain(text);
    else
      follow_list();
    return true;
  }

  // A line that holds a common address holds nothing to note, if that is all it holds and none of it was
  // received with a fault.
  void remember_if_plain(View text) {
    if (untrimmed_ && !message_.capture && text.size() <= message_.conventions->line_length)
      plain_.add(message_.lines.size());
  }

  [[nodiscard]] bool begins_text(View text) {
    if (may_separate_or_cancel(text) && separates_or_cancels(text)) return true;
    if (stage_ < FormatLine::fl5) return begins_service_text(text);
    if (fl12::starts(text)) return true;
    if (!in_addresses())
      return stage_ == FormatLine::fl5 && message_.profile != Profile::state && fl12::is_groups_of_five(text);
    if (begins_original(text)) return false;
    if (fl01::starts(text) || fl15::is(text) || fl16::is(text)) return true;
    // Behind the group count no address is due (ACP 127(G) 142.b).
    if (stage_ == FormatLine::fl10)
      return !fl06::starts(text) && !fl07::starts(text) && !fl09::starts(text) && !fl10::starts(text);
    if (stage_ == FormatLine::fl9) return blanks_ != 0 || !fl07::may_be_address(text);
    if (fl07::starts(text) || fl07::is_surely_address(text) || fl07::is_page_line(text) ||
        fl09::starts(text) || fl10::starts(text) || fl06::starts(text))
      return false;
    // After an empty line, what is no address for certain is the text.
    return blanks_ != 0 || !fl07::may_be_address(text);
  }

  [[nodiscard]] bool may_stand_in_distribution(View text) const {
    return in_addresses() && (in_distribution_ || text.starts_with("ACTION ") || text.starts_with("INFO  "));
  }

  // A block of the Department's own between the address and the text: no part of the message (observed).
  [[nodiscard]] bool stands_in_distribution(View text) {
    return in_distribution_ = fl07::is_distribution(text, in_distribution_);
  }

  // By its length and its first letter: few lines of a heading may.
  [[nodiscard]] static bool may_separate_or_cancel(View text) {
    return text.size() <= 3 || text.front() == 'B' || text.front() == 'E' || text.starts_with("ZXB") ||
           text.starts_with("ZPH");
  }

  [[nodiscard]] bool separates_or_cancels(View text) const {
    // FL2 of ACP 126 and of AUTODIN holds FL3 too.
    bool const called = stage_ >= FormatLine::fl3 || saw(FormatLine::fl3);
    if (called && (fl11::is(text) || begins_after_damaged_separator(text))) return true;
    return stage_ != FormatLine::none && fl16::cancels(text);
  }

  // "DBT" before the text, "BT UNCLAS".
  [[nodiscard]] bool begins_after_damaged_separator(View text) const {
    if (text.front() == 'B')
      if (auto const joined = fl11::joined_text(text); !joined.empty() && fl12::starts(joined)) return true;
    if (!fl11::may_be_damaged(text)) return false;
    auto const next = next_line();
    return fl12::starts(next) || (stage_ == FormatLine::fl10 && !next.empty() && !fl11::is(next));
  }

  // A service message between neighbours has neither FL5 nor BT: after FL3 and its warning stands the text
  // (ACP 127(G) 405.b).
  [[nodiscard]] bool begins_service_text(View text) {
    bool const after_station = stage_ == FormatLine::fl3 || stage_ == FormatLine::fl4;
    if (!after_station || fl04::starts(text)) return false;
    // Any other State heading that ends here was broken off.
    if (message_.profile == Profile::state && !message_.features.has(Feature::serial_missing)) return false;
    if (!is_service_) is_service_ = ends_without_address(text);
    return *is_service_;
  }

  [[nodiscard]] bool ends_without_address(View text) const {
    for (auto [after, line] = std::pair(rest_, text);; line = readable(take_line(after).text)) {
      if (line.size() > max_line_length || fl11::is(line) || fl05::starts(line) || fl06::starts(line) ||
          fl07::starts(line))
        return false;
      if (fl16::is(line)) return true;
      if (after.empty() || source_offset(after) - source_offset(rest_) > service_text_shown) return false;
    }
  }

  [[nodiscard]] std::size_t source_offset(View at) const {
    return static_cast<std::size_t>(at.data() - message_.source.data());
  }

  // The preamble of a readdressed message as it was first sent: a second FL5 after an address, before FM.
  [[nodiscard]] bool begins_original(View text) const {
    if (!in_addresses() || !message_.original.empty() || !fl05::starts(text) || !is_letter(text.front()))
      return false;
    auto const next = next_line();
    return fl06::starts(next) || fl10::starts(next) || fl06::damaged_prosign(next) != 0 ||
           fl06::may_stand_first(next) || fl07::starts(next);
  }

  // A second FM above another list, and what stands before it and is no address: the original heading, its
  // preamble lost or not to be read. State readdresses nothing so.
  [[nodiscard]] bool begins_damaged_original(View text) const {
    if (!in_addresses() || !message_.original.empty() || message_.profile == Profile::state) return false;
    if (fl06::starts(text)) return list_follows();
    bool const no_address = !fl07::has_indicator(text) && std::ranges::count_if(text, is_digit) >= 4;
    return no_address && fl06::starts(next_line());
  }

  void read_damaged_original(View text, ReadAs& line) {
    begin_original();
    if (fl06::starts(text)) {
      note(message_, Feature::preamble_missing, text.substr(0, 0));
      return read_originator(text, line);
    }
    if (fl05::starts(text)) return enter(FormatLine::fl5, line, fl05::read(text, message_), text);
    message_.preamble.date_time_group = text;
    note(message_, Feature::date_time_group_odd, text);
    enter(FormatLine::fl5, line, Reading::tolerated, text);
  }

  // What has been read of the address is the supplementary heading (ACP 127(G) 503); the lines that follow
  // are read as those of another heading, and changed over at the end.
  void begin_original() {
    auto& m = message_;
    fl07::finish(m);
    m.original.emplace_back();
    change_over();
    stage_ = FormatLine::fl4;
    note(m, Feature::readdressed);
  }

  void change_over() {
    auto& m = message_;
    auto& other = m.original.front();
    std::swap(m.preamble, other.preamble);
    std::swap(m.originator, other.originator);
    std::swap(m.addressees, other.addressees);
    std::swap(m.exempted, other.exempted);
    std::swap(m.accounting, other.accounting);
  }

  [[nodiscard]] bool is_pilot_signal(View text) const {
    if (fl01::is_pilot_signal(text)) return true;
    if (message_.profile == Profile::state || !fl01::is_damaged_pilot_signal(text)) return false;
    auto const next = next_line();
    return fl01::starts(next) || fl01::is_manual(next);
  }

  void read_pilot(View text, ReadAs& line) {
    for (auto& before : message_.lines)
      if (before.format_line == FormatLine::fl2) before.format_line = FormatLine::fl1;
    line.format_line = FormatLine::fl1;
    line.reading = fl01::read_pilot(text, message_);
    stage_ = FormatLine::fl1;
    seen_ &= ~(1U << static_cast<unsigned>(FormatLine::fl2));
  }

  void read_received_identification(View text, ReadAs& line) {
    message_.pilots.back().received = text;
    line.format_line = FormatLine::fl1;
    line.reading = Reading::whole;
  }

  // Format lines that a heading has once. A second one is kept unread: nobody can tell which of the two
  // holds.
  [[nodiscard]] bool stands_already(View text) const {
    if (text.find(' ') > 3) return false;  // their first groups are short
    if (fl02::starts(text)) return saw(FormatLine::fl2);
    if (text.starts_with("DE ") && fl03::starts(text)) return present(message_.origin.routing_indicator);
    if (present(message_.preamble.date_time_group) && is_letter(text.front()) && fl05::starts(text))
      return true;
    return in_addresses() && saw(FormatLine::fl4) && fl04::starts(text);
  }

  void read_line(View text, ReadAs& line) {
    bool const before_station = stage_ == FormatLine::fl2 && !present(message_.origin.routing_indicator);
    if (before_station && is_pilot_signal(text)) return read_pilot(text, line);
    bool const after_pilot = stage_ == FormatLine::fl1 && !message_.pilots.empty();
    if (stage_ != FormatLine::none && !after_pilot && fl01::starts(text)) {
      note_second_start(text);
      line.format_line = FormatLine::fl1;
      line.reading = Reading::unread;
      return;
    }
    if (begins_original(text)) {
      begin_original();
      if (auto const next = next_line(); fl07::starts(next))
        note(message_, Feature::originator_missing, next.substr(0, 0));
    } else if (begins_damaged_original(text)) {
      return read_damaged_original(text, line);
    }
    if (stands_already(text)) return leave_unread(text, line);
    if (!read_by_prosign(text, line)) read_by_stage(text, line);
  }

  // Lines that are what they are by where they stand.
  void read_by_stage(View text, ReadAs& line) {
    switch (stage_) {
      case FormatLine::none:
        return read_first_line(text, line);
      case FormatLine::fl1:
        if (!message_.pilots.empty() && (fl01::starts(text) || fl01::is_manual(text)))
          return read_received_identification(text, line);
        if (fl02::starts(text) || is_whole_fl2(text)) return read_routing_line(text, line);
        // ACP 126 has call signs in FL2, and no rule for indicators: what is no call is not read.
        if (message_.profile == Profile::acp126)
          seen_ |= 1U << static_cast<unsigned>(FormatLine::fl2);
        else if (fl02::may_be(text))
          return read_routing_line(text, line);
        break;
      case FormatLine::fl2:
        if (!present(message_.routing_line.end_of_routing) && read_further_stations(text, line)) return;
        break;
      case FormatLine::fl3:
        if (fl04::starts_with_signal(text) || (message_.profile != Profile::state && fl04::is_transmit(text)))
          return enter(FormatLine::fl4, line, fl04::read(text, message_), text);
        break;
      case FormatLine::fl4:
        return enter(FormatLine::fl4, line, fl04::read_continuation(text, message_), text);
      case FormatLine::fl5:
        if (fl06::damaged_prosign(text) != 0 ||
            ((fl06::may_stand_first(text) || fl06::lacks_prosign(text)) && list_follows()))
          return read_originator(text, line);
        return enter(FormatLine::fl5, line, fl05::read_continuation(text, message_), text);
      case FormatLine::fl6:
        if (auto const prosign = fl07::damaged_info(text); prosign != 0)
          return read_damaged_info(text, prosign, line);
        if (auto const prosign = fl07::damaged_prosign(text); prosign != 0) {
          note(message_, Feature::action_missing, text.substr(0, prosign));
          auto const address = trim_left(text.substr(prosign));
          return enter(FormatLine::fl7, line, fl07::read_next(address, AddresseeKind::action, message_),
                       text);
        }
        if (fl07::is_surely_address(text)) {
          note(message_, Feature::action_missing, text.substr(0, 0));
          return enter(FormatLine::fl7, line, fl07::read_next(text, AddresseeKind::action, message_), text);
        }
        break;
      case FormatLine::fl7:
        if (auto const prosign = fl07::damaged_info(text); prosign != 0)
          return read_damaged_info(text, prosign, line);
        if (auto const prosign = info_before_call_sign(text); prosign != 0)
          return read_damaged_info(text, prosign, line);
        return read_in_list(text, line, AddresseeKind::action);
      case FormatLine::fl8:
        return read_in_list(text, line, kind_of_list());
      case FormatLine::fl9:
        return enter(FormatLine::fl9, line, fl09::read_next(text, message_), text);
      default:
        break;
    }
    leave_unread(text, line);
  }

  // Lines that say themselves what they are. A line that stands where it may not is read all the same.
  bool read_by_prosign(View text, ReadAs& line) {
    auto const& m = message_;
    if (stage_ == FormatLine::none && fl01::starts(text)) {
      read_identification(text, line);
    } else if (!present(m.origin.routing_indicator) && fl03::starts(text)) {
      enter(FormatLine::fl3, line, fl03::read(text, message_), text);
    } else if (!in_addresses() && fl04::starts(text)) {
      enter(FormatLine::fl4, line, fl04::read(text, message_), text);
    } else if (!present(m.preamble.date_time_group) && fl05::starts(text)) {
      enter(FormatLine::fl5, line, fl05::read(text, message_), text);
    } else if (fl06::starts(text) && stage_ >= FormatLine::fl1) {
      read_originator(text, line);
    } else if (auto const kind = fl07::starts(text); kind && stage_ >= FormatLine::fl1) {
      enter(*kind == AddresseeKind::action ? FormatLine::fl7 : FormatLine::fl8, line,
            fl07::read_first(text, message_), text);
      follow_list();
    } else if (fl09::starts(text) && in_addresses()) {
      enter(FormatLine::fl9, line, fl09::read_first(text, message_), text);
    } else if (may_be_counted() &&
               (fl10::starts(text) || (fl10::may_be_damaged(text) && fl11::is(next_line())))) {
      enter(FormatLine::fl10, line, fl10::read(text, message_), text);
    } else {
      return false;
    }
    return true;
  }

  // FL10 follows FL5, or, in abbreviated plaindress, FL3 or FL4 (ACP 127(G) 145).
  [[nodiscard]] bool may_be_counted() const {
    return stage_ >= FormatLine::fl5 || (message_.profile != Profile::state && saw(FormatLine::fl3));
  }

  // "VZCZCXRO3820 PP RUEHBI": a line end was lost.
  void read_identification(View text, ReadAs& line) {
    enter(FormatLine::fl1, line, fl01::read(text, message_), text);
    auto& rest = message_.transmission_identification.rest;
    if (!present(rest) || (!fl02::starts(rest) && !fl02::is_autodin_header(rest))) return;
    read_routing_line(std::exchange(rest, {}), line);
    line.format_line = FormatLine::fl1;
    line.reading = Reading::tolerated;
  }

  [[nodiscard]] View next_line() const {
    for (auto after = rest_; !after.empty();)
      if (auto const next = readable(take_line(after).text.substr(0, max_line_length)); !next.empty())
        return next;
    return {};
  }

  [[nodiscard]] bool list_follows() const { return fl07::starts(next_line()).has_value(); }

  void read_originator(View text, ReadAs& line) {
    if (!present(message_.originator.prosign)) {
      enter(FormatLine::fl6, line, fl06::read(text, message_), text);
      return read_list_on_the_same_line(line);
    }
    note(message_, Feature::originator_repeated, text.substr(0, text.find(' ')));
    line.format_line = FormatLine::fl6;
    line.reading = Reading::unread;
  }

  // FL2 that is more than a routing line: it holds FL3 too.
  [[nodiscard]] bool is_whole_fl2(View text) const {
    return fl02::is_autodin_header(text) || (message_.profile == Profile::acp126 && fl02::is_call(text));
  }

  void read_routing_line(View text, ReadAs& line) {
    if (!is_whole_fl2(text)) return read_called_stations(text, line);
    enter(FormatLine::fl2, line, fl02::read(text, message_), text);
    seen_ |= 1U << static_cast<unsigned>(FormatLine::fl3);
  }

  // A line of FL2. "RTCAQB RTCATR DE RTBAKV 115B 2310941": a line end was lost.
  void read_called_stations(View text, ReadAs& line) {
    auto const station = fl03::joined(text);
    enter_called_stations(fl02::read(trim_right(text.substr(0, station)), message_), station, text, line);
  }

  // One that carries FL2 on; false, and nothing done, for any other.
  bool read_further_stations(View text, ReadAs& line) {
    auto const station = fl03::joined(text);
    auto const reading = fl02::read_continuation(trim_right(text.substr(0, station)), message_);
    if (reading) enter_called_stations(*reading, station, text, line);
    return reading.has_value();
  }

  void enter_called_stations(Reading reading, std::size_t station, View text, ReadAs& line) {
    enter(FormatLine::fl2, line, reading, text);
    if (station == View::npos) return;
    note(message_, Feature::calling_station_missing, text.substr(station, 2));
    static_cast<void>(fl03::read(text.substr(station), message_));
    line.reading = Reading::tolerated;
    stage_ = FormatLine::fl3;
    seen_ |= 1U << static_cast<unsigned>(FormatLine::fl3);
  }

  // "FM AMEMBASSY KARSTOVA TO RUEHC/SECSTATE WASHDC": a line end was lost.
  void read_list_on_the_same_line(ReadAs& line) {
    auto& name = message_.originator.plain_language_address;
    auto const at = fl07::list_begins(name);
    if (at == View::npos) return;
    auto const list = name.substr(at);
    name = trim_right(name.substr(0, at));
    note(message_, Feature::several_addresses_on_line, list);
    auto const kind = *fl07::starts(list);
    line.reading = Reading::tolerated;
    static_cast<void>(fl07::read_first(list, message_));
    auto const of_list = kind == AddresseeKind::action ? FormatLine::fl7 : FormatLine::fl8;
    stage_ = std::max(stage_, of_list);
    seen_ |= 1U << static_cast<unsigned>(of_list);
  }

  // "IFNO NDEF" below "TO NABC", where call signs are addressed.
  [[nodiscard]] std::size_t info_before_call_sign(View text) const {
    if (message_.profile != Profile::acp126 || message_.addressees.empty()) return 0;
    auto const& above = message_.addressees.back();
    if (present(above.routing_indicator) || above.plain_language_address.find(' ') != View::npos) return 0;
    auto const first = take_group(text);
    bool const one_more = !text.empty() && text.size() <= 7 && text.find(' ') == View::npos;
    return one_more && first.size() >= 3 && first.size() <= 5 && edit_distance(first, "INFO") == 1
               ? first.size()
               : 0;
  }

  // "IFNO RUEHBJ/AMEMBASSY BEIJING".
  void read_damaged_info(View text, std::size_t prosign, ReadAs& line) {
    note(message_, Feature::prosign_glued, text.substr(0, prosign));
    auto const address = trim_left(text.substr(prosign));
    static_cast<void>(fl07::read_next(address, AddresseeKind::info, message_));
    enter(FormatLine::fl8, line, Reading::tolerated, text);
  }

  void read_first_line(View text, ReadAs& line) {
    if (fl02::starts(text) || is_whole_fl2(text)) return read_routing_line(text, line);
    if (fl01::may_be_damaged(text)) return read_identification(text, line);
    leave_unread(text, line);
  }

  void read_in_list(View text, ReadAs& line, AddresseeKind kind) {
    line.format_line = stage_;
    if (fl07::is_page_line(text)) {
      note(message_, Feature::page_line_in_list, text);
      line.reading = Reading::tolerated;
    } else if (is_accounting(text)) {
      enter(FormatLine::fl10, line, fl10::read(text, message_), text);
    } else if (is_stray(text) || is_piece(text)) {
      note(message_, Feature::stray_line_in_list, text);
      line.reading = Reading::unread;
    } else {
      line.reading = fl07::read_next(text, kind, message_);
      follow_list();
    }
  }

  // "RUEHC/SECSTATE WASHDC 6037 INFO RUEHBJ/AMEMBASSY BEIJING": another list has begun on the line.
  void follow_list() {
    auto const& list = message_.addressees;
    if (stage_ != FormatLine::fl7 || list.empty() || list.back().kind != AddresseeKind::info) return;
    stage_ = FormatLine::fl8;
    seen_ |= 1U << static_cast<unsigned>(FormatLine::fl8);
  }

  // "RUEHUL/", "AMEMBASSY SEOUL", "PRIORITY 0866": the pieces of one address, on lines of their own.
  [[nodiscard]] bool is_piece(View text) const {
    if (message_.addressees.empty()) return false;
    auto const& last = message_.addressees.back();
    if (!present(last.routing_indicator)) return false;
    bool const below = last.line + 1 == message_.lines.size();
    if (last.plain_language_address.empty() && below) return !fl07::has_indicator(text);
    bool const complete = present(last.precedence_word) || present(last.message_continuity_number);
    return !complete && fl07::is_precedence_and_number(text);
  }

  // A single word of up to five letters among addresses that carry indicators.
  [[nodiscard]] bool is_stray(View text) const {
    if (text.size() > 5 || text.find(' ') != View::npos || message_.addressees.empty()) return false;
    auto const& last = message_.addressees.back();
    return present(last.routing_indicator) || last.other_means;
  }

  // State headings have no FL10; elsewhere a word alone on the last line before BT is accounting.
  [[nodiscard]] bool is_accounting(View text) const {
    if (message_.profile == Profile::state || !is_stray(text) || !fl10::may_be_accounting_alone(text))
      return false;
    auto after = rest_;
    return !after.empty() && fl11::is(readable(take_line(after).text.substr(0, max_line_length)));
  }

  void leave_unread(View text, ReadAs& line) {
    note(message_, Feature::line_unread, text);
    line.format_line = FormatLine::none;
    line.reading = Reading::unread;
  }

  void enter(FormatLine format_line, ReadAs& line, Reading reading, View text) {
    line.format_line = format_line;
    line.reading = reading;
    if (format_line < stage_) note(message_, Feature::line_out_of_order, text.substr(0, text.find(' ')));
    stage_ = std::max(stage_, format_line);
    seen_ |= 1U << static_cast<unsigned>(format_line);
  }

  // --- The text and what follows it.

  void read_text() {
    blanks_ = 0;
    bool first = true;
    bool opening = true;
    while (!rest_.empty()) {
      auto const whole = take_line(rest_);
      auto const text = readable(whole.text.substr(0, max_line_length));
      ReadAs line;
      if (read_ending(text, line)) {
        keep(whole, line);
        if (line.format_line == FormatLine::fl16) return read_after_end();
        continue;
      }
      line.format_line = FormatLine::fl12;
      if (text.empty()) {
        line.reading = Reading::blank;
        if (!first && opening) opening = opening_.read(text, message_);
      } else if (!first && fl12::read_page_mark(text, message_)) {
        line.reading = Reading::whole;
        keep(whole, line);
        body_ = false;
        continue;
      } else if (first && separators_ == 0 && text.starts_with("BT")) {
        first_text_ = fl11::joined_text(text);
        first = false;
        read_text_on_separator(text, line);
      } else {
        line.reading = Reading::whole;
        if (skips_repeated_heading(text)) {
          line.reading = Reading::unread;
        } else if (first) {
          bool const cancelled = may_separate_or_cancel(text) && fl16::cancels(text);
          if (!cancelled) line.reading = fl12::read(text, message_);
          first_text_ = text;
          first = false;
        } else if (!notes_another_message(text) && opening) {
          opening = opening_.read(text, message_);
        }
      }
      keep_text_line(whole, line, opening);
    }
  }

  // A line that is of no text: another message has begun, or this one is printed again.
  bool notes_another_message(View text) {
    if (fl01::starts(text)) {
      note_second_start(text);
      second_start_ = text;
    } else if (is_of_another_message(text)) {
      note(message_, Feature::start_repeated, second_start_);
    } else if (begins_another_without_start(text)) {
      second_start_ = text;
      note(message_, Feature::start_repeated, text);
    } else if (text == first_text_ && present(message_.text.classification)) {
      note_repetition(text);
    } else {
      return false;
    }
    return true;
  }

  // "BT UNCLAS": a line end was lost.
  void read_text_on_separator(View text, ReadAs& line) {
    ++separators_;
    line.format_line = FormatLine::fl11;
    line.reading = Reading::tolerated;
    fl11::read_joined(text, message_);
    static_cast<void>(fl12::read(first_text_, message_));
  }

  // The line before the text, or the one after it, is a letter away from BT.
  [[nodiscard]] bool is_damaged_separator(View text) const {
    if (separators_ > 1 || !fl11::may_be_damaged(text)) return false;
    if (first_text_.empty()) return separators_ == 0;
    auto const next = next_line();
    return separators_ == 1 && (fl15::is(next) || fl16::is(next));
  }

  // FL11, FL13, FL15, FL16.
  bool read_ending(View text, ReadAs& line) {
    if (text.empty()) return false;
    bool const may_correct = message_.conventions->final_line == FinalLine::corrections;
    if (may_correct && separators_ == 2 && fl15::is_correction(text)) {
      line.format_line = FormatLine::fl15;
      line.reading = fl15::read_correction(text, message_);
      return true;
    }
    if (text.size() > 6) return false;
    if (fl11::is(text) || is_damaged_separator(text)) {
      ++separators_;
      line.format_line = first_text_.empty() && separators_ == 1 ? FormatLine::fl11 : FormatLine::fl13;
      line.reading = fl11::read(text, message_);
      return true;
    }
    if (fl16::is(text)) {
      line.format_line = FormatLine::fl16;
      line.reading = fl16::read(text, message_);
      return true;
    }
    if (fl15::is(text) && !present(message_.end.validation_number)) {
      line.format_line = FormatLine::fl15;
      line.reading = fl15::read(text, message_);
      return true;
    }
    return false;
  }

  // The heading printed a second time before the text: kept, not read.
  bool skips_repeated_heading(View text) {
    if (!first_text_.empty() || separators_ != 0 || !fl01::starts(text)) {
      if (!repeated_heading_) return false;
      repeated_heading_ = !fl12::starts(text);
      if (is_of_another_message(text)) note(message_, Feature::start_repeated, second_start_);
      return repeated_heading_;
    }
    note_second_start(text);
    second_start_ = text;
    repeated_heading_ = true;
    return true;
  }

  // Under the same FL1, but filed or drawn up otherwise: no heading printed again. Told once.
  bool is_of_another_message(View text) {
    if (!present(second_start_) || message_.features.has(Feature::start_repeated)) return false;
    auto const& own = fl03::starts(text)   ? message_.origin.routing_indicator
                      : fl05::starts(text) ? message_.preamble.date_time_group
                                           : View{};
    return present(own) && !same_line(own, text);
  }

  // FL2 and FL3 in the text, and no FL1 above them. A service message may send another again (SM-15).
  [[nodiscard]] bool begins_another_without_start(View text) const {
    if (!fl02::starts(text) || message_.features.has(Feature::start_repeated)) return false;
    auto const next = next_line();
    return next.starts_with("DE ") && fl03::starts(next) && !present(message_.text.service) &&
           !same_line(message_.origin.routing_indicator, next);
  }

  // The line that holds a part read before, compared with one that stands further down.
  [[nodiscard]] bool same_line(View part, View text) const {
    auto const holds = [&](Line const& line) {
      return part.data() >= line.text.data() && part.data() <= line.text.data() + line.text.size();
    };
    auto const found = std::ranges::find_if(message_.lines, holds);
    return found != message_.lines.end() && readable(found->text) == text;
  }

  // The same FL1 is a heading printed again; another is a second transmission before the end of the first.
  void note_second_start(View text) {
    auto const& first = message_.transmission_identification;
    if (present(first.start) && text == span(first.start, first.sequence_number))
      return note_repetition(text);
    note(message_, Feature::start_repeated, text);
  }

  void note_repetition(View where) {
    if (!message_.features.has(Feature::heading_repeated)) note(message_, Feature::heading_repeated, where);
  }

  // Lines of the text past its opening are one node.
  void keep_text_line(Line const& whole, ReadAs line, bool opening) {
    auto& lines = message_.lines;
    bool const apart = opening && lines.size() < 2 * max_heading_lines;
    if (!apart && body_ && !lines.empty() && lines.back().format_line == FormatLine::fl12) {
      lines.back().text = span(lines.back().text, whole.text);
      lines.back().ending = whole.ending;
      return;
    }
    body_ = !apart;
    keep(whole, line);
  }

  void read_after_end() {
    if (std::ranges::any_of(rest_,
                            [](char c) { return !is_blank(c) && c != '\r' && c != '\n' && c != '\x7f'; }))
      note(message_, Feature::matter_after_end, rest_);
    outside(rest_);
    rest_ = {};
  }

  // --- What can be said of the whole.

  [[nodiscard]] bool saw(FormatLine line) const { return ((seen_ >> static_cast<unsigned>(line)) & 1U) != 0; }

  // By the lines there are (ACP 127(G) 144-146, 405). State sends nothing but plaindress.
  [[nodiscard]] MessageForm form_so_far() const {
    if (!in_text_ || (message_.profile == Profile::state && !is_service_.value_or(false)))
      return MessageForm::plaindress;
    bool const addressed = saw(FormatLine::fl6) || saw(FormatLine::fl7) || saw(FormatLine::fl8);
    if (saw(FormatLine::fl5) && !addressed)
      return is_classified_text() ? MessageForm::abbreviated_plaindress : MessageForm::codress;
    if (saw(FormatLine::fl5)) return MessageForm::plaindress;
    // A service message has no originator but its station.
    if (!saw(FormatLine::fl3) || saw(FormatLine::fl6)) return MessageForm::plaindress;
    if (!fl11::is(readable(View(rest_).substr(0, std::min<std::size_t>(rest_.find('\n'), 16)))))
      return addressed ? MessageForm::plaindress : MessageForm::service;
    return addressed ? MessageForm::service : MessageForm::abbreviated_plaindress;
  }

  // What follows BT begins with a class: the text of a codress is cipher (ACP 127(G) 146, 217).
  [[nodiscard]] bool is_classified_text() const {
    auto after = rest_;
    if (!fl11::is(readable(take_line(after).text.substr(0, max_line_length)))) return false;
    while (!after.empty())
      if (auto const next = readable(take_line(after).text.substr(0, max_line_length)); !next.empty())
        return fl12::starts(next);
    return false;
  }

  void finish() {
    auto& m = message_;
    if (saw(FormatLine::fl2)) fl02::finish(m);
    if (in_addresses()) fl07::finish(m);
    if (!m.original.empty()) change_over();
    if (present(m.text.service)) m.form = MessageForm::service;
    note_missing();
    note_contents(m);
    note_characters(m, plain_);
    if (m.small_letters) note(m, Feature::lower_case, m.source.substr(0, 0));
    m.archive = separators_ == 0 && !present(m.end.nnnn);
    bool const needs_none = m.form == MessageForm::service && separators_ == 0;
    if (separators_ < 2 && !needs_none) note(m, Feature::separator_missing);
    if (!present(m.end.nnnn)) note(m, Feature::end_missing);
    if (m.routing_line.precedence.starts_with('Z')) note(m, Feature::flash);
    auto const by_place = [](Oddity const& a, Oddity const& b) {
      return std::pair(a.where.data(), a.feature) < std::pair(b.where.data(), b.feature);
    };
    if (!std::ranges::is_sorted(m.oddities, by_place)) std::ranges::sort(m.oddities, by_place);
  }

  void note_missing() {
    auto& m = message_;
    // Broken off in its heading (ACP 127(G) 424.a): nobody looks for the rest.
    if (separators_ == 0 && fl16::cancels(first_text_)) return;
    bool const top =
        saw(FormatLine::fl1) || saw(FormatLine::fl2) || saw(FormatLine::fl3) || saw(FormatLine::fl4);
    if (!in_addresses() && !in_text_) note(m, Feature::cut_short, m.source.substr(m.source.size()));
    if (top && !saw(FormatLine::fl1)) note(m, Feature::start_missing);
    if (top && !saw(FormatLine::fl2)) note(m, Feature::routing_line_missing);
    if (top && !saw(FormatLine::fl3)) note(m, Feature::calling_station_missing);
    if (top && !saw(FormatLine::fl4)) note(m, Feature::security_warning_missing);
    bool const preamble_due = m.form == MessageForm::plaindress || m.form == MessageForm::codress;
    if (preamble_due && !saw(FormatLine::fl5)) note(m, Feature::preamble_missing);
    if (m.form != MessageForm::plaindress) return;
    if (!saw(FormatLine::fl6)) note(m, Feature::originator_missing);
    if (!saw(FormatLine::fl7)) note(m, Feature::action_missing);
    if (!saw(FormatLine::fl7) && !saw(FormatLine::fl8)) note(m, Feature::addressee_missing);
  }

  static constexpr std::size_t line_shown = 60;
  static constexpr std::size_t service_text_shown = 4096;  // bytes in which a service message ends

  Message& message_;
  View rest_;
  std::optional<Profile> given_profile_;
  ConventionTable const& conventions_;
  FormatLine stage_ = FormatLine::none;
  unsigned seen_ = 0;
  PlainLines plain_;
  bool untrimmed_ = false;  // the line that is read has no blanks around it
  std::size_t blanks_ = 0;  // blank lines just read, place not yet judged
  bool in_text_ = false;
  bool in_distribution_ = false;
  std::optional<bool> is_service_;  // told once
  bool body_ = false;
  bool repeated_heading_ = false;
  unsigned separators_ = 0;
  View first_text_;
  View second_start_;  // another FL1 in the text
  fl12::Opening opening_;
};

// "vzczcxro3820" at the beginning of a line: the message may be in small letters throughout, as some archives
// keep them.
[[nodiscard]] bool may_be_in_small_letters(View bytes) {
  constexpr View start = "vzczc";
  for (auto at = bytes.find(start); at != View::npos; at = bytes.find(start, at + start.size()))
    if (at == 0 || is_blank(bytes[at - 1]) || bytes[at - 1] == '\n') return true;
  return false;
}

// "VZCZCXRO0093" above "DE RTBAKV 115B 02/0009Z": a channel that looks like one of State's before a station
// line that State never writes.
[[nodiscard]] bool is_no_state_heading(Message const& message) {
  auto const& origin = message.origin;
  auto const& signals = message.transmission_instructions.operating_signals;
  if (message.profile_reason != ProfileReason::channel || present(origin.serial_mark)) return false;
  if (std::ranges::find(signals, "ZZH") != signals.end()) return false;
  auto const serial = origin.station_serial_number;
  bool const of_position =
      serial.size() > 1 && is_letter(serial.back()) && all(Class::digit, serial.substr(0, serial.size() - 1));
  auto const time = origin.filing_time;
  return of_position || (time.size() == 8 && time[2] == '/' && time.back() == 'Z');
}

void read(Message& message, View bytes, Settings const& settings, Position position) {
  clear(message, bytes, position);
  Reader(message, settings).read();
  if (!is_no_state_heading(message)) return;
  auto const de = message.origin.de;
  clear(message, bytes, position);
  Reader(message, settings).read(RecognisedProfile{Profile::acp127, ProfileReason::calling_station, de});
}

// "to ruehc/secstate washdc": what a line says it is, once it is in capitals.
[[nodiscard]] bool begins_heading_line(View capitals) {
  auto address = capitals;
  if (fl07::starts(capitals)) static_cast<void>(take_group(address));
  auto const indicator = address.substr(0, std::min(address.size(), address.find('/')));
  return fl01::starts(capitals) || fl02::starts(capitals) || fl03::starts(capitals) ||
         fl04::starts(capitals) || (is_letter(capitals.front()) && fl05::starts(capitals)) ||
         fl06::starts(capitals) || fl11::is(capitals) ||
         (fl07::has_indicator(address) && is_routing_indicator(indicator));
}

// Where the heading begins: with the line before it, if that may be an FL1 which nobody took for one.
[[nodiscard]] View from_first_line(View bytes, Message const& message) {
  if (message.lines.empty() || message.lines.front().reading != Reading::outside) return bytes;
  auto const outside = message.lines.front().text.size();
  auto const above = trim_right(View(bytes).substr(0, outside == 0 ? 0 : outside - 1));
  auto const line = above.substr(above.rfind('\n') + 1);
  bool const start = fl01::starts(in_capitals(line.substr(0, max_line_length)));
  return bytes.substr(start ? static_cast<std::size_t>(line.data() - bytes.data()) : outside);
}

[[nodiscard]] bool is_in_small_letters(View line) {
  return std::ranges::none_of(line, is_letter) &&
         std::ranges::any_of(line, [](char c) { return is(Class::lower, c); });
}

// The bytes with those lines in capitals that were received in small letters alone, of the heading and the
// first of the text; nothing where there are none.
[[nodiscard]] std::optional<std::string> with_heading_in_capitals(View bytes, Message const& message) {
  std::optional<std::string> capitals;
  auto rest = from_first_line(bytes, message);
  bool text = false;
  for (std::size_t i = 0; i != max_heading_lines && !rest.empty(); ++i) {
    auto const line = readable(take_line(rest).text.substr(0, max_line_length));
    if (line.empty()) continue;
    auto const written = in_capitals(line);
    bool const last = text || fl12::starts(written);
    text = fl11::is(written);
    if (is_in_small_letters(line) && (last ? fl12::starts(written) : begins_heading_line(written))) {
      if (!capitals) capitals.emplace(bytes);
      std::ranges::copy(written, capitals->begin() + (line.data() - bytes.data()));
    }
    if (last) break;
  }
  return capitals;
}

// What lines in small letters leave behind.
[[nodiscard]] bool may_have_small_lines(Message const& message) {
  return message.features.any_of(has(Feature::lower_case, Feature::classification_missing,
                                     Feature::start_missing, Feature::line_unread));
}

// Of a message that could be read but for some of its lines.
void read_small_lines(Message& message, View bytes, Settings const& settings, Position position) {
  auto capitals = with_heading_in_capitals(bytes, message);
  if (!capitals) return;
  auto const letters = std::make_shared<SmallLetters const>(SmallLetters{bytes, std::move(*capitals)});
  message.small_letters = letters;
  read(message, letters->capitals, settings, position);
}

// Only where nothing could be read as it stands.
void read_small_letters(Message& message, View bytes, Settings const& settings, Position position) {
  auto const letters = std::make_shared<SmallLetters const>(SmallLetters{bytes, in_capitals(bytes)});
  message.small_letters = letters;
  read(message, letters->capitals, settings, position);
  if (!message.features.has(Feature::not_a_message)) return;
  message.small_letters.reset();
  read(message, bytes, settings, position);
}

}  // namespace

Message const& Parser::parse(View bytes, Settings const& settings, Position position) {
  // A view without data would read as an absent part.
  if (bytes.data() == nullptr) bytes = "";
  message_.capture.reset();
  message_.small_letters.reset();
  if (settings.alphabet != Alphabet::text)
    message_.capture = std::make_shared<Capture const>(bytes, settings.alphabet);
  read(message_, message_.capture ? message_.capture->text() : bytes, settings, position);
  if (message_.features.has(Feature::not_a_message) && !message_.capture && may_be_in_small_letters(bytes))
    read_small_letters(message_, bytes, settings, position);
  else if (may_have_small_lines(message_) && !message_.capture)
    read_small_lines(message_, bytes, settings, position);
  message_.copy_kind = settings.copy_kind.value_or(recognise_copy_kind(message_));
  return message_;
}

Message Parser::take() && { return std::move(message_); }

Received::Received(std::string bytes, Settings const& settings) : bytes_(std::move(bytes)) {
  Parser parser;
  parser.parse(bytes_, settings);
  message_ = std::move(parser).take();
}

}  // namespace torntape::grammar
