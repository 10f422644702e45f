#include "grammar/printing.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "grammar/characters.hpp"
#include "grammar/parser.hpp"

namespace torntape::grammar {
namespace {

// Columns of a heading line (ACP 127(G) 138.f); State fills its routing lines to 70 (observed).
constexpr std::size_t line_width = 69, state_routing_width = 70;

// Every run of blanks and line ends is one blank.
std::string single_blanks(View text) {
  std::string out;
  for (char const c : text) {
    bool const gap = is_blank(c) || c == '\n' || c == '\r';
    if (!gap)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

class Printer {
 public:
  explicit Printer(Message const& message, bool wire = false) : message_(message), wire_(wire) {}

  std::string heading() && {
    fl1();
    for (auto const& one : message_.pilots) pilot(one);
    fl2();
    fl3();
    fl4();
    address(message_);
    for (auto const& original : message_.original) address(original);
    return std::move(text_);
  }

  std::string opening() && {
    fl12();
    return std::move(text_);
  }

 private:
  void add(View part) {
    if (part.empty()) return;
    if (!at_line_start()) text_ += ' ';
    text_ += single_blanks(part);
  }
  void glue(View part) { text_ += single_blanks(part); }
  void end_line() {
    if (!at_line_start()) text_ += '\n';
  }
  [[nodiscard]] bool at_line_start() const { return text_.empty() || text_.back() == '\n'; }
  [[nodiscard]] std::size_t column() const { return text_.size() - (text_.rfind('\n') + 1); }

  // The groups, each on this line or, where it would pass `width`, the next.
  void fill(std::vector<View> const& groups, std::size_t width) {
    for (auto const group : groups) {
      if (!at_line_start() && column() + 1 + group.size() > width) text_ += '\n';
      add(group);
    }
  }

  void fl1();
  void pilot(Pilot const& pilot);
  void fl2();
  void autodin_header();
  void fl3();
  void fl4();
  void fl5(Preamble const& line);
  void fl7(View prosign, std::vector<Addressee> const& addressees, AddresseeKind kind);
  void fl10(Accounting const& line);
  void fl12();

  // FL5-FL10.
  template <class Heading>
  void address(Heading const& heading) {
    fl5(heading.preamble);
    if (present(heading.originator.prosign) || !heading.originator.plain_language_address.empty()) {
      add("FM");
      slanted(heading.originator.routing_indicator, heading.originator.plain_language_address);
      end_line();
    }
    fl7("TO", heading.addressees, AddresseeKind::action);
    fl7("INFO", heading.addressees, AddresseeKind::info);
    bool first = true;
    for (auto const& exempted : heading.exempted) {
      if (first) add("XMT");
      first = false;
      slanted(exempted.routing_indicator, exempted.plain_language_address);
      end_line();
    }
    fl10(heading.accounting);
  }

  void slanted(View indicator, View name) {
    if (indicator.empty()) return add(name);
    add(indicator);
    glue("/");
    glue(name);
  }

  Message const& message_;
  bool wire_;
  std::string text_;
};

void Printer::fl1() {
  auto const& line = message_.transmission_identification;
  if (line.start.empty() && line.channel.empty() && line.sequence_number.empty()) return;
  glue(line.start);
  if (line.start == "VV") text_ += "   ";
  glue(line.channel);
  glue(line.sequence_number);
  glue(line.earlier);
  // Five spaces before UU or HH, on a circuit without them too (ACP 127(G) 126, 138.a); one in ACP 126.
  bool const short_form = message_.profile == Profile::acp126;
  if (!line.security_prosign.empty() || (wire_ && !short_form)) text_ += short_form ? " " : "     ";
  glue(line.security_prosign);
  if (!line.rest.empty()) add(line.rest);
  end_line();
}

void Printer::pilot(Pilot const& pilot) {
  add(pilot.precedence);
  fill(pilot.routing_indicators, line_width);
  end_line();
  add(pilot.security_warning);
  add(pilot.designator);
  add(pilot.operating_signal);
  add(pilot.routing_indicator);
  if (!pilot.transmit_to.empty()) add("T");
  add(pilot.transmit_to);
  end_line();
  text_ += pilot.received;  // unchanged, its spaces too (ACP 127(G) 120)
  end_line();
}

void Printer::autodin_header() {
  auto const& line = message_.routing_line;
  auto const& origin = message_.origin;
  glue(line.precedence);
  glue(line.language_media);
  glue(line.classification);
  glue(line.content_indicator);
  add(origin.routing_indicator);
  // An originator of fewer than seven letters keeps its positions by blanks.
  if (origin.routing_indicator.size() < 7) text_.append(7 - origin.routing_indicator.size(), ' ');
  glue(origin.station_serial_number);
  add(origin.filing_time);
  glue("-");
  glue(line.classification_redundancy);
  glue("--");
  bool first = true;
  for (auto const indicator : line.routing_indicators) {
    if (!first && column() + 1 + indicator.size() + 1 > line_width) text_ += '\n';
    first ? glue(indicator) : add(indicator);
    first = false;
  }
  glue(line.end_of_routing);
  end_line();
}

void Printer::fl2() {
  auto const& line = message_.routing_line;
  if (!line.content_indicator.empty()) return autodin_header();
  bool const state = message_.profile == Profile::state;
  auto indicators = line.routing_indicators;
  if (state) std::ranges::sort(indicators);
  text_ += line.bell;
  glue(line.precedence);
  fill(indicators, state ? state_routing_width : line_width);
  // ACP 126 has the call and the number on one line.
  bool const call = message_.profile == Profile::acp126 && message_.origin.filing_time.empty();
  if (!call || indicators.empty()) {
    end_line();
    // A drop copy has one empty line here (observed in every one of them).
    bool const drop = message_.copy_kind == CopyKind::web && indicators.size() == 1;
    if (drop && !text_.empty()) text_ += '\n';
    return;
  }
  add("DE");
  add(message_.origin.routing_indicator);
  add("NR");
  add(message_.origin.station_serial_number);
  add(message_.origin.rest);
  end_line();
}

void Printer::fl3() {
  auto const& line = message_.origin;
  bool const in_fl2 = !message_.routing_line.content_indicator.empty() ||
                      (message_.profile == Profile::acp126 && line.filing_time.empty());
  if (in_fl2 || line.routing_indicator.empty()) return;
  add("DE");
  add(line.routing_indicator);
  if (!line.station_serial_number.empty()) {
    bool const marked = message_.profile == Profile::state || message_.profile == Profile::acp127_us;
    text_ += marked ? " #" : " ";
    glue(line.station_serial_number);
  }
  if (!line.section.empty()) {
    glue("/");
    glue(line.section);
  }
  add(line.filing_time);
  add(line.rest);
  end_line();
}

void Printer::fl4() {
  auto const& line = message_.transmission_instructions;
  add(line.security_warning);
  add(line.designator);
  if (!line.special_handling.empty()) {
    glue("/");
    glue(line.special_handling);
  }
  fill(line.operating_signals, line_width);
  add(line.remarks);
  end_line();
  for (auto const& instruction : line.transmit) {
    add(instruction.routing_indicator);
    add("T");
    add(instruction.designators);
    end_line();
  }
}

void Printer::fl5(Preamble const& line) {
  if (line.date_time_group.empty()) return;
  add(line.precedence);
  add(line.info_precedence);
  add(line.date_time_group);
  fill(line.message_instructions, line_width);
  end_line();
}

void Printer::fl7(View prosign, std::vector<Addressee> const& addressees, AddresseeKind kind) {
  bool first = true;
  for (auto const& addressee : addressees) {
    if (addressee.kind != kind) continue;
    if (first) add(prosign);
    first = false;
    slanted(addressee.other_means ? View("ZEN") : addressee.routing_indicator,
            addressee.plain_language_address);
    add(addressee.precedence_word);
    add(addressee.message_continuity_number);
    end_line();
  }
}

void Printer::fl10(Accounting const& line) {
  add(line.information);
  if (line.group_count == "NC")
    add("GRNC");
  else if (!line.group_count.empty()) {
    add("GR");
    add(line.group_count);
  }
  end_line();
}

void Printer::fl12() {
  auto const& text = message_.text;
  if (text.classification.empty()) return;
  add(text.classification);
  add(text.efto);
  add(text.service);
  if (!text.sections.empty()) {
    bool const final = text.section.data() == text.sections.data();
    add(final ? "FINAL SECTION" : "SECTION");
    if (!final) add(text.section);
    add("OF");
    add(text.sections);
  }
  add(text.station);
  add(text.message_reference_number);
  add(text.rest);
  end_line();
}

// Lines that are copied: outside the message, and from the text on.
[[nodiscard]] bool is_heading(Line const& line) {
  return line.reading != Reading::outside &&
         (line.format_line == FormatLine::none || line.format_line <= FormatLine::fl10);
}

// A copied line that runs over several has line ends of its own; they are made like the others.
void copy_line(Line const& line, std::string& out) {
  for (char const c : line.text)
    if (c != '\r') out += c;
  if (!line.ending.empty()) out += '\n';
}

[[nodiscard]] std::string with_ends(std::string text, LineEnds line_ends) {
  if (line_ends == LineEnds::lf) return text;
  std::string out;
  out.reserve(text.size() + text.size() / 20);
  for (char const c : text) {
    if (c == '\n') out += line_ends == LineEnds::wire ? "\r\r" : "\r";
    out += c;
  }
  return out;
}

// How often each letter and figure occurs.
using Count = std::array<std::size_t, 256>;

void count(View text, Count& counted) {
  for (char const c : text)
    if (is_letter(c) || is_digit(c) || is(Class::lower, c)) ++counted[static_cast<unsigned char>(c)];
}

[[nodiscard]] bool holds_all(Message const& message, View printed) {
  Count read{}, written{};
  for (auto const& line : message.lines)
    if (is_heading(line)) count(line.text, read);
  count(printed, written);
  return read == written;
}

// On a circuit feeds part pages and end the message (ACP 127(G) 138.c, 138.d); in a text they would be empty
// lines.
void leave_out_feeds(Message const& message, Line const& next, std::string& out) {
  if (!message.capture) return;
  bool const page = std::ranges::any_of(
      message.page_marks, [&](PageMark const& mark) { return mark.text.data() == next.text.data(); });
  if (!page && next.format_line != FormatLine::fl16) return;
  while (out.ends_with("\n\n")) out.pop_back();
}

// What is printed of a message beside its heading, or of all of it where the heading is not understood.
class Copy {
 public:
  explicit Copy(Message const& message) : message_(message) {}

  void add(Line const& line) {
    leave_out_feeds(message_, line, out_);
    copy_line(line, out_);
  }
  void add(View heading) { out_ += heading; }
  // No line end follows the end of message on a circuit.
  [[nodiscard]] std::string finish() && {
    if (message_.capture && !out_.empty() && !out_.ends_with('\n')) out_ += '\n';
    return std::move(out_);
  }

 private:
  Message const& message_;
  std::string out_;
};

[[nodiscard]] std::string copied(Message const& message) {
  Copy copy{message};
  for (auto const& line : message.lines) copy.add(line);
  return std::move(copy).finish();
}

[[nodiscard]] std::string with_heading(Message const& message, View heading) {
  Copy copy{message};
  bool printed = false;
  for (auto const& line : message.lines) {
    if (!printed && line.reading != Reading::outside) {
      copy.add(heading);
      printed = true;
    }
    if (!is_heading(line)) copy.add(line);
  }
  return std::move(copy).finish();
}

// Whether the text reads as the message that it was printed from: damage may make one part look like another.
[[nodiscard]] bool is_stable(std::string const& text, Message const& message) {
  Settings settings;
  if (message.profile_reason == ProfileReason::given) settings.profile = message.profile;
  if (message.copy_kind == CopyKind::origin) settings.copy_kind = message.copy_kind;
  Parser parser;
  auto const& again = parser.parse(text, settings);
  return is_printable(again) && with_heading(again, Printer{again}.heading()) == text;
}

}  // namespace

bool is_printable(Message const& message) {
  // What was read by a guess, which its printing would hide.
  constexpr auto guessed =
      has(Feature::serial_odd, Feature::designator_odd, Feature::slash_missing, Feature::slash_garbled);
  constexpr auto odd =
      has(Feature::not_a_message, Feature::line_unread, Feature::limit_reached, Feature::line_out_of_order);
  // "RUEHTA N1399": an indicator of seven letters that a blank broke, or a damaged mark.
  if (message.origin.routing_indicator.find(' ') != View::npos) return false;
  return !message.features.any_of(guessed) && !message.features.any_of(odd) &&
         holds_all(message, Printer{message}.heading());
}

std::string print(Message const& message, LineEnds line_ends) {
  bool const wire = line_ends == LineEnds::wire;
  auto const heading = Printer{message, wire}.heading();
  // Read from no text, but filled from its parts: the opening of the text is one of them.
  if (message.lines.empty()) return with_ends(heading + Printer{message}.opening(), line_ends);
  if (!is_printable(message) || !is_stable(with_heading(message, Printer{message}.heading()), message))
    return with_ends(copied(message), line_ends);
  return with_ends(with_heading(message, heading), line_ends);
}

}  // namespace torntape::grammar
