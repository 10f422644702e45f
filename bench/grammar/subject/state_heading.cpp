// Made-up headings of the `state` family: indicators in RT.., which is allotted to nobody.
#include <algorithm>
#include <array>

#include "bench/grammar/subject/state.hpp"

namespace torntape::bench::state {
namespace {

constexpr std::array<View, 12> posts{"KARSTOVA",        "OSTREVA",   "QALARABAD",    "TARSIBAD",
                                     "SOLENTO ISLANDS", "LA PERLA",  "NUEVA CORONA", "MERIDIAN",
                                     "PORT WILLOW",     "MIRZAGRAD", "PORT OSTREVA", "VELLAMO"};
constexpr std::array<View, 3> offices{"AMEMBASSY ", "AMCONSUL ", "USMISSION "};
constexpr std::array<View, 3> commands{"JTF EXAMPLE//J3/J5//", "CDR DEMOCOM MACDILL AFB FL",
                                       "JOINT STAFF WASHDC"};
constexpr std::array<View, 12> months{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                      "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr View letters = "PROZ";
constexpr std::size_t routine = 1;
constexpr std::array<View, 4> words{"PRIORITY", "ROUTINE", "IMMEDIATE", "FLASH"};

std::string indicator(Random& random) { return "RT" + random.letters(4 + random.below(2)); }

std::string padded(std::size_t number, std::size_t width) {
  auto text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

std::string name(Random& random) {
  if (random.one_in(5)) return std::string(random.one_of(commands));
  return std::string(random.one_of(offices)).append(random.one_of(posts));
}

// FL2: rising, filled to the 70 columns that State fills; no line of exactly 70, which is noted.
std::string routing_line(char letter, std::vector<std::string> indicators) {
  std::ranges::sort(indicators);
  indicators.erase(std::unique(indicators.begin(), indicators.end()), indicators.end());
  std::string text(2, letter);
  std::size_t column = text.size();
  for (auto const& each : indicators) {
    if (column + 1 + each.size() == 70) continue;
    bool const wraps = column + 1 + each.size() > 70;
    text += wraps ? '\n' : ' ';
    column = (wraps ? 0 : column + 1) + each.size();
    text += each;
  }
  return text + '\n';
}

std::string address(std::string const& indicator, std::size_t precedence, Random& random) {
  auto text = indicator + '/' + name(random);
  // Nobody writes ROUTINE; of the rest nine in ten carry their word. Every second one has a number.
  if (precedence != routine && !random.one_in(10)) text.append(" ").append(words[precedence]);
  if (random.one_in(2)) text += ' ' + random.digits(4);
  return text + '\n';
}

// "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512"
std::string text_line(View classification, std::string const& section, View post, std::string const& serial) {
  std::string text(classification);
  if (!section.empty()) text += " SECTION " + section + " OF 03";
  return text.append(" ").append(post).append(" 00").append(serial).append("\n");
}

}  // namespace

std::string heading(Random& random) {
  auto const precedence = random.one_in(20) ? 3 : random.below(3);
  auto const& post = random.one_of(posts);
  auto const serial = random.digits(4);
  auto const section = random.one_in(3) ? padded(1 + random.below(3), 2) : std::string();
  auto const month = random.below(12), day = 1 + random.below(28), hour = random.below(24);
  auto const drawn_up = random.below(30), filed = drawn_up + random.below(30);  // minutes
  auto const classified = random.below(3);
  constexpr std::array before_month{0U, 31U, 59U, 90U, 120U, 151U, 181U, 212U, 243U, 273U, 304U, 334U};
  std::vector<std::string> stations(14);
  for (auto& each : stations) each = indicator(random);
  auto text =
      "VZCZC" + random.letters(2) + (random.one_in(2) ? 'O' : 'I') + padded(1 + random.below(9999), 4) + '\n';
  text += routing_line(letters[precedence], stations);
  text += "DE " + indicator(random) + " #" + serial + (section.empty() ? "" : "/" + section) + ' ' +
          padded(before_month[month] + day, 3) + padded(hour, 2) + padded(filed, 2) + '\n';
  text += std::array{"ZNR UUUUU ZZH\n", "ZNY CCCCC ZZH\n", "ZNY SSSSS ZZH\n"}[classified];
  text += std::string(1, letters[precedence]) + ' ' + padded(day, 2) + padded(hour, 2) + padded(drawn_up, 2) +
          "Z ";
  text.append(months[month]).append(" 09\n");
  text.append("FM AMEMBASSY ").append(post).append("\n");
  text +=
      "TO " + address(stations[0], precedence, random) + "INFO " + address(stations[1], precedence, random);
  for (std::size_t i = 2; i != stations.size(); ++i) text += address(stations[i], precedence, random);
  constexpr std::array<View, 3> classes{"UNCLAS", "C O N F I D E N T I A L", "S E C R E T"};
  return text + "BT\n" + text_line(classes[classified], section, post, serial) + "BT\n#" + serial +
         "\nNNNN\n";
}

}  // namespace torntape::bench::state
