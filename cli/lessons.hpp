// A folder of lessons that a lecturer wrote (docs/desk.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "router/service/lesson.hpp"

namespace torntape::cli {

struct BadLesson {
  std::size_t line = 0;  // from 1; 0: the file as a whole
  std::string what;      // in words
};

// A lesson of this name, or what is wrong with it: the first thing.
[[nodiscard]] std::variant<service::Lesson, BadLesson> read_lesson(std::string_view file_name,
                                                                   std::string text);

// All files *.md of a folder, in order of their names. None, with every bad file told, where one is bad.
[[nodiscard]] std::optional<std::vector<service::Lesson>> load_lessons(std::string const& folder);

}  // namespace torntape::cli
