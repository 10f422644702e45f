#include "cli/lessons.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <torntape/v1/heading.pb.h>
#include <torntape/v1/lesson.pb.h>

#include "cli/output.hpp"
#include "validator/rule.hpp"
#include "wire/json.hpp"
#include "wire/utf8.hpp"

namespace torntape::cli {
namespace {

namespace files = std::filesystem;

constexpr std::size_t longest_lesson = 65'536;  // bytes
constexpr std::size_t most_lessons = 100;
// That the desk brings along.
constexpr std::array<std::string_view, 5> simulations{"astana", "flash", "refused", "day", "world"};

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "07-our-own-relay.md" → "our-own-relay"
std::string name_of(std::string_view file) {
  file = file.substr(0, file.rfind(".md"));
  auto const number = std::ranges::find_if_not(file, is_digit);
  if (number != file.begin() && number != file.end() && *number == '-')
    file.remove_prefix(static_cast<std::size_t>(number - file.begin()) + 1);
  return std::string{file};
}

bool is_name(std::string_view name) {
  return !name.empty() &&
         std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-'; });
}

std::optional<std::string> wrong_precedence(std::string_view key, std::string const& value) {
  v1::Precedence precedence{};
  if (value.empty()) return std::nullopt;
  auto const known = v1::Precedence_Parse("PRECEDENCE_" + value, &precedence);
  if (known && precedence != v1::PRECEDENCE_UNSPECIFIED) return std::nullopt;
  return fmt::format("`{}` is '{}', expected ROUTINE, PRIORITY, IMMEDIATE, FLASH or EMERGENCY_COMMAND", key,
                     value);
}

std::optional<std::string> wrong_want(v1::LessonWant const& want) {
  if (want.ByteSizeLong() == 0) return "the task has nothing in `want`: it would be done at once";
  if (!want.finds().empty() && validator::rule(want.finds()) == nullptr)
    return fmt::format("`finds` is '{}', and there is no such rule", want.finds());
  if (auto why = wrong_precedence("precedence", want.precedence())) return why;
  if (auto why = wrong_precedence("infoPrecedence", want.info_precedence())) return why;
  return wrong_precedence("routing", want.routing());
}

// Strict JSON is made of it, whatever form it has.
std::optional<std::string> wrong_task(std::string& json) {
  v1::LessonTask task;
  if (auto const why = wire::from_json(json, task)) return "the task is badly made: " + *why;
  if (task.goal().empty()) return "the task has no `goal`: say what is to be done";
  if (task.start().empty()) return "the task has no `start`: \"seed\", \"damaged\" or the text of a message";
  if (auto why = wrong_want(task.want())) return why;
  json = wire::to_json(task) + '\n';
  return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  auto const begin = text.find_first_not_of(blanks);
  return begin == text.npos ? std::string_view{}
                            : text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

// What stands in a fenced block; most are shown as they are.
std::optional<std::string> wrong_block(std::string_view kind, std::string& text) {
  auto const what = trimmed(text);
  if (kind == "task") return wrong_task(text);
  if (kind == "heading" && what.empty()) return "the heading is empty";
  if (kind != "journey" || std::ranges::find(simulations, what) != simulations.end()) return std::nullopt;
  return fmt::format("there is no journey '{}', expected {}", what, fmt::join(simulations, " or "));
}

// "```task" → 3 and "task"; 0 where it is no fence.
struct Fence {
  std::size_t length = 0;
  char mark = '`';
  std::string_view kind;
};
Fence fence(std::string_view line) {
  constexpr std::size_t deepest = 3, shortest = 3;  // CommonMark 4.5
  auto const begin = line.find_first_not_of(' ');
  // Without any, it is beyond all depths.
  if (begin > deepest || (line[begin] != '`' && line[begin] != '~')) return {};
  auto const rest = line.substr(begin);
  auto const length = std::min(rest.find_first_not_of(rest.front()), rest.size());
  if (length < shortest) return {};
  return {length, rest.front(), trimmed(rest.substr(length))};
}

// Goes through the lines of a lesson: its title, and its fenced blocks.
class Lines {
 public:
  [[nodiscard]] std::optional<BadLesson> look(std::string_view rest) {
    for (std::size_t number = 1; !rest.empty(); ++number) {
      auto const end = std::min(rest.find('\n'), rest.size());
      auto const line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (auto bad = take(line, number)) return bad;
    }
    if (begin_ != 0) return BadLesson{begin_, "the block that begins here has no end: write ``` below it"};
    if (title.empty()) return BadLesson{0, "there is no title: begin with a line `# Title`"};
    return std::nullopt;
  }

  std::string title, text;  // as it is served

 private:
  std::optional<BadLesson> take(std::string_view line, std::size_t number) {
    auto const mark = fence(line);
    if (begin_ != 0 && mark.length >= open_.length && mark.mark == open_.mark && mark.kind.empty()) {
      auto what = wrong_block(kind_, block_);
      if (what) return BadLesson{begin_, std::move(*what)};
      begin_ = 0;
      text.append(block_);
      block_.clear();
    } else if (begin_ != 0) {
      block_.append(line).append("\n");
      return std::nullopt;
    } else if (mark.length != 0) {
      begin_ = number;
      open_ = mark;
      kind_ = mark.kind;
    } else if (title.empty() && line.starts_with("# ")) {
      title = trimmed(line.substr(2));
    }
    text.append(line).append("\n");
    return std::nullopt;
  }

  std::size_t begin_ = 0;  // the line where the block begins that we are in
  Fence open_;
  std::string kind_, block_;
};

// None where it cannot be read.
std::optional<std::string> contents(files::path const& path) {
  std::ifstream in{path, std::ios::binary};
  std::string text(longest_lesson + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || (!in && !in.eof())) return std::nullopt;
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

void complain_of(files::path const& path, BadLesson const& bad) {
  complain(bad.line == 0 ? fmt::format("{}: {}", path.string(), bad.what)
                         : fmt::format("{}:{}: {}", path.string(), bad.line, bad.what));
}

// False with the reason told.
bool add(files::path const& path, std::set<std::string>& names, std::vector<service::Lesson>& lessons) {
  auto text = contents(path);
  if (!text) return complain_of(path, {0, "it cannot be read"}), false;
  auto read = read_lesson(path.filename().string(), std::move(*text));
  if (auto const* const bad = std::get_if<BadLesson>(&read)) return complain_of(path, *bad), false;
  auto& lesson = std::get<service::Lesson>(read);
  if (!names.insert(lesson.name).second)
    return complain_of(path, {0, fmt::format("another file is the lesson '{}' already", lesson.name)}), false;
  lessons.push_back(std::move(lesson));
  return true;
}

}  // namespace

std::variant<service::Lesson, BadLesson> read_lesson(std::string_view file_name, std::string text) {
  service::Lesson lesson{.name = name_of(file_name), .title = {}, .text = std::move(text)};
  if (!is_name(lesson.name))
    return BadLesson{0,
                     fmt::format("'{}' is no name of a lesson: expected small letters, digits and hyphens, "
                                 "as in 07-our-own-relay.md",
                                 file_name)};
  if (lesson.text.size() > longest_lesson)
    return BadLesson{
        0, fmt::format("it has more than {} KiB, the most that a lesson may have", longest_lesson / 1'024)};
  if (wire::utf8(lesson.text) != lesson.text) return BadLesson{0, "it is not UTF-8"};
  Lines lines;
  if (auto bad = lines.look(lesson.text)) return std::move(*bad);
  lesson.title = std::move(lines.title);
  lesson.text = std::move(lines.text);
  return lesson;
}

std::optional<std::vector<service::Lesson>> load_lessons(std::string const& folder) {
  std::error_code error;
  std::vector<files::path> paths;
  for (files::directory_iterator entry{folder, error}, end; !error && entry != end; entry.increment(error))
    if (entry->path().extension() == ".md") paths.push_back(entry->path());
  if (error) return complain(fmt::format("{}: {}", folder, error.message())), std::nullopt;
  if (paths.empty())
    return complain(fmt::format("{} has no lesson: expected files *.md", folder)), std::nullopt;
  if (paths.size() > most_lessons)
    return complain(fmt::format("{} has {} lessons, {} is the most", folder, paths.size(), most_lessons)),
           std::nullopt;
  std::ranges::sort(paths);
  std::set<std::string> names;
  std::vector<service::Lesson> lessons;
  std::size_t bad = 0;
  for (auto const& path : paths)
    if (!add(path, names, lessons)) ++bad;
  if (bad == 0) return lessons;
  complain(fmt::format("--lessons {}: {} of {} lessons {} bad", folder, bad, paths.size(),
                       bad == 1 ? "is" : "are"));
  return std::nullopt;
}

}  // namespace torntape::cli
