// What traffic is made of: how often what is chosen. Weights count against each other, shares are per cent.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "grammar/message.hpp"

namespace torntape::generator {

// What a telegram holds, as its originator draws it up.
struct Mix {
  std::array<std::uint32_t, 4> precedences{55, 35, 9, 1};  // ROUTINE, PRIORITY, IMMEDIATE, FLASH: weights
  std::uint32_t collectives_per_cent = 10;                 // messages that go to a collective too
  std::uint32_t confidential_per_cent = 40;                // of those whose stations may all take it
  std::uint32_t fewest_lines = 5, most_lines = 60;         // of text
};

// The stage at which a copy was taken (CopyKind), and whether an archive has stripped it.
enum class Copy : std::uint8_t { origin, relay, web, archive, abbreviated };
inline constexpr std::array<std::string_view, 5> copy_names{"origin", "relay", "web", "archive",
                                                            "abbreviated"};

// Which lines a message has, and why it is sent (ACP 127(G) 144-146, 205-208, 405, 503).
enum class Form : std::uint8_t {
  plaindress,              // to one or several, collectives among them
  sectioned,               // a long one, each section a transmission (208)
  book,                    // ZEX: to many, each copy may leave the others out (206.c)
  group,                   // to an AIG, some of its members exempted (205.c, 221)
  readdressed,             // an own heading before that of the original (503)
  service,                 // from station to station, relayed (405.c)
  direct_service,          // between neighbours (405.b)
  correction,              // sent before, now corrected or repeated: a signal in FL5 says so
  cancellation,            // ZFR in FL5
  codress,                 // the address is inside the cipher (146)
  abbreviated_plaindress,  // FL2 and FL3 name the parties (145)
};
inline constexpr std::array<std::string_view, 11> form_names{
    "plaindress",     "sectioned",  "book",         "group",   "readdressed",           "service",
    "direct-service", "correction", "cancellation", "codress", "abbreviated-plaindress"};

// A mix of whole traffic. What a profile does not have (`made`) is made as a plaindress relay copy of it.
struct TrafficMix {
  Mix content;
  std::array<std::uint32_t, 5> profiles{1, 0, 0, 0, 0};  // in the order of grammar::Profile
  std::array<std::uint32_t, 5> copies{1, 0, 0, 0, 0};    // in the order of Copy
  std::array<std::uint32_t, 11> forms{1};                // in the order of Form
  std::uint32_t secret_per_cent = 0;                     // of those whose stations may all take it
  std::uint32_t instructions_per_cent = 0;  // operating signals in FL4 and FL5 that ask something
  std::uint32_t captions_per_cent = 0;      // NODIS, EXDIS or none in place of SIPDIS
  std::uint32_t exemptions_per_cent = 0;    // of messages to a collective
  std::uint32_t night_action_per_cent = 0;  // of IMMEDIATE messages
};

// Whether a profile has such copies, and such a form.
[[nodiscard]] bool has(grammar::Profile profile, Copy copy);
[[nodiscard]] bool has(grammar::Profile profile, Copy copy, Form form);

// A mix by name: `state` (the default: telegrams as filed), `relayed` (what arrives over a circuit),
// `archive` (the shares of found headings), `every-form` (all there is, alike).
struct NamedMix {
  std::string_view name, what;
  TrafficMix mix;
};
[[nodiscard]] std::span<NamedMix const> named_mixes();

}  // namespace torntape::generator
