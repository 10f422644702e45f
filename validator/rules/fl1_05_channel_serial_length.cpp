#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

constexpr std::array<View, 6> words{"no", "one", "two", "three", "four", "five"};

std::string in_words(std::vector<std::size_t> const& widths) {
  std::string text;
  for (auto const width : widths)
    text += fmt::format("{}{}", text.empty() ? "" : " or ", words[std::min(width, words.size() - 1)]);
  return text;
}

std::string described(std::size_t digits) {
  if (digits == 0) return "channel sequence number is missing";
  return fmt::format("channel sequence number has {} digit{}", digits, digits == 1 ? "" : "s");
}

char figure_for(char c) { return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c; }

// "0O17": a letter stands for the figure that looks like it.
void check_figures(View number, Findings& found) {
  auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
  auto const letter = std::ranges::find_if_not(number, is_digit);
  if (letter == number.end()) return;
  std::string figures;
  std::ranges::transform(number, std::back_inserter(figures), figure_for);
  auto finding =
      found.add(number, fmt::format("`{}` in the channel sequence number, expected digits", *letter));
  if (std::ranges::all_of(figures, is_digit)) finding.suggest(figures);
}

void check(Message const& m, Site const&, Findings& found) {
  auto const number = m.transmission_identification.sequence_number;
  if (!grammar::present(number)) return;
  auto const& widths = m.conventions->channel_number_widths;
  if (std::ranges::find(widths, number.size()) != widths.end()) return check_figures(number, found);
  found.add(number, fmt::format("{}, expected {}", described(number.size()), in_words(widths)));
}

bool violate(Draft& draft, Random& random) {
  auto const number = draft.message().transmission_identification.sequence_number;
  if (random.below(2) == 0)
    return draft.replace(number, std::string{number.substr(0, number.size() - 1)} + 'O');
  return draft.replace(draft.message().transmission_identification.sequence_number,
                       random.pick("17", "04170", "7"));
}

}  // namespace

Rule fl1_05() {
  return {.id = "FL1-05",
          .name = "channel-serial-length",
          .severities = "WEEEW",
          .kinds = "all",
          .mend = Safety::unsafe,
          .check = check,
          .violate = violate,
          .page = {.what = "The channel sequence number has three digits; on State circuits three or four.",
                   .why = "The receiving station counts the numbers of a channel to see that no transmission "
                          "was lost; a number of another length falls out of the count.",
                   .citation = "ACP 127(G) 112.b, 202.f; observed in State headings 2001-2010",
                   .good = "VZCZCXRO0417",
                   .bad = "VZCZCXRO17"}};
}

}  // namespace torntape::validator
