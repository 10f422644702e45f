#include <algorithm>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const letter = m.preamble.precedence;
  if (letter.size() != 1 || m.addressees.empty()) return;
  auto const own = grammar::precedence_of_letter(letter.front());
  auto const& first = *std::ranges::max_element(m.addressees, {}, &grammar::Addressee::precedence);
  auto const highest = first.precedence;
  // Without any word the precedence of the message is everybody's.
  if (highest == Precedence::none || highest >= own) return;
  found.add(letter, fmt::format("message is {}, no addressee above {}", name(own), name(highest)))
      .note(first.precedence_word, "highest precedence of an addressee");
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  auto const has_word = [](auto const& each) { return grammar::present(each.precedence_word); };
  if (m.preamble.precedence != "P" || m.routing_line.precedence != "PP") return false;
  if (std::ranges::none_of(m.addressees, has_word)) return false;
  return draft.replace(m.preamble.precedence, "O") &&
         draft.replace(draft.message().routing_line.precedence, "OO");
}

}  // namespace

Rule x_05() {
  return {.id = "X-05",
          .name = "message-above-addressees",
          .severities = "I---I",
          .kinds = "all",
          .check = check,
          .violate = violate,
          .page = {.what = "Some addressee has the precedence of the message.",
                   .why = "A precedence that no addressee carries hurries the message for nobody.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "PP RUEHBI RUEHCI\n"
                           "DE RTBAKV #0512/01 2310941\n"
                           "ZNY CCCCC ZZH\n"
                           "P 190938Z AUG 09",
                   .bad = "OO RUEHBI RUEHCI\n"
                          "DE RTBAKV #0512/01 2310941\n"
                          "ZNY CCCCC ZZH\n"
                          "O 190938Z AUG 09"}};
}

}  // namespace torntape::validator
