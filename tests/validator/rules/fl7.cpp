// FL7 and FL8: what a rule says of an address, and what it leaves alone.
#include "tests/validator/rules/heading.hpp"

namespace torntape::validator::test {

namespace {

std::string addressed(std::string const& lines) {
  Heading heading;
  heading.addresses = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n" + lines;
  return heading.str();
}

}  // namespace

TEST_CASE("names and lists of good traffic give neither error nor warning") {
  Checked const checked{
      addressed("RUEHNO/USMISSION USNATO 2736\n"
                "INFO RUEKJCS/JOINT STAFF WASHDC//J3/J5// PRIORITY\n"
                "RUEKJCS/JOINT STAFF WASHDC//J2// PRIORITY\n"
                "RHMFISS/CDR USCENTCOM MACDILL AFB FL PRIORITY\n"
                "RTFACF/CTF 99\n"
                "RTFAAB/999ABS EXAMPLE AB//CC//\n"
                "RUCNCIS/CIS COLLECTIVE PRIORITY 1837\n"
                "ALL EXAMPLE POSTS COLLECTIVE\n"
                "ZEN/AMEMBASSY SOLENTO ISLANDS\n"
                "RUEHBJ/AMEMBASSY BEIJING PRIORITY 0000\n"
                "RTFALP/AMEMBASSY LA PERLA ROUTINE")};
  INFO(checked.bytes);
  CHECK(checked.ids(Severity::warning).empty());
}

TEST_CASE("FL7-04 finds a lost slant by the directory where the name begins like no other") {
  auto const text = addressed("INFO RTEAJXJTF EXAMPLE//J3/J5// PRIORITY");
  CHECK(found_by("FL7-04", text) == Severity::error);
  CHECK(found_by("FL7-07", text) == Severity::off);
  CHECK(mended_by("FL7-04", text) == addressed("INFO RTEAJX/JTF EXAMPLE//J3/J5// PRIORITY"));
}

TEST_CASE("FL7-06 proposes the indicator of the name, four letters are doubtful only") {
  CHECK(mended_by("FL7-06", addressed("INFO EUHUL/AMEMBASSY SEOUL")) ==
        addressed("INFO RUEHUL/AMEMBASSY SEOUL"));
  CHECK(found_by("FL7-06", addressed("INFO EUHUL/AMEMBASSY SEOUL")) == Severity::error);
  CHECK(found_by("FL7-06", addressed("INFO RTDA/RELAY DELTA")) == Severity::warning);
}

TEST_CASE("FL7-08 proposes the precedence that was meant") {
  for (std::string const word : {"PRIORTY", "PRIOITY", "PIORITY", "PRORITY"})
    CHECK(mended_by("FL7-08", addressed("INFO RUEHUL/AMEMBASSY SEOUL " + word + " 0866")) ==
          addressed("INFO RUEHUL/AMEMBASSY SEOUL PRIORITY 0866"));
  CHECK(mended_by("FL7-08", addressed("INFO RUEHUL/AMEMBASSY SEOUL IMEDIATE")) ==
        addressed("INFO RUEHUL/AMEMBASSY SEOUL IMMEDIATE"));
  CHECK(found_by("FL7-26", addressed("INFO RUEHUL/AMEMBASSY SEOUL PRIOITY 0866")) == Severity::off);
}

TEST_CASE("FL7-17: two offices of one house are two addressees, one name under TO and INFO is one") {
  auto const twice = [](std::string const& first, std::string const& second) {
    return found_by("FL7-17", addressed("INFO RUEKJCS/" + first + "\nRUEKJCS/" + second));
  };
  CHECK(twice("JOINT STAFF WASHDC//J3//", "JOINT STAFF WASHDC//J5//") == Severity::off);
  CHECK(twice("JOINT STAFF WASHDC//J3//", "JOINT STAFF WASHDC//J3// PRIORITY") == Severity::warning);
  CHECK(found_by("FL7-17", addressed("INFO RUEHC/SECSTATE WASHDC PRIORITY")) == Severity::warning);
}

TEST_CASE("FL7-17 is safe to mend only where the later line asks for no more than the first") {
  auto const safety = [](std::string const& lines) {
    Checked const checked{addressed(lines)};
    auto const* const finding = checked.of("FL7-17");
    REQUIRE(finding != nullptr);
    REQUIRE(finding->fix);
    return finding->fix->safety;
  };
  CHECK(safety("INFO RUEHUL/AMEMBASSY SEOUL PRIORITY\nRUEHUL/AMEMBASSY SEOUL") == grammar::Safety::safe);
  CHECK(safety("INFO RUEHC/SECSTATE WASHDC PRIORITY") == grammar::Safety::safe);  // under TO before
  CHECK(safety("INFO RUEHUL/AMEMBASSY SEOUL\nRUEHUL/AMEMBASSY SEOUL PRIORITY") == grammar::Safety::unsafe);
  CHECK(safety("INFO RUEHUL/AMEMBASSY SEOUL\nRUEHUL/AMEMBASSY SEOUL 0866") == grammar::Safety::unsafe);
}

TEST_CASE("FL7-17: the prosign of a removed addressee goes to the next one") {
  CHECK(mended_by("FL7-17", addressed("INFO RUEHC/SECSTATE WASHDC\nRUEHUL/AMEMBASSY SEOUL")) ==
        addressed("INFO RUEHUL/AMEMBASSY SEOUL"));
}

TEST_CASE("FL7-03: a damaged INFO is told, and mended") {
  auto const good = addressed("INFO RUEHUL/AMEMBASSY SEOUL PRIORITY 0866\nRUEHKO/AMEMBASSY TOKYO");
  for (std::string const prosign : {"AINFO ", "IFNO ", "INO ", "INFOX", "INF O"}) {
    auto const text = addressed(prosign + "RUEHUL/AMEMBASSY SEOUL PRIORITY 0866\nRUEHKO/AMEMBASSY TOKYO");
    INFO(prosign);
    Checked const checked{text};
    CHECK(checked.ids(Severity::warning) == std::vector<std::string>{"FL7-03"});
    REQUIRE(checked.of("FL7-03")->fix);
    CHECK(checked.of("FL7-03")->fix->safety == grammar::Safety::unsafe);
    CHECK(mended_by("FL7-03", text) == good);
  }
}

TEST_CASE("FL7-03: a number glued to INFO goes back to its address") {
  Heading broken, good;
  broken.addresses = "TO RUEHC/SECSTATE WASHDC PRIORITY\n1284INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311";
  CHECK(mended_by("FL7-03", broken.str()) == good.str());
  broken.addresses =
      "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n6037INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311";
  CHECK(found_by("FL7-03", broken.str()) == Severity::error);
  CHECK(mended_by("FL7-03", broken.str()).empty());
  broken.addresses = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311";
  CHECK(mended_by("FL7-23", broken.str()) == good.str());
}

TEST_CASE("FL7-20 joins a line broken inside a number or a precedence, and throws no figures away") {
  auto const list = [](std::string const& line) {
    return addressed("INFO RUEHKO/AMEMBASSY TOKYO 1907\n" + line + "\nRUEHBJ/AMEMBASSY BEIJING 1205");
  };
  auto const good = list("RUEHUL/AMEMBASSY SEOUL 0866");
  for (std::string const line :
       {"RUEHUL/AMEMBASSY SEOUL 08\n66", "RUEHUL/AMEMBASSY SEOUL 0\n866", "RUEHUL/AMEMBASSY SEOUL\n0866"}) {
    INFO(line);
    CHECK(Checked{list(line)}.ids(Severity::warning) == std::vector<std::string>{"FL7-20"});
    CHECK(mended_by("FL7-20", list(line)) == good);
  }
  CHECK(mended_by("FL7-20", list("RUEHUL/AMEMBASSY SEOUL PRIO\nRITY")) ==
        list("RUEHUL/AMEMBASSY SEOUL PRIORITY"));
  CHECK(found_by("FL7-20", list("RUEHUL/AMEMBASSY SEOUL 0866\n12")) == Severity::warning);
  CHECK(mended_by("FL7-20", list("RUEHUL/AMEMBASSY SEOUL 0866\n12")).empty());
  CHECK(mended_by("FL7-20", list("RUEHUL/AMEMBASSY SEOUL 0866\nPROG")) == good);
}

TEST_CASE("FL7-11: blanks and letters among the figures of a number") {
  auto const good = addressed("INFO RUEHUL/AMEMBASSY SEOUL PRIORITY 0866");
  for (std::string const number : {"08 66", "O866"}) {
    auto const text = addressed("INFO RUEHUL/AMEMBASSY SEOUL PRIORITY " + number);
    INFO(number);
    CHECK(Checked{text}.ids(Severity::warning) == std::vector<std::string>{"FL7-11"});
    CHECK(mended_by("FL7-11", text) == good);
  }
  CHECK(mended_by("FL7-11", addressed("INFO RUEHUL/AMEMBASSY SEOUL PRIORITY 08X6")).empty());
}

TEST_CASE("FL7-06: an indicator that a blank breaks is that of its name") {
  CHECK(mended_by("FL7-06", addressed("INFO RUE UL/AMEMBASSY SEOUL PRIORITY 0866")) ==
        addressed("INFO RUEHUL/AMEMBASSY SEOUL PRIORITY 0866"));
}

TEST_CASE("FL7-27 knows the indicators of collectives") {
  CHECK(found_by("FL7-27", addressed("INFO RUCNCI/CIS COLLECTIVE")) == Severity::info);
  CHECK(found_by("FL7-27", addressed("INFO RUCNCIS/CIS COLLECTIVE")) == Severity::off);
}

}  // namespace torntape::validator::test
