// A file in TOML, read key by key, every value with its place: what the network file and the scenarios share.
// Whoever includes this includes toml++.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include "directory/network_draft.hpp"

namespace torntape::directory {

// Under which rules the faults of a file are told.
struct FieldRules {
  std::string_view syntax = "NET-01", wrong = "NET-02", missing = "NET-03";
};

inline constexpr std::array<std::pair<std::string_view, Class>, 6> classes{
    {{"unclassified", Class::unclassified},
     {"efto", Class::efto},
     {"restricted", Class::restricted},
     {"confidential", Class::confidential},
     {"secret", Class::secret},
     {"top secret", Class::top_secret}}};

// Line and column of TOML (columns in characters) as a span in bytes.
class Places {
 public:
  explicit Places(std::string_view text) : text_(text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    lines_.push_back(text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
    for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
      lines_.push_back(at + 1);
  }

  [[nodiscard]] Span span(toml::source_region const& region) const {
    if (!region.begin) return {};
    auto const begin = offset(region.begin);
    auto const end = std::max(region.end ? offset(region.end) : begin, begin);
    auto const line = std::min<std::size_t>(region.begin.line, lines_.size());
    return {begin, end - begin, line, begin - lines_[line - 1] + 1};
  }

  // 1, or 0 at the end of a line: of a place that is said to be wrong, not a stretch.
  [[nodiscard]] std::size_t width_at(std::size_t offset) const {
    return offset < text_.size() && text_[offset] != '\n' && text_[offset] != '\r' ? 1 : 0;
  }

 private:
  [[nodiscard]] std::size_t offset(toml::source_position const& position) const {
    if (position.line > lines_.size()) return text_.size();
    auto at = lines_[position.line - 1];
    for (auto left = position.column - 1; left > 0 && at < text_.size(); --left) {
      ++at;
      while (at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xC0U) == 0x80U) ++at;
    }
    return at;
  }

  std::string_view text_;
  std::vector<std::size_t> lines_;  // offsets of their first bytes
};

// What reading has found so far.
struct Reading {
  Places places;
  std::vector<Diagnostic> found = {};
  FieldRules rules = {};

  [[nodiscard]] Span span(toml::node const& node) const { return places.span(node.source()); }
  Diagnostic& wrong(Span span, std::string message) {
    return found.emplace_back(finding(rules.wrong, "not-as-expected", span, std::move(message)));
  }
  void missing(Span span, std::string message) {
    found.push_back(finding(rules.missing, "key-missing", span, std::move(message)));
  }
};

[[nodiscard]] inline std::string_view word(toml::node_type type) {
  switch (type) {
    case toml::node_type::string:
      return "a string";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::table:
      return "a table";
    default:
      return "a date or time";
  }
}

// One table of the file. A key is asked for once, by what it is to hold; what nobody asked for is unknown.
class Fields {
 public:
  Fields(Reading& reading, toml::table const& table, std::string_view what)
      : reading_(reading), table_(table), what_(what) {}

  [[nodiscard]] Span span() const { return reading_.span(table_); }

  Located text(std::string_view key) {
    auto const* const node = find(key);
    return node == nullptr ? Located{} : text_of(*node, key);
  }
  Located required_text(std::string_view key) {
    require(key);
    return text(key);
  }
  bool truth(std::string_view key) {
    auto const* const node = find(key);
    if (node == nullptr) return false;
    if (node->is_boolean()) return node->as_boolean()->get();
    mistyped(*node, key, "true or false");
    return false;
  }
  std::uint32_t required_rate(std::string_view key) {
    require(key);
    auto const* const node = find(key);
    if (node == nullptr) return 0;
    auto const* const number = node->as_integer();
    if (number == nullptr)
      mistyped(*node, key, "a whole number");
    else if (number->get() < 1 || number->get() > std::numeric_limits<std::int32_t>::max())
      reading_.wrong(reading_.span(*node),
                     fmt::format("'{}' is {}, expected bits in a second, at least 1", key, number->get()));
    else
      return static_cast<std::uint32_t>(number->get());
    return 0;
  }
  Class class_or(std::string_view key, Class otherwise) {
    auto const given = text(key);
    if (!given.given()) return otherwise;
    auto const known = std::ranges::find(classes, given.value, &decltype(classes)::value_type::first);
    if (known != classes.end()) return known->second;
    std::vector<std::string_view> names;
    names.reserve(classes.size());
    for (auto const& [name, value] : classes) names.push_back(name);
    reading_
        .wrong(given.span, fmt::format("'{}' is no classification, expected one of {}", given.value,
                                       fmt::join(names, ", ")))
        .help = suggestion(given.value, names);
    return otherwise;
  }
  std::vector<Located> texts(std::string_view key) {
    auto const* const node = find(key);
    return node == nullptr ? std::vector<Located>{} : texts_of(*node, key);
  }
  std::vector<Located> required_texts(std::string_view key) {
    require(key);
    return texts(key);
  }
  // Two different things in order, as the ends of a circuit.
  std::vector<Located> required_pair(std::string_view key) {
    auto pair = required_texts(key);
    if (auto const* const node = table_.get(key); node != nullptr && node->is_array() && pair.size() != 2)
      reading_.wrong(reading_.span(*node), fmt::format("'{}' names {}, expected two", key, pair.size()));
    return pair;
  }
  std::vector<AlternateDraft> alternates(std::string_view key) {
    std::vector<AlternateDraft> alternates;
    auto const* const node = find(key);
    if (node == nullptr) return alternates;
    auto const* const list = node->as_array();
    if (list == nullptr)
      mistyped(*node, key, "a list of lists");
    else
      for (auto const& way : *list)
        if (auto names = texts_of(way, key); way.is_array())
          alternates.push_back({reading_.span(way), std::move(names)});
    return alternates;
  }
  // Where somebody listens.
  std::optional<Endpoint> endpoint(std::string_view key) {
    auto const given = text(key);
    auto endpoint = read_endpoint(given.value);
    if (endpoint && endpoint->port == 0) endpoint.reset();
    if (given.given() && !endpoint)
      reading_.wrong(given.span, fmt::format("'{}' is '{}', expected ADDR:PORT with a port of 1 to 65535",
                                             key, given.value));
    return endpoint;
  }
  // [latitude, longitude], in degrees.
  std::optional<Place> place(std::string_view key) {
    auto const* const node = find(key);
    if (node == nullptr) return std::nullopt;
    auto const* const list = node->as_array();
    if (list == nullptr || list->size() != 2) {
      reading_.wrong(
          reading_.span(*node),
          fmt::format("'{}' is {}, expected [latitude, longitude]", key,
                      list == nullptr ? word(node->type()) : fmt::format("a list of {}", list->size())));
      return std::nullopt;
    }
    auto const latitude = degrees((*list)[0], "latitude", 90);
    auto const longitude = degrees((*list)[1], "longitude", 180);
    if (!latitude || !longitude) return std::nullopt;
    return Place{*latitude, *longitude};
  }
  // Within these bounds; `otherwise` where it is not given.
  std::int64_t whole(std::string_view key, std::int64_t otherwise, std::int64_t least, std::int64_t most) {
    auto const* const node = find(key);
    if (node == nullptr) return otherwise;
    auto const* const number = node->as_integer();
    if (number == nullptr)
      mistyped(*node, key, "a whole number");
    else if (number->get() < least || number->get() > most)
      wrong(*node, fmt::format("'{}' is {}, expected {} to {}", key, number->get(), least, most));
    else
      return number->get();
    return otherwise;
  }
  // Whatever it holds: the caller looks at it. Null where it is not given.
  toml::node const* any(std::string_view key) { return find(key); }
  Diagnostic& wrong(toml::node const& node, std::string message) {
    return reading_.wrong(reading_.span(node), std::move(message));
  }
  void require(std::string_view key) {
    if (table_.get(key) == nullptr) reading_.missing(span(), fmt::format("{} has no '{}'", what_, key));
  }
  // Tables under [[key]].
  std::vector<toml::table const*> tables(std::string_view key) {
    std::vector<toml::table const*> tables;
    auto const* const node = find(key);
    if (node == nullptr) return tables;
    auto const* const list = node->as_array();
    if (list == nullptr) {
      mistyped(*node, key, fmt::format("tables [[{}]]", key));
      return tables;
    }
    for (auto const& entry : *list)
      if (auto const* const table = entry.as_table())
        tables.push_back(table);
      else
        mistyped(entry, key, fmt::format("tables [[{}]]", key));
    return tables;
  }
  toml::table const* table(std::string_view key) {
    auto const* const node = find(key);
    if (node == nullptr || node->is_table()) return node == nullptr ? nullptr : node->as_table();
    mistyped(*node, key, fmt::format("a table [{}]", key));
    return nullptr;
  }

  void refuse_others() {
    for (auto const& [key, value] : table_) {
      if (known_.contains(key.str())) continue;
      reading_
          .wrong(reading_.places.span(key.source()), fmt::format("unknown key '{}' in {}", key.str(), what_))
          .help = suggestion(key.str(), {known_.begin(), known_.end()});
    }
  }

 private:
  toml::node const* find(std::string_view key) {
    known_.insert(key);
    return table_.get(key);
  }

  void mistyped(toml::node const& node, std::string_view key, std::string_view expected) {
    reading_.wrong(reading_.span(node),
                   fmt::format("'{}' is {}, expected {}", key, word(node.type()), expected));
  }

  // Of a place: from -most to most.
  std::optional<double> degrees(toml::node const& node, std::string_view what, int most) {
    auto const number = node.is_number() ? node.value<double>() : std::nullopt;
    if (number && *number >= -most && *number <= most) return number;
    wrong(node, fmt::format("the {} is {}, expected {} to {} degrees", what,
                            number ? fmt::to_string(*number) : std::string(word(node.type())), -most, most));
    return std::nullopt;
  }

  Located text_of(toml::node const& node, std::string_view key) {
    auto const* const text = node.as_string();
    if (text == nullptr)
      mistyped(node, key, "a string");
    else if (text->get().empty())
      reading_.wrong(reading_.span(node), fmt::format("'{}' is empty, expected a name", key));
    else
      return {text->get(), reading_.span(node)};
    return {};
  }

  std::vector<Located> texts_of(toml::node const& node, std::string_view key) {
    std::vector<Located> texts;
    auto const* const list = node.as_array();
    if (list == nullptr)
      mistyped(node, key, "a list of strings");
    else
      for (auto const& entry : *list)
        if (auto text = text_of(entry, key); text.given()) texts.push_back(std::move(text));
    return texts;
  }

  Reading& reading_;
  toml::table const& table_;
  std::string_view what_;
  std::set<std::string_view> known_;
};

[[nodiscard]] inline Diagnostic syntax(toml::parse_error const& error, Reading const& reading) {
  auto message = std::string(error.description());
  if (!message.empty() && message.front() >= 'A' && message.front() <= 'Z')
    message.front() = static_cast<char>(message.front() - 'A' + 'a');
  auto diagnostic =
      finding(reading.rules.syntax, "not-toml", reading.places.span(error.source()), std::move(message));
  diagnostic.span.length = reading.places.width_at(diagnostic.span.offset);
  return diagnostic;
}

// The library throws what is wrong with the text: here it becomes a finding.
[[nodiscard]] inline std::optional<toml::table> parse(std::string_view text, Reading& reading) {
  try {
    return toml::parse(text);
  } catch (toml::parse_error const& error) {
    reading.found.push_back(syntax(error, reading));
    return std::nullopt;
  }
}

}  // namespace torntape::directory
