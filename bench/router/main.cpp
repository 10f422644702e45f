// bench_router ENGINE WHERE MESSAGES [WINDOW [FIRST [PRECEDENCE]]]: seconds, or milliseconds of
// there-and-back.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "bench/router/engines.hpp"

namespace {

using namespace torntape::bench::router;

int run(int argc, char** argv) {
  std::string_view const engine = argv[1];
  auto const number = [&](int i, std::size_t without) {
    return argc > i ? std::strtoull(argv[i], nullptr, 10) : without;
  };
  Load const load{argv[2], number(3, 1), number(4, 256), number(5, 0), argc > 6 ? argv[6][0] : 'R'};
  static constexpr std::pair<std::string_view, double (*)(Load const&)> engines[] = {
      {"bare-log", bare_log},
      {"torntape", our_switch},
      {"jetstream", jetstream},
      {"rabbitmq", rabbitmq},
      {"there-and-back", there_and_back}};
  auto const* const known =
      std::ranges::find(engines, engine, &std::pair<std::string_view, double (*)(Load const&)>::first);
  if (known == std::end(engines)) return fmt::print(stderr, "no engine {}\n", engine), 2;
  fmt::print("{:.6f}\n", known->second(load));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3)
    return fmt::print(stderr, "usage: bench_router ENGINE WHERE MESSAGES [WINDOW [FIRST [R|Z]]]\n"), 2;
  try {
    return run(argc, argv);
  } catch (std::exception const& error) {
    return fmt::print(stderr, "{}\n", error.what()), 1;
  }
}
