// A lesson that a lecturer wrote, for the teaching desk (docs/desk.md). Read and looked over by who starts
// the switch.
#pragma once

#include <string>

namespace torntape::service {

struct Lesson {
  std::string name;   // "our-own-relay": its address at the desk
  std::string title;  // its first heading
  std::string text;   // Markdown in UTF-8
};

}  // namespace torntape::service
