#include "router/service/http_message.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

namespace torntape::service {
namespace {

using Path = std::vector<std::string>;
using Query = std::vector<std::pair<std::string, std::string>>;

std::string_view type_for(std::string_view accept) {
  return accepted_type(accept, {"application/json", "application/protobuf"}).value_or("none");
}

TEST_CASE("A target is read in its parts, each decoded by itself") {
  auto const target = read_target("/api/v1/queues/SECSTATE%20WASHDC%2F1?max=3&kind=a+b%26c&flag");
  REQUIRE(target);
  CHECK(target->path == Path{"api", "v1", "queues", "SECSTATE WASHDC/1"});
  CHECK(target->query == Query{{"max", "3"}, {"kind", "a b&c"}, {"flag", ""}});
  CHECK(read_target("/")->path.empty());
  CHECK(read_target("/a/")->path == Path{"a", ""});
  CHECK(read_target("/a//b")->path == Path{"a", "", "b"});
  CHECK(read_target("/a+b")->path == Path{"a+b"});
}

TEST_CASE("A target that is no path or badly encoded is none") {
  for (auto const* const wrong : {"", "api", "http://localhost/api", "*", "/%", "/%2", "/%zz", "/a?b=%-1"})
    CHECK_FALSE(read_target(wrong));
}

TEST_CASE("Whatever a segment holds, it comes back as it was encoded") {
  rc::check([](std::string const& text) {
    auto const target = read_target(std::string{"/"}.append(percent_encoded(text)));
    RC_ASSERT(target.has_value());
    RC_ASSERT(target->path == (text.empty() ? Path{} : Path{text}));
  });
}

TEST_CASE("Whatever a target holds, it is read or is none") {
  rc::check([](std::string const& text) { static_cast<void>(read_target(std::string{"/"}.append(text))); });
}

TEST_CASE("The type that suits best is chosen") {
  CHECK(accepted_type(std::nullopt, {"text/plain"}) == "text/plain");
  CHECK(type_for("") == "application/json");
  CHECK(type_for("*/*") == "application/json");
  CHECK(type_for("application/*") == "application/json");
  CHECK(type_for("application/protobuf") == "application/protobuf");
  CHECK(type_for("Application/Protobuf; q=0.5, text/html") == "application/protobuf");
  CHECK(type_for("application/json;q=0.1, application/protobuf;q=0.9") == "application/protobuf");
  CHECK(type_for("application/json;q=0, */*") == "application/protobuf");
  CHECK(type_for("text/html, image/*") == "none");
  CHECK(type_for("application/json;q=0") == "none");
  CHECK(type_for("application/jsonx") == "none");
}

TEST_CASE("A media type is taken without its parameters") {
  CHECK(media_type("Text/Plain; charset=utf-8") == "text/plain");
  CHECK(media_type("").empty());
}

TEST_CASE("Only loopback names and addresses are this machine") {
  for (auto const* const host :
       {"localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:12780", "127.1.2.3", "[::1]", "[::1]:12780"})
    CHECK(is_loopback_host(host));
  for (auto const* const host :
       {"", "example.org", "localhost.example.org", "127.0.0.1.example.org", "127.0.0", "127.0.0.256",
        "127.0.0.1:port", "127.0.0.1:99999", "[::1]x", "[::2]", "10.0.0.1", "127.0.0.1:80:80"})
    CHECK_FALSE(is_loopback_host(host));
}

TEST_CASE("A header is found by its name in any case") {
  HttpRequest request;
  request.headers = {{"HOST", "first"}, {"host", "second"}};
  CHECK(request.header("Host") == "first");
  CHECK_FALSE(request.header("Accept"));
}

}  // namespace
}  // namespace torntape::service
