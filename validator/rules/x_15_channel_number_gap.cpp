#include <memory>
#include <string>

#include <fmt/format.h>

#include "validator/continuity/bounded.hpp"
#include "validator/continuity/channel.hpp"
#include "validator/continuity/follower.hpp"
#include "validator/continuity/run.hpp"

namespace torntape::validator {

namespace {

std::string open_numbers(unsigned first, unsigned count, unsigned cycle) {
  auto const width = cycle == 1000 ? 3 : 4;
  if (count == 1) return fmt::format("number {:0{}} is open", first % cycle, width);
  return fmt::format("numbers {:0{}} to {:0{}} are open", first % cycle, width, (first + count - 1) % cycle,
                     width);
}

struct Last {
  ChannelNumber number;
  std::string where;
};

class Channels : public Follower {
 public:
  void next(Message const& m, SetFindings& found) override {
    auto const number = channel_number(m);
    if (!number) return;
    auto const key = key_of(m.transmission_identification.channel);
    auto const here = found.place(m.transmission_identification.sequence_number);
    auto const* const last = last_.find(key);
    if (last != nullptr && !begins_series(*number, last->number, m.conventions->channel_number_reset) &&
        !follows(*number, *last, here, found))
      return;
    last_.put(key, {*number, pointed_at(here)});
  }

 private:
  // False where it came late: what lies behind does not open a number.
  static bool follows(ChannelNumber const& number, Last const& last, Place const& here, SetFindings& found) {
    auto const before = last.number.value;
    auto const ahead = (number.value + number.cycle - before) % number.cycle;
    auto const late = ahead == 0 || ahead > number.cycle / 2;
    if (late && number.value == 1)
      found.add(here, fmt::format("series of the channel begins anew after {} ({})", before, last.where));
    else if (!late && ahead > 1)
      found.add(here, fmt::format("{} on this channel ({})",
                                  open_numbers(before + 1, ahead - 1, number.cycle), last.where));
    return !late || number.value == 1;
  }

  Bounded<Last> last_;
};

std::unique_ptr<Follower> follow() { return std::make_unique<Channels>(); }

bool violate(Run& run, Random& random) {
  if (run[0].message().copy_kind == CopyKind::web) return false;  // they are not counted
  auto const from = 1 + static_cast<std::size_t>(random.below(run.size() - 1));
  return run.renumber(from, random.pick(1, 2, 40));
}

}  // namespace

Rule x_15() {
  return {.id = "X-15",
          .name = "channel-number-gap",
          .severities = "WWWWI",
          .kinds = "wire",
          .follow = follow,
          .violate_run = violate,
          .page = {.what = "The numbers of a channel follow one another.",
                   .why = "A number left out is a transmission that did not come: an open number, to be "
                          "asked for.",
                   .citation = "ACP 127(G) 119, 402.a, 412.a, 433",
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
                          "VZCZCXRO0420\n"
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
                          "NNNN"}};
}

}  // namespace torntape::validator
