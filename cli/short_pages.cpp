#include "cli/short_pages.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <CLI/CLI.hpp>

namespace torntape::cli {
namespace {

constexpr std::array<ShortPage, 65> pages{{
    {"NET-00", "unreadable", "The network file cannot be opened or read, or is larger than 16 MiB.",
     "See docs/network-file.md."},
    {"NET-01", "not-toml", "The network file is to be TOML; what is wrong with it stands at the place named.",
     "See docs/network-file.md."},
    {"NET-02", "not-as-expected",
     "A key is unknown, stands in the wrong place, or has a value of the wrong type or out of its range.",
     "See docs/network-file.md."},
    {"NET-03", "key-missing", "A table of the network file lacks a key that it needs.",
     "See docs/network-file.md."},
    {"NET-04", "not-a-routing-indicator",
     "An indicator of the network file is to be a routing indicator: four to seven letters, the first R or "
     "Q.",
     "See docs/network-file.md."},
    {"NET-05", "given-twice",
     "An indicator, name, prefix, channel or member is given twice: a routing line would not say which is "
     "meant.",
     "See docs/network-file.md."},
    {"NET-06", "unknown-relay", "A station or collective names a relay that the file does not have.",
     "See docs/network-file.md."},
    {"NET-07", "unknown-member", "A collective names a station that the file does not have.",
     "See docs/network-file.md."},
    {"NET-08", "collective-of-nobody", "A collective is to have members; a copy for it would go nowhere.",
     "See docs/network-file.md."},
    {"NET-09", "circuit-astray",
     "An end of a circuit is no relay of the file, or an alternate no circuit of it.",
     "See docs/network-file.md."},
    {"NET-10", "no-relay", "A network is to have at least one relay, a table [[relay]].",
     "See docs/network-file.md."},
    {"NET-11", "relay-apart",
     "No circuit leads to this relay from the first one: nothing can be routed to it. A warning.",
     "See docs/network-file.md."},
    {"NET-12", "unknown-web-drop", "The web drop is to be a station of the file.",
     "See docs/network-file.md."},
    {"NET-13", "own-guard", "A station cannot guard itself: copies for it would wait for ever.",
     "See docs/network-file.md."},
    {"SCN-00", "unreadable", "The scenario cannot be opened or read.", "See docs/scenarios.md."},
    {"SCN-01", "not-toml", "The scenario is to be TOML; what is wrong with it stands at the place named.",
     "See docs/scenarios.md."},
    {"SCN-02", "not-as-expected",
     "A key is unknown, stands in the wrong place, or has a value of the wrong type or out of its range.",
     "See docs/scenarios.md."},
    {"SCN-03", "key-missing", "A table of the scenario lacks a key that it needs.", "See docs/scenarios.md."},
    {"SCN-04", "unreadable-file",
     "A file that the scenario names cannot be read; paths count from the scenario.",
     "See docs/scenarios.md."},
    {"SCN-05", "network-with-errors", "The network file of the scenario cannot be read, or has an error.",
     "See docs/scenarios.md."},
    {"SCN-06", "not-in-the-network",
     "The scenario names a station, relay, circuit or channel that its network does not have.",
     "See docs/scenarios.md."},
    {"RT-01", "rule of relaying",
     "Nothing is acknowledged or forwarded before its copy and its index entry are safe.",
     "Source: service manuals; ours. See docs/relay.md."},
    {"RT-02", "rule of relaying",
     "A relay answers for FL1 to FL4 and FL16 of what comes over a circuit: an error there, and the message "
     "waits for an operator. What the other lines hold goes on as it came.",
     "Source: ACP 127(G) 402.c. See docs/relay.md."},
    {"RT-04", "rule of relaying",
     "A heading so garbled that it would be misrouted is not forwarded, at any precedence.",
     "Source: ACP 127(G) 420.c. See docs/relay.md."},
    {"RT-06", "rule of relaying",
     "Messages are kept for a time after acceptance, 60 days unless told otherwise, and until all their "
     "copies are acknowledged.",
     "Source: service manuals. See docs/relay.md."},
    {"RT-10", "rule of relaying",
     "Each direction of a circuit has a channel whose numbers run from 0001 to 9999 and begin again; the "
     "next is the last and one.",
     "Source: ACP 127(G) 112.b, 402.a; 0000 to 9999 observed. See docs/relay.md."},
    {"RT-11", "rule of relaying",
     "A gap is reported at once, number by number (SM-05, ZFX), and is closed for the relay that reports it.",
     "Source: ACP 127(G) 433.a. See docs/relay.md."},
    {"RT-12", "rule of relaying",
     "What was sent under a number reported open is sent again under a new one. A number under which nothing "
     "went, or whose message is no longer at hand, is only noted.",
     "Source: ACP 127(G) 433.b. See docs/relay.md."},
    {"RT-13", "rule of relaying",
     "A number that comes again: its message is released, and the sender told (SM-31, ZFQ).",
     "Source: ACP 127(G) 429. See docs/relay.md."},
    {"RT-16", "rule of relaying",
     "A transmission without a number of the channel is released if otherwise correct; the operator is told.",
     "Source: ACP 127(G) 432. See docs/relay.md."},
    {"RT-17", "rule of relaying",
     "On a line that brings nothing for 30 minutes the last number heard is told (SM-06, ZID); so it is when "
     "a line is opened, and after every 100 numbers.",
     "Source: ACP 127(G) 412.b–d; ours. See docs/relay.md."},
    {"RT-20", "rule of relaying",
     "A relay routes the indicators of FL2, not the addressees of FL7 and FL8; it answers for each of them.",
     "Source: ACP 127(G) 303.a. See docs/relay.md."},
    {"RT-21", "rule of relaying",
     "A collective is expanded by the relay that owns it. Where a message is filed, FL2 gets the "
     "collective's own indicator, which is routed to the owner; the owner puts the members in its place. An "
     "AIG has no indicator: it is expanded where the message is filed.",
     "Source: ACP 127(G) 205.b, 221. See docs/relay.md."},
    {"RT-22", "rule of relaying",
     "Who is named under XMT is left out of collectives and AIGs, not out of addresses of its own.",
     "Source: ACP 127(G) 133, 221. See docs/relay.md."},
    {"RT-23", "rule of relaying", "An addressee under ZEN is served by other means: no copy is owed.",
     "Source: ACP 127(G) 206.b. See docs/relay.md."},
    {"RT-24", "rule of relaying",
     "A station gets one copy, however often it is named: action before info, the higher precedence before "
     "the lower. The owner of a collective leaves out members who are addressed by themselves, by indicator "
     "and name, and whom its FL2 does not call: another leg does.",
     "Source: ACP 127(G) 204.c, 206.e. See docs/relay.md."},
    {"RT-27", "rule of relaying",
     "On one leg, members of collectives and explicit addressees leave in transmissions of their own.",
     "Source: observed; ours. See docs/relay.md."},
    {"RT-30", "rule of relaying",
     "A message is identified by the originator's indicator, serial, section and filing time (FL3).",
     "Source: ACP 127(G) 116. See docs/relay.md."},
    {"RT-31", "rule of relaying",
     "In doubt whether a message was sent before, it goes out as a suspected duplicate.",
     "Source: ACP 127(G) 427.a. See docs/relay.md."},
    {"RT-32", "rule of relaying",
     "A message that comes in as a suspected duplicate (ZFD) is filed if it was received before; else it "
     "goes on, marked as one.",
     "Source: ACP 127(G) 427.c. See docs/relay.md."},
    {"RT-33", "rule of relaying",
     "What comes over a circuit again, for an indicator it was taken for already, is filed and not "
     "delivered; the relay that sent it is told (SM-30).",
     "Source: ACP 127(G) 428.a. See docs/relay.md."},
    {"RT-35", "rule of relaying",
     "An instruction that explains why it comes again (ZFG, ZDK, ZDS, ZEL, ZFR) makes it no duplicate.",
     "Source: ACP 127(G) 428.a, 438.b; observed. See docs/relay.md."},
    {"RT-40", "rule of relaying",
     "What has the wrong indicator an operator sends on to the right one: over circuits under a misroute "
     "pilot "
     "(SM-25, ZOV), the heading as it was received behind it. The station it came from is told the right "
     "indicator (SM-26, ZEQ3).",
     "Source: ACP 127(G) 426.a, e, f. See docs/relay.md."},
    {"RT-43", "rule of relaying",
     "What has the right indicator and came to the wrong relay an operator sends on as it is, without a "
     "pilot.",
     "Source: ACP 127(G) 426.b–d. See docs/relay.md."},
    {"RT-47", "rule of relaying",
     "What comes over a circuit and cannot be passed on, for an error in the lines that a relay answers for, "
     "waits "
     "for an operator, and the relay that sent it is asked for it again (SM-13, ZES2).",
     "Source: ACP 127(G) 419. See docs/relay.md."},
    {"RT-50", "rule of relaying",
     "An indicator with no entry and no prefix in the network is not guessed at. What comes in for it is "
     "intercepted, and its originator told (SM-38).",
     "Source: service manuals. See docs/relay.md."},
    {"RT-51", "rule of relaying",
     "A message never goes over a circuit, or to a station, not approved for its class; without a warning it "
     "is taken to need approval. What comes in all the same is intercepted, and its originator told (SM-38).",
     "Source: ACP 127(G) 124, 203.b, 403. See docs/relay.md."},
    {"RT-55", "rule of relaying", "The exact indicator decides first, then the longest prefix.",
     "Source: ACP 127(G) 204.b. See docs/relay.md."},
    {"RT-56", "rule of relaying",
     "A message does not leave by the circuit it came in by, members of a collective expanded here excepted: "
     "it goes on over the alternate it is on (RT-57), or is intercepted.",
     "Source: ours. See docs/relay.md."},
    {"RT-57", "rule of relaying",
     "A circuit that an operator closes, that is down for five minutes, or for which more than 1,000 copies "
     "wait has its traffic go over the alternate agreed in the network file, with that circuit's own, by "
     "precedence and in order of receipt, and without a pilot. The alternate must be approved for the "
     "message "
     "all the way (RT-51), and not be where it came from (RT-56); else the copy waits. A relay in the middle "
     "of an alternate passes on what would otherwise go back.",
     "Source: ACP 127(G) 307–309, 313; the figures are ours. See docs/relay.md."},
    {"RT-60", "rule of relaying",
     "Each transmission carries in FL2 only the indicators it is to reach; together they are the whole set, "
     "none twice.",
     "Source: ACP 127(G) 303.a. See docs/relay.md."},
    {"RT-61", "rule of relaying",
     "FL2 is sorted and filled to 70 columns; nothing stands in place of what was taken out.",
     "Source: ACP 127(G) 303.a; observed. See docs/relay.md."},
    {"RT-62", "rule of relaying",
     "What a relay has passed on and what comes back to it by another circuit, unmarked, has run in a "
     "circle: it "
     "is held, and the operator told by which relays. What comes by the same circuit is a duplicate (RT-33), "
     "what is marked too (RT-32).",
     "Source: ours. See docs/relay.md."},
    {"RT-63", "rule of relaying", "A leg without an indicator has no transmission.",
     "Source: ACP 127(G) 303.a. See docs/relay.md."},
    {"RT-70", "rule of relaying", "Copies leave by precedence, and in order of receipt within one.",
     "Source: ACP 127(G) 151. See docs/relay.md."},
    {"RT-71", "rule of relaying",
     "FLASH, and EMERGENCY COMMAND, interrupt every lower transmission on the circuit they leave by.",
     "Source: ACP 127(G) 151.b. See docs/relay.md."},
    {"RT-72", "rule of relaying",
     "IMMEDIATE interrupts a lower one, unless that is finished sooner than cancelled.",
     "Source: ACP 127(G) 151.c. See docs/relay.md."},
    {"RT-73", "rule of relaying",
     "PRIORITY interrupts a ROUTINE of which three minutes or more are left at the circuit's speed.",
     "Source: ACP 127(G) 151.d; the figure is ours. See docs/relay.md."},
    {"RT-74", "rule of relaying",
     "What is interrupted is cancelled on the line (SM-22), its number is used up, and it starts again whole "
     "under another. A transmission that ends so counts for its number alone.",
     "Source: ACP 127(G) 424.a–c. See docs/relay.md."},
    {"RT-77", "rule of relaying",
     "Who receives FLASH sends a receipt to the neighbour at once (SM-04, R Z), unless ZGC.",
     "Source: ACP 127(G) 151.b. See docs/relay.md."},
    {"RT-78", "rule of relaying",
     "Where no receipt comes within two minutes the operator is told, and the FLASH sent again as a "
     "suspected duplicate.",
     "Source: ours; 427. See docs/relay.md."},
    {"RT-90", "rule of relaying",
     "Every indicator a relay is responsible for ends delivered, queued, intercepted or cancelled, and "
     "nothing comes "
     "twice unmarked.",
     "Source: 303.a, 428; ours. See docs/relay.md."},
    {"RT-91", "rule of relaying",
     "What cannot go on waits in the queue intercept with its reason. An operator collects it like any other "
     "copy, or sends it on (torntape reroute).",
     "Source: service manuals; ours. See docs/relay.md."},
    {"RT-92", "rule of relaying",
     "A copy is settled by the acknowledgment of a reader that holds it. A copy that was never handed out, "
     "was released or whose lease has ended is not handed out: its acknowledgment, and its release, are "
     "refused.",
     "Source: ours. See docs/relay.md."},
    {"RT-93", "rule of relaying",
     "A restart ends leases. A copy that was handed out before it, and not again since, may still be "
     "acknowledged.",
     "Source: ours. See docs/relay.md."},
}};

}  // namespace

std::span<ShortPage const> short_pages() { return pages; }

ShortPage const* short_page(std::string_view id_or_name) {
  auto const wanted = CLI::detail::to_lower(std::string{id_or_name});
  auto const at = std::find_if(pages.begin(), pages.end(), [&](ShortPage const& page) {
    return CLI::detail::to_lower(std::string{page.id}) == wanted ||
           (page.id.starts_with("NET") && page.name == wanted);
  });
  return at == pages.end() ? nullptr : &*at;
}

}  // namespace torntape::cli
