// The keys of torntape.toml that change a convention (grammar/conventions.hpp), one a field.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "grammar/conventions.hpp"

namespace torntape::cli {

// As a file may write it; one number stands for a list of one.
using KeyValue =
    std::variant<bool, std::int64_t, std::string, std::vector<std::int64_t>, std::vector<std::string>>;

struct ConventionKey {
  std::string_view name;      // "year-pivot"
  std::string_view expected;  // "a year from 1900 to 2000"
  // False where the value is not the expected one.
  bool (*read)(KeyValue const& value, grammar::Conventions& into);
  void (*copy)(grammar::Conventions const& from, grammar::Conventions& to);
  std::string (*shown)(grammar::Conventions const&);  // as the file writes it
};

[[nodiscard]] std::span<ConventionKey const> convention_keys();

// A key that was given, with its value in its field.
struct GivenConvention {
  ConventionKey const* key;
  grammar::Conventions values;
  std::string source;  // "torntape.toml:3"
};

// Those built in, with what was given in place of theirs in every profile; the later outranks the earlier.
[[nodiscard]] grammar::ConventionTable conventions_with(std::vector<GivenConvention> const& given);

}  // namespace torntape::cli
