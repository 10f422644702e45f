#include "grammar/fl12_text/text_identification.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "grammar/terminals.hpp"

namespace torntape::grammar::fl12 {
namespace {

using Part = TextIdentification;

// Lines of the opening that are looked at, at most.
constexpr unsigned max_opening_lines = 80;

struct ClassWord {
  View squeezed;  // letters only
  View name;
  bool letter_spaced;  // as ACP 127(G) 209.a has it
};
constexpr std::array<ClassWord, 8> classes{{{"UNCLAS", "UNCLAS", false},
                                            {"UNCLASSIFIED", "UNCLAS", false},
                                            {"CLEAR", "CLEAR", false},
                                            {"RESTRICTED", "RESTRICTED", true},
                                            {"LIMITEDOFFICIALUSE", "LIMITED OFFICIAL USE", false},
                                            {"CONFIDENTIAL", "CONFIDENTIAL", true},
                                            {"SECRET", "SECRET", true},
                                            {"TOPSECRET", "TOP SECRET", true}}};

constexpr std::size_t shortest_class = 5;
// Their lengths, a bit each.
constexpr std::uint32_t class_lengths = [] {
  std::uint32_t lengths = 0;
  for (auto const& word : classes) lengths |= std::uint32_t{1} << word.squeezed.size();
  return lengths;
}();

// Letters of the groups at the beginning of a line, closed up, in a buffer of its own.
struct Squeezed {
  std::array<char, 24> letters{};
  std::size_t length = 0;

  void add(View group) {
    for (char const c : group)
      if (length != letters.size()) letters[length++] = c;
  }
  [[nodiscard]] View view() const { return {letters.data(), length}; }
};

[[nodiscard]] ClassWord const* exact(View squeezed) {
  if (squeezed.size() >= 32 || (class_lengths >> squeezed.size() & 1) == 0) return nullptr;
  for (auto const& word : classes)
    if (word.squeezed == squeezed) return &word;
  return nullptr;
}

// "ECRET", "CCONFIDENTIAL", "NCLAS": one letter away, or two in a long word.
[[nodiscard]] ClassWord const* nearest(View squeezed) {
  if (squeezed.size() < shortest_class) return nullptr;
  for (auto const& word : classes) {
    if (word.squeezed == "CLEAR") continue;
    if (is_near(squeezed, word.squeezed, word.squeezed.size() >= 9 ? 2U : 1U)) return &word;
  }
  return nullptr;
}

struct Found {
  ClassWord const* word = nullptr;
  View text;
  View rest;
  bool garbled = false;
  bool spaced = false;
};

// "C O N F I D E N T I A L", "CC O N F I D E N TI A L": groups of one letter, or two where damaged.
[[nodiscard]] Found find_spaced(View line) {
  Found found;
  Found nearly;  // up to a group that may be the beginning of a name: "E C R E T LA PERLA"
  Squeezed squeezed;
  auto const begin = line;
  unsigned groups = 0, single = 0;
  while (!line.empty()) {
    auto after = line;
    auto const group = take_group(after);
    if (group.size() > 2 || !all(Class::letter, group)) break;
    if (group.size() == 2 && groups >= 4 && single == groups)
      nearly = {nearest(squeezed.view()), found.text, trim_left(line), true, true};
    squeezed.add(group);
    ++groups;
    single += group.size() == 1 ? 1 : 0;
    found.text = span(begin.substr(0, 1), group);
    line = after;
    // "S E C R E T S E C T I O N": stop as soon as a class is whole, but "TOP" is none.
    if (exact(squeezed.view()) != nullptr) break;
  }
  if (groups < 4 || single + 2 < groups) return {};
  found.rest = line;
  found.spaced = true;
  found.word = exact(squeezed.view());
  if (found.word != nullptr && single == groups) return found;
  found.garbled = true;
  if (found.word == nullptr) found.word = nearest(squeezed.view());
  return found.word != nullptr || nearly.word == nullptr ? found : nearly;
}

[[nodiscard]] bool is_followed_as_class(View rest) {
  if (rest.empty() || rest.starts_with("SECTION") || rest.starts_with("FINAL SECTION")) return true;
  auto const last = take_last_group(rest);
  return last.size() >= 3 && all(Class::digit, last);
}

// "UNCLAS", "SECRET", "LIMITED OFFICIAL USE", "NCLAS".
[[nodiscard]] Found find_closed(View line) {
  Found found;
  auto const begin = line;
  for (View const phrase : {View("LIMITED OFFICIAL USE"), View("TOP SECRET")})
    if (line.front() == phrase.front() && line.starts_with(phrase))
      return {exact(phrase == "TOP SECRET" ? "TOPSECRET" : "LIMITEDOFFICIALUSE"),
              line.substr(0, phrase.size()), trim_left(line.substr(phrase.size())), false, false};
  auto group = take_group(line);
  if (group.size() < shortest_class) return {};
  auto const slant = group.find("//");
  if (slant != View::npos) {
    line = begin.substr(slant);
    group = group.substr(0, slant);
  }
  found.text = group;
  found.rest = line;
  found.word = exact(group);
  if (found.word != nullptr && (found.word->name == "UNCLAS" || slant != View::npos)) return found;
  if (group.size() < shortest_class) return {};
  // "SECRET", "CLEAR" and all that is damaged are words of any text too.
  if (!is_followed_as_class(line)) return {};
  if (found.word != nullptr) return found;
  if (!all(Class::letter, group) || line.empty()) return {};
  found.word = nearest(group);
  found.garbled = true;
  return found;
}

struct Spelled {
  View text;
  ClassWord const* word;
};
constexpr ClassWord const* word_of(View squeezed) {
  return std::ranges::find(classes, squeezed, &ClassWord::squeezed);
}
constexpr std::array<Spelled, 4> spelled{{{"C O N F I D E N T I A L", word_of("CONFIDENTIAL")},
                                          {"S E C R E T", word_of("SECRET")},
                                          {"T O P S E C R E T", word_of("TOPSECRET")},
                                          {"R E S T R I C T E D", word_of("RESTRICTED")}}};

// As nearly all texts have it, letter by letter with a blank between.
[[nodiscard]] Found find_spelled(View line) {
  for (auto const& [text, word] : spelled) {
    if (line.front() != text.front() || !line.starts_with(text)) continue;
    if (line.size() != text.size() && !is_blank(line[text.size()])) return {};
    return {word, line.substr(0, text.size()), trim_left(line.substr(text.size())), false, true};
  }
  return {};
}

[[nodiscard]] Found find_by_letters(View line) {
  auto const found = line.empty() ? Found{} : find_spelled(line);
  return found.word != nullptr ? found : find_spaced(line);
}

[[nodiscard]] Found find_class(View line) {
  // A class letter by letter begins with one or two of them; no word for a class is as short.
  bool const spaced = line.size() <= 2 || is_blank(line[1]) || is_blank(line[2]);
  return spaced ? find_by_letters(line) : find_closed(line);
}

// "NCLAS" alone on the first line of a text, where other profiles than State's have the class.
[[nodiscard]] Found find_alone(View line) {
  return all(Class::letter, line) ? Found{nearest(line), line, {}, true, false} : Found{};
}

// "E F T O" after UNCLAS.
void read_efto(View& line, Part& part) {
  constexpr View efto = "E F T O";
  if (!line.starts_with(efto)) return;
  part.efto = line.substr(0, efto.size());
  line = trim_left(line.substr(efto.size()));
}

[[nodiscard]] bool is_or_is_near(View group, View word) {
  return group == word || (all(Class::letter, group) && is_near(group, word, 1));
}

// "SECTION 01 OF 02", "SCTION 02 OF 02", "SECTION 01 GF 02", "FINAL SECTION OF 2".
void read_section(View& line, Message& message) {
  auto& part = message.text;
  auto rest = line;
  auto label = take_group(rest);
  auto const begin = label;
  if (label == "FINAL") label = take_group(rest);
  if (!is_or_is_near(label, "SECTION")) return;
  auto const is_count = [](View group) { return group.size() <= 3 && all(Class::digit, group); };
  View section;
  if (is_count(rest.substr(0, rest.find(' ')))) section = take_group(rest);
  auto const of = take_group(rest);
  auto const sections = rest.substr(0, rest.find(' '));
  if (of.size() > 2 || !is_count(sections)) return;
  part.sections = take_group(rest);
  part.section = present(section) ? section : part.sections;  // FINAL SECTION OF 2
  line = rest;
  note(message, Feature::sectioned);
  auto const number = [](View digits) {
    unsigned value = 0;
    for (char const c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
    return value;
  };
  auto const n = number(part.section);
  auto const m = number(part.sections);
  if (label != "SECTION" || of != "OF" || n < 1 || n > m || m < 2)
    note(message, Feature::section_label_odd, span(begin, part.sections));
}

// "OO1399": letters among the figures of a number.
[[nodiscard]] bool is_damaged_number(View group) {
  auto const letter = [](char c) { return c == 'O' || c == 'I' || c == 'L'; };
  auto const digits = std::ranges::count_if(group, is_digit);
  return group.size() == 6 && digits >= 3 &&
         std::ranges::all_of(group, [&](char c) { return is_digit(c) || letter(c); });
}

// "ASTANA 001399": the station, and the last group of digits; State writes six.
void read_reference(View line, Message& message) {
  auto& part = message.text;
  auto before = line;
  View after;
  for (;;) {
    auto const group = take_last_group(before);
    if (group.empty()) break;
    bool const number = group.size() >= 3 && group.size() <= 7 && all(Class::digit, group);
    bool const damaged = !number && is_damaged_number(group);
    if ((number || damaged) && !before.empty()) {
      part.message_reference_number = group;
      part.station = before;
      part.rest = after;
      if (group.size() != 6 || damaged) note(message, Feature::reference_number_odd, group);
      return;
    }
    after = after.empty() ? group : span(group, after);
  }
  if (!line.empty()) part.rest = line;
}

// "SVC" after the class: a service message that was relayed (ACP 127(G) 405.c).
[[nodiscard]] bool take_service(View& line, Part& part) {
  auto after = line;
  if (auto const word = take_group(after); word == "SVC") {
    part.service = word;
    part.rest = after;
    return true;
  }
  return false;
}

// The first word of a plain text is its class (ACP 127(G) 209); groups of a cipher, which FL10 counts, have
// none, nor has the text of a codress or of a service message between neighbours.
[[nodiscard]] bool is_cipher(View line, Message const& message) {
  if (message.form == MessageForm::codress || message.form == MessageForm::service) return true;
  if (!present(message.accounting.group_count)) return false;
  auto const size = line.substr(0, line.find(' ')).size();
  if (size != 4 && size != 5) return false;
  while (!line.empty())
    if (auto const group = take_group(line);
        group.size() != size || !(all(Class::letter, group) || all(Class::digit, group)))
      return false;
  return true;
}

constexpr std::array<View, 16> caption_words{
    "SIPDIS", "NODIS",      "EXDIS", "LIMDIS",   "STADIS", "NOFORN",  "SENSITIVE", "TERREP",
    "DEPTEL", "NOCONTRACT", "ORCON", "CHEROKEE", "ROGER",  "CHANNEL", "DISSENT",   "NIACT"};

[[nodiscard]] bool is_separator(char c) { return is_blank(c) || c == ',' || c == '/'; }

// Splits at blanks, commas and slants.
View take_word(View& line) {
  while (!line.empty() && is_separator(line.front())) line.remove_prefix(1);
  std::size_t end = 0;
  while (end != line.size() && !is_separator(line[end])) ++end;
  auto const word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

void read_captions(View line, Part& part) {
  auto const before = part.captions.size();
  for (auto word = take_word(line); !word.empty(); word = take_word(line)) {
    if (std::ranges::find(caption_words, word) == caption_words.end()) {
      part.captions.resize(before);  // a sentence, not a line of captions
      return;
    }
    part.captions.push_back(word);
  }
}

void read_tags(View line, Part& part) {
  for (auto word = take_word(line); !word.empty(); word = take_word(line))
    if (word.size() >= 2 && word.size() <= 6 &&
        std::ranges::all_of(word, [](char c) { return is_letter(c) || is_digit(c); }))
      part.tags.push_back(word);
}

[[nodiscard]] bool takes(View& line, View keyword) {
  if (!line.starts_with(keyword)) return false;
  line = trim_left(line.substr(keyword.size()));
  return true;
}

[[nodiscard]] bool takes_subject(View& line) {
  return takes(line, "SUBJECT:") || takes(line, "SUBJ:") || takes(line, "SUBJECT ") || takes(line, "SUBJ ");
}

// A line that begins something else ends tags and subject.
[[nodiscard]] bool is_other_heading(View line) {
  constexpr std::array<View, 8> words{"REF", "Classified By", "CLASSIFIED BY", "E.O.",
                                      "1. ", "1.(",           "Ref",           "TAGS"};
  return std::ranges::any_of(words, [&](View word) { return line.starts_with(word); });
}

}  // namespace

View class_of(View classification) {
  if (auto const found = find_by_letters(classification); found.word != nullptr) return found.word->name;
  Squeezed squeezed;
  auto rest = classification;
  while (!rest.empty()) squeezed.add(take_group(rest));
  auto const* word = exact(squeezed.view());
  if (word == nullptr) word = nearest(squeezed.view());
  return word == nullptr ? View{} : word->name;
}

bool starts(View line) { return find_class(line).word != nullptr; }

bool is_groups_of_five(View line) {
  constexpr std::size_t group_size = 5;
  if (line.size() < group_size) return false;
  unsigned groups = 0;
  for (; !line.empty(); ++groups)
    if (auto const group = take_group(line); group.size() != group_size || !all(Class::letter, group))
      return false;
  return groups >= group_size;
}

Reading read(View line, Message& message) {
  auto& part = message.text;
  auto found = find_class(line);
  if (found.word == nullptr && is_cipher(line, message)) return Reading::whole;
  if (found.word == nullptr) found = find_alone(line);
  if (found.word == nullptr) {
    note(message, Feature::classification_missing, line.substr(0, line.find(' ')));
    return Reading::whole;
  }
  part.classification = found.text;
  auto reading = Reading::whole;
  if (found.garbled) {
    note(message, Feature::classification_odd, found.text);
    reading = Reading::tolerated;
  } else if (found.word->letter_spaced && !found.spaced) {
    note(message, Feature::classification_not_spaced, found.text);
  }
  line = found.rest;
  if (take_service(line, part)) return reading;
  read_efto(line, part);
  read_section(line, message);
  read_reference(line, message);
  return reading;
}

bool Opening::read(View line, Message& message) {
  auto& part = message.text;
  if (++lines_ > max_opening_lines) return false;
  if (in_ == In::subject) {
    if (line.empty() || is_other_heading(line)) return false;
    part.subject = span(part.subject, line);
    return true;
  }
  if (takes_subject(line)) {
    in_ = In::subject;
    part.subject = line;
    return true;
  }
  if (takes(line, "TAGS:") || takes(line, "TAGS ")) {
    in_ = In::tags;
    read_tags(line, part);
  } else if (in_ == In::tags) {
    if (line.empty() || is_other_heading(line) || line.find(':') != View::npos)
      in_ = In::captions;
    else
      read_tags(line, part);
  } else {
    read_captions(line, part);
  }
  return true;
}

}  // namespace torntape::grammar::fl12
