#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "validator/continuity/bounded.hpp"
#include "validator/continuity/follower.hpp"
#include "validator/continuity/run.hpp"
#include "validator/signals.hpp"

namespace torntape::validator {

namespace {

// The stations that one message was sent to so far, each behind a blank, and where it stood first.
struct Sent {
  std::string called;
  std::string first;
};

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
    auto const* const before = seen_.find(key);
    auto sent = before == nullptr ? Sent{} : *before;
    if (before != nullptr && calls_again(m, sent) && !grammar::present(repeat_signal(m)) && m.pilots.empty())
      found.add(here, fmt::format("this message came before ({})", sent.first));
    remember(m, sent);
    if (sent.first.empty()) sent.first = pointed_at(here);
    seen_.put(key, std::move(sent));
  }

 private:
  static bool holds(std::string const& called, View indicator) {
    return called.find(fmt::format(" {} ", indicator)) != std::string::npos;
  }

  // Indicators that were not called before are another leg of the same message (ACP 127(G) 303). Where one of
  // the two calls nobody that could be read, they are the same.
  static bool calls_again(Message const& m, Sent const& sent) {
    auto const& called = m.routing_line.routing_indicators;
    return called.empty() || sent.called.empty() ||
           std::ranges::any_of(called, [&](View each) { return holds(sent.called, each); });
  }

  static void remember(Message const& m, Sent& sent) {
    for (auto const each : m.routing_line.routing_indicators) {
      if (sent.called.size() > most_called) return;
      if (!holds(sent.called, each))
        sent.called += fmt::format("{}{} ", sent.called.empty() ? " " : "", each);
    }
  }

  static constexpr std::size_t most_called = 4000;  // bytes

  Bounded<Sent> seen_;
};

std::unique_ptr<Follower> follow() { return std::make_unique<Identities>(); }

bool violate(Run& run, Random&) {
  if (grammar::present(repeat_signal(run[run.size() - 1].message())))
    return false;  // it explains a repetition
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
                           "of FL3 in common, unless they call other stations, or a signal says that the "
                           "message went out before.",
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
