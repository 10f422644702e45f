#include <regex>

#include "bench/grammar/engines.hpp"
#include "bench/grammar/patterns.hpp"

namespace torntape::bench {
namespace {

std::regex compiled(char const* pattern) {
  return std::regex(pattern, std::regex::ECMAScript | std::regex::optimize);
}

struct Engine {
  std::regex const one = compiled(fl1), two = compiled(fl2), more = compiled(fl2_continued),
                   three = compiled(fl3), four = compiled(fl4), five = compiled(fl5), six = compiled(fl6),
                   seven = compiled(fl7), twelve = compiled(fl12);
  std::cmatch parts;

  bool match(std::string_view line, std::regex const& pattern) {
    return std::regex_match(line.data(), line.data() + line.size(), parts, pattern);
  }
  [[nodiscard]] std::size_t length(std::size_t i) const { return static_cast<std::size_t>(parts.length(i)); }

  bool match_fl1(std::string_view line) { return match(line, one); }
  bool match_fl2(std::string_view line, Extract& out) {
    if (!match(line, two)) return false;
    out.indicators += length(2) - 1;
    return true;
  }
  bool match_fl2_continued(std::string_view line, Extract& out) {
    if (!match(line, more)) return false;
    out.indicators += length(1);
    return true;
  }
  bool match_fl3(std::string_view line) { return match(line, three); }
  bool match_fl4(std::string_view line) { return match(line, four); }
  bool match_fl5(std::string_view line) { return match(line, five); }
  bool match_fl6(std::string_view line) { return match(line, six); }
  bool match_fl7(std::string_view line, Extract& out) {
    if (!match(line, seven)) return false;
    ++out.addressees;
    out.name_characters += length(3);
    out.numbers += parts[5].matched ? 1 : 0;
    return true;
  }
  bool match_fl12(std::string_view line, Extract& out) {
    if (!match(line, twelve)) return false;
    out.reference_number = {parts[6].first, length(6)};
    return true;
  }
};

}  // namespace

bool extract_by_std_regex(std::string_view heading, Extract& out) {
  static Engine engine;
  return extract(engine, heading, out);
}

}  // namespace torntape::bench
