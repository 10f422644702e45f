// What `check` is asked to do: flags over TORNTAPE_* over torntape.toml.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/check_fix.hpp"
#include "cli/check_report.hpp"
#include "cli/command.hpp"
#include "cli/settings_file.hpp"
#include "grammar/alphabets/coding.hpp"
#include "grammar/parser.hpp"
#include "validator/checker.hpp"

namespace torntape::cli {

struct CheckOptions {
  std::vector<std::string> arguments;
  ReportOptions report;
  std::string profile;
  grammar::Settings settings;
  std::optional<grammar::Coding> coding;
  validator::Options rules;
  std::string network;
  std::string standard_input = "-";
  std::string output;
  FixOptions fix;
  std::string baseline, write_baseline;
  std::size_t jobs = 0;  // 0: one a core
  bool continuity = false;
  std::string settings_path;
  bool isolated = false, show_settings = false;

  SettingsFile file;
  std::vector<GivenConvention> given_conventions;  // of the file, then of the profile
  grammar::ConventionTable conventions;            // which `settings` refers to
};

void add_check_options(CLI::App& command, CheckOptions& options);

// Fills in what the command line and the environment leave open. False, and the reason on standard error,
// where that cannot be done.
[[nodiscard]] bool resolve(CheckOptions& options, CLI::App const& command);

// What holds, and where it comes from, as a torntape.toml.
[[nodiscard]] std::string settings_in_words(CheckOptions const& options, CLI::App const& command);

}  // namespace torntape::cli
