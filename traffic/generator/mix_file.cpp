#include "traffic/generator/mix_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

namespace torntape::generator {

namespace {

constexpr std::int64_t most_weight = 1'000'000;
constexpr std::int64_t most_lines = 2'000;  // of a text

constexpr std::array<std::string_view, 4> precedence_names{"routine", "priority", "immediate", "flash"};
constexpr std::array<std::string_view, 5> profile_names{"state", "acp127", "acp127-us", "janap128", "acp126"};

class Reader {
 public:
  explicit Reader(std::string const& name) : name_(name) {}

  MixRead run(toml::table const& root) && {
    read_base(root);
    for (auto const& [key, value] : root) {
      auto const word = key.str();
      if (word == "based_on") continue;
      if (!read_weights(word, value) && !read_share(word, value) && !read_lines(word, value))
        wrong(key.source(), fmt::format("unknown key '{}'", word));
    }
    return std::move(read_);
  }

 private:
  void wrong(toml::source_region const& where, std::string_view what) {
    read_.errors.push_back(fmt::format("{}:{}:{}: {}", name_, where.begin.line, where.begin.column, what));
  }

  void read_base(toml::table const& root) {
    auto const* const base = root.get("based_on");
    if (base == nullptr) return;
    auto const word = base->value<std::string>();
    for (auto const& mix : named_mixes())
      if (word == mix.name) {
        read_.mix = mix.mix;
        return;
      }
    wrong(base->source(), "based_on names no mix (torntape generate --list)");
  }

  [[nodiscard]] std::optional<std::uint32_t> number(toml::node const& value, std::int64_t most) {
    auto const given = value.value_exact<std::int64_t>();
    if (given && *given >= 0 && *given <= most) return static_cast<std::uint32_t>(*given);
    wrong(value.source(), fmt::format("expected a number from 0 to {}", most));
    return {};
  }

  template <std::size_t Size>
  void weigh(toml::node const& value, std::array<std::string_view, Size> const& names,
             std::array<std::uint32_t, Size>& weights) {
    auto const* const table = value.as_table();
    if (table == nullptr)
      return wrong(value.source(), fmt::format("expected a table of weights of {}", fmt::join(names, ", ")));
    weights.fill(0);
    for (auto const& [key, weight] : *table) {
      auto const found = std::ranges::find(names, key.str());
      if (found == names.end())
        wrong(key.source(), fmt::format("'{}' is none of {}", key.str(), fmt::join(names, ", ")));
      else if (auto const given = number(weight, most_weight))
        weights[static_cast<std::size_t>(found - names.begin())] = *given;
    }
    if (std::ranges::all_of(weights, [](auto weight) { return weight == 0; }))
      wrong(value.source(), "all weights are 0");
  }

  bool read_weights(std::string_view key, toml::node const& value) {
    if (key == "precedences")
      weigh(value, precedence_names, read_.mix.content.precedences);
    else if (key == "profiles")
      weigh(value, profile_names, read_.mix.profiles);
    else if (key == "copies")
      weigh(value, copy_names, read_.mix.copies);
    else if (key == "forms")
      weigh(value, form_names, read_.mix.forms);
    else
      return false;
    return true;
  }

  bool read_share(std::string_view key, toml::node const& value) {
    auto& mix = read_.mix;
    std::array<std::pair<std::string_view, std::uint32_t*>, 7> const shares{
        {{"collectives", &mix.content.collectives_per_cent},
         {"confidential", &mix.content.confidential_per_cent},
         {"secret", &mix.secret_per_cent},
         {"instructions", &mix.instructions_per_cent},
         {"captions", &mix.captions_per_cent},
         {"exemptions", &mix.exemptions_per_cent},
         {"night_action", &mix.night_action_per_cent}}};
    constexpr std::int64_t whole = 100;
    for (auto const& [name, share] : shares)
      if (key == name) {
        if (auto const given = number(value, whole)) *share = *given;
        return true;
      }
    return false;
  }

  bool read_lines(std::string_view key, toml::node const& value) {
    if (key != "lines") return false;
    auto const* const both = value.as_array();
    if (both == nullptr || both->size() != 2) {
      wrong(value.source(), "expected the fewest and the most lines of a text: [5, 60]");
      return true;
    }
    auto const fewest = number(*both->get(0), most_lines), most = number(*both->get(1), most_lines);
    if (!fewest || !most) return true;
    if (*fewest > *most || *fewest == 0)
      wrong(value.source(), "expected the fewest lines, at least 1, before the most");
    else
      std::tie(read_.mix.content.fewest_lines, read_.mix.content.most_lines) = std::pair(*fewest, *most);
    return true;
  }

  std::string const& name_;
  MixRead read_;
};

}  // namespace

MixRead read_mix(std::string_view text, std::string const& name) {
  try {
    auto const table = toml::parse(text, name);
    return Reader(name).run(table);
  } catch (toml::parse_error const& error) {
    auto const& where = error.source().begin;
    return {{}, {fmt::format("{}:{}:{}: {}", name, where.line, where.column, error.description())}};
  }
}

MixRead read_mix_file(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  std::string const text{std::istreambuf_iterator<char>(in), {}};
  if (!in && !in.eof()) return {{}, {path + ": cannot be read"}};
  return read_mix(text, path);
}

}  // namespace torntape::generator
