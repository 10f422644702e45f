#include <memory>
#include <string>

#include <fmt/format.h>

#include "validator/continuity/bounded.hpp"
#include "validator/continuity/follower.hpp"
#include "validator/continuity/run.hpp"
#include "validator/signals.hpp"

namespace torntape::validator {

namespace {

class Identities : public Follower {
 public:
  void next(Message const& m, SetFindings& found) override {
    auto const& origin = m.origin;
    if (origin.routing_indicator.empty() || origin.station_serial_number.empty() ||
        origin.filing_time.empty())
      return;
    // A drop copy beside the one that was relayed is no second message.
    auto const key = key_of(origin.routing_indicator, origin.station_serial_number, origin.section,
                            origin.filing_time, name(m.copy_kind));
    auto const here = found.place(origin.station_serial_number);
    if (auto const* const before = seen_.find(key); before != nullptr && !grammar::present(repeat_signal(m)))
      found.add(here, fmt::format("this message came before ({})", *before));
    else
      seen_.put(key, pointed_at(here));
  }

 private:
  Bounded<std::string> seen_;
};

std::unique_ptr<Follower> follow() { return std::make_unique<Identities>(); }

bool violate(Run& run, Random&) {
  run.repeat_last();
  return true;
}

}  // namespace

Rule x_14() {
  return {.id = "X-14",
          .name = "duplicate-identity",
          .severities = "WWWWI",
          .kinds = "all",
          .follow = follow,
          .violate_run = violate,
          .page = {.what = "No two messages have the originating station, serial, section and time of file "
                           "of FL3 in common, unless a signal says that the message went out before.",
                   .why = "It is the same message a second time, and may be acted on twice.",
                   .citation = "ACP 127(G) 116, 427, 428",
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
                          "NNNN"}};
}

}  // namespace torntape::validator
