#include "wire/diagnostic.hpp"

#include <catch2/catch.hpp>

#include "wire/json.hpp"

namespace torntape::wire {
namespace {

grammar::Diagnostic sample() {
  return {.rule = "FL2-01",
          .name = "precedence-not-doubled",
          .severity = grammar::Severity::error,
          .span = {.offset = 14, .length = 2, .line = 2, .column = 1},
          .message = "precedence is not two equal letters of Z O P R",
          .citation = "ACP 127(G) 151.a",
          .related = {{.span = {.offset = 40, .length = 1, .line = 5, .column = 1}, .message = "FL5 says P"}},
          .help = "write it twice",
          .fix = grammar::Fix{
              .safety = grammar::Safety::unsafe,
              .title = "double the letter",
              .edits = {{.span = {.offset = 14, .length = 2, .line = 2, .column = 1}, .replacement = "PP"}}}};
}

TEST_CASE("A diagnostic in JSON, every field") {
  CHECK(to_json(to_proto(sample(), "-")) ==
        R"({"source":"-","rule":"FL2-01","name":"precedence-not-doubled","severity":"SEVERITY_ERROR",)"
        R"("span":{"offset":"14","length":"2","line":2,"column":1},)"
        R"("related":[{"span":{"offset":"40","length":"1","line":5,"column":1},"message":"FL5 says P"}],)"
        R"("message":"precedence is not two equal letters of Z O P R","citation":"ACP 127(G) 151.a",)"
        R"("help":"write it twice","fix":{"safety":"SAFETY_UNSAFE","title":"double the letter",)"
        R"("edits":[{"span":{"offset":"14","length":"2","line":2,"column":1},"replacement":"PP"}]}})");
}

TEST_CASE("A diagnostic comes back as it went") {
  auto const sent = to_proto(sample(), "-");
  auto const back = from_proto(sent);
  CHECK(to_json(to_proto(back, "-")) == to_json(sent));
}

TEST_CASE("Help and fix are absent where there are none") {
  auto diagnostic = sample();
  diagnostic.help.reset();
  diagnostic.fix.reset();
  auto const sent = to_proto(diagnostic, "file.txt");
  CHECK_FALSE(sent.has_help());
  CHECK_FALSE(sent.has_fix());
  CHECK_FALSE(from_proto(sent).fix);
}

}  // namespace
}  // namespace torntape::wire
