#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "validator/classification.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

bool is_class(char letter) { return View{"UECSTR"}.find(letter) != View::npos; }

// What the group was meant as: the letter that most of it consists of.
std::string meant(View group) {
  for (char const letter : group)
    if (is_class(letter) && 2 * std::ranges::count(group, letter) > static_cast<std::ptrdiff_t>(group.size()))
      return std::string(5, letter);
  return {};
}

// Five times one letter, but for a blank inside or a character in its place before them.
std::string moved_apart(View where) {
  if (where.size() != 6) return {};
  auto const letter = where.back();
  auto const others = where.find_first_not_of(letter);
  bool const one_other = std::ranges::count(where, letter) == 5 && others != View::npos;
  bool const fits = one_other && is_class(letter) && (others == 0 || where[others] == ' ');
  return fits ? std::string(5, letter) : std::string{};
}

bool same(View group) {
  return std::ranges::count(group, group.front()) == static_cast<std::ptrdiff_t>(group.size());
}

std::string text_for(View group) {
  if (group.empty()) return "no security group, expected the class letter five times";
  if (group.size() != 5)
    return fmt::format("security group has {} letters, expected the class letter five times", group.size());
  return "security group is not the class letter five times, nor three times and a release code";
}

void check(Message const& m, Site const&, Findings& found) {
  auto const warning = m.transmission_instructions.security_warning;
  each(m, Feature::designator_odd, [&](View where) {
    // "ZNYC CCCC", "ZNYXCCCCC".
    if (auto const group = moved_apart(where);
        !group.empty() && where.data() == warning.data() + warning.size())
      found.add(where, "blank between the security warning and its group misplaced").suggest(' ' + group);
    else if (!group.empty() && where.find(' ') != View::npos)
      found.add(where, "blank inside the security group").suggest(group);
    else if (auto const letters = m.transmission_instructions.designator;
             where.empty() && where.data() == letters.data() + letters.size() && letters.size() == 5)
      found.add(where, "no blank between the security group and the signal behind it")
          .suggest("insert a blank", {insert_before(where, " ")});
    else if (class_letter(m) != '\0' && where.data() == warning.data() + warning.size())
      found.add(where, "no blank between the security warning and its group")
          .suggest("insert a blank", {insert_before(where, " ")});
    else
      // Letters of another kind may be what is left of a lost line end: nothing of them is thrown away.
      found.add(where, text_for(where))
          .suggest(where.size() > 5 && !same(where) ? std::string{} : meant(where));
  });
}

bool violate(Draft& draft, Random& random) {
  auto const group = draft.message().transmission_instructions.designator;
  if (group.size() != 5) return false;
  return draft.replace(group,
                       std::string(random.pick(std::size_t{4}, std::size_t{3}, std::size_t{6}), group[0]));
}

}  // namespace

Rule fl4_03() {
  return {
      .id = "FL4-03",
      .name = "security-group-length",
      .severities = "EEEE-",
      .kinds = "all",
      .mend = Safety::unsafe,
      .when = has(Feature::designator_odd),
      .silences = {"FL4-04", "FL4-05", "X-07"},
      .check = check,
      .violate = violate,
      .page = {.what = "The group after ZNR or ZNY is the class letter five times, or three times and a "
                       "release code of two letters.",
               .why = "The letter is repeated so that a garble cannot lower the class; a group of another "
                      "form does not tell the class.",
               .citation =
                   "ACP 127(G) 124.b, 203.a; ACP 117 CAN-US SUPP-1(O); observed in State headings 2001-2010",
               .good = "ZNY CCCCC ZZH",
               .bad = "ZNY CCCC ZZH"}};
}

}  // namespace torntape::validator
