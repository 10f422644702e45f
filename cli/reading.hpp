// The options by which a user says what a message is.
#pragma once

#include <CLI/CLI.hpp>

#include "grammar/parser.hpp"

namespace torntape::cli {

// --profile and --copy-kind.
void add_reading_choices(CLI::App& command, grammar::Settings& settings);

}  // namespace torntape::cli
