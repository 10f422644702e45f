// A network file as written, every value with its place: what stands between TOML and a Network.
// Private to directory/, but for what fields.hpp lends to other files in TOML.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/network.hpp"
#include "grammar/diagnostic.hpp"

namespace torntape::directory {

using grammar::Diagnostic;
using grammar::Span;

// A value in its place; empty where it was not given.
struct Located {
  std::string value;
  Span span;

  [[nodiscard]] bool given() const { return !value.empty(); }
};

struct RelayDraft {
  Span span;  // of the table's header
  Located indicator, name;
  std::vector<Located> prefixes;
  bool transfer = false;
  std::optional<Place> place;
};

struct StationDraft {
  Span span;
  Located indicator, name, relay, guard;
  Class cleared_to = Class::top_secret;
  bool day_only = false;
  std::optional<Place> place;
};

// A collective, or an AIG: then without indicator and owner.
struct CollectiveDraft {
  Span span;
  bool aig = false;
  Located indicator, title, owner, originator;
  std::vector<Located> members, info_members;
};

struct AlternateDraft {
  Span span;
  std::vector<Located> circuits;
};

struct CircuitDraft {
  Span span;
  Located name;
  std::vector<Located> ends, channels;  // two of each where well formed
  std::uint32_t bits_per_second = 0;
  Class approved_to = Class::unclassified;
  std::vector<AlternateDraft> alternates;
  std::optional<Endpoint> dial;
};

struct NetworkDraft {
  Located name, web_drop;
  std::vector<RelayDraft> relays;
  std::vector<StationDraft> stations;
  std::vector<CollectiveDraft> collectives;
  std::vector<CircuitDraft> circuits;
};

[[nodiscard]] Diagnostic finding(std::string_view rule, std::string_view name, Span span,
                                 std::string message);
// "did you mean …?", where one of the candidates is near enough.
[[nodiscard]] std::optional<std::string> suggestion(std::string_view word,
                                                    std::vector<std::string_view> const& candidates);

// Everything that one value does not show by itself: NET-04 to NET-13, in any order.
[[nodiscard]] std::vector<Diagnostic> check(NetworkDraft const& draft);
// Of a draft without error.
[[nodiscard]] Network network(NetworkDraft const& draft);

}  // namespace torntape::directory
