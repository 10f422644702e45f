// FL12, the text: only its opening is read. ACP 127(G) 208.e, 209; State practice.
//
//   fl12a(127)   = class [SP ("SECTION" SP n SP "OF" SP m | "FINAL SECTION OF" SP m)] [SP "SVC"] SP text
//   class(127)   = "UNCLAS" | "CLEAR" | "R E S T R I C T E D" | "C O N F I D E N T I A L" | "S E C R E T" |
//   "T O P S E C R E T" fl12a(state) = class [SP "SECTION" SP 2*D SP "OF" SP 2*D] SP post SP 6*D class(state)
//   = "UNCLAS" [" E F T O"] | "C O N F I D E N T I A L" | "S E C R E T" | "T O P S E C R E T"
//
//   C O N F I D E N T I A L SECTION 01 OF 02 ASTANA 001399
#pragma once

#include <string>

#include "grammar/message.hpp"

namespace torntape::grammar::fl12 {

// Begins with a classification, spaced or not, whole or garbled.
[[nodiscard]] bool starts(View line);
// Five groups or more of five letters each: the text of a codress, which has no class.
[[nodiscard]] bool is_groups_of_five(View line);

// The first line of the text. Notes classification_missing where it begins with none.
Reading read(View line, Message& message);

// The lines after it, until the subject is read: captions, tags, subject. False when there is nothing
// more to look for.
class Opening {
 public:
  // `line` without blanks around it; `after` is what follows it in the source.
  [[nodiscard]] bool read(View line, Message& message);

 private:
  enum class In : unsigned char { captions, tags, subject };
  In in_ = In::captions;
  unsigned lines_ = 0;
};

// The class a classification stands for, closed up: "UNCLAS", "CONFIDENTIAL", "TOP SECRET", …; empty
// for one that is too garbled to tell.
[[nodiscard]] View class_of(View classification);

}  // namespace torntape::grammar::fl12
