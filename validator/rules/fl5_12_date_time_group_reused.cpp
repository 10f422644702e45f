#include <memory>
#include <string>

#include <fmt/format.h>

#include "validator/continuity/bounded.hpp"
#include "validator/continuity/follower.hpp"
#include "validator/continuity/run.hpp"

namespace torntape::validator {

namespace {

struct Earlier {
  std::string number;
  std::string where;
};

class Groups : public Follower {
 public:
  void next(Message const& m, SetFindings& found) override {
    // Sections share theirs, and in the base procedure each has a serial of its own (208.f).
    if (m.preamble.date_time_group.empty() || m.originator.plain_language_address.empty()) return;
    if (grammar::present(m.text.section) || grammar::present(m.origin.section)) return;
    auto const key = key_of(m.originator.plain_language_address, m.preamble.date_time_group);
    auto const number = key_of(m.origin.station_serial_number, m.text.message_reference_number);
    auto const here = found.place(m.preamble.date_time_group);
    if (auto const* const earlier = seen_.find(key); earlier == nullptr)
      seen_.put(key, {number, pointed_at(here)});
    else if (earlier->number != number)
      found.add(here,
                fmt::format("date-time group of another message of this originator ({})", earlier->where));
  }

 private:
  Bounded<Earlier> seen_;
};

std::unique_ptr<Follower> follow() { return std::make_unique<Groups>(); }

bool violate(Run& run, Random&) {
  if (run.size() < 2) return false;
  auto& last = run[run.size() - 1];
  return last.replace(last.message().preamble.date_time_group,
                      run[run.size() - 2].message().preamble.date_time_group);
}

}  // namespace

Rule fl5_12() {
  return {.id = "FL5-12",
          .name = "date-time-group-reused",
          .severities = "IIIII",
          .kinds = "all",
          .follow = follow,
          .violate_run = violate,
          .page = {.what = "An originator gives no two messages one date-time group.",
                   .why = "Originator and date-time group are how the text of others refers to a message.",
                   .citation = "service manuals; observed in State headings 2001-2010",
                   .good = "VZCZCXRO0417\n"
                           "PP RUEHBI\n"
                           "DE RTBAKV #0512 2310941\n"
                           "ZNY CCCCC ZZH\n"
                           "P 190938Z AUG 09\n"
                           "FM AMEMBASSY KARSTOVA\n"
                           "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                           "BT\n"
                           "C O N F I D E N T I A L KARSTOVA 000512\n"
                           "\n"
                           "TEXT.\n"
                           "BT\n"
                           "#0512\n"
                           "NNNN\n"
                           "VZCZCXRO0418\n"
                           "PP RUEHBI\n"
                           "DE RTBAKV #0513 2310951\n"
                           "ZNY CCCCC ZZH\n"
                           "P 190948Z AUG 09\n"
                           "FM AMEMBASSY KARSTOVA\n"
                           "TO RUEHC/SECSTATE WASHDC PRIORITY 1285\n"
                           "BT\n"
                           "C O N F I D E N T I A L KARSTOVA 000513\n"
                           "\n"
                           "TEXT.\n"
                           "BT\n"
                           "#0513\n"
                           "NNNN",
                   .bad = "VZCZCXRO0417\n"
                          "PP RUEHBI\n"
                          "DE RTBAKV #0512 2310941\n"
                          "ZNY CCCCC ZZH\n"
                          "P 190938Z AUG 09\n"
                          "FM AMEMBASSY KARSTOVA\n"
                          "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                          "BT\n"
                          "C O N F I D E N T I A L KARSTOVA 000512\n"
                          "\n"
                          "TEXT.\n"
                          "BT\n"
                          "#0512\n"
                          "NNNN\n"
                          "VZCZCXRO0418\n"
                          "PP RUEHBI\n"
                          "DE RTBAKV #0513 2310951\n"
                          "ZNY CCCCC ZZH\n"
                          "P 190938Z AUG 09\n"
                          "FM AMEMBASSY KARSTOVA\n"
                          "TO RUEHC/SECSTATE WASHDC PRIORITY 1285\n"
                          "BT\n"
                          "C O N F I D E N T I A L KARSTOVA 000513\n"
                          "\n"
                          "TEXT.\n"
                          "BT\n"
                          "#0513\n"
                          "NNNN"}};
}

}  // namespace torntape::validator
