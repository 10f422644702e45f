#include "grammar/glossary.hpp"

#include <algorithm>
#include <array>

namespace torntape::grammar {
namespace {

constexpr View observed = "observed in State headings 2001-2010";
constexpr View custom = "custom, without a publication";

constexpr std::array table{
    Signal{"ZAN", "only traffic from the precedence stated up will be taken", "ACP 127(G) 313", false},
    Signal{"ZAR1", "first request", "ACP 127(G) 419.f"},
    Signal{"ZAR2", "second request", "ACP 127(G) 419.f"},
    Signal{"ZAR3", "third request", "ACP 127(G) 419.f"},
    Signal{"ZBZ", "readability of the printed copy, from 1 to 5, 5 the best", "ACP 127(G) 411"},
    Signal{"ZDF", "the message named was received", custom, false},
    Signal{"ZDG", "relayed subject to correction", "ACP 127(G) 420.g, 431"},
    Signal{"ZDH", "send a corrected copy to the station named", "ACP 127(G) 420.g"},
    Signal{"ZDK", "a repetition, made on request", "ACP 127(G) 405, 417-419"},
    Signal{"ZDQ", "was passed to the station named, under the number and at the time given",
           "ACP 127(G) 438.g"},
    Signal{"ZDS", "corrected repetition of an earlier transmission", observed, false},
    Signal{"ZEC", "was the message identified here received?", "ACP 127(G) 405"},
    Signal{"ZEL", "corrected copy, from the station named", "ACP 127(G) 420.g"},
    Signal{"ZEN", "delivered by other means: no duty to deliver here", "ACP 127(G) 206.b"},
    Signal{"ZEQ2", "missent message received, which cannot be protected", "ACP 127(G) 426.d"},
    Signal{"ZEQ3", "misrouted message, rerouted as stated", "ACP 127(G) 426.f"},
    Signal{"ZEQ4", "misrouted message, not protected: the originator is to protect it", "ACP 127(G) 426.i"},
    Signal{"ZEQ5", "misrouted message, not protected: the originator is to protect it", "ACP 127(G) 426.i"},
    Signal{"ZEQ6", "late because it was misrouted", "ACP 127(G) 426.j"},
    Signal{"ZES2", "received garbled, send it again", "ACP 127(G) 419"},
    Signal{"ZEX", "book message: a copy may leave out the other addressees", "ACP 127(G) 206.c(2)"},
    Signal{"ZFD", "suspected duplicate: may have been sent before", "ACP 127(G) 427.a"},
    Signal{"ZFF", "receipt or acknowledgement is wanted", observed, false},
    Signal{"ZFG", "exact duplicate sent after a tracer: it must be delivered", "ACP 127(G) 438.b"},
    Signal{"ZFH", "for information only, about a readdressal", "ACP 127(G) 503.e"},
    Signal{"ZFQ", "two messages came under one number", "ACP 127(G) 429"},
    Signal{"ZFR", "cancels the transmission or message named", "ACP 127(G) 424.d, 424.f"},
    Signal{"ZFT", "a message came without a number", "ACP 127(G) 432"},
    Signal{"ZFU", "one message came under two numbers", "ACP 127(G) 430"},
    Signal{"ZFV", "numbers stand apart, with parts of one message between them", "ACP 127(G) 431"},
    Signal{"ZFX", "open number: nothing came under it", "ACP 127(G) 433"},
    Signal{"ZGC", "no receipt from station to station is wanted for this FLASH", "ACP 127(G) 151.b"},
    Signal{"ZIC", "the last number sent was", "ACP 127(G) 412-414"},
    Signal{"ZID", "the last number received was", "ACP 127(G) 412-414"},
    Signal{"ZKJ", "closing down", "ACP 127(G) 414"},
    Signal{"ZNR", "may go in clear over any circuit", "ACP 127(G) 124.b"},
    Signal{"ZNY", "may not go in clear over a circuit that is not approved for its class",
           "ACP 127(G) 124.b"},
    Signal{"ZOC", "relay to the stations you serve", custom, false},
    Signal{"ZOE", "your traffic for the station named will be taken", "ACP 127(G) 313"},
    Signal{"ZOG1", "pass the message identified to the station named", "ACP 127(G) 504.a(3)"},
    Signal{"ZOJ", "corrected version", custom, false},
    Signal{"ZOT", "the stations or addressees named may be served at the lower precedence",
           "ACP 127(G) 152.f"},
    Signal{"ZOV", "rerouted by the station named", "ACP 127(G) 426.e"},
    Signal{"ZPH", "this transmission is cancelled, a complete one follows unasked", "ACP 127(G) 424.c"},
    Signal{"ZPW", "time at which the message expires", custom, false},
    Signal{"ZUI", "attention is invited to what is named", "ACP 127(G) 418, 419"},
    Signal{"ZVQ", "emergency traffic, allowed through another network", "ACP 127(G) 305.b"},
    Signal{"ZXB", "this transmission was interrupted: ask for a complete copy", "ACP 127(G) 424.b"},
    Signal{"ZZH", "national signal: from an office of the Department of State", observed},
    Signal{"ZZK", "immediate delivery out of office hours", "ACP 117 CAN-US SUPP-1(O)"},
};

constexpr bool by_text(Signal const& a, Signal const& b) { return a.text < b.text; }
static_assert(std::is_sorted(table.begin(), table.end(), by_text));

Signal const* exactly(View text) {
  auto const at = std::lower_bound(table.begin(), table.end(), Signal{text, {}, {}}, by_text);
  return at != table.end() && at->text == text ? &*at : nullptr;
}

}  // namespace

std::span<Signal const> signals() { return table; }

Signal const* signal(View text) {
  if (auto const* found = exactly(text)) return found;
  return text.size() == 4 ? exactly(text.substr(0, 3)) : nullptr;
}

View caption_meaning(View caption) {
  struct Caption {
    View text, meaning;
  };
  static constexpr std::array captions{
      Caption{"SIPDIS", "may be distributed on the classified network of other agencies"},
      Caption{"EXDIS", "exclusive distribution, to those with an essential need to know"},
      Caption{"NODIS", "no distribution beyond the addressee without leave"},
      Caption{"LIMDIS", "limited distribution"},
      Caption{"STADIS", "distribution within the Department of State only"},
      Caption{"NOFORN", "not releasable to foreign nationals"},
  };
  for (auto const& known : captions)
    if (known.text == caption) return known.meaning;
  return {};
}

View classification_of(char letter) {
  switch (letter) {
    case 'U':
      return "UNCLASSIFIED";
    case 'E':
      return "EFTO";
    case 'R':
      return "RESTRICTED";
    case 'C':
      return "CONFIDENTIAL";
    case 'S':
      return "SECRET";
    case 'T':
      return "TOP SECRET";
    default:
      return {};
  }
}

}  // namespace torntape::grammar
