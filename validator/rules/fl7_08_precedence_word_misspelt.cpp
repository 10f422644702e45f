#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

// The parser notes words within one or two steps of a precedence. No two precedences are that close, so
// that the one with the most letters in common at both ends is meant.
std::size_t in_common(View word, View precedence) {
  auto const length = std::min(word.size(), precedence.size());
  std::size_t front = 0;
  while (front != length && word[front] == precedence[front]) ++front;
  std::size_t back = 0;
  while (back != length - front && word[word.size() - 1 - back] == precedence[precedence.size() - 1 - back])
    ++back;
  return front + back;
}

std::string meant(View word) {
  constexpr std::array<View, 4> words{"PRIORITY", "IMMEDIATE", "ROUTINE", "FLASH"};
  return std::string{*std::ranges::max_element(words, {}, [&](View each) { return in_common(word, each); })};
}

bool is_part_of_a_name(grammar::Addressee const& addressee, Site const& site) {
  if (site.directory == nullptr) return false;
  auto const name = stretch(addressee.plain_language_address, addressee.precedence_word);
  return site.directory->station_named(name) != nullptr || site.directory->collective_titled(name) != nullptr;
}

// "PRIORITY PRIORITY": the first of two, neither of them misspelt.
bool stands_twice(grammar::Addressee const& addressee, View where) {
  auto const end = where.data() + where.size();
  return grammar::present(addressee.precedence_word) && end < addressee.precedence_word.data() &&
         std::all_of(end, addressee.precedence_word.data(), [](char c) { return c == ' '; });
}

// "BEIJINGPRIORITY".
bool is_glued(grammar::Addressee const& addressee, View where) {
  auto const name = addressee.plain_language_address;
  return meant(where) == where && name.data() + name.size() == where.data();
}

void check(Message const& m, Site const& site, Findings& found) {
  each(m, Feature::precedence_word_odd, [&](View where) {
    for (auto const& addressee : m.addressees)
      if (stands_twice(addressee, where))
        found.add(where, fmt::format("`{}` before another precedence, expected one", where))
            .note(addressee.precedence_word, "the addressee counts by this one")
            .suggest("remove it", {erase(stretch(where, addressee.precedence_word.substr(0, 0)))},
                     where == addressee.precedence_word ? Safety::safe : Safety::none);
    for (auto const& addressee : m.addressees)
      if (addressee.precedence_word.data() == where.data() && is_glued(addressee, where))
        found.add(where, fmt::format("no blank before `{}`", where))
            .suggest("insert a blank", {insert_before(where, " ")});
      else if (addressee.precedence_word.data() == where.data() && !is_part_of_a_name(addressee, site))
        found.add(where, fmt::format("`{}` is no precedence, the addressee counts as ROUTINE", where))
            .suggest(meant(where));
  });
}

bool violate(Draft& draft, Random& random) {
  std::vector<View> words;
  for (auto const& addressee : draft.message().addressees)
    if (grammar::present(addressee.precedence_word) && !addressee.night_action)
      words.push_back(addressee.precedence_word);
  if (words.empty()) return false;
  auto const word = random.one_of(words);
  return draft.erase(word.substr(1 + random.below(word.size() - 2), 1));
}

}  // namespace

Rule fl7_08() {
  return {.id = "FL7-08",
          .name = "precedence-word-misspelt",
          .severities = "EEEEE",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::precedence_word_odd),
          .silences = {"FL7-26", "FL7-27"},
          .check = check,
          .violate = violate,
          .page = {.what = "The precedence of an addressee is spelt as one of FLASH, IMMEDIATE, PRIORITY and "
                           "ROUTINE, or NIACT IMMEDIATE.",
                   .why = "A misspelt word falls into the name: the precedence is lost, and the message "
                          "waits with the ROUTINE traffic.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "INFO RUEHUL/AMEMBASSY SEOUL PRIORITY 0866",
                   .bad = "INFO RUEHUL/AMEMBASSY SEOUL PRIOITY 0866"}};
}

}  // namespace torntape::validator
