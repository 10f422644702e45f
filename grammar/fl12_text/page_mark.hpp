// The marks of pages inside the text. ACP 127(G) 208.c; State's as observed.
//
//   pageid(127)     = "PAGE" SP n SP ri SP ssn [SP class]
//   pagemark(state) = post SP 8*D SP {SP} 3*D ["." D] SP "OF" SP 3*D
//
//   PAGE 2 RTBAKV 115 UNCLAS
//   ASTANA 00001399  002 OF 002
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl12 {

// Reads a line of the text as the mark of a page; false when it is none.
[[nodiscard]] bool read_page_mark(View line, Message& message);

}  // namespace torntape::grammar::fl12
