#include "traffic/send/address.hpp"

#include <string>
#include <variant>

#include <catch2/catch.hpp>

#include "traffic/send/destinations.hpp"

namespace torntape::send {
namespace {

std::string why_not(std::string const& text) {
  auto const opened = open(std::get<Address>(read_address(text)));
  auto const* const why = std::get_if<std::string>(&opened);
  return why != nullptr ? *why : "";
}

TEST_CASE("An option of yes or no takes nothing else") {
  CHECK(why_not("file:///dev/null?append=maybe") == "append=maybe is neither yes nor no");
  CHECK(why_not("file:///dev/null?append=") == "append= is neither yes nor no");
  CHECK(why_not("smtp://127.0.0.1:9?to=a@b&starttls=on") == "starttls=on is neither yes nor no");
  for (auto const* const yes : {"file:///dev/null?append", "file:///dev/null?append=yes"})
    CHECK(why_not(yes).empty());
  CHECK(why_not("file:///dev/null?append=no").starts_with("/dev/null is there already"));
}

}  // namespace
}  // namespace torntape::send
