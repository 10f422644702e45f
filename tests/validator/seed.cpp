// The acceptance case: a heading as it was found, with the mail page around it.
#include <fstream>
#include <iterator>

#include "tests/validator/support.hpp"

namespace torntape::validator::test {

namespace {

std::string seed() {
  std::ifstream file{TORNTAPE_FIXTURES "/seed/09ASTANA1399.txt", std::ios::binary};
  REQUIRE(file);
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<std::string> wanted_infos() {
  return {"GEN-14", "FL2-14", "FL7-15", "FL11-01", "GEN-17", "FL16-01"};
}

}  // namespace

TEST_CASE("the seed has no error and no warning") {
  Checked const with{seed()};
  CHECK(with.ids(Severity::warning) == std::vector<std::string>{});
  Checked const without{seed(), {}, {}, nullptr};
  CHECK(without.ids(Severity::warning) == std::vector<std::string>{});
}

TEST_CASE("the seed is a relayed copy from an archive") {
  Checked const seen{seed()};
  CHECK(seen.message->copy_kind == CopyKind::relay);
  CHECK(seen.message->archive);
}

TEST_CASE("what is unusual about the seed is noted") {
  Checked const seen{seed()};
  for (auto const& id : wanted_infos()) {
    INFO(id);
    CHECK(seen.of(id) != nullptr);
  }
}

TEST_CASE("the routing of the seed is explained by two collectives, each with its members") {
  Checked const seen{seed()};
  auto const* const note = seen.of("FL2-14");
  REQUIRE(note != nullptr);
  CHECK(note->message == "none of the stations called is named in the address");
  REQUIRE(note->related.size() == 2);
  CHECK(note->related[0].message ==
        "a collective, to which belong RUEHBI RUEHCI RUEHDBU RUEHLH RUEHNEH RUEHPW");
  CHECK(note->related[1].message ==
        "a collective, to which belong RUEHFL RUEHKW RUEHLA RUEHNP RUEHROV RUEHSL RUEHSR");
}

TEST_CASE("places in the seed are those of the file") {
  Checked const seen{seed()};
  auto const* const before = seen.of("GEN-14");
  REQUIRE(before != nullptr);
  CHECK(before->span.line == 1);
  CHECK(before->message == "14 lines before the start of the message, skipped");
  auto const* const routing = seen.of("FL2-14");
  REQUIRE(routing != nullptr);
  CHECK(routing->span.line == 16);
  CHECK(routing->span.column == 4);
  CHECK(seen.bytes.substr(routing->span.offset, routing->span.length) == "RUEHBI");
  CHECK(seen.of("GEN-17")->span.line > routing->span.line);
}

}  // namespace torntape::validator::test
