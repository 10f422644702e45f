#include "grammar/tokens.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "grammar/filing_date.hpp"
#include "grammar/glossary.hpp"
#include "grammar/tokens_rest.hpp"

namespace torntape::grammar {
namespace {

constexpr View observed = "observed in State headings 2001-2010";

std::string owned(View text) { return std::string{text}; }

bool is_collective(View plain_language_address) {
  return plain_language_address.find("COLLECTIVE") != View::npos ||
         plain_language_address.starts_with("AIG ");
}

View kind_of(Addressee const& addressee) {
  return addressee.kind == AddresseeKind::action ? "action" : "information";
}

// "0141" as a time of day; as written where it is none.
std::string clock(View time, View zone) {
  auto const where = zone == "Z" || zone.empty() ? std::string{" UTC"} : " in zone " + std::string{zone};
  return "at " + std::string{time} + where;
}

// Gathers the typed parts of a message, each with its name and meaning. A part that is absent, or holds
// nothing, gives no token.
class Parts {
 public:
  explicit Parts(Message const& message) : message_(message) {}

  std::vector<Token> gather() && {
    fl1();
    for (auto const& one : message_.pilots) pilot(one);
    fl2();
    fl3();
    fl4();
    heading(message_);
    for (auto const& original : message_.original) heading(original);
    fl12();
    for (auto const& mark : message_.page_marks) page_mark(mark);
    fl15();
    return std::move(tokens_);
  }

 private:
  void add(View text, View name, std::string meaning, View citation) {
    if (!text.empty()) tokens_.push_back({text, FormatLine::none, name, std::move(meaning), citation});
  }

  // FL5-FL10, of the message or of the one that it readdresses.
  template <class Heading>
  void heading(Heading const& heading) {
    fl5(heading.preamble);
    fl6(heading.originator);
    for (auto const& addressee : heading.addressees) fl7_fl8(addressee);
    for (auto const& exempted : heading.exempted) fl9(exempted);
    fl10(heading.accounting);
  }

  void fl1();
  void pilot(Pilot const& pilot);
  void fl2();
  void autodin_header();
  void called(View indicator);
  void fl3();
  void filing_time(Origin const& origin);
  void fl4();
  void operating_signal(View text);
  void date_time_group(Preamble const& line);
  void fl5(Preamble const& line);
  void fl6(Originator const& line);
  void fl7_fl8(Addressee const& addressee);
  void fl9(Exempted const& exempted);
  void fl10(Accounting const& line);
  void fl12();
  void page_mark(PageMark const& mark);
  void fl15();

  [[nodiscard]] Addressee const* addressed(View indicator) const;
  [[nodiscard]] bool has_collective() const;

  Message const& message_;
  std::vector<Token> tokens_;
};

std::string channel_meaning(View channel) {
  if (channel.size() != 3) return "damaged: a channel designator has three letters";
  std::string const circuit{channel.substr(0, 2)};
  switch (channel[2]) {
    case 'O':
      return circuit + " for the circuit, O for its outgoing direction";
    case 'I':
      return circuit + " for the circuit, I for its incoming direction";
    default:
      return channel == "XYZ" ? "the channel of the single copy for a database"
                              : "names the circuit and its direction";
  }
}

void Parts::fl1() {
  auto const& line = message_.transmission_identification;
  auto const start = line.start;
  if (start == "VV") {
    add(start, "start-of-transmission", "opens a transmission into a manual relay", "ACP 127(G) 202.c(2)");
  } else if (start == "VZCZC") {
    add(start.substr(0, 1), "start-of-transmission", "opens a transmission", "ACP 127(G) 127, 202.c");
    add(start.substr(1), "start-of-message", "wakes an automatic relay: a message begins",
        "ACP 127(G) 128, 202.c; 5 FAH-2 H-321.1");
  } else {
    add(start, "start-of-message", "damaged: a transmission starts with VZCZC",
        "ACP 127(G) 127, 128; 5 FAH-2 H-321.1");
  }
  add(line.earlier, "earlier-identifications",
      "numbers of the transmissions that brought the message here, newest first", "ACP 127(G) 311.c, 426.k");
  add(line.security_prosign, "security-prosign",
      line.security_prosign == "UU" ? "may go in clear over any circuit"
                                    : "calls for a circuit approved for classified traffic",
      "ACP 127(G) 124");
  add(line.channel, "channel-designator", channel_meaning(line.channel), "ACP 127(G) 112.a; 5 FAH-2 H-321.1");
  add(line.sequence_number, "channel-sequence-number",
      "transmission number " + owned(line.sequence_number) +
          " on this channel; a gap tells the receiver that one was lost",
      "ACP 127(G) 112.b; 5 FAH-2 H-321.1");
  add(line.rest, "matter-after-channel-number",
      "nothing more belongs on this line but an older number or a pilot", "ACP 127(G) 126, 202.f");
}

std::string warning_meaning(View warning, View designator) {
  if (warning == "ZNR") return "may go in clear over any circuit";
  auto const letter = designator.empty() ? View{} : classification_of(designator.front());
  if (letter.empty()) return "not to go in clear over a circuit that is not approved for it";
  return "not to go in clear over a circuit that is not approved for " + owned(letter);
}

std::string pilot_meaning(View text) {
  auto const* known = signal(text);
  return known == nullptr ? std::string{"says why the message comes this way"} : owned(known->meaning);
}

void Parts::pilot(Pilot const& pilot) {
  View const citation = "ACP 127(G) 120, 420, 426, 427";
  add(pilot.precedence, "pilot-precedence", "the precedence at which the pilot has the message go on",
      citation);
  for (auto const indicator : pilot.routing_indicators)
    add(indicator, "pilot-routing-indicator", "called by the pilot, in place of the routing line", citation);
  add(pilot.security_warning, "security-warning", warning_meaning(pilot.security_warning, pilot.designator),
      "ACP 127(G) 124.b, 203");
  add(pilot.designator, "security-designator", "the class, for stations that read no further",
      "ACP 127(G) 203.a");
  add(pilot.operating_signal, "pilot-signal", pilot_meaning(pilot.operating_signal), citation);
  add(pilot.routing_indicator, "pilot-station", "the station that made the pilot", citation);
  add(pilot.transmit_to, "pilot-transmit-to", "deliver to these only", "ACP 127(G) 426.g");
  add(pilot.received, "received-identification", "the number under which the message came to that station",
      citation);
}

// The parts of FL2 that only an AUTODIN header has.
void Parts::autodin_header() {
  View const citation = "NAVEDTRA 14226";
  auto const& line = message_.routing_line;
  add(line.language_media, "language-media-format",
      "media of the originator and of the addressee, T for teletype", citation);
  add(line.classification, "security-class", "the class of the message, one letter", citation);
  add(line.content_indicator, "content-indicator", "kind of contents and of handling", citation);
  add(line.classification_redundancy, "security-redundancy", "the class again, four times, against garbles",
      citation);
  add(line.end_of_routing, "end-of-routing", "ends the routing", citation);
}

void Parts::fl2() {
  auto const& line = message_.routing_line;
  add(line.bell, "bell", "calls the operator before a FLASH", "ACP 127(G) 137.e, 151.b");
  autodin_header();
  auto const precedence =
      line.precedence.empty() ? Precedence::none : precedence_of_letter(line.precedence.front());
  add(line.precedence, "precedence-prosign",
      precedence == Precedence::none ? std::string{"no precedence is written so"}
                                     : owned(name(precedence)) + ", the highest precedence of the message",
      "ACP 127(G) 151.a, 152.b; 5 FAH-2 H-321.2-1");
  for (auto const indicator : line.routing_indicators) called(indicator);
}

Addressee const* Parts::addressed(View indicator) const {
  auto const& all = message_.addressees;
  auto const found = std::find_if(all.begin(), all.end(), [&](Addressee const& addressee) {
    return addressee.routing_indicator == indicator;
  });
  return found == all.end() ? nullptr : &*found;
}

bool Parts::has_collective() const {
  return std::any_of(message_.addressees.begin(), message_.addressees.end(),
                     [](auto const& addressee) { return is_collective(addressee.plain_language_address); });
}

void Parts::called(View indicator) {
  auto const citation = View{"ACP 127(G) 204, 303.a"};
  if (auto const* addressee = addressed(indicator)) {
    auto const collective = is_collective(addressee->plain_language_address);
    add(indicator, "routing-indicator",
        (collective ? "a collective, for its relay to replace by the members: "
                    : "called station, to deliver to ") +
            owned(addressee->plain_language_address),
        citation);
  } else {
    add(indicator, "routing-indicator",
        owned("called station: this transmission must reach it; not in the address") +
            (has_collective() ? ", so a member of a collective there" : ""),
        citation);
  }
}

void Parts::fl3() {
  auto const& line = message_.origin;
  add(line.de, "prosign-de", "from: the station named next prepared this transmission", "ACP 127(G) 133");
  add(line.routing_indicator, "calling-station",
      "routing indicator of the station of origin" +
          (present(message_.originator.plain_language_address)
               ? ", which serves " + owned(message_.originator.plain_language_address)
               : std::string{}),
      "ACP 127(G) 116, 133");
  add(line.serial_mark, "serial-mark", "marks the station serial number", observed);
  add(line.station_serial_number, "station-serial-number",
      message_.profile == Profile::state ? "the number of the telegram at that station, its last four digits"
                                         : "with the station and the filing time it identifies the message",
      "ACP 127(G) 116, 129");
  add(line.section, "section", "section " + owned(line.section) + " of a telegram sent in sections",
      observed);
  filing_time(line);
  add(line.rest, "matter-after-filing-time", "nothing more belongs on this line", "ACP 127(G) 115");
}

void Parts::filing_time(Origin const& line) {
  auto const date = filing_date(line, message_.preamble, message_.conventions->year_pivot);
  auto const julian = present(line.day_of_year);
  auto const filed = julian ? line.day_of_year : line.day_of_month;
  if (present(line.day_of_month)) {
    add(line.filing_time, "filing-time",
        "filed for transmission on day " + owned(filed) + " of the month" +
            (date ? ", " + in_words(*date) : std::string{}) + ", " + clock(line.time_of_file, "Z"),
        "ACP 127(G) 115");
    return;
  }
  add(filed, julian ? "day-of-year" : "day-of-month",
      "day " + owned(filed) + (julian ? " of the year" : " of the month") +
          (date ? ", " + in_words(*date) : std::string{}),
      "ACP 127(G) 115");
  add(line.time_of_file, "time-of-file", "filed for transmission " + clock(line.time_of_file, "Z"),
      "ACP 127(G) 115");
  if (filed.empty() && line.time_of_file.empty())
    add(line.filing_time, "filing-time", "damaged: day and time of filing have seven digits",
        "ACP 127(G) 115");
}

std::string designator_meaning(View designator) {
  auto const classification = classification_of(designator.front());
  if (classification.empty()) return "stands for no known class";
  if (designator.find_first_not_of(designator.front()) == View::npos)
    return owned(classification) + ", the letter of the class five times";
  // A damaged one may have any length.
  bool const coded = designator.size() == 5 && designator.find_first_not_of(designator.front()) >= 3;
  return owned(classification) +
         (coded ? ", then the release code " + owned(designator.substr(3)) : ", damaged");
}

void Parts::fl4() {
  auto const& line = message_.transmission_instructions;
  add(line.security_warning, "security-warning", warning_meaning(line.security_warning, line.designator),
      "ACP 127(G) 124.b, 203");
  if (!line.designator.empty())
    add(line.designator, "security-designator", designator_meaning(line.designator),
        "ACP 127(G) 124.b, 203.a");
  add(line.special_handling, "special-handling-designator", "calls for handling in a special category",
      "U.S. service manuals");
  for (auto const text : line.operating_signals) operating_signal(text);
  for (auto const& [station, designators] : line.transmit) {
    add(station, "transmitting-station", "is to transmit to those named after T", "ACP 127(G) 206.a(3)");
    add(designators, "transmit-to", "whom the station is to transmit to", "ACP 127(G) 133, 206.a(3)");
  }
  add(line.remarks, "remarks", "remarks or service references, kept as they stand", observed);
}

void Parts::operating_signal(View text) {
  if (auto const* known = signal(text))
    add(text, "operating-signal", owned(known->meaning) + (known->confirmed ? "" : " (not confirmed)"),
        known->citation);
  else
    add(text, "operating-signal", "an operating signal of no meaning known here", "ACP 127(G) 135");
}

std::string group_meaning(Preamble const& preamble, int year_pivot) {
  auto const date = date_of(preamble, year_pivot);
  if (!date || preamble.time.size() != 4) return "gives no full date";
  return "drawn up on " + in_words(*date) + ' ' + clock(preamble.time, preamble.zone);
}

std::string letter_meaning(View letter, bool dual, View whose) {
  auto const precedence = letter.empty() ? Precedence::none : precedence_of_letter(letter.front());
  if (precedence == Precedence::none) return "no precedence is written so";
  return owned(name(precedence)) + (dual ? " for " + owned(whose) : ", the precedence of the message");
}

// A precedence that stands inside the group parts it.
void Parts::date_time_group(Preamble const& line) {
  auto const group = line.date_time_group;
  auto const at = group.data() == nullptr || line.precedence.data() < group.data()
                      ? group.size()
                      : static_cast<std::size_t>(line.precedence.data() - group.data());
  View const citation = "ACP 127(G) 113";
  auto const meaning = group_meaning(line, message_.conventions->year_pivot);
  add(group.substr(0, std::min(at, group.size())), "date-time-group", meaning, citation);
  if (at < group.size()) add(group.substr(at + line.precedence.size()), "date-time-group", meaning, citation);
}

void Parts::fl5(Preamble const& line) {
  auto const dual = !line.info_precedence.empty();
  add(line.precedence, "precedence", letter_meaning(line.precedence, dual, "action addressees"),
      "ACP 127(G) 151, 152");
  add(line.info_precedence, "info-precedence",
      letter_meaning(line.info_precedence, true, "information addressees"), "ACP 127(G) 152.a");
  date_time_group(line);
  for (auto const text : line.message_instructions) {
    if (auto const* known = signal(text))
      add(text, "message-instruction", owned(known->meaning) + (known->confirmed ? "" : " (not confirmed)"),
          known->citation);
    else
      add(text, "message-instruction", "an instruction of the originator, never changed on the way",
          "ACP 127(G) Annex B");
  }
}

void Parts::fl6(Originator const& line) {
  add(line.prosign, "prosign-fm", "from: the originator follows", "ACP 127(G) 133, Annex B");
  add(line.routing_indicator, "routing-indicator", "station that serves the originator", "ACP 127(G) 206.a");
  add(line.plain_language_address, "originator", "sends the message, under its authority",
      "ACP 127(G) Annex B; 5 FAH-2 H-232");
}

std::string number_meaning(View number) {
  if (number.find('-') != View::npos)
    return "one for each section, next in the originator's numbers towards this addressee";
  if (number == "0000") return "not numbered";
  return "next in the originator's numbers towards this addressee";
}

void Parts::fl7_fl8(Addressee const& addressee) {
  auto const kind = owned(kind_of(addressee));
  auto const collective = is_collective(addressee.plain_language_address);
  add(addressee.routing_indicator, "routing-indicator",
      collective ? "stands for all members of the collective; the relay that owns it replaces it by theirs"
                 : "station responsible for delivery to the addressee",
      collective ? "ACP 127(G) 205.b; 5 FAH-2 H-231" : "ACP 127(G) 206.a");
  add(addressee.separator, "slant", "the name of the addressee follows", "ACP 127(G) Annex B");
  add(addressee.plain_language_address, "plain-language-address",
      kind + " addressee" +
          (collective
               ? ", a collective: its members are listed in the routing guide"
               : (addressee.kind == AddresseeKind::action ? ", to act on the message" : ", to know of it")) +
          (addressee.other_means ? ", served by other means" : ""),
      collective ? "ACP 127(G) 205.b; 5 FAH-2 H-231" : "ACP 127(G) 206; 5 FAH-2 H-231");
  add(addressee.precedence_word, "precedence-word",
      (addressee.night_action ? "IMMEDIATE, also out of hours" : owned(name(addressee.precedence))) +
          " for this addressee",
      addressee.night_action ? View{"5 FAH-2 H-420"} : observed);
  add(addressee.message_continuity_number, "message-continuity-number",
      number_meaning(addressee.message_continuity_number), observed);
}

void Parts::fl9(Exempted const& exempted) {
  add(exempted.routing_indicator, "routing-indicator", "station of an exempted addressee", "ACP 127(G) 221");
  add(exempted.plain_language_address, "exempted-addressee", "member of a collective that is to get no copy",
      "ACP 127(G) 133, 221");
}

void Parts::fl10(Accounting const& line) {
  add(line.information, "accounting-information", "accounting information: who bears the charge",
      "ACP 127(G) Annex B");
  if (line.group_count == "NC")
    add(line.group_count, "group-count", "groups not counted", "ACP 127(G) 133, Annex B");
  else
    add(line.group_count, "group-count", owned(line.group_count) + " groups in the text",
        "ACP 127(G) 133, Annex B");
}

// "C O N F I D E N T I A L" without the blanks between its letters.
std::string closed_up(View spaced) {
  std::string word;
  for (std::size_t i = 0; i != spaced.size(); ++i) {
    auto const between_letters = spaced[i] == ' ' && i + 2 < spaced.size() && spaced[i + 2] == ' ';
    auto const after_single = spaced[i] == ' ' && i >= 2 && spaced[i - 2] == ' ';
    auto const second = spaced[i] == ' ' && i == 1;
    if (!between_letters && !after_single && !second) word += spaced[i];
  }
  return word == "TOPSECRET" ? "TOP SECRET" : word;
}

void Parts::fl12() {
  auto const& text = message_.text;
  auto const spaced = text.classification.find(' ') != View::npos;
  add(text.classification, "classification",
      spaced ? closed_up(text.classification) + ", its letters spaced: the first word of the text"
             : std::string{"the first word of the text"},
      "ACP 127(G) 209.a");
  add(text.service, "service", "a service message, from relay to relay", "ACP 127(G) 405.c");
  add(text.efto, "efto", "EFTO: encrypt for transmission only", "ACP 127(G) 209");
  add(text.section, "section", "section " + owned(text.section) + " of the text", "ACP 127(G) 208.e");
  add(text.sections, "sections", owned(text.sections) + " sections in all", "ACP 127(G) 208.e");
  add(text.station, "station", "station of origin, by its place name", observed);
  add(text.message_reference_number, "message-reference-number",
      "the number of the message at that station, in its year", observed);
  for (auto const caption : text.captions) {
    auto const meaning = caption_meaning(caption);
    add(caption, "caption", meaning.empty() ? std::string{"limits distribution"} : owned(meaning),
        "5 FAH-2 H-250");
  }
  for (auto const tag : text.tags)
    add(tag, "tag",
        tag.size() == 2 ? "a country the message is about" : "a subject the message is filed under",
        observed);
  add(text.subject, "subject", "what the message is about", observed);
  add(text.rest, "rest-of-line", "more on the line of the classification", observed);
}

void Parts::page_mark(PageMark const& mark) {
  add(mark.text, "page-mark",
      "page " + owned(mark.page) + (present(mark.pages) ? " of " + owned(mark.pages) : std::string{}) +
          " of the text",
      present(mark.pages) ? observed : View{"ACP 127(G) 208.c"});
}

void Parts::fl15() {
  auto const& end = message_.end;
  for (auto const correction : end.corrections)
    add(correction, "correction", "corrects the text at the place named", "ACP 127(G) 133, 211.c");
  add(end.validation_number, "validation-number", "repeats the station serial number of FL3",
      "U.S. service manuals");
  add(end.nnnn, "end-of-message", "end-of-message indicator, which ends reception at an automatic relay",
      "ACP 127(G) 114, 138.d");
}

// Views of a damaged line may lie over each other: the first, and of two at one place the longer, stays.
void drop_overlapping(std::vector<Token>& tokens) {
  std::less<char const*> const before;
  std::sort(tokens.begin(), tokens.end(), [&](Token const& a, Token const& b) {
    if (a.text.data() != b.text.data()) return before(a.text.data(), b.text.data());
    return a.text.size() > b.text.size();
  });
  char const* end = nullptr;
  std::erase_if(tokens, [&](Token const& token) {
    if (end != nullptr && before(token.text.data(), end)) return true;
    end = token.text.data() + token.text.size();
    return false;
  });
}

}  // namespace

std::vector<Token> tokens(Message const& message) {
  auto all = Parts{message}.gather();
  drop_overlapping(all);
  return with_rest(message, std::move(all));
}

}  // namespace torntape::grammar
