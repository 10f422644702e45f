#include "directory/endpoint.hpp"

#include <catch2/catch.hpp>

namespace torntape::directory {
namespace {

TEST_CASE("An address and a port") {
  CHECK(read_endpoint("127.0.0.1:12701") == Endpoint{"127.0.0.1", 12701});
  CHECK(read_endpoint("localhost:0") == Endpoint{"localhost", 0});
  CHECK(read_endpoint("[::1]:80") == Endpoint{"::1", 80});
}

TEST_CASE("No address and port") {
  for (auto const* text : {"", ":", "127.0.0.1", "127.0.0.1:", ":12701", "127.0.0.1:65536", "127.0.0.1:-1",
                           "127.0.0.1:1x", "::1:80", "[]:80"})
    CHECK_FALSE(read_endpoint(text));
}

TEST_CASE("An endpoint is written as it is read") {
  for (auto const* text : {"127.0.0.1:12701", "[::1]:80"}) CHECK(to_string(*read_endpoint(text)) == text);
}

}  // namespace
}  // namespace torntape::directory
