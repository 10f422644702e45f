// Any text taken for a network file gives a directory or at least one error, every place inside the text.
#include <algorithm>
#include <cstdint>
#include <string>

#include "directory/network_file.hpp"
#include "fuzz/require.hpp"

using torntape::fuzz::require;
namespace grammar = torntape::grammar;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string const text(reinterpret_cast<char const*>(data), size);
  auto const file = torntape::directory::read_network(text);
  bool const wrong = std::ranges::any_of(
      file.diagnostics, [](auto const& each) { return each.severity == grammar::Severity::error; });
  require(wrong == (file.directory == nullptr), "a directory, or an error");
  for (auto const& each : file.diagnostics)
    require(each.span.offset <= size && each.span.length <= size - each.span.offset && each.span.line >= 1 &&
                each.span.column >= 1,
            "a place inside the text");
  if (file.directory == nullptr) return 0;
  for (auto const& station : file.directory->network().stations)
    require(file.directory->serving_relay(station.indicator) != nullptr, "every station has its relay");
  return 0;
}
