#include "router/service/desk.hpp"

#include <array>

#include <catch2/catch.hpp>

namespace torntape::service {
namespace {

constexpr std::array files{
    DeskFile{"index.html", "text/html; charset=utf-8", "\"one\"", "<p>", "packed page"},
    DeskFile{"index-1.js", "text/javascript; charset=utf-8", "\"two\"", "let x", "packed script"}};

HttpResponse get(std::string_view name, HttpHeaders headers = {}) {
  return desk_answer(files, name, {.method = "GET", .target = "/", .headers = std::move(headers)});
}

std::string header(HttpResponse const& response, std::string_view name) {
  for (auto const& [known, value] : response.headers)
    if (known == name) return value;
  return "";
}

TEST_CASE("A file of the desk comes with its type, and what it may do") {
  auto const script = get("index-1.js");
  CHECK(script.status == 200);
  CHECK(script.content_type == "text/javascript; charset=utf-8");
  CHECK(script.body == "let x");
  CHECK(header(script, "ETag") == "\"two\"");
  CHECK(header(script, "Cache-Control") == "public, max-age=31536000, immutable");
  auto const policy = header(script, "Content-Security-Policy");
  CHECK_THAT(policy, Catch::StartsWith("default-src 'none'; script-src 'self';"));
  CHECK_THAT(policy, !Catch::Contains("unsafe") && !Catch::Contains("http"));
  CHECK(header(get("index.html"), "Cache-Control") == "no-cache");
}

TEST_CASE("It is packed for who takes it packed") {
  for (auto const* const accepted : {"gzip", "br, gzip, deflate", "gzip;q=0.5"}) {
    auto const packed = get("index.html", {{"Accept-Encoding", accepted}});
    CHECK(packed.body == "packed page");
    CHECK(header(packed, "Content-Encoding") == "gzip");
  }
  for (auto const* const accepted : {"br", "gzip;q=0", "gzip;q=0, br"}) {
    auto const plain = get("index.html", {{"Accept-Encoding", accepted}});
    CHECK(plain.body == "<p>");
    CHECK(header(plain, "Content-Encoding").empty());
  }
}

TEST_CASE("Who has it is told so") {
  auto const known = get("index.html", {{"If-None-Match", "\"one\""}});
  CHECK(known.status == 304);
  CHECK(known.body.empty());
  CHECK(known.content_type.empty());
  CHECK(get("index.html", {{"If-None-Match", "\"two\""}}).status == 200);
}

TEST_CASE("Without the desk the page says that it is not there") {
  auto const page = desk_answer({}, "index.html", {.method = "GET", .target = "/"});
  CHECK(page.status == 200);
  CHECK_THAT(page.body, Catch::Contains("not built into this program"));
  CHECK(get("other.js").status == 404);
}

}  // namespace
}  // namespace torntape::service
