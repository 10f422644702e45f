#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

constexpr View title = "AIG ";

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& addressee : m.addressees) {
    auto const name = addressee.plain_language_address;
    if (!is_address_indicating_group(name)) continue;
    if (grammar::present(addressee.routing_indicator))
      found.add(addressee.routing_indicator,
                "routing indicator before an address indicating group, expected none");
    else if (addressee.kind == AddresseeKind::info)
      found.add(name, "address indicating group under INFO, expected under TO");
    else if (!name.starts_with(title) && number_of(name.substr(3)))
      found.add(name.substr(3, 0), "no blank between AIG and its number").suggest(" ");
    else if (!name.starts_with(title) || !number_of(name.substr(title.size())))
      found.add(name, "expected AIG and a number");
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& list = draft.message().addressees;
  if (list.empty() || !grammar::present(list.front().routing_indicator)) return false;
  // Whose place it takes is called still: on a relayed copy that says nothing.
  if (draft.message().copy_kind == CopyKind::relay && random.below(2) == 0)
    return draft.replace(stretch(list.front().routing_indicator, list.front().plain_language_address),
                         "AIG9901");
  return draft.replace(list.front().plain_language_address, random.pick("AIG 9901", "AIG 7301"));
}

}  // namespace

Rule fl7_29() {
  return {.id = "FL7-29",
          .name = "aig-form",
          .severities = "-WWW-",
          .kinds = "all",
          .mend = Safety::safe,
          .silences = {"FL7-26"},
          .check = check,
          .violate = violate,
          .page = {.what = "An address indicating group is AIG and its number, without a routing indicator, "
                           "among the action addressees; it may have information addressees in itself.",
                   .why = "The group stands for the indicators of all its members; with one before it, only "
                          "that station would deliver.",
                   .citation = "ACP 127(G) 205.c, 206.a(1), 222",
                   .good = "TO AIG 9901",
                   .bad = "TO RTCAQB/AIG 9901"}};
}

}  // namespace torntape::validator
