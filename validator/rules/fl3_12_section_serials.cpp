#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "validator/continuity/bounded.hpp"
#include "validator/continuity/follower.hpp"
#include "validator/continuity/run.hpp"
#include "validator/number.hpp"

namespace torntape::validator {

namespace {

constexpr std::size_t most_sections = 100;  // of one message that are remembered

struct Section {
  unsigned number;
  std::string serial, filing_time, where;
};

// Where serial and reference number of one message differ, that is said of it already.
bool contradicts_itself(Message const& m) {
  auto const serial = number_of(m.origin.station_serial_number);
  auto const reference = number_of(m.text.message_reference_number);
  return serial && reference && *reference % 10000 != *serial;
}

class Sections : public Follower {
 public:
  void next(Message const& m, SetFindings& found) override {
    auto const number = number_of(m.text.section);
    auto const serial = m.origin.station_serial_number;
    if (!number || serial.empty() || !grammar::present(m.text.sections) || contradicts_itself(m)) return;
    auto const key = key_of(m.originator.plain_language_address, m.preamble.date_time_group, m.text.sections,
                            m.text.message_reference_number);
    if (messages_.find(key) == nullptr) messages_.put(key, {});
    auto& sections = *messages_.find(key);
    auto const here = found.place(serial);
    for (auto const& before : sections)
      // The same section may come again.
      if (before.number != *number && disagrees(m, *number, before, here, found)) break;
    if (sections.size() < most_sections)
      sections.push_back({*number, std::string{serial}, std::string{m.origin.filing_time}, pointed_at(here)});
  }

 private:
  static bool disagrees(Message const& m, unsigned number, Section const& before, Place const& here,
                        SetFindings& found) {
    auto const serial = m.origin.station_serial_number;
    if (!m.conventions->own_serials) {
      if (before.serial == serial) return false;
      found.add(here, fmt::format("section {} is numbered {}, expected {} as section {} ({})", number, serial,
                                  before.serial, before.number, before.where));
    } else if (before.serial == serial) {
      found.add(here, fmt::format("section {} has the serial of section {}, expected one of its own ({})",
                                  number, before.number, before.where));
    } else if (before.filing_time != m.origin.filing_time) {
      found.add(found.place(m.origin.filing_time),
                fmt::format("section {} was filed at {}, expected {} as section {} ({})", number,
                            m.origin.filing_time, before.filing_time, before.number, before.where));
    } else {
      return false;
    }
    return true;
  }

  Bounded<std::vector<Section>> messages_;
};

std::unique_ptr<Follower> follow() { return std::make_unique<Sections>(); }

// Another time of file: under the serial of another section the message would be one that came before.
bool violate(Run& run, Random& random) {
  for (std::size_t i = 1; i < run.size(); ++i) {
    auto const& m = run[i].message();
    if (!m.conventions->own_serials || m.text.section.empty()) continue;
    return run[i].replace(m.origin.time_of_file, random.pick("0942", "0950"));
  }
  return false;
}

}  // namespace

Rule fl3_12() {
  return {.id = "FL3-12",
          .name = "section-serials",
          .severities = "WW---",
          .kinds = "all",
          .follow = follow,
          .violate_run = violate,
          .page = {.what = "Each section of a message has a serial number of its own, and all have one "
                           "date-time group and time of file; sections of a State telegram have one serial.",
                   .why = "The serial is what a section is asked for by, when it did not come.",
                   .citation = "ACP 127(G) 208.f; observed in State headings 2001-2010",
                   .good = "VZCZCXRO0417\n"
                           "PP RUEHBI\n"
                           "DE RTBAKV #0512/01 2310941\n"
                           "ZNY CCCCC ZZH\n"
                           "P 190938Z AUG 09\n"
                           "FM AMEMBASSY KARSTOVA\n"
                           "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                           "BT\n"
                           "C O N F I D E N T I A L SECTION 01 OF 02\n"
                           "\n"
                           "TEXT.\n"
                           "BT\n"
                           "#0512\n"
                           "NNNN\n"
                           "VZCZCXRO0418\n"
                           "PP RUEHBI\n"
                           "DE RTBAKV #0512/02 2310941\n"
                           "ZNY CCCCC ZZH\n"
                           "P 190938Z AUG 09\n"
                           "FM AMEMBASSY KARSTOVA\n"
                           "TO RUEHC/SECSTATE WASHDC PRIORITY 1285\n"
                           "BT\n"
                           "C O N F I D E N T I A L SECTION 02 OF 02\n"
                           "\n"
                           "TEXT.\n"
                           "BT\n"
                           "#0512\n"
                           "NNNN",
                   .bad = "VZCZCXRO0417\n"
                          "PP RUEHBI\n"
                          "DE RTBAKV #0512/01 2310941\n"
                          "ZNY CCCCC ZZH\n"
                          "P 190938Z AUG 09\n"
                          "FM AMEMBASSY KARSTOVA\n"
                          "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                          "BT\n"
                          "C O N F I D E N T I A L SECTION 01 OF 02\n"
                          "\n"
                          "TEXT.\n"
                          "BT\n"
                          "#0512\n"
                          "NNNN\n"
                          "VZCZCXRO0418\n"
                          "PP RUEHBI\n"
                          "DE RTBAKV #0513/02 2310941\n"
                          "ZNY CCCCC ZZH\n"
                          "P 190938Z AUG 09\n"
                          "FM AMEMBASSY KARSTOVA\n"
                          "TO RUEHC/SECSTATE WASHDC PRIORITY 1285\n"
                          "BT\n"
                          "C O N F I D E N T I A L SECTION 02 OF 02\n"
                          "\n"
                          "TEXT.\n"
                          "BT\n"
                          "#0513\n"
                          "NNNN"}};
}

}  // namespace torntape::validator
