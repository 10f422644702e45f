// What a finding is known by.
#include "validator/fingerprint.hpp"

#include <set>

#include "tests/validator/support.hpp"

namespace torntape::validator::test {

namespace {

std::vector<std::string> prints(std::string const& text) {
  Checked const checked{text, {}, {{"FL2-01", "GEN-05"}, {}, {}}};
  return fingerprints(*checked.message, checked.found);
}

// (std::string::replace with a literal makes g++ 12 see things.)
std::string replaced(std::string const& text, std::string_view from, std::string_view to) {
  auto const at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.substr(0, at).append(to).append(text.substr(at + from.size()));
}

std::string broken() {
  return replaced(std::string{sample(Profile::state, CopyKind::relay)}, "PP RUEHBI", "PX RUEHBI");
}

}  // namespace

TEST_CASE("a finding is known again when its line moves") {
  auto const before = prints(broken());
  REQUIRE(before.size() == 1);
  CHECK(prints("MATTER BEFORE\n\n" + broken()) == before);
}

TEST_CASE("another message, another line, another rule is another finding") {
  auto const before = prints(broken());
  CHECK(prints(replaced(broken(), "#0512", "#0513")) != before);
  CHECK(prints(replaced(broken(), "RUEHCI", "RUEHCH")) != before);
}

TEST_CASE("equal findings of one message are told apart") {
  auto const found = prints(replaced(broken(), "\nSIPDIS", "\nSAME \nSAME \nSIPDIS"));
  CHECK(std::set<std::string>(found.begin(), found.end()).size() == found.size());
}

}  // namespace torntape::validator::test
