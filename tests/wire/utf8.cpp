#include "wire/utf8.hpp"

#include <catch2/catch.hpp>

namespace torntape::wire {
namespace {

TEST_CASE("Well-formed text stays as it is") {
  CHECK(utf8("AMEMBASSY ASTANA") == "AMEMBASSY ASTANA");
  CHECK(utf8("caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x93\xA0") == "caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x93\xA0");
  CHECK(utf8(std::string_view{"A\0B", 3}) == std::string_view{"A\0B", 3});
  CHECK(utf8("").empty());
}

TEST_CASE("Each byte that is no part of well-formed UTF-8 is replaced") {
  CHECK(utf8("BOGOT\xC1") == "BOGOT\xEF\xBF\xBD");
  CHECK(utf8("\xC0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(utf8("\xED\xA0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(utf8("\xE2\x82") == "\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(utf8("\xF4\x90\x80\x80X") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDX");
}

}  // namespace
}  // namespace torntape::wire
