#include <vector>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& addressee : m.addressees)
    if (addressee.message_continuity_number == "0000")
      found.add(addressee.message_continuity_number, "continuity number 0000: not numbered");
}

bool violate(Draft& draft, Random& random) {
  std::vector<View> numbers;
  for (auto const& addressee : draft.message().addressees)
    if (addressee.message_continuity_number.size() == 4)
      numbers.push_back(addressee.message_continuity_number);
  return !numbers.empty() && draft.replace(random.one_of(numbers), "0000");
}

}  // namespace

Rule fl7_14() {
  return {.id = "FL7-14",
          .name = "number-zero",
          .severities = "I---I",
          .kinds = "all",
          .when = has(Feature::number_of_zeros),
          .check = check,
          .violate = violate,
          .page = {.what = "The continuity number 0000 says that the message is not numbered.",
                   .why = "It does not count in the series of the addressee.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311",
                   .bad = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0000"}};
}

}  // namespace torntape::validator
