// torntape.toml: how `check` is to be done in this place. See docs/settings.md for every key.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/convention_keys.hpp"
#include "grammar/alphabets/coding.hpp"
#include "grammar/message.hpp"
#include "validator/checker.hpp"

namespace torntape::cli {

// Rules, severities and conventions, of the file or of an own profile.
struct RuleSettings {
  std::optional<std::vector<std::string>> select, extend_select, ignore;
  std::vector<std::pair<std::string, grammar::Severity>> severities;
  std::vector<GivenConvention> conventions;
};

// [profile.NAME]: an agency's own.
struct OwnProfile {
  grammar::Profile base = grammar::Profile::state;
  RuleSettings rules;
  std::optional<std::string> network;
};

struct SettingsFile {
  std::filesystem::path path;                    // empty: there is none
  std::optional<std::string> profile;            // of the five, or an own one
  std::optional<std::string> network, baseline;  // paths, from where the program runs
  std::optional<grammar::Severity> fail_on;
  std::optional<std::uint32_t> jobs;
  RuleSettings rules;
  std::vector<std::pair<std::string, grammar::CopyKind>> copy_kinds;  // by pattern, the first that fits
  std::vector<std::pair<std::string, grammar::Coding>> codings;       // likewise
  std::map<std::string, OwnProfile> profiles;
};

struct SettingsRead {
  SettingsFile settings;
  std::vector<std::string> errors;  // "torntape.toml:3:1: unknown key 'selct'"
};

[[nodiscard]] SettingsRead read_settings(std::filesystem::path const& path);

// The nearest torntape.toml in this directory or above it.
[[nodiscard]] std::optional<std::filesystem::path> find_settings(std::filesystem::path const& directory);

// The copy kind of the first pattern that fits the path, counted from the file's directory: `*` is anything
// but a slant, `**` anything, `?` one character. A pattern without a slant fits the last part of the path.
[[nodiscard]] std::optional<grammar::CopyKind> copy_kind_of(SettingsFile const& settings,
                                                            std::string const& path);
// Likewise the coding.
[[nodiscard]] std::optional<grammar::Coding> coding_of(SettingsFile const& settings, std::string const& path);
[[nodiscard]] bool fits(std::string_view pattern, std::string_view path);

[[nodiscard]] std::optional<grammar::Profile> profile_named(std::string_view word);
[[nodiscard]] std::optional<grammar::Severity> severity_named(std::string_view word);

}  // namespace torntape::cli
