// What a command reads: files, directories, standard input; each a stream of messages.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grammar/alphabets/coding.hpp"
#include "grammar/framing.hpp"
#include "grammar/parser.hpp"

namespace torntape::cli {

struct Input {
  std::string path;                                 // "-" is standard input
  std::string name;                                 // as reports call it
  std::shared_ptr<std::string const> content = {};  // in place of what stands there
  std::optional<grammar::Coding> coding = {};       // of its octets; told from them unless given
};

struct Inputs {
  std::vector<Input> files;
  std::vector<std::string> failures;  // in words
  std::size_t hidden = 0;             // passed over in directories: names that begin with a dot
};

// Directories are gone through with all below them, in order of name; what begins with a dot, and what is
// no file, is passed over there; a link that leads nowhere is a failure. `standard_input` is the name reports
// give to it.
[[nodiscard]] Inputs find_inputs(std::vector<std::string> const& arguments,
                                 std::string const& standard_input = "-");
// Each with this coding.
[[nodiscard]] Inputs find_inputs(std::vector<std::string> const& arguments,
                                 std::optional<grammar::Coding> const& coding);

// "2 hidden files or directories passed over: their names begin with a dot".
[[nodiscard]] std::string passed_over(std::size_t hidden);

// Calls `take` for every message of the input as it comes, until `take` is false; a capture of a circuit
// comes in tape notation (grammar/alphabets/tape.hpp). An input without a byte gives one message without a
// byte. Returns what went wrong, in words.
[[nodiscard]] std::optional<std::string> read_messages(
    Input const& input, std::function<bool(grammar::Frame const&)> const& take);

// The settings with the alphabet of the frame's bytes.
[[nodiscard]] grammar::Settings settings_for(grammar::Frame const& frame, grammar::Settings settings);

// What it prints: of a capture the text, otherwise its bytes.
[[nodiscard]] std::string text_of(grammar::Frame const& frame);

// All of an input at once.
struct Whole {
  std::string bytes;
  std::optional<std::string> failure;  // in words
};
[[nodiscard]] Whole read_whole(Input const& input);

// The arguments; where there are none, standard input if something is piped into it. Empty: neither.
[[nodiscard]] std::vector<std::string> or_standard_input(std::vector<std::string> arguments);

}  // namespace torntape::cli
