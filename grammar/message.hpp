// A legacy telegraphic message as read: a flat structure of views into the bytes it was read from.
//
// Every byte of the source belongs to exactly one Line, in order, so that printing the lines gives
// the source back whatever it held. The typed parts (one per format line, ACP 127(G) 142 and Annex B)
// are views into those lines. A part that the message does not have is a view without data: test it
// with `present`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "grammar/feature.hpp"

namespace torntape::grammar {

using View = std::string_view;

[[nodiscard]] constexpr bool present(View part) { return part.data() != nullptr; }

enum class Profile : std::uint8_t { state, acp127, acp127_us, janap128, acp126 };

// The stage at which this copy was taken. A heading with FL1 is a relay copy unless it says otherwise.
enum class CopyKind : std::uint8_t { origin, relay, web, abbreviated };

// Ordered: a greater one outranks a smaller one (ACP 127(G) 150-151).
enum class Precedence : std::uint8_t { none, routine, priority, immediate, flash, emergency_command };

enum class AddresseeKind : std::uint8_t { action, info };

// Which format line a source line belongs to; `none` is matter outside the message.
enum class FormatLine : std::uint8_t {
  none,
  fl1,
  fl2,
  fl3,
  fl4,
  fl5,
  fl6,
  fl7,
  fl8,
  fl9,
  fl10,
  fl11,
  fl12,
  fl13,
  fl14,
  fl15,
  fl16
};

// How much of a line could be read.
enum class Reading : std::uint8_t {
  whole,      // by the grammar of its format line
  tolerated,  // damaged, but its parts are known
  unread,     // kept as it is, no part known
  blank,      // nothing but blanks
  outside     // before the start or after the end of the message
};

struct Line {
  View text;    // without its ending
  View ending;  // "\n", "\r\n", "\r\r\n", or empty at the end of the input
  FormatLine format_line = FormatLine::none;
  Reading reading = Reading::unread;
};

// FL1, ACP 127(G) 112, 127, 128; 5 FAH-2 H-321.1: "VZCZC" "XRO" "3820".
struct TransmissionIdentification {
  View start;            // "VZCZC"
  View channel;          // "XRO"
  View sequence_number;  // "3820"
  View rest;             // anything more on the line
};

// FL2, ACP 127(G) 151, 303; 5 FAH-2 H-321.2: "PP RUEHBI RUEHCI".
struct RoutingLine {
  View precedence;  // "PP"
  std::vector<View> routing_indicators;
};

// FL3, ACP 127(G) 115, 116, 129, 133: "DE RUEHTA #1399/01 2290141".
struct Origin {
  View de;                     // "DE"
  View routing_indicator;      // "RUEHTA"
  View serial_mark;            // "#"
  View station_serial_number;  // "1399"
  View section;                // "01", without the slant
  View filing_time;            // "2290141"
  View day_of_year;            // "229"
  View time_of_file;           // "0141"
  View rest;
};

// FL4, ACP 127(G) 124, 203: "ZNY CCCCC ZZH".
struct TransmissionInstructions {
  View security_warning;  // "ZNY"
  View designator;        // "CCCCC"
  View special_handling;  // "AAAAA" of "SSSSS/AAAAA"
  std::vector<View> operating_signals;
  View remarks;  // from the first group that is no operating signal to the end of the line
};

// FL5, ACP 127(G) 113, 151, 152: "P 170141Z AUG 09".
struct Preamble {
  View precedence;       // "P"
  View info_precedence;  // the second letter of a dual precedence
  View date_time_group;  // "170141Z AUG 09"
  View day;              // "17"
  View time;             // "0141"
  View zone;             // "Z"
  View month;            // "AUG"
  View year;             // "09" or "2009"
  std::vector<View> message_instructions;
};

// FL6, ACP 127(G) Annex B: "FM AMEMBASSY ASTANA".
struct Originator {
  View prosign;                 // "FM"
  View routing_indicator;       // not in State headings
  View plain_language_address;  // "AMEMBASSY ASTANA"
};

// One address of FL7 or FL8, ACP 127(G) 206: "RUEHC/SECSTATE WASHDC PRIORITY 6035".
struct Addressee {
  AddresseeKind kind = AddresseeKind::action;
  bool other_means = false;                  // "ZEN/": no duty to deliver (206.b)
  bool night_action = false;                 // NIACT IMMEDIATE (5 FAH-2 H-420)
  Precedence precedence = Precedence::none;  // of its own word
  View routing_indicator;
  View separator;  // the slant
  View plain_language_address;
  View precedence_word;            // "PRIORITY", "NIACT IMMEDIATE"
  View message_continuity_number;  // "6035" or "2276-2277"
  std::uint32_t line = 0;          // index into Message::lines
};

// One name of FL9: relieved of delivery to a member of a collective (ACP 127(G) 133 XMT, 221).
struct Exempted {
  View routing_indicator;
  View plain_language_address;
};

// FL10, ACP 127(G) Annex B.
struct Accounting {
  View information;
  View group_count;  // "37" of "GR 37", "NC" of "GRNC"
};

// The opening of FL12, ACP 127(G) 209; State: "C O N F I D E N T I A L SECTION 01 OF 02 ASTANA 001399".
struct TextIdentification {
  View classification;            // as written, letters spaced or not
  View efto;                      // "E F T O"
  View section;                   // "01"
  View sections;                  // "02"
  View station;                   // "ASTANA"
  View message_reference_number;  // "001399"
  std::vector<View> captions;     // "SIPDIS"
  std::vector<View> tags;         // "PGOV"
  View subject;                   // may run over lines
  View rest;                      // of the classification line
};

// FL15 and FL16.
struct EndOfMessage {
  View validation_number;  // "1399" of "#1399"
  View nnnn;
};

// Where a message begins in the input that held it. Line counts from 0 here.
struct Position {
  std::size_t offset = 0;
  std::size_t line = 0;
};

struct Message {
  View source;        // all bytes of this message, with the matter around it
  Position position;  // of source in the input
  Profile profile = Profile::state;
  CopyKind copy_kind = CopyKind::relay;
  bool archive = false;  // FL11, FL13 and FL16 are missing
  Features features;

  std::vector<Line> lines;
  std::vector<Oddity> oddities;  // in order of place

  TransmissionIdentification transmission_identification;
  RoutingLine routing_line;
  Origin origin;
  TransmissionInstructions transmission_instructions;
  Preamble preamble;
  Originator originator;
  std::vector<Addressee> addressees;  // FL7 and FL8, in order of place
  std::vector<Exempted> exempted;
  Accounting accounting;
  TextIdentification text;
  EndOfMessage end;
};

// The precedence of a letter of FL2 or FL5 ("P", "PP"), or `none`.
[[nodiscard]] Precedence precedence_of_letter(char letter);

// The precedence that holds for an addressee: its word; where no addressee of the message carries a
// word, FL5's (the second letter for info); otherwise ROUTINE.
[[nodiscard]] Precedence effective_precedence(Message const& message, Addressee const& addressee);

// The words used for people: "FLASH", "action", "state", "relay".
[[nodiscard]] View name(Precedence precedence);
[[nodiscard]] View name(AddresseeKind kind);
[[nodiscard]] View name(Profile profile);
[[nodiscard]] View name(CopyKind kind);

}  // namespace torntape::grammar
