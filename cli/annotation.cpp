#include "cli/annotation.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "cli/help.hpp"
#include "cli/terminal.hpp"
#include "grammar/tokens.hpp"

namespace torntape::cli {
namespace {

using grammar::FormatLine;
using grammar::Line;
using grammar::Message;
using grammar::Token;
using grammar::View;

constexpr std::size_t indent = 6;            // of source lines: "FL12  "
constexpr std::size_t longest_excerpt = 24;  // of a token in the list
constexpr std::size_t longest_line = 500;    // of a source line
constexpr std::size_t columns_for_three = 110;

// Colours by what a token is about, not one for each name: they are read across lines.
struct Family {
  View sgr;
  std::array<View, 9> names;
};
constexpr std::array families{
    Family{"1;35",
           {"prosign-de", "prosign-fm", "prosign-to", "prosign-info", "prosign-xmt", "prosign-gr",
            "separator", "section-label", "label"}},
    Family{"34", {"start-of-transmission", "start-of-message", "end-of-message"}},
    Family{"36",
           {"channel-designator", "operating-signal", "message-instruction", "other-means", "caption", "tag",
            "group-count", "accounting-information"}},
    Family{"33",
           {"channel-sequence-number", "station-serial-number", "section", "sections",
            "message-continuity-number", "message-reference-number", "validation-number"}},
    Family{"1;31", {"precedence-prosign", "precedence", "info-precedence", "precedence-word"}},
    Family{"1;32", {"routing-indicator", "calling-station"}},
    Family{"1;36", {"day-of-year", "day-of-month", "time-of-file", "filing-time", "date-time-group"}},
    Family{
        "1;33",
        {"security-warning", "security-designator", "special-handling-designator", "classification", "efto"}},
    Family{"1", {"originator", "plain-language-address", "exempted-addressee", "station", "subject"}},
    Family{"7;31", {"unread"}},
};

View colour_of(Token const& token) {
  for (auto const& family : families)
    if (std::find(family.names.begin(), family.names.end(), token.name) != family.names.end())
      return family.sgr;
  return "2";
}

bool before(char const* a, char const* b) { return std::less<char const*>{}(a, b); }

// A token as far as it stands on one line.
struct Piece {
  View text;
  Token const* token;
};

struct Row {
  Line const* line;
  std::vector<Piece> pieces;
};

// Consecutive lines of one format line: those to show, and those of mere text, which are only counted.
struct Block {
  FormatLine format_line;
  std::vector<Row> rows = {};
  Token const* text = nullptr;
  std::size_t lines_of_text = 0;
};

View clipped(View text, View line) {
  auto const* const from = before(text.data(), line.data()) ? line.data() : text.data();
  auto const* const line_end = line.data() + line.size();
  auto const* const text_end = text.data() + text.size();
  auto const* const to = before(line_end, text_end) ? line_end : text_end;
  return before(from, to) ? View{from, static_cast<std::size_t>(to - from)} : View{};
}

std::vector<Row> rows_of(Message const& message, std::vector<Token> const& tokens) {
  std::vector<Row> rows;
  auto first = tokens.begin();
  for (auto const& line : message.lines) {
    Row row{&line, {}};
    auto const* const end = line.text.data() + line.text.size();
    while (first != tokens.end() && !before(line.text.data(), first->text.data() + first->text.size()))
      ++first;
    for (auto at = first; at != tokens.end() && before(at->text.data(), end); ++at)
      if (auto const text = clipped(at->text, line.text); !text.empty()) row.pieces.push_back({text, &*at});
    if (!row.pieces.empty()) rows.push_back(std::move(row));
  }
  return rows;
}

bool is_plain(Token const& token) {
  return token.name == "text" || token.name == "text-before-start" || token.name == "matter-after-end" ||
         token.name == "not-a-message";
}

bool all_plain(Row const& row) {
  return std::all_of(row.pieces.begin(), row.pieces.end(),
                     [](Piece const& piece) { return is_plain(*piece.token); });
}

std::size_t line_ends(View text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::vector<Block> blocks_of(std::vector<Row> rows) {
  std::vector<Block> blocks;
  for (auto& row : rows) {
    if (blocks.empty() || blocks.back().format_line != row.line->format_line)
      blocks.push_back({row.line->format_line});
    auto& block = blocks.back();
    if (!all_plain(row)) {
      block.rows.push_back(std::move(row));
      continue;
    }
    auto const* const text = row.pieces.front().token;
    // It may run over many lines, and lines over many line ends.
    if (text != block.text) block.lines_of_text += 1 + line_ends(text->text);
    block.text = text;
  }
  return blocks;
}

// One explanation for all tokens that mean the same.
struct Explanation {
  Token const* first;
  std::size_t tokens;
};

std::vector<Explanation> explanations(Block const& block) {
  std::vector<Explanation> all;
  Token const* previous = nullptr;
  for (auto const& row : block.rows)
    for (auto const& piece : row.pieces) {
      if (piece.token == previous || is_plain(*piece.token)) continue;  // goes on from the line before
      previous = piece.token;
      auto const same = std::find_if(all.begin(), all.end(), [&](Explanation const& known) {
        return known.first->name == piece.token->name && known.first->meaning == piece.token->meaning;
      });
      if (same != all.end())
        ++same->tokens;
      else
        all.push_back({piece.token, 1});
    }
  return all;
}

class Annotation {
 public:
  explicit Annotation(AnnotationStyle const& style) : style_(style), paint_(style.colour) {}

  std::string draw(Message const& message) {
    auto const tokens = grammar::tokens(message);
    for (auto const& block : blocks_of(rows_of(message, tokens))) draw(block);
    return std::move(out_);
  }

 private:
  void draw(Block const& block) {
    std::vector<View> bracketed;
    auto apart = true;
    for (std::size_t i = 0; i != block.rows.size(); ++i) {
      source_line(block.rows[i], i == 0);
      apart = brackets(block.rows[i], bracketed);
    }
    if (!apart) out_ += '\n';  // brackets set lines and explanations apart, else a blank line does
    explain(explanations(block));
    if (block.text != nullptr) count_text(block);
    out_ += '\n';
  }

  void count_text(Block const& block) {
    auto const what = fmt::format("({} {}: {})", block.lines_of_text,
                                  block.lines_of_text == 1 ? "line" : "lines", block.text->meaning);
    auto const lines = wrapped(what, style_.width - indent);
    out_ += std::string(indent, ' ') + paint_("2", hung(lines, indent)) + '\n';
  }

  // Every line but the first moved to the right.
  static std::string hung(std::string_view lines, std::size_t by) {
    std::string out;
    for (auto const c : lines) {
      out += c;
      if (c == '\n') out.append(by, ' ');
    }
    return out;
  }

  void source_line(Row const& row, bool first) {
    auto const number = static_cast<unsigned>(row.line->format_line);
    auto const label = first && number != 0 ? fmt::format("FL{}", number) : std::string{};
    out_ += paint_("2", fmt::format("{:<{}}", label, indent));
    auto const* at = row.line->text.data();
    for (auto const& piece : row.pieces) {
      out_ += printable({at, static_cast<std::size_t>(piece.text.data() - at)});
      out_ += paint_(colour_of(*piece.token), printable(piece.text.substr(0, longest_line)));
      at = piece.text.data() + piece.text.size();
    }
    out_ += '\n';
  }

  // Where each token begins and ends: on a line that holds a kind of token not bracketed before, and
  // that leaves room. False where none are drawn.
  bool brackets(Row const& row, std::vector<View>& bracketed) {
    auto const news = std::any_of(row.pieces.begin(), row.pieces.end(), [&](Piece const& piece) {
      return std::find(bracketed.begin(), bracketed.end(), piece.token->name) == bracketed.end();
    });
    if (!news || indent + columns(printable(row.line->text.substr(0, longest_line))) > style_.width)
      return false;
    out_ += std::string(indent, ' ');
    auto const* at = row.line->text.data();
    for (auto const& piece : row.pieces) {
      out_ += std::string(columns(printable({at, static_cast<std::size_t>(piece.text.data() - at)})), ' ');
      out_ += paint_(colour_of(*piece.token), bracket(columns(printable(piece.text))));
      at = piece.text.data() + piece.text.size();
      bracketed.push_back(piece.token->name);
    }
    out_ += '\n';
    return true;
  }

  [[nodiscard]] std::string bracket(std::size_t length) const {
    auto const [single, left, bar, right] = style_.line_drawing ? std::array<View, 4>{"╵", "╰", "─", "╯"}
                                                                : std::array<View, 4>{"'", "`", "-", "'"};
    if (length == 1) return std::string{single};
    std::string drawn{left};
    for (std::size_t i = 2; i < length; ++i) drawn += bar;
    return drawn += right;
  }

  [[nodiscard]] std::string excerpt(Explanation const& explanation) const {
    std::string whole{explanation.first->text.substr(0, longest_line)};
    // A token may run over lines.
    whole.erase(std::remove(whole.begin(), whole.end(), '\r'), whole.end());
    std::replace(whole.begin(), whole.end(), '\n', ' ');
    auto text = printable(whole);
    auto const more = explanation.tokens == 1 ? std::string{} : fmt::format(" +{}", explanation.tokens - 1);
    View const dots = style_.line_drawing ? "…" : "...";
    if (columns(text) + columns(more) > longest_excerpt) {
      auto const room = longest_excerpt - columns(more) - columns(dots);
      while (columns(text) > room) text.pop_back();
      text.erase(text.find_last_not_of(' ') + 1);
      text += dots;
    }
    return text + more;
  }

  void explain(std::vector<Explanation> const& all) {
    std::size_t excerpts = 0, names = 0;
    for (auto const& one : all) {
      excerpts = std::max(excerpts, columns(excerpt(one)));
      names = std::max(names, one.first->name.size());
    }
    for (auto const& one : all) explain(one, excerpts, names);
  }

  // Token, name and meaning side by side; on a narrow screen the meaning follows the name.
  void explain(Explanation const& one, std::size_t excerpts, std::size_t names) {
    auto const text = excerpt(one);
    auto const left = indent + 2 + excerpts + 2;
    auto const wide = style_.width >= columns_for_three;
    auto const hanging = wide ? left + names + 2 : left + 2;
    auto const name =
        wide ? fmt::format("{:<{}}", one.first->name, names + 2) : fmt::format("{}:", one.first->name);
    auto const room = std::max<std::size_t>(style_.width, hanging + 20) - hanging;
    auto const meaning = wrapped(printable(one.first->meaning), room, wide ? 0 : name.size() - 2);
    out_ += std::string(indent + 2, ' ') + paint_(colour_of(*one.first), text) +
            std::string(excerpts - columns(text) + 2, ' ') + paint_("1", name) + hung(meaning, hanging) +
            '\n';
  }

  AnnotationStyle const& style_;
  Style paint_;
  std::string out_;
};

}  // namespace

std::string annotation(Message const& message, AnnotationStyle const& style) {
  return Annotation{style}.draw(message);
}

}  // namespace torntape::cli
