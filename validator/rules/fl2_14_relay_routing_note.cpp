#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "grammar/indicator_number.hpp"
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

// The indicators of the addressees: every station called is looked for among all of them, of most relay
// copies. As numbers, in a table of twice their room, the next free place after the one that is taken.
class Addressed {
 public:
  explicit Addressed(Message const& m) : m_(m), fits_(m.addressees.size() <= places / 2) {
    if (!fits_) return;
    for (auto const& addressee : m.addressees)
      if (!addressee.other_means) put(grammar::indicator_number(addressee.routing_indicator));
  }
  [[nodiscard]] bool holds(View indicator) const {
    auto const number = grammar::indicator_number(indicator);
    if (!fits_ || number == 0) return addresses(m_, indicator);
    auto at = begin_of(number);
    while (numbers_[at] != number && numbers_[at] != 0) at = (at + 1) % places;
    return numbers_[at] == number;
  }

 private:
  static constexpr std::size_t places = 64;
  // By the golden ratio: near numbers end far apart.
  static std::size_t begin_of(std::uint64_t number) { return number * 0x9E3779B97F4A7C15U >> 58; }
  void put(std::uint64_t number) {
    auto at = begin_of(number);
    while (numbers_[at] != 0) at = (at + 1) % places;
    numbers_[at] = number;
  }

  Message const& m_;
  bool fits_;
  std::array<std::uint64_t, places> numbers_{};
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
  Addressed const address(m);
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
