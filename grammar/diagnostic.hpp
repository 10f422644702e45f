// A finding about a piece of text: the same value for a heading, a network file, the terminal, JSON
// and a refusal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace torntape::grammar {

enum class Severity : std::uint8_t { off, info, warning, error };

// Offset and length in bytes of the input; line and column count from 1, columns in bytes.
struct Span {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::size_t line = 1;
  std::size_t column = 1;

  friend bool operator==(Span const&, Span const&) = default;
};

struct Related {
  Span span;
  std::string message;
};

enum class Safety : std::uint8_t {
  none,
  safe,   // the meaning cannot change: may be applied without asking
  unsafe  // a likely repair: applied on request only
};

struct Edit {
  Span span;
  std::string replacement;
};

struct Fix {
  Safety safety = Safety::none;
  std::string title;
  std::vector<Edit> edits;  // in order of place, not overlapping
};

// `rule`, `name` and `citation` outlive every diagnostic (literals of a rule's page).
struct Diagnostic {
  std::string_view rule;  // "FL2-01"
  std::string_view name;  // "precedence-not-doubled"
  Severity severity = Severity::error;
  Span span;
  std::string message;  // lower case, no period
  std::string_view citation;
  std::vector<Related> related;
  std::optional<std::string> help;
  std::optional<Fix> fix;
};

[[nodiscard]] std::string_view name(Severity severity);

}  // namespace torntape::grammar
