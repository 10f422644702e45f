#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

// The stations called that are members of it, as far as the directory tells.
std::string explained(Message const& m, directory::Collective const* group) {
  if (group == nullptr) return "a collective: its members may be called";
  std::string members;
  for (auto const indicator : m.routing_line.routing_indicators)
    if (std::ranges::find(group->members, indicator) != group->members.end())
      members += fmt::format(" {}", indicator);
  return members.empty() ? std::string{} : "a collective, to which belong" + members;
}

// Which addressee has an indicator, found by a number made of its letters: every station called is looked for
// among every addressee, of most relay copies.
class Addressed {
 public:
  explicit Addressed(Message const& m) : m_(m) {
    for (auto const& addressee : m.addressees)
      if (!addressee.other_means) at(addressee.routing_indicator) = &addressee;
  }
  // Two indicators may have one number: then all are looked through.
  [[nodiscard]] bool holds(View indicator) {
    auto const* const addressee = at(indicator);
    if (addressee == nullptr) return false;
    return same_indicator(addressee->routing_indicator, indicator) || addresses(m_, indicator);
  }

 private:
  grammar::Addressee const*& at(View indicator) {
    // By the golden ratio: near numbers end far apart.
    return addressees_[last_letters(indicator) * 0x9E3779B1U >> 26];
  }

  Message const& m_;
  std::array<grammar::Addressee const*, 64> addressees_{};
};

constexpr unsigned most_collectives = 20;  // that are told of

void note_collectives(Message const& m, Site const& site, Finding& finding) {
  unsigned collectives = 0;
  for (auto const& addressee : m.addressees) {
    if (!is_collective(addressee, site)) continue;
    if (auto text = explained(m, collective(addressee, site)); !text.empty())
      finding.note(addressee.plain_language_address, std::move(text));
    if (++collectives == most_collectives) return;
  }
}

void check(Message const& m, Site const& site, Findings& found) {
  auto const& called = m.routing_line.routing_indicators;
  if (called.empty() || m.addressees.empty() || site.copy_kind == CopyKind::origin) return;
  if (called.size() == 1 && is_web_drop(called.front(), site)) return;
  Addressed address(m);
  auto const addressed = static_cast<std::size_t>(
      std::ranges::count_if(called, [&](View indicator) { return address.holds(indicator); }));
  if (addressed == called.size()) return;
  auto text = addressed == 0 ? std::string{"none of the stations called is named in the address"}
                             : fmt::format("{} of {} stations called are named in the address", addressed,
                                           called.size());
  auto finding = found.add(called.front(), std::move(text));
  note_collectives(m, site, finding);
}

// A station that no address names.
bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (m.copy_kind != CopyKind::relay || m.routing_line.routing_indicators.empty()) return false;
  auto const other = View{random.pick("RTFALP", "RTFANC")};
  if (m.addressees.empty() || addresses(m, other)) return false;
  return draft.replace(m.routing_line.routing_indicators.front(), other);
}

}  // namespace

Rule fl2_14() {
  return {
      .id = "FL2-14",
      .name = "relay-routing-note",
      .severities = "IIII-",
      .kinds = "all",
      .check = check,
      .violate = violate,
      .page = {
          .what = "On a relayed copy the routing line and the address need not meet: FL2 holds the stations "
                  "that this leg serves, and the members of a collective are named in no address line.",
          .why = "It says how a copy came by this circuit: which stations it goes to, and which collective "
                 "they may belong to.",
          .citation = "ACP 127(G) 303.a; observed in State headings 2001-2010",
          .good = "PP RTBAOS RTCAQB RUEHC RUEKJCS",
          .bad = "PP RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH RUEHNP\n"
                 "RUEHPW RUEHROV RUEHSL RUEHSR"}};
}

}  // namespace torntape::validator
