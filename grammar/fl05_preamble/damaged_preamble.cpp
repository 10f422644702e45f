#include "grammar/fl05_preamble/damaged_preamble.hpp"

#include <algorithm>

#include "grammar/characters.hpp"
#include "grammar/fl05_preamble/preamble.hpp"

namespace torntape::grammar::fl05 {
namespace {

constexpr std::size_t time_digits = 6;      // of day and time
constexpr std::size_t most_letters_in = 2;  // of these six

[[nodiscard]] bool is_precedence_letter(char c) { return View("ZOPRY").find(c) != View::npos; }

// O for zero, I and L for one.
[[nodiscard]] bool may_be_digit(char c) { return is_digit(c) || c == 'O' || c == 'I' || c == 'L'; }

[[nodiscard]] View letters_at(View line, std::size_t at) {
  auto end = at;
  while (end != line.size() && is_letter(line[end])) ++end;
  return line.substr(at, end - at);
}

[[nodiscard]] bool is_month_at(View line, std::size_t at) { return month_number(line.substr(at, 3)) != 0; }

class Scanner {
 public:
  Scanner(View line, std::size_t day) : line_(line), at_(day) {}

  [[nodiscard]] bool reads() {
    if (!read_precedence() || !read_day_and_time() || !read_zone()) return false;
    read_misplaced_precedence();
    read_year();
    if (!present(found_.parts.precedence) && !is_month_at(line_, at_) && !present(found_.parts.month))
      return false;
    found_.rest = line_.substr(at_);
    return present(found_.fault);
  }

  [[nodiscard]] DamagedPreamble const& found() const { return found_; }

 private:
  void skip_blanks() {
    while (at_ != line_.size() && is_blank(line_[at_])) ++at_;
  }
  void fault(View where) { found_.fault = present(found_.fault) ? span(found_.fault, where) : where; }

  // All before the day: nothing, "P", "P R", or the two letters together.
  [[nodiscard]] bool read_precedence() {
    auto const before = line_.substr(0, at_);
    auto const letters = trim_right(before);
    bool const glued = letters.size() == before.size();
    auto& parts = found_.parts;
    if (letters.empty()) return true;
    parts.precedence = letters.substr(0, letters.find(' '));
    auto const second = trim_left(letters.substr(parts.precedence.size()));
    if (!second.empty()) parts.info_precedence = second;
    if (parts.precedence.size() > 2 || second.size() > 1) return false;
    if (!std::ranges::all_of(parts.precedence, is_precedence_letter)) return false;
    if (!std::ranges::all_of(second, is_precedence_letter)) return false;
    if (glued && parts.precedence.size() == 2) fault(parts.precedence);
    if (glued) fault(line_.substr(at_, 0));
    return true;
  }

  // Six figures, wherever blanks stand between them.
  [[nodiscard]] bool read_day_and_time() {
    auto const begin = at_;
    std::size_t read = 0, letters = 0;
    while (read != time_digits && at_ != line_.size()) {
      char const c = line_[at_];
      if (is_blank(c) ? read == 0 : !may_be_digit(c)) return false;
      if (!is_digit(c)) fault(line_.substr(at_, 1));
      if (is_letter(c)) ++letters;
      if (!is_blank(c)) ++read;
      ++at_;
      if (read == 2 && at_ == begin + 2) found_.parts.day = line_.substr(begin, 2);
    }
    auto const time = line_.substr(at_ - std::min<std::size_t>(at_, 4), 4);
    if (std::ranges::none_of(time, is_blank)) found_.parts.time = time;
    found_.first = line_.substr(begin, at_ - begin);
    return read == time_digits && letters <= most_letters_in;
  }

  // "Z", " Z", "ZAUG", or nothing before the month.
  [[nodiscard]] bool read_zone() {
    auto const after_time = at_;
    skip_blanks();
    auto const letters = letters_at(line_, at_);
    bool const parted = at_ != after_time;
    if (letters.size() == 3 && is_month_at(line_, at_)) {
      fault(line_.substr(after_time, 0));  // lost
      return true;
    }
    bool const glued = letters.size() == 4 && is_month_at(line_, at_ + 1);
    if (letters.size() != 1 && !glued) return false;
    if (parted) fault(line_.substr(after_time, at_ - after_time));
    found_.parts.zone = line_.substr(at_, 1);
    found_.first = span(found_.first, found_.parts.zone);
    ++at_;
    if (glued) fault(line_.substr(at_, 0));
    return ends_group(parted);
  }

  // After the zone. One that stands alone needs a month to be known for one.
  [[nodiscard]] bool ends_group(bool parted) {
    bool const whole = at_ == line_.size() || is_blank(line_[at_]) || is_month_at(line_, at_);
    skip_blanks();
    return whole && (!parted || is_month_at(line_, at_));
  }

  // "170141Z P AUG 09".
  // "190938Z P AUG 09", "190938Z P R AUG 09".
  void read_misplaced_precedence() {
    if (present(found_.parts.precedence)) return;
    auto const first = misplaced_letter(at_), second = misplaced_letter(at_ + 2);
    auto const month = at_ + (second.empty() ? 2 : 4);
    if (first.empty() || month >= line_.size() || !is_month_at(line_, month)) return;
    found_.parts.precedence = first;
    if (!second.empty()) found_.parts.info_precedence = second;
    fault(second.empty() ? first : span(first, second));
    at_ = month;
  }

  // A letter of precedence that stands alone; empty for anything else.
  [[nodiscard]] View misplaced_letter(std::size_t at) const {
    auto const letter = at < line_.size() ? letters_at(line_, at) : View{};
    return letter.size() == 1 && is_precedence_letter(letter.front()) ? letter : View{};
  }

  // "AUG09", "AUG O9": only a year that is at fault is read here.
  void read_year() {
    if (at_ >= line_.size() || !is_month_at(line_, at_)) return;
    auto const month = line_.substr(at_, 3);
    auto const after = line_.substr(at_ + 3);
    auto const year = trim_left(after).substr(0, trim_left(after).find(' '));
    auto const letters = std::ranges::count_if(year, is_letter);
    bool const glued = year.data() == after.data();
    if ((year.size() != 2 && year.size() != 4) || letters > 1 || !std::ranges::all_of(year, may_be_digit))
      return;
    if (!glued && letters == 0) return;
    found_.parts.month = month;
    found_.parts.year = year;
    if (glued) fault(year.substr(0, 0));
    for (std::size_t i = 0; i != year.size(); ++i)
      if (is_letter(year[i])) fault(year.substr(i, 1));
    at_ = static_cast<std::size_t>(year.data() + year.size() - line_.data());
    skip_blanks();
  }

  View line_;
  std::size_t at_;
  DamagedPreamble found_;
};

}  // namespace

std::optional<DamagedPreamble> read_damaged(View line) {
  constexpr std::size_t day_begins_before = 5;  // "P R 17"
  std::size_t day = 0;
  while (day != line.size() && !is_digit(line[day])) {
    if (day == day_begins_before || !(is_blank(line[day]) || is_letter(line[day]))) return std::nullopt;
    ++day;
  }
  if (Scanner as_it_stands(line, day); as_it_stands.reads()) return as_it_stands.found();
  if (day == 0 || !may_be_digit(line[day - 1])) return std::nullopt;
  // "O20005Z": the first figure of the day became a letter.
  if (Scanner from_letter(line, day - 1); from_letter.reads()) return from_letter.found();
  return std::nullopt;
}

}  // namespace torntape::grammar::fl05
