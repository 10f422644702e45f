#include "cli/short_pages.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <CLI/CLI.hpp>

namespace torntape::cli {
namespace {

constexpr std::array<ShortPage, 33> pages{{
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
    {"RT-01", "rule of relaying",
     "Nothing is acknowledged or forwarded before its copy and its index entry are safe.",
     "Source: service manuals; ours. See docs/relay.md."},
    {"RT-04", "rule of relaying",
     "A heading so garbled that it would be misrouted is not forwarded, at any precedence.",
     "Source: ACP 127(G) 420.c. See docs/relay.md."},
    {"RT-30", "rule of relaying",
     "A message is identified by the originator's indicator, serial, section and filing time (FL3).",
     "Source: ACP 127(G) 116. See docs/relay.md."},
    {"RT-31", "rule of relaying",
     "In doubt whether a message was sent before, it goes out as a suspected duplicate.",
     "Source: ACP 127(G) 427.a. See docs/relay.md."},
    {"RT-32", "rule of relaying",
     "A message that comes in as a suspected duplicate (ZFD) goes on marked as one.",
     "Source: ACP 127(G) 427.c. See docs/relay.md."},
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
     "the lower.",
     "Source: ACP 127(G) 204.c, 206.e. See docs/relay.md."},
    {"RT-27", "rule of relaying",
     "On one leg, members of collectives and explicit addressees leave in transmissions of their own.",
     "Source: observed; ours. See docs/relay.md."},
    {"RT-50", "rule of relaying",
     "An indicator with no entry and no prefix in the network is not guessed at.",
     "Source: service manuals. See docs/relay.md."},
    {"RT-51", "rule of relaying",
     "A message never goes over a circuit, or to a station, not approved for its class; without a warning it "
     "is taken to need approval.",
     "Source: ACP 127(G) 124, 203.b, 403. See docs/relay.md."},
    {"RT-55", "rule of relaying", "The exact indicator decides first, then the longest prefix.",
     "Source: ACP 127(G) 204.b. See docs/relay.md."},
    {"RT-60", "rule of relaying",
     "Each transmission carries in FL2 only the indicators it is to reach; together they are the whole set, "
     "none twice.",
     "Source: ACP 127(G) 303.a. See docs/relay.md."},
    {"RT-61", "rule of relaying",
     "FL2 is sorted and filled to 70 columns; nothing stands in place of what was taken out.",
     "Source: ACP 127(G) 303.a; observed. See docs/relay.md."},
    {"RT-62", "rule of relaying",
     "A message that comes back to a relay for the same indicator has run in a circle.",
     "Source: ours. See docs/relay.md."},
    {"RT-63", "rule of relaying", "A leg without an indicator has no transmission.",
     "Source: ACP 127(G) 303.a. See docs/relay.md."},
    {"RT-70", "rule of relaying", "Copies leave by precedence, and in order of receipt within one.",
     "Source: ACP 127(G) 151. See docs/relay.md."},
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
