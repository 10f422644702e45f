#include "grammar/indicator_number.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace torntape::grammar::test {

TEST_CASE("numbers of indicators sort as the indicators do, and are equal only for the same") {
  std::vector<std::string> const sorted{"QBAA",   "RUEH",    "RUEHB",    "RUEHBA", "RUEHBAA",
                                        "RUEHBI", "RUEHBII", "RUEHBIIA", "RUEHC",  "RUEI"};
  for (std::size_t i = 0; i != sorted.size(); ++i)
    for (std::size_t j = 0; j != sorted.size(); ++j) {
      INFO(sorted[i] << ' ' << sorted[j]);
      CHECK((indicator_number(sorted[i]) < indicator_number(sorted[j])) == (i < j));
    }
}

TEST_CASE("what is too short or too long for an indicator has no number") {
  for (std::string const text : {"", "RUE", "RUEHBIIAA"}) CHECK(indicator_number(text) == 0);
}

}  // namespace torntape::grammar::test
