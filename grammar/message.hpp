// A legacy telegraphic message as read: a flat structure of views into the bytes it was read from.
//
// Every byte of the source belongs to exactly one Line, in order, so that printing the lines gives
// the source back whatever it held. The typed parts (one per format line, ACP 127(G) 142 and Annex B)
// are views into those lines. A part that the message does not have is a view without data: test it
// with `present`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/conventions.hpp"
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

// Which lines a message is to have (ACP 127(G) 144-146, 405; Annex B).
enum class MessageForm : std::uint8_t {
  plaindress,              // all of FL5-FL8
  abbreviated_plaindress,  // no FL5-FL9: FL2 and FL3 name the parties
  codress,                 // FL5 and FL10, the address is inside the cipher
  service                  // no FL5, no BT: from relay to relay
};

// Why a profile was taken for that of the message.
enum class ProfileReason : std::uint8_t {
  given,            // by the caller
  autodin_header,   // FL2 has 43 positions
  channel,          // "..I", "..O" or "XYZ" with four digits
  agency_signal,    // ZZH in FL4
  serial_mark,      // "#" before the serial
  calling_station,  // a DE line
  no_station_lines  // none of these
};

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
  View start;             // "VZCZC", "VV" into a manual relay
  View channel;           // "XRO"
  View sequence_number;   // "3820"
  View earlier;           // the identifications of earlier legs, newest first: "WNA114" of "EUC093WNA114"
  View security_prosign;  // "UU" or "HH" (124)
  View rest;              // anything more on the line
};

// A pilot, ACP 127(G) 120, 420, 426, 427: lines of FL1 between this transmission's identification and the
// heading as it was received. "OO RTDASL" "ZOV RTBA T AMEMBASSY SOLENTO ISLANDS".
struct Pilot {
  View precedence;  // "OO"
  std::vector<View> routing_indicators;
  View security_warning;
  View designator;
  View operating_signal;   // ZOV, ZFD, ZDG or ZEL
  View routing_indicator;  // of the station that made the pilot
  View transmit_to;        // what follows T
  View received;           // the identification of the heading as it was received
};

// FL2, ACP 127(G) 151, 303; 5 FAH-2 H-321.2: "PP RUEHBI RUEHCI". The parts from language_media on are
// those of the AUTODIN header: "RTTUZYUW RTBAKVA1004 2290141-UUUU--RTCAQBA."
struct RoutingLine {
  View bell;        // BEL characters before "ZZ" (ACP 127(G) 151.b)
  View precedence;  // "PP", "R" in an AUTODIN header
  std::vector<View> routing_indicators;
  View language_media;             // "TT"
  View classification;             // "U"
  View content_indicator;          // "ZYUW"
  View classification_redundancy;  // "UUUU"
  View end_of_routing;             // "."
};

// FL3, ACP 127(G) 115, 116, 129, 133: "DE RUEHTA #1399/01 2290141".
struct Origin {
  View de;                     // "DE"
  View routing_indicator;      // "RUEHTA"
  View serial_mark;            // "#"
  View station_serial_number;  // "1399"
  View section;                // "01", without the slant
  View filing_time;            // "2290141" or "02/0009Z"
  View day_of_year;            // "229"
  View day_of_month;           // "02" of a calendar filing time
  View time_of_file;           // "0141"
  View rest;
};

// "RTBA T XYAG": the station named is to transmit to those after T (ACP 127(G) 133, 206.a(3)).
struct TransmitInstruction {
  View routing_indicator;  // absent where every called station is meant
  View designators;        // all that follows T
};

// FL4, ACP 127(G) 124, 203: "ZNY CCCCC ZZH".
struct TransmissionInstructions {
  View security_warning;  // "ZNY"
  View designator;        // "CCCCC"
  View special_handling;  // "AAAAA" of "SSSSS/AAAAA"
  std::vector<View> operating_signals;
  std::vector<TransmitInstruction> transmit;
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

// The preamble and address of a readdressed message as it was first sent (ACP 127(G) 503): they follow the
// supplementary heading and keep the original date-time group.
struct OriginalHeading {
  Preamble preamble;
  Originator originator;
  std::vector<Addressee> addressees;
  std::vector<Exempted> exempted;
  Accounting accounting;
};

// The mark of a page of the text. "PAGE 2 RTBAKV 115 UNCLAS" (ACP 127(G) 208.c); State: "POST 00001399 002 OF
// 002".
struct PageMark {
  View text;     // the whole line
  View page;     // "2", "002"
  View pages;    // "002" of State's
  View station;  // "RTBAKV", "POST"
  View number;   // the serial of FL3, or State's number of eight digits
  View classification;
};

// The opening of FL12, ACP 127(G) 209; State: "C O N F I D E N T I A L SECTION 01 OF 02 ASTANA 001399".
struct TextIdentification {
  View classification;            // as written, letters spaced or not
  View efto;                      // "E F T O"
  View service;                   // "SVC" of a relayed service message (ACP 127(G) 405.c)
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
  std::vector<View> corrections;  // lines "C PAGE 2 LINE 3 …" (ACP 127(G) 133, 211.c)
  View validation_number;         // "1399" of "#1399"
  View nnnn;
};

// Where a message begins in the input that held it. Line counts from 0 here.
struct Position {
  std::size_t offset = 0;
  std::size_t line = 0;
};

class Capture;

// What was received in small letters throughout, and the same in capitals.
struct SmallLetters {
  View received;
  std::string capitals;
};

struct Message {
  View source;        // all bytes of this message, with the matter around it
  Position position;  // of source in the input
  Profile profile = Profile::state;
  ProfileReason profile_reason = ProfileReason::no_station_lines;
  View profile_witness;  // the part of the source that the reason names
  Conventions const* conventions = &built_in_conventions().front();  // of the profile
  MessageForm form = MessageForm::plaindress;
  CopyKind copy_kind = CopyKind::relay;
  bool archive = false;  // FL11, FL13 and FL16 are missing
  Features features;

  std::vector<Line> lines;
  std::vector<Oddity> oddities;  // in order of place

  TransmissionIdentification transmission_identification;
  std::vector<Pilot> pilots;  // outermost first
  RoutingLine routing_line;
  Origin origin;
  TransmissionInstructions transmission_instructions;
  Preamble preamble;
  Originator originator;
  std::vector<Addressee> addressees;  // FL7 and FL8, in order of place
  std::vector<Exempted> exempted;
  Accounting accounting;
  std::vector<OriginalHeading> original;  // none, or one where the message is readdressed
  TextIdentification text;
  std::vector<PageMark> page_marks;
  EndOfMessage end;

  // Of a message taken from a circuit octet by octet: the source is what its tape prints, and the position
  // that of the tape (alphabets/capture.hpp). Null where a text was read.
  std::shared_ptr<Capture const> capture;

  // Of a message in small letters: the source is its capitals, byte for byte as long as what was received.
  // Null where it was read as it stands.
  std::shared_ptr<SmallLetters const> small_letters;
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
[[nodiscard]] View name(MessageForm form);

// In words: "FL2 is an AUTODIN header of 43 positions".
[[nodiscard]] View explain(ProfileReason reason);

}  // namespace torntape::grammar
