#include "traffic/generator/words.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace torntape::generator {

namespace {

using Words = std::array<std::string_view, 12>;

constexpr std::size_t columns = 62;
constexpr std::uint32_t lines_a_paragraph = 5, lines_a_page = 16, groups_a_line = 10;
constexpr std::string_view article = "THE ";

constexpr Words things{"THE HARBOR CLOCK",   "THE FERRY",        "THE ORCHARD FAIR", "THE LIGHTHOUSE",
                       "THE BOTANIC GARDEN", "THE TRAM LINE",    "THE CHESS LEAGUE", "THE WEATHER MAST",
                       "THE OLD BRIDGE",     "THE TOWN LIBRARY", "THE SALT MARKET",  "THE WINTER THEATRE"};
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
constexpr Words ends{"AS IN OTHER YEARS.",   "FOR THE FIRST TIME.", "WITH A SMALL FEE.",
                     "BEFORE THE RAINS.",    "ON MARKET DAYS.",     "WITHOUT NOTICE.",
                     "TO GENERAL SURPRISE.", "AFTER LONG DELAY.",   "FOR A WEEK OR MORE.",
                     "DESPITE THE COST.",    "BY COMMON CONSENT.",  "UNTIL THE SPRING."};

using Sentence = std::array<std::string_view, 5>;

// Draws are named one by one: the order in which arguments are made is the compiler's.
Sentence sentence(Random& random) {
  auto const who = random.one_of(people);
  auto const says = random.one_of(verbs);
  auto const what = random.one_of(things);
  auto const how = random.one_of(states);
  return {who, says, what, how, random.one_of(ends)};
}

// Sentences broken into lines, until there are so many lines.
class Filling {
 public:
  // `column`: what stands on the line already.
  Filling(Ink& ink, Pages* pages, std::size_t column, std::uint32_t lines)
      : ink_(ink), pages_(pages), column_(column), lines_(lines) {}

  void run(Random& random) {
    while (lines_ != 0)
      for (auto const phrase : sentence(random)) put_phrase(phrase);
  }

 private:
  void put_phrase(std::string_view phrase) {
    if (lines_ == 0) return;
    if (column_ + 1 + phrase.size() <= columns) return put(phrase);
    while (!phrase.empty() && lines_ != 0) {
      auto const word = phrase.substr(0, phrase.find(' '));
      put_word(word);
      phrase.remove_prefix(std::min(phrase.size(), word.size() + 1));
    }
  }
  void put_word(std::string_view word) {
    if (column_ + 1 + word.size() > columns) {
      ink_ << '\n';
      column_ = 0;
      if (--lines_ == 0) return;
      if (pages_ != nullptr) pages_->begin_line(ink_);
    }
    put(word);
  }
  void put(std::string_view text) {
    if (column_ != 0) {
      ink_ << ' ';
      ++column_;
    }
    ink_ << text;
    column_ += text.size();
  }

  Ink& ink_;
  Pages* pages_;
  std::size_t column_;
  std::uint32_t lines_;
};

std::size_t width_of(std::uint32_t number) { return number < 10 ? 1 : number < 100 ? 2 : 3; }

}  // namespace

std::size_t room_for(std::uint32_t lines) {
  constexpr std::size_t mark = 64;
  return lines * (columns + 2) + (lines / lines_a_page + 2) * mark;
}

void print_subject(Random& random, Ink& ink) {
  auto const what = random.one_of(things).substr(article.size());
  ink << what << ' ' << random.one_of(states);
}

void Pages::begin_line(Ink& ink) {
  if (lines_ == lines_a_page) {
    ink << "PAGE " << ++page_ << ' ' << after_number_ << '\n';
    lines_ = 0;
  }
  ++lines_;
}

void print_paragraphs(Random& random, std::uint32_t lines, char classification, Ink& ink) {
  for (std::uint32_t number = 1; lines > 0; ++number) {
    auto const now = std::min(lines, lines_a_paragraph);
    lines -= now;
    ink << '\n' << number << ". (" << classification << ')';
    Filling(ink, nullptr, width_of(number) + std::string_view{". (C)"}.size(), now).run(random);
  }
}

void print_paragraphs(Random& random, std::uint32_t lines, Pages& pages, Ink& ink) {
  for (std::uint32_t number = 1; lines > 0; ++number) {
    auto const now = std::min(lines, lines_a_paragraph);
    lines -= now;
    pages.begin_line(ink);
    ink << number << '.';
    Filling(ink, &pages, width_of(number) + 1, now).run(random);
  }
}

void print_cipher(Random& random, std::uint32_t groups, Ink& ink) {
  constexpr std::uint64_t letters = 26;
  for (std::uint32_t group = 1; group <= groups; ++group) {
    for (int i = 0; i != 5; ++i) ink << static_cast<char>('A' + random.below(letters));
    ink << (group % groups_a_line == 0 || group == groups ? '\n' : ' ');
  }
}

}  // namespace torntape::generator
