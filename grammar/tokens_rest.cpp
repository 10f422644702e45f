#include "grammar/tokens_rest.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace torntape::grammar {
namespace {

struct Word {
  View text;
  FormatLine from, to;  // the format lines it is known in
  View name;
  View meaning;
  View citation;
};

constexpr View observed = "observed in State headings 2001-2010";

// Of two that begin alike the longer stands first.
constexpr std::array words{
    Word{"DE", FormatLine::fl3, FormatLine::fl3, "prosign-de",
         "from: the station named next prepared this transmission", "ACP 127(G) 133"},
    Word{"FM", FormatLine::fl6, FormatLine::fl6, "prosign-fm", "from: the originator follows",
         "ACP 127(G) 133, Annex B"},
    Word{"TO", FormatLine::fl7, FormatLine::fl8, "prosign-to", "the action addressees follow",
         "ACP 127(G) 133, Annex B"},
    Word{"INFO", FormatLine::fl7, FormatLine::fl8, "prosign-info", "the information addressees follow",
         "ACP 127(G) 133, Annex B"},
    Word{"ZEN", FormatLine::fl7, FormatLine::fl9, "other-means",
         "the addressee is served by other means: no duty to deliver here", "ACP 127(G) 206.b"},
    Word{"XMT", FormatLine::fl9, FormatLine::fl9, "prosign-xmt",
         "exempted: the members of a collective named next get no copy", "ACP 127(G) 133, 221"},
    Word{"GR", FormatLine::fl10, FormatLine::fl10, "prosign-gr", "the count of groups follows",
         "ACP 127(G) 133, Annex B"},
    Word{"BT", FormatLine::fl11, FormatLine::fl11, "separator", "break: the text follows", "ACP 127(G) 133"},
    Word{"BT", FormatLine::fl13, FormatLine::fl13, "separator", "break: the text is over", "ACP 127(G) 133"},
    Word{"FINAL", FormatLine::fl12, FormatLine::fl12, "section-label", "the last section",
         "ACP 127(G) 208.e"},
    Word{"SECTION", FormatLine::fl12, FormatLine::fl12, "section-label",
         "the text is sent in sections, as it is long", "ACP 127(G) 208.e"},
    Word{"OF", FormatLine::fl12, FormatLine::fl12, "section-label", "the number of sections follows",
         "ACP 127(G) 208.e"},
    Word{"TAGS:", FormatLine::fl12, FormatLine::fl12, "label", "the tags follow, for filing and search",
         observed},
    Word{"SUBJECT:", FormatLine::fl12, FormatLine::fl12, "label", "the subject follows", observed},
    Word{"SUBJ:", FormatLine::fl12, FormatLine::fl12, "label", "the subject follows", observed},
    Word{"#", FormatLine::fl2, FormatLine::fl3, "serial-mark", "marks the station serial number", observed},
    Word{"#", FormatLine::fl15, FormatLine::fl15, "validation-mark", "marks the validation number",
         "U.S. service manuals"},
    Word{"/", FormatLine::fl2, FormatLine::fl3, "slant", "the number of the section follows", observed},
    Word{"T", FormatLine::fl1, FormatLine::fl4, "prosign-t", "transmit to those named next",
         "ACP 127(G) 133"},
    Word{"--", FormatLine::fl2, FormatLine::fl2, "start-of-routing", "the routing begins", "NAVEDTRA 14226"},
    Word{"-", FormatLine::fl2, FormatLine::fl2, "hyphen", "parts the time of file from the class",
         "NAVEDTRA 14226"},
    Word{"DE", FormatLine::fl2, FormatLine::fl2, "prosign-de", "from: the station named next calls",
         "ACP 127(G) 133"},
    Word{"NR", FormatLine::fl2, FormatLine::fl2, "prosign-nr", "the number of the message follows",
         "ACP 127(G) 133"},
    Word{"/", FormatLine::fl4, FormatLine::fl4, "slant", "a special handling designator follows",
         "U.S. service manuals"},
    Word{"/", FormatLine::fl7, FormatLine::fl9, "slant", "the name of the addressee follows",
         "ACP 127(G) Annex B"},
    Word{",", FormatLine::fl12, FormatLine::fl12, "comma", "another follows", observed},
};

constexpr bool is_alphanumeric(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

constexpr View blanks = " \t\r\n\v\f";

View trimmed(View text) {
  auto const first = text.find_first_not_of(blanks);
  if (first == View::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// The known word at the start of a stretch that no part of the message covers.
Word const* known_word(View text, FormatLine line) {
  auto const found = std::find_if(words.begin(), words.end(), [&](Word const& word) {
    if (line < word.from || line > word.to || !text.starts_with(word.text)) return false;
    auto const whole = text.size() == word.text.size() || !is_alphanumeric(word.text.back()) ||
                       !is_alphanumeric(text[word.text.size()]);
    return whole;
  });
  return found == words.end() ? nullptr : &*found;
}

char const* begin_of(View text) { return text.data(); }
char const* end_of(View text) { return text.data() + text.size(); }
bool before(char const* a, char const* b) { return std::less<char const*>{}(a, b); }

class Rest {
 public:
  Rest(Message const& message, std::vector<Token> parts) : message_(message), parts_(std::move(parts)) {
    all_.reserve(parts_.size() * 2);
  }

  std::vector<Token> fill() && {
    for (auto const& line : message_.lines) read(line);
    return std::move(all_);
  }

 private:
  void read(Line const& line) {
    auto const* at = begin_of(line.text);
    auto const* const end = end_of(line.text);
    if (covered_ != nullptr && before(at, covered_)) at = before(end, covered_) ? end : covered_;
    for (; next_ != parts_.size() && before(begin_of(parts_[next_].text), end); ++next_) {
      auto& part = parts_[next_];
      between(line, at, begin_of(part.text));
      part.format_line = line.format_line;
      covered_ = end_of(part.text);
      at = before(end, covered_) ? end : covered_;
      all_.push_back(std::move(part));
    }
    between(line, at, end);
    if (line.reading != Reading::outside && line.reading != Reading::blank) started_ = true;
  }

  void between(Line const& line, char const* from, char const* to) {
    if (!before(from, to)) return;
    for (auto text = trimmed({from, static_cast<std::size_t>(to - from)}); !text.empty();) {
      auto const length = take(line, text);
      text = trimmed(text.substr(length));
    }
  }

  // Makes a token of the beginning of the text, or of all of it; its length.
  std::size_t take(Line const& line, View text) {
    if (auto const* word = known_word(text, line.format_line)) {
      all_.push_back({text.substr(0, word->text.size()), line.format_line, word->name,
                      std::string{word->meaning}, word->citation});
      return word->text.size();
    }
    if (line.reading == Reading::outside)
      outside(text);
    else if (line.format_line >= FormatLine::fl12 && line.format_line <= FormatLine::fl14)
      block({text, line.format_line, "text", "text of the message, of which nothing is read here",
             "ACP 127(G) 142"});
    else
      all_.push_back({text, line.format_line, "unread",
                      "no part of a heading can be made of this; kept as it stands", "ACP 127(G) 142"});
    return text.size();
  }

  void outside(View text) {
    if (message_.features.has(Feature::not_a_message))
      block({text, FormatLine::none, "not-a-message", "no message was found in this", "ACP 127(G) 142"});
    else if (started_ && (!present(message_.end.nnnn) || before(text.data(), message_.end.nnnn.data())))
      block({text, FormatLine::none, "distribution",
             "copies for the offices of the Department: no addressees, and no part of the message",
             observed});
    else if (started_)
      block({text, FormatLine::none, "matter-after-end",
             "stands after the end of the message and is no part of it", "ACP 127(G) 138.d"});
    else
      block({text, FormatLine::none, "text-before-start",
             "stands before the start of the message and is no part of it", observed});
  }

  // Joined to the one before where it is of the same kind: a token may run over lines.
  void block(Token token) {
    if (all_.empty() || all_.back().name != token.name || all_.back().format_line != token.format_line) {
      all_.push_back(std::move(token));
      return;
    }
    auto& last = all_.back().text;
    last = {begin_of(last), static_cast<std::size_t>(end_of(token.text) - begin_of(last))};
  }

  Message const& message_;
  std::vector<Token> parts_;
  std::vector<Token> all_;
  std::size_t next_ = 0;           // of parts_
  char const* covered_ = nullptr;  // end of the last part taken, which may run over lines
  bool started_ = false;
};

}  // namespace

std::vector<Token> with_rest(Message const& message, std::vector<Token> parts) {
  return Rest{message, std::move(parts)}.fill();
}

}  // namespace torntape::grammar
