// A heading put together from the lines a test is about.
#pragma once

#include <string>
#include <string_view>

#include "tests/validator/support.hpp"

namespace torntape::validator::test {

struct Heading {
  std::string first = "VZCZCXRO0417";
  std::string routing = "PP RUEHBI RUEHCI";
  std::string calling = "DE RTBAKV #0512 2310941";
  std::string warning = "ZNY CCCCC ZZH";
  std::string preamble = "P 190938Z AUG 09";
  std::string originator = "FM AMEMBASSY KARSTOVA";
  std::string addresses =
      "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\nINFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311";
  std::string text = "C O N F I D E N T I A L KARSTOVA 000512\n\nSUBJECT: THE HARBOR CLOCK";
  bool archive = false;

  [[nodiscard]] std::string str() const {
    auto const heading = first + '\n' + routing + '\n' + calling + '\n' + warning + '\n' + preamble + '\n' +
                         originator + '\n' + addresses + '\n';
    if (archive) return heading + text + '\n';
    return heading + "BT\n" + text + "\nBT\n#" + calling.substr(11, 4) + "\nNNNN\n";
  }
};

// The severity of a rule's finding; `off` where it finds nothing.
[[nodiscard]] inline Severity found_by(std::string_view rule, std::string text,
                                       grammar::Settings settings = {}) {
  Checked const checked{std::move(text), settings};
  auto const* const finding = checked.of(rule);
  return finding == nullptr ? Severity::off : finding->severity;
}

[[nodiscard]] inline std::string mended_by(std::string_view rule, std::string text) {
  Checked const checked{std::move(text)};
  auto const* const finding = checked.of(rule);
  return finding == nullptr || !finding->fix ? std::string{} : mended(checked.bytes, *finding->fix);
}

}  // namespace torntape::validator::test
