#include "traffic/generator/words.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace torntape::generator {

namespace {

using Words = std::array<Phrase, 12>;

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

using Sentence = std::array<Phrase const*, 5>;

// Draws are named one by one: the order in which arguments are made is the compiler's.
Sentence sentence(Random& random) {
  auto const& who = random.one_of(people);
  auto const& says = random.one_of(verbs);
  auto const& what = random.one_of(things);
  auto const& how = random.one_of(states);
  return {&who, &says, &what, &how, &random.one_of(ends)};
}

// Sentences broken into lines, until there are so many lines.
class Filling {
 public:
  // `column`: what stands on the line already.
  Filling(Ink& ink, Pages* pages, std::size_t column, std::uint32_t lines)
      : ink_(ink), pages_(pages), column_(column), lines_(lines) {}

  void run(Random& random) {
    while (lines_ != 0)
      for (auto const* const phrase : sentence(random)) put_phrase(*phrase);
  }

 private:
  void put_phrase(Phrase const& phrase) {
    if (lines_ == 0) return;
    if (column_ + 1 + phrase.size <= columns) {
      begin_word(phrase.size);
      ink_.put(phrase);
      return;
    }
    auto rest = phrase.view();
    while (!rest.empty() && lines_ != 0) {
      auto const word = rest.substr(0, rest.find(' '));
      put_word(word);
      rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    }
  }
  void put_word(std::string_view word) {
    if (column_ + 1 + word.size() > columns) {
      ink_ << '\n';
      column_ = 0;
      if (--lines_ == 0) return;
      if (pages_ != nullptr) pages_->begin_line(ink_);
    }
    begin_word(word.size());
    ink_ << word;
  }
  void begin_word(std::size_t size) {
    if (column_ != 0) {
      ink_ << ' ';
      ++column_;
    }
    column_ += size;
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
  auto const what = random.one_of(things).view().substr(article.size());
  ink << what << ' ';
  ink.put(random.one_of(states));
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

// Four N in a row would end the message (ACP 127(G) 114).
void print_cipher(Random& random, std::uint32_t groups, Ink& ink) {
  constexpr std::uint64_t letters = 26;
  constexpr int most_in_a_row = 3;
  int in_a_row = 0;
  for (std::uint32_t group = 1; group <= groups; ++group) {
    for (int i = 0; i != 5; ++i) {
      auto letter = static_cast<char>('A' + random.below(letters));
      in_a_row = letter == 'N' ? in_a_row + 1 : 0;
      if (in_a_row > most_in_a_row) letter = 'M';
      ink << letter;
    }
    ink << (group % groups_a_line == 0 || group == groups ? '\n' : ' ');
  }
}

}  // namespace torntape::generator
