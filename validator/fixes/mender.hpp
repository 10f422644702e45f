// Mends carried out: from findings to better bytes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "grammar/parser.hpp"
#include "validator/checker.hpp"

namespace torntape::validator::fixes {

// Some of the mends of one reading of a message, those that do not touch each other: in order of place the
// first wins, the rest wait for the next reading. A mend of several edits is carried out whole or not at all.
struct Round {
  std::string text;
  std::size_t mends = 0;
};
[[nodiscard]] Round one_round(Message const& message, std::vector<grammar::Diagnostic> const& found,
                              Safety at_most);

struct Mended {
  std::string text;
  std::size_t mends = 0;
  // False where the mends of one rule undo those of another for ever, or took too many rounds: the text is
  // then as it was given.
  bool settled = true;
};

// Mends until nothing is left to mend, so that mending again changes nothing. Not shared between threads.
class Mender {
 public:
  // `at_most`: safe, or unsafe for the likely repairs too. The checker is borrowed.
  Mender(Checker& checker, Safety at_most) : checker_(&checker), at_most_(at_most) {}

  // `bytes`: one message, or what is cut into more by a mend.
  [[nodiscard]] Mended mend(View bytes, grammar::Settings const& settings = {});

 private:
  [[nodiscard]] Round round(View bytes, grammar::Settings const& settings);

  Checker* checker_;
  Safety at_most_;
  grammar::Parser parser_;
};

}  // namespace torntape::validator::fixes
