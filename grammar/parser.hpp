// Reads a message. Total: any bytes give a message, nothing throws, and reading goes on after a
// damaged line as if nothing had happened.
#pragma once

#include <optional>

#include "grammar/alphabets/alphabet.hpp"
#include "grammar/message.hpp"

namespace torntape::grammar {

// Limits; what is beyond them is kept as unread lines and noted as an oddity.
inline constexpr std::size_t max_line_length = 4096;    // bytes of a line that is still read
inline constexpr std::size_t max_heading_lines = 2000;  // lines of FL1-FL10
inline constexpr std::size_t max_addressees = 1000;     // of one message

// What the caller knows better than the text.
struct Settings {
  std::optional<Profile> profile;
  std::optional<CopyKind> copy_kind;
  // Anything but `text`: the bytes are a capture in tape notation (alphabets/tape.hpp).
  Alphabet alphabet = Alphabet::text;
  // In place of those built in. Borrowed: it outlives the messages read with it.
  ConventionTable const* conventions = nullptr;
};

// Owns the workspace of a message: from the second message on, a clean heading allocates nothing.
// The message borrows the bytes given and the parser; it is valid until the next `parse`.
class Parser {
 public:
  Message const& parse(View bytes, Settings const& settings = {}, Position position = {});

  // Hands the message over, with its workspace.
  [[nodiscard]] Message take() &&;

 private:
  Message message_;
};

}  // namespace torntape::grammar
