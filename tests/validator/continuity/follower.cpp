// Rules that need more than one message.
#include "validator/continuity/follower.hpp"

#include "tests/validator/support.hpp"
#include "validator/continuity/bounded.hpp"

namespace torntape::validator::test {

namespace {

std::string replaced(std::string const& text, std::string_view from, std::string_view to) {
  auto const at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.substr(0, at).append(to).append(text.substr(at + from.size()));
}

std::string numbered(std::string_view number) {
  return replaced(std::string{sample(Profile::state, CopyKind::relay)}, "XRO0417",
                  "XRO" + std::string{number});
}

std::size_t found_by(std::string_view id, std::string const& stream) {
  return followed(*rule(id), stream).size();
}

}  // namespace

TEST_CASE("a rule about sets is silent on its good example and finds its bad one") {
  std::size_t rules_of_sets = 0;
  for (auto const& each : rules()) {
    if (each.follow == nullptr) continue;
    ++rules_of_sets;
    INFO(each.id);
    auto const good = example(each, each.page.good), bad = example(each, each.page.bad);
    CHECK(followed(each, good).empty());
    CHECK(followed(each, bad).size() == 1);
    for (auto const& other : rules())
      if (other.follow != nullptr) CHECK(followed(other, good).empty());
  }
  CHECK(rules_of_sets >= 7);
}

TEST_CASE("a series begins anew at its first number, and goes on after its last") {
  CHECK(found_by("X-15", numbered("9999") + numbered("0000") + numbered("0001")) == 0);
  CHECK(found_by("X-15", numbered("0412") + numbered("0001")) == 0);
  CHECK(found_by("X-16", numbered("0001") + numbered("0412") + numbered("0001")) == 0);
  CHECK(found_by("X-15", numbered("9998") + numbered("0003")) == 1);
}

TEST_CASE("a number that comes late opens no other") {
  CHECK(found_by("X-15", numbered("0417") + numbered("0419") + numbered("0418") + numbered("0420")) == 1);
}

TEST_CASE("a message under a repeat signal may come again") {
  auto const first = numbered("0417");
  auto const again = replaced(numbered("0418"), "ZNY CCCCC ZZH", "ZNY CCCCC ZZH ZDK");
  CHECK(found_by("X-14", first + numbered("0418")) == 1);
  CHECK(found_by("X-14", first + again) == 0);
}

TEST_CASE("legs of one message that call different stations are no duplicates") {
  auto const first = numbered("0417");
  auto const called = [](std::string const& text) {
    return text.substr(text.find("PP "), text.find("DE ") - text.find("PP "));
  };
  CHECK(found_by("X-14", first + replaced(numbered("0418"), called(first), "PP RTCAQB RTCATR\n")) == 0);
  // A third leg that calls a station of the second.
  CHECK(found_by("X-14", first + replaced(numbered("0418"), called(first), "PP RTCAQB RTCATR\n") +
                             replaced(numbered("0419"), called(first), "PP RTCATR RTDASL\n")) == 1);
}

TEST_CASE("archives do not number their channels") {
  std::string const archive{sample(Profile::state, CopyKind::relay, true)};
  CHECK(found_by("X-15", archive + replaced(archive, "XRO0417", "XRO0500")) == 0);
}

TEST_CASE("a memory forgets the oldest first") {
  Bounded<int> memory{2};
  memory.put("a", 1);
  memory.put("b", 2);
  memory.put("a", 3);
  memory.put("c", 4);
  CHECK(memory.find("a") == nullptr);
  REQUIRE(memory.find("b") != nullptr);
  CHECK(*memory.find("c") == 4);
}

}  // namespace torntape::validator::test
