// Times every reader over the same headings, after showing that they read the same.
//   bench_grammar [Google Benchmark's options]
//   bench_grammar --write FAMILY clean|damaged COUNT    headings on standard output, one after the other
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/grammar/engines.hpp"
#include "bench/grammar/subject/family.hpp"
#include "grammar/parser.hpp"
#include "validator/checker.hpp"

namespace torntape::bench {
namespace {

constexpr std::size_t count = 500;
constexpr std::uint64_t seed = 1399;

[[noreturn]] void fail(std::string const& why) {
  fmt::print(stderr, "bench_grammar: {}\n", why);
  std::exit(2);
}

std::vector<std::string> clean(Family const& family, std::size_t number = count) {
  return headings(family, number, seed);
}

std::vector<std::string> all_damaged(std::vector<std::string> headings) {
  Random random(seed);
  for (auto& each : headings) each = damaged(std::move(each), random);
  return headings;
}

Extract extract_of(Message const& message) {
  Extract out;
  auto const& indicators = message.routing_line.routing_indicators;
  for (auto const indicator : indicators) out.indicators += indicator.size() + 1;
  // A blank between two, but none where FL2 goes on in the next line, and none after the last.
  for (auto const& line : message.lines)
    out.indicators -= line.format_line == grammar::FormatLine::fl2 ? 1 : 0;
  out.addressees = message.addressees.size();
  for (auto const& addressee : message.addressees) {
    out.name_characters += addressee.plain_language_address.size();
    out.numbers += grammar::present(addressee.message_continuity_number) ? 1 : 0;
  }
  out.reference_number = message.text.message_reference_number;
  return out;
}

void require_agreement(Family const& family) {
  grammar::Parser parser;
  Message by_hand;
  for (auto const& heading : clean(family)) {
    auto const& ours = parser.parse(heading);
    if (!family.hand_written(heading, by_hand)) fail("the hand-written parser does not read\n" + heading);
    if (in_words(ours) != in_words(by_hand)) fail("the hand-written parser reads otherwise\n" + heading);
    auto const expected = extract_of(ours);
    Extract by_re2, by_std_regex;
    if (!extract_by_re2(heading, by_re2) || by_re2 != expected) fail("RE2 reads otherwise\n" + heading);
    if (!extract_by_std_regex(heading, by_std_regex) || by_std_regex != expected)
      fail("std::regex reads otherwise\n" + heading);
  }
}

// One benchmark: what `read` does to each heading; the figure is per heading.
template <class Read>
void add(std::string const& name, std::vector<std::string> headings, Read read) {
  benchmark::RegisterBenchmark(name.c_str(),
                               [headings = std::move(headings), read](benchmark::State& state) mutable {
                                 std::size_t bytes = 0;
                                 for (auto const& heading : headings) bytes += heading.size();
                                 for (auto _ : state)
                                   for (auto const& heading : headings) read(heading);
                                 auto const rounds = state.iterations();
                                 state.SetItemsProcessed(rounds * static_cast<std::int64_t>(headings.size()));
                                 state.SetBytesProcessed(rounds * static_cast<std::int64_t>(bytes));
                               });
}

void add_all(Family const& family) {
  auto const name = std::string(family.name) + '/';
  auto const good = clean(family);
  auto const bad = all_damaged(good);
  auto const parse = [parser = grammar::Parser{}](std::string const& heading) mutable {
    benchmark::DoNotOptimize(parser.parse(heading).features);
  };
  auto const check = [parser = grammar::Parser{},
                      checker = validator::Checker{}](std::string const& heading) mutable {
    benchmark::DoNotOptimize(checker.check(parser.parse(heading)).size());
  };
  add(name + "parse", good, parse);
  add(name + "hand-written", good, [&family, message = Message{}](std::string const& heading) mutable {
    benchmark::DoNotOptimize(family.hand_written(heading, message));
  });
  add(name + "parse and every rule", good, check);
  add(name + "parse, damaged", bad, parse);
  add(name + "parse and every rule, damaged", bad, check);
  add(name + "RE2", good, [](std::string const& heading) {
    Extract out;
    benchmark::DoNotOptimize(extract_by_re2(heading, out));
  });
  add(name + "std::regex", good, [](std::string const& heading) {
    Extract out;
    benchmark::DoNotOptimize(extract_by_std_regex(heading, out));
  });
}

int write(std::string_view name, std::string_view kind, std::string_view number) {
  std::size_t wanted = 0;
  std::from_chars(number.data(), number.data() + number.size(), wanted);
  for (auto const& family : families()) {
    if (family.name != name || wanted == 0) continue;
    auto const good = clean(family, wanted - 1);
    for (auto const& heading : kind == "damaged" ? all_damaged(good) : good)
      std::fwrite(heading.data(), 1, heading.size(), stdout);
    return 0;
  }
  fail("usage: bench_grammar --write FAMILY clean|damaged COUNT");
}

int run(int argc, char** argv) {
  if (argc == 5 && std::string_view(argv[1]) == "--write") return write(argv[2], argv[3], argv[4]);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  for (auto const& family : families()) {
    require_agreement(family);
    add_all(family);
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace
}  // namespace torntape::bench

int main(int argc, char** argv) { return torntape::bench::run(argc, argv); }
