#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

using grammar::Addressee;

// Office symbols count: two offices of one house are two addressees.
bool same(Addressee const& a, Addressee const& b) {
  return a.plain_language_address == b.plain_language_address && a.routing_indicator == b.routing_indicator &&
         a.other_means == b.other_means;
}

// What two that are the same have in common, as one of 64 bits twice over: few addressees share both with any
// other.
struct Likeness {
  std::uint64_t first = 0, second = 0;
};
Likeness likeness(Addressee const& addressee) {
  auto const number = last_letters(addressee.routing_indicator) +
                      static_cast<std::uint32_t>(addressee.plain_language_address.size());
  auto const mixed = number * 0x9E3779B1U;  // of the golden ratio: near numbers end far apart
  return {std::uint64_t{1} << (mixed >> 26), std::uint64_t{1} << (mixed >> 20) % 64};
}

// The addressees so far, by their likeness.
struct Seen {
  Likeness all;

  // Whether one of them may be the same.
  bool add(Likeness one) {
    bool const may_be = (all.first & one.first) != 0 && (all.second & one.second) != 0;
    all.first |= one.first;
    all.second |= one.second;
    return may_be;
  }
};

// Nothing is lost with the later one: it asks for no more than the first.
bool is_implied(Addressee const& later, Addressee const& earlier) {
  auto const word = std::max(later.precedence, Precedence::routine);
  return later.kind >= earlier.kind && word <= std::max(earlier.precedence, Precedence::routine) &&
         (!grammar::present(later.message_continuity_number) ||
          later.message_continuity_number == earlier.message_continuity_number);
}

void check(Message const& m, Site const&, Findings& found) {
  auto const& list = m.addressees;
  Seen seen;
  for (std::size_t later = 0; later != list.size(); ++later) {
    auto const end = seen.add(likeness(list[later])) ? later : 0;
    for (std::size_t earlier = 0; earlier != end; ++earlier) {
      if (!same(list[later], list[earlier])) continue;
      auto const safety = is_implied(list[later], list[earlier]) ? Safety::safe : Safety::unsafe;
      found.add(whole_address(list[later]), "addressee stands twice")
          .note(whole_address(list[earlier]), "first here")
          .suggest("remove the later one", without_addressee(m, later), safety);
      break;
    }
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  std::vector<View> lines;
  for (auto const& addressee : m.addressees)
    if (auto const line = line_text(m, addressee); line.data() == whole_address(addressee).data())
      lines.push_back(line);
  if (lines.empty()) return false;
  auto const line = random.one_of(lines);
  return draft.insert_after(line, '\n' + std::string{line});
}

}  // namespace

Rule fl7_17() {
  return {.id = "FL7-17",
          .name = "duplicate-addressee",
          .severities = "WWWWW",
          .kinds = "all",
          .mend = Safety::safe,
          .check = check,
          .violate = violate,
          .page = {.what = "An addressee, by its indicator and name, stands once.",
                   .why = "It receives one copy all the same; the repetition makes it doubtful whether it is "
                          "to act or only to know.",
                   .citation = "ACP 127(G) 204.c, 206.e; observed in State headings 2001-2010",
                   .good = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311\n"
                           "RTCAQB/AMEMBASSY QALARABAD PRIORITY 0127",
                   .bad = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311\n"
                          "RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311"}};
}

}  // namespace torntape::validator
