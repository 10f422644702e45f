// What a finding is known by.
#include "validator/fingerprint.hpp"

#include <set>

#include "tests/validator/support.hpp"

namespace torntape::validator::test {

namespace {

std::vector<std::string> prints(std::string const& text, std::size_t skipped = 0) {
  Checked const checked{text.substr(skipped), {}, {{"FL2-01", "GEN-05"}, {}, {}}};
  return fingerprints(*checked.message, checked.found);
}

std::string broken() {
  std::string text{sample(Profile::state, CopyKind::relay)};
  text.replace(text.find("PP RUEHBI"), 2, "PX");
  return text;
}

}  // namespace

TEST_CASE("a finding is known again when its line moves") {
  auto const before = prints(broken());
  REQUIRE(before.size() == 1);
  CHECK(prints("MATTER BEFORE\n\n" + broken()) == before);
}

TEST_CASE("another message, another line, another rule is another finding") {
  auto const before = prints(broken());
  auto other = broken();
  other.replace(other.find("#0512"), 5, "#0513");
  CHECK(prints(other) != before);
  auto line = broken();
  line.replace(line.find("RUEHCI"), 6, "RUEHCH");
  CHECK(prints(line) != before);
}

TEST_CASE("equal findings of one message are told apart") {
  auto text = broken();
  text.insert(text.find("\nSIPDIS"), "\nSAME \nSAME ");
  auto const found = prints(text);
  CHECK(std::set<std::string>(found.begin(), found.end()).size() == found.size());
}

}  // namespace torntape::validator::test
