// FL7, action addressees, and FL8, information addressees. ACP 127(G) 205, 206, Annex B.
//
//   fl7 = "TO" SP addr { NL addr }
//   fl8 = "INFO" SP addr { NL addr }
//
//   TO RUEHC/SECSTATE WASHDC PRIORITY 6035
//   INFO RUEHBJ/AMEMBASSY BEIJING PRIORITY 1205
//   RUEHUL/AMEMBASSY SEOUL PRIORITY 0866
#pragma once

#include <optional>

#include "grammar/message.hpp"

namespace torntape::grammar::fl07 {

// The list that a line begins: TO, INFO, or one of them glued to an indicator. None for other lines.
[[nodiscard]] std::optional<AddresseeKind> starts(View line);

// Letters and a single slant stand first.
[[nodiscard]] bool has_indicator(View line);
// The length of a first group that stands where TO was meant, one step from it or before an indicator and a
// slant; 0 where there is no such thing.
[[nodiscard]] std::size_t damaged_prosign(View line);
// The same for INFO: "IFNO RUEHBJ/..", "INF ORUEHBJ/..", "AINFO AMEMBASSY ..", "6037INFO RUEHBJ/..".
[[nodiscard]] std::size_t damaged_info(View line);
// Where TO or INFO and an address with its indicator begin inside a line; npos where they do not.
[[nodiscard]] std::size_t list_begins(View line);

// A line in a list that can only be an address: it has an indicator, or the first word of a name.
[[nodiscard]] bool is_surely_address(View line);
// A line in a list that may be an address without an indicator: a title or a name, no sentence.
[[nodiscard]] bool may_be_address(View line);
// "PRIORITY 0866": a word of precedence, and nothing else but a number.
[[nodiscard]] bool is_precedence_and_number(View line);
// "ACTION SCA-00", "INFO  LOG-00 EEB-00": copies for the offices of the Department, and no addressees. Inside
// such a block also lines of counts alone, and the line of dashes that ends it.
[[nodiscard]] bool is_distribution(View line, bool inside);
// "PAGE 02 STATE 000412 170141Z": the mark of a page, fallen into the list.
[[nodiscard]] bool is_page_line(View line);

// The first line of a list, with its prosign, or a line of it.
Reading read_first(View line, Message& message);
Reading read_next(View line, AddresseeKind kind, Message& message);

// The same of a line of the common form, which holds one address and nothing to note. False, and nothing
// done, for any other.
[[nodiscard]] bool read_common(View line, AddresseeKind kind, Message& message);

// What can be said when the whole list is read: digits at the end of a name, lines that carry a name on,
// stray words.
void finish(Message& message);

}  // namespace torntape::grammar::fl07
