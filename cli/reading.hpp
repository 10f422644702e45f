// The options by which a user says what a message is.
#pragma once

#include <optional>

#include <CLI/CLI.hpp>

#include "grammar/alphabets/coding.hpp"
#include "grammar/parser.hpp"

namespace torntape::cli {

// --profile and --copy-kind.
void add_reading_choices(CLI::App& command, grammar::Settings& settings);

// --alphabet.
CLI::Option* add_alphabet_choice(CLI::App& command, std::optional<grammar::Coding>& coding);

// --to: an alphabet to write in, text not among them.
CLI::Option* add_target_alphabet_choice(CLI::App& command, std::optional<grammar::Coding>& coding);

}  // namespace torntape::cli
