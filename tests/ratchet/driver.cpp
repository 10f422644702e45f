// Reads or judges fixed headings once, for callgrind to count: instructions from `read_all` on, which is all
// that is counted, divided by the number of headings printed here.
//   ratchet_driver FAMILY parse|check clean|damaged
#include <cstdio>
#include <string_view>

#include "bench/grammar/subject/family.hpp"
#include "grammar/parser.hpp"
#include "validator/checker.hpp"

namespace torntape::bench {

[[gnu::noinline]] std::size_t read_all(std::vector<std::string> const& headings, bool judge,
                                       grammar::Parser& parser, validator::Checker& checker) {
  std::size_t found = 0;
  for (auto const& heading : headings) {
    auto const& message = parser.parse(heading);
    found += judge ? checker.check(message).size() : message.lines.size();
  }
  return found;
}

static int run(std::string_view name, bool judge, bool broken) {
  for (auto const& family : families()) {
    if (family.name != name) continue;
    auto all = headings(family, 100, 1399);
    Random random(1399);
    if (broken)
      for (auto& each : all) each = damaged(std::move(each), random);
    grammar::Parser parser;
    validator::Checker checker;
    static_cast<void>(checker.check(parser.parse(all.front())));  // the table of rules is made once
    read_all(all, judge, parser, checker);
    std::printf("%zu\n", all.size());
    return 0;
  }
  return 2;
}

}  // namespace torntape::bench

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  return torntape::bench::run(argv[1], std::string_view(argv[2]) == "check",
                              std::string_view(argv[3]) == "damaged");
}
