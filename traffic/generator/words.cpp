#include "traffic/generator/words.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

namespace torntape::generator {

namespace {

using Words = std::array<std::string_view, 12>;

constexpr std::size_t columns = 62;
constexpr std::uint32_t lines_a_paragraph = 5;

constexpr Words things{"HARBOR CLOCK",   "FERRY",        "ORCHARD FAIR", "LIGHTHOUSE",
                       "BOTANIC GARDEN", "TRAM LINE",    "CHESS LEAGUE", "WEATHER MAST",
                       "OLD BRIDGE",     "TOWN LIBRARY", "SALT MARKET",  "WINTER THEATRE"};
constexpr Words states{"IS RIGHT AGAIN",      "OPENS ON MONDAY",       "NEEDS A NEW ROOF",
                       "WILL MOVE",           "HAS A NEW MASTER",      "RUNS LATE",
                       "DRAWS MORE VISITORS", "IS CLOSED FOR REPAIRS", "KEEPS ITS OLD NAME",
                       "ASKS FOR HELP",       "IS PAINTED BLUE",       "BREAKS ITS RECORD"};
constexpr Words people{"THE MAYOR", "THE KEEPER",    "A RESIDENT", "THE COUNCIL",
                       "A TRADER",  "THE LIBRARIAN", "POST STAFF", "THE ENGINEER",
                       "A VISITOR", "THE GARDENER",  "THE DRIVER", "OUR CONTACT"};
constexpr Words verbs{"SAID THAT",     "DOUBTED THAT",  "CONFIRMED THAT", "HAD HEARD THAT",
                      "INSISTED THAT", "WAS GLAD THAT", "REMARKED THAT",  "BELIEVED THAT",
                      "DENIED THAT",   "WROTE THAT",    "HOPED THAT",     "EXPLAINED THAT"};
constexpr Words ends{"AS IN OTHER YEARS",  "FOR THE FIRST TIME", "WITH A SMALL FEE",    "BEFORE THE RAINS",
                     "ON MARKET DAYS",     "WITHOUT NOTICE",     "TO GENERAL SURPRISE", "AFTER LONG DELAY",
                     "FOR A WEEK OR MORE", "DESPITE THE COST",   "BY COMMON CONSENT",   "UNTIL THE SPRING"};

// Draws are named one by one: the order in which arguments are made is the compiler's.
std::string sentence(Random& random) {
  auto const who = random.one_of(people);
  auto const says = random.one_of(verbs);
  auto const what = random.one_of(things);
  auto const how = random.one_of(states);
  return fmt::format("{} {} THE {} {} {}.", who, says, what, how, random.one_of(ends));
}

// Fills lines until there are so many.
void fill(Random& random, std::string line, std::uint32_t lines, std::string& text) {
  std::string rest;
  while (lines > 0) {
    if (rest.empty()) rest = sentence(random);
    auto const word = rest.substr(0, rest.find(' '));
    rest.erase(0, word.size() == rest.size() ? word.size() : word.size() + 1);
    if (line.size() + 1 + word.size() > columns) {
      text.append(line).append("\n");
      line.clear();
      --lines;
    }
    if (!line.empty()) line.append(" ");
    line.append(word);
  }
}

}  // namespace

std::string subject(Random& random) {
  auto const what = random.one_of(things);
  return fmt::format("{} {}", what, random.one_of(states));
}

std::string paragraphs(Random& random, std::uint32_t lines, char classification) {
  std::string text;
  for (std::uint32_t number = 1; lines > 0; ++number) {
    auto const now = std::min(lines, lines_a_paragraph);
    lines -= now;
    text.append("\n");
    fill(random, fmt::format("{}. ({})", number, classification), now, text);
  }
  return text;
}

}  // namespace torntape::generator
