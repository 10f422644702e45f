// FL12: the label of a section, the reference number, the end inside the text.
#include "tests/validator/rules/heading.hpp"

namespace torntape::validator::test {

namespace {

std::string with_text(std::string const& line, std::string const& calling = "#0512/01") {
  Heading heading;
  heading.calling = "DE RTBAKV " + calling + " 2310941";
  heading.text = line;
  return heading.str();
}

std::string labelled(std::string const& label) {
  return with_text("C O N F I D E N T I A L " + label + " KARSTOVA 000512");
}

}  // namespace

TEST_CASE("FL12-05: impossible sections are wrong, misspelt labels doubtful") {
  CHECK(found_by("FL12-05", labelled("SECTION 01 OF 02")) == Severity::off);
  CHECK(found_by("FL12-05", labelled("SECTION 03 OF 02")) == Severity::error);
  CHECK(found_by("FL12-05", labelled("SECTION 00 OF 02")) == Severity::error);
  CHECK(found_by("FL12-05", labelled("SECTION 01 OF 01")) == Severity::warning);
  CHECK(found_by("FL12-05", labelled("SCTION 01 OF 02")) == Severity::warning);
  CHECK(found_by("FL12-05", labelled("SECTION 01 GF 02")) == Severity::warning);
  CHECK(mended_by("FL12-05", labelled("SCTION 01 GF 02")) == labelled("SECTION 01 OF 02"));
  CHECK(mended_by("FL12-05", labelled("SECTION 03 OF 02")) == labelled("SECTION 01 OF 02"));
}

TEST_CASE("FL12-03 proposes the nearest class only where the security warning says the same") {
  auto const garbled = with_text("CC O N F I D E N T I A L KARSTOVA 000512", "#0512");
  CHECK(mended_by("FL12-03", garbled) == with_text("C O N F I D E N T I A L KARSTOVA 000512", "#0512"));
  auto const other = with_text("E C R E T KARSTOVA 000512", "#0512");
  CHECK(found_by("FL12-03", other) == Severity::warning);
  CHECK(mended_by("FL12-03", other).empty());
}

TEST_CASE("FL12-06: before 2000 a reference number had four or five digits") {
  auto const in_year = [](std::string const& year, std::string const& number) {
    Heading heading;
    heading.preamble = "P 190938Z AUG " + year;
    heading.text = "C O N F I D E N T I A L KARSTOVA " + number;
    return found_by("FL12-06", heading.str());
  };
  CHECK(in_year("09", "000512") == Severity::off);
  CHECK(in_year("09", "00512") == Severity::warning);
  CHECK(in_year("99", "00512") == Severity::off);
  CHECK(in_year("99", "0512") == Severity::off);
}

TEST_CASE("FL12-12 sees four letters N wherever they stand in the text") {
  for (std::size_t shift = 0; shift != 5; ++shift) {
    auto const before = "C O N F I D E N T I A L KARSTOVA 000512\n\n" + std::string(shift, 'A');
    INFO(before);
    CHECK(found_by("FL12-12", with_text(before + "NNNNAA", "#0512")) == Severity::error);
    CHECK(found_by("FL12-12", with_text(before + "NNNAANNNAA", "#0512")) == Severity::off);
  }
}

TEST_CASE("FL16-01 is unsafe to mend where the text itself may have been cut off") {
  Heading heading;
  auto const whole = heading.str();
  auto const safety = [](std::string const& text) {
    Checked const checked{text};
    auto const* const finding = checked.of("FL16-01");
    REQUIRE(finding != nullptr);
    REQUIRE(finding->fix);
    CHECK(checked.of("FL11-01") == nullptr);
    return finding->fix->safety;
  };
  CHECK(safety(whole.substr(0, whole.find("NNNN"))) == grammar::Safety::safe);
  CHECK(safety(whole.substr(0, whole.rfind("BT\n"))) == grammar::Safety::unsafe);
}

}  // namespace torntape::validator::test
