#include "cli/settings_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "cli/nearest.hpp"
#include "cli/rule_words.hpp"

namespace torntape::cli {
namespace {

namespace fs = std::filesystem;
using grammar::Alphabet;
using grammar::CopyKind;
using grammar::Profile;
using grammar::Severity;

template <class T, std::size_t N>
using Words = std::array<std::pair<std::string_view, T>, N>;

constexpr Words<Profile, 5> profiles{{{"state", Profile::state},
                                      {"acp127", Profile::acp127},
                                      {"acp127-us", Profile::acp127_us},
                                      {"janap128", Profile::janap128},
                                      {"acp126", Profile::acp126}}};
constexpr Words<CopyKind, 4> copy_kinds{{{"origin", CopyKind::origin},
                                         {"relay", CopyKind::relay},
                                         {"web", CopyKind::web},
                                         {"abbrev", CopyKind::abbreviated}}};
constexpr auto tight = grammar::ita2::Packing::tight;
constexpr Words<grammar::Coding, 6> alphabets{
    {{"text", {}},
     {"ita2", {.alphabet = Alphabet::ita2}},
     {"ita2-packed", {.alphabet = Alphabet::ita2, .packing = tight}},
     {"ita2-us", {.alphabet = Alphabet::ita2_us}},
     {"ita2-us-packed", {.alphabet = Alphabet::ita2_us, .packing = tight}},
     {"ia5", {.alphabet = Alphabet::ia5}}}};
constexpr Words<Severity, 4> severities{{{"error", Severity::error},
                                         {"warning", Severity::warning},
                                         {"info", Severity::info},
                                         {"off", Severity::off}}};
// What the absence of FL4's warning means: an error of FL4-01, or "over approved circuits only" (ACP 127(G)
// 203.b).
constexpr Words<Severity, 2> warnings{{{"required", Severity::error}, {"approved-circuits", Severity::info}}};
constexpr Words<Severity, 3> levels{
    {{"error", Severity::error}, {"warning", Severity::warning}, {"never", Severity::off}}};

template <class T, std::size_t N>
std::optional<T> value_of(Words<T, N> const& words, std::string_view word) {
  auto const at = std::ranges::find(words, word, [](auto const& each) { return each.first; });
  if (at == words.end()) return std::nullopt;
  return at->second;
}

template <class T, std::size_t N>
std::string listed(Words<T, N> const& words) {
  std::string out;
  for (auto const& [word, value] : words) out += fmt::format("{}{}", out.empty() ? "" : ", ", word);
  return out;
}

template <class T>
std::optional<KeyValue> list_of(toml::array const& array) {
  std::vector<T> values;
  for (auto const& entry : array)
    if (auto const value = entry.value_exact<T>())
      values.push_back(*value);
    else
      return std::nullopt;
  return values;
}

std::optional<KeyValue> key_value(toml::node const& node) {
  if (auto const* const array = node.as_array()) {
    if (auto texts = list_of<std::string>(*array)) return texts;
    return list_of<std::int64_t>(*array);
  }
  if (auto const* const flag = node.as_boolean()) return flag->get();
  if (auto const* const number = node.as_integer()) return number->get();
  if (auto const* const text = node.as_string()) return text->get();
  return std::nullopt;
}

// A table of the file. What nobody has asked for is unknown.
class Table {
 public:
  Table(SettingsRead& read, toml::table const& table, std::string what)
      : read_(read), table_(table), what_(std::move(what)) {}

  std::optional<std::string> text(std::string_view key) {
    auto const* const node = find(key);
    if (node == nullptr) return std::nullopt;
    if (auto const* const value = node->as_string()) return value->get();
    wrong(*node, fmt::format("'{}' is to be a string", key));
    return std::nullopt;
  }

  std::optional<std::uint32_t> number(std::string_view key) {
    auto const* const node = find(key);
    if (node == nullptr) return std::nullopt;
    if (auto const* const value = node->as_integer();
        value != nullptr && value->get() >= 1 && value->get() <= 1024)
      return static_cast<std::uint32_t>(value->get());
    wrong(*node, fmt::format("'{}' is to be a whole number from 1 to 1024", key));
    return std::nullopt;
  }

  std::optional<std::vector<std::string>> texts(std::string_view key) {
    auto const* const node = find(key);
    if (node == nullptr) return std::nullopt;
    std::vector<std::string> texts;
    auto const* const list = node->as_array();
    if (list == nullptr)
      wrong(*node, fmt::format("'{}' is to be a list of strings", key));
    else
      for (auto const& entry : *list)
        if (auto const* const text = entry.as_string())
          texts.push_back(text->get());
        else
          wrong(entry, fmt::format("'{}' is to be a list of strings", key));
    return texts;
  }

  // A list of ids, names and families.
  std::optional<std::vector<std::string>> rules(std::string_view key) {
    auto words = texts(key);
    if (auto const* const node = table_.get(key); node != nullptr && node->is_array())
      for (auto const& entry : *node->as_array())
        if (auto const* const word = entry.as_string())
          if (auto const fault = no_such_rule(word->get())) wrong(entry, *fault);
    return words;
  }

  void convention(ConventionKey const& key, std::vector<GivenConvention>& given) {
    auto const* const node = find(key.name);
    if (node == nullptr) return;
    GivenConvention one{&key, {}, where(node->source())};
    auto const value = key_value(*node);
    if (value && key.read(*value, one.values))
      given.push_back(std::move(one));
    else
      wrong(*node, fmt::format("'{}' is to be {}", key.name, key.expected));
  }

  template <class T, std::size_t N>
  std::optional<T> choice(std::string_view key, Words<T, N> const& words) {
    auto const* const node = find(key);
    return node == nullptr ? std::nullopt : chosen(*node, key, words);
  }

  // Every key of a table, whatever it is called, with a word. `refused` says what is wrong with a key.
  template <class T, std::size_t N>
  std::vector<std::pair<std::string, T>> choices(
      std::string_view key, Words<T, N> const& words,
      std::function<std::optional<std::string>(std::string const&)> const& refused = {}) {
    std::vector<std::pair<std::string, T>> found;
    each_of(key, [&](toml::key const& name, toml::node const& node) {
      std::string word{name.str()};
      if (auto const fault = refused ? refused(word) : std::nullopt) wrong_at(name.source(), *fault);
      if (auto const value = chosen(node, word, words)) found.emplace_back(std::move(word), *value);
    });
    return found;
  }

  // As written: which of them comes first has a meaning.
  void each_of(std::string_view key, std::function<void(toml::key const&, toml::node const&)> const& visit) {
    auto const* const node = find(key);
    if (node == nullptr) return;
    auto const* const table = node->as_table();
    if (table == nullptr) return wrong(*node, fmt::format("'{}' is to be a table", key));
    std::vector<std::pair<toml::key const*, toml::node const*>> entries;
    for (auto const& [name, value] : *table) entries.emplace_back(&name, &value);
    std::ranges::sort(entries, {}, [](auto const& entry) {
      auto const& at = entry.first->source().begin;
      return std::pair{at.line, at.column};
    });
    for (auto const& [name, value] : entries) visit(*name, *value);
  }

  void refuse_others() {
    for (auto const& [key, node] : table_)
      if (!known_.contains(key.str()))
        wrong_at(key.source(), fmt::format("unknown key '{}' in {}{}", key.str(), what_,
                                           did_you_mean(nearest(key.str(), {known_.begin(), known_.end()}))));
  }

  void wrong(toml::node const& node, std::string const& message) { wrong_at(node.source(), message); }

 private:
  toml::node const* find(std::string_view key) {
    known_.emplace(key);
    return table_.get(key);
  }

  template <class T, std::size_t N>
  std::optional<T> chosen(toml::node const& node, std::string_view key, Words<T, N> const& words) {
    auto const* const text = node.as_string();
    auto const value = text == nullptr ? std::nullopt : value_of(words, text->get());
    if (!value) wrong(node, fmt::format("'{}' is to be one of {}", key, listed(words)));
    return value;
  }

  [[nodiscard]] std::string where(toml::source_region const& at) const {
    return fmt::format("{}:{}:{}", read_.settings.path.string(), at.begin.line, at.begin.column);
  }
  void wrong_at(toml::source_region const& at, std::string const& message) {
    read_.errors.push_back(where(at) + ": " + message);
  }

  SettingsRead& read_;
  toml::table const& table_;
  std::string what_;
  std::set<std::string, std::less<>> known_;
};

RuleSettings rules_of(Table& table) {
  RuleSettings rules;
  rules.select = table.rules("select");
  rules.extend_select = table.rules("extend-select");
  rules.ignore = table.rules("ignore");
  if (auto const absence = table.choice("security-warning", warnings))
    rules.severities.emplace_back("FL4-01", *absence);
  auto const given = table.choices("severity", severities, no_such_rule);
  rules.severities.insert(rules.severities.end(), given.begin(), given.end());
  for (auto const& key : convention_keys()) table.convention(key, rules.conventions);
  return rules;
}

// Paths count from the file that names them.
std::optional<std::string> from_here(SettingsFile const& settings, std::optional<std::string> path) {
  if (!path || fs::path{*path}.is_absolute()) return path;
  return (settings.path.parent_path() / *path).string();
}

void read_profile(SettingsRead& read, std::string_view name, toml::node const& node, Table& file) {
  auto const* const source = node.as_table();
  if (source == nullptr || value_of(profiles, name))
    return file.wrong(node, source == nullptr ? fmt::format("'{}' is to be a table [profile.{}]", name, name)
                                              : fmt::format("'{}' is a profile already", name));
  Table table{read, *source, fmt::format("[profile.{}]", name)};
  auto& profile = read.settings.profiles[std::string{name}];
  if (auto const base = table.choice("base", profiles))
    profile.base = *base;
  else if (source->get("base") == nullptr)
    file.wrong(node, fmt::format("[profile.{}] has no 'base', expected one of {}", name, listed(profiles)));
  profile.rules = rules_of(table);
  profile.network = from_here(read.settings, table.text("network"));
  table.refuse_others();
}

bool is_profile(SettingsFile const& settings, std::string const& word) {
  return value_of(profiles, word) || settings.profiles.contains(word);
}

// `profile` is a word, or the tables of own ones, beside which the word stands under `use`:
// profile = "state"   or   [profile] use = "mine", [profile.mine] base = "acp127-us".
void read_profiles(SettingsRead& read, toml::table const& root, Table& file) {
  auto& settings = read.settings;
  auto const* const node = root.get("profile");
  if (node != nullptr && node->is_string())
    settings.profile = file.text("profile");
  else
    file.each_of("profile", [&](toml::key const& name, toml::node const& each) {
      if (name == "use" && each.is_string())
        settings.profile = each.as_string()->get();
      else
        read_profile(read, name.str(), each, file);
    });
  if (settings.profile && !is_profile(settings, *settings.profile))
    file.wrong(*node, fmt::format("no profile '{}', expected one of {} or one of the file's own",
                                  *settings.profile, listed(profiles)));
}

void read_root(SettingsRead& read, toml::table const& root) {
  auto& settings = read.settings;
  Table file{read, root, "the file"};
  read_profiles(read, root, file);
  settings.network = from_here(settings, file.text("network"));
  settings.baseline = from_here(settings, file.text("baseline"));
  settings.fail_on = file.choice("fail-on", levels);
  settings.jobs = file.number("jobs");
  settings.rules = rules_of(file);
  settings.copy_kinds = file.choices("copy-kind", copy_kinds);
  settings.codings = file.choices("alphabet", alphabets);
  file.refuse_others();
}

std::optional<std::string> content_of(fs::path const& path, std::string& error) {
  std::error_code is_directory;
  std::ifstream file{path, std::ios::binary};
  if (!file || fs::is_directory(path, is_directory)) {
    error = path.string() + ": " + (file ? "this is a directory" : std::strerror(errno));
    return std::nullopt;
  }
  return std::string{std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

SettingsRead read_settings(fs::path const& path) {
  SettingsRead read;
  read.settings.path = path;
  std::string error;
  auto const text = content_of(path, error);
  if (!text) {
    read.errors.push_back(error);
    return read;
  }
  try {
    read_root(read, toml::parse(*text));
  } catch (toml::parse_error const& wrong) {
    auto const& at = wrong.source().begin;
    read.errors.push_back(
        fmt::format("{}:{}:{}: {}", path.string(), at.line, at.column, wrong.description()));
  }
  return read;
}

std::optional<fs::path> find_settings(fs::path const& directory) {
  std::error_code error;
  auto const start = fs::absolute(directory, error);
  for (auto at = start; !error; at = at.parent_path()) {
    if (auto const file = at / "torntape.toml"; fs::is_regular_file(file, error)) return file;
    if (!at.has_relative_path()) break;
    error.clear();
  }
  return std::nullopt;
}

bool fits(std::string_view pattern, std::string_view path) {
  while (!pattern.empty() && pattern.front() != '*') {
    if (path.empty() || (pattern.front() != '?' && pattern.front() != path.front())) return false;
    pattern.remove_prefix(1);
    path.remove_prefix(1);
  }
  if (pattern.empty()) return path.empty();
  auto const deep = pattern.starts_with("**");
  pattern.remove_prefix(deep ? 2 : 1);
  if (deep && pattern.starts_with('/') && fits(pattern.substr(1), path)) return true;  // `**/` may be nothing
  for (;; path.remove_prefix(1)) {
    if (fits(pattern, path)) return true;
    if (path.empty() || (!deep && path.front() == '/')) return false;
  }
}

namespace {

// What the first pattern that fits the path stands for.
template <class T>
std::optional<T> by_path(SettingsFile const& settings, std::vector<std::pair<std::string, T>> const& patterns,
                         std::string const& path) {
  if (patterns.empty()) return std::nullopt;
  std::error_code error;
  auto const base = fs::absolute(settings.path, error).parent_path();
  auto const relative = fs::absolute(path, error).lexically_normal().lexically_relative(base).string();
  auto const name = fs::path{path}.filename().string();
  for (auto const& [pattern, value] : patterns)
    if (fits(pattern, pattern.find('/') == std::string::npos ? name : relative)) return value;
  return std::nullopt;
}

}  // namespace

std::optional<CopyKind> copy_kind_of(SettingsFile const& settings, std::string const& path) {
  return by_path(settings, settings.copy_kinds, path);
}

std::optional<grammar::Coding> coding_of(SettingsFile const& settings, std::string const& path) {
  return by_path(settings, settings.codings, path);
}

std::optional<Profile> profile_named(std::string_view word) { return value_of(profiles, word); }
std::optional<Severity> severity_named(std::string_view word) { return value_of(severities, word); }

}  // namespace torntape::cli
