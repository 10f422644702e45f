#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include <fmt/format.h>

#include "validator/continuity/bounded.hpp"
#include "validator/continuity/channel.hpp"
#include "validator/continuity/follower.hpp"
#include "validator/continuity/run.hpp"

namespace torntape::validator {

namespace {

constexpr std::size_t most_channels = 1000;

// The numbers of one series, with the place of each.
struct Series {
  std::optional<ChannelNumber> last;
  std::unordered_map<unsigned, std::string> used;
};

class Numbers : public Follower {
 public:
  void next(Message const& m, SetFindings& found) override {
    auto const number = channel_number(m);
    if (!number) return;
    auto const key = key_of(m.transmission_identification.channel);
    if (channels_.find(key) == nullptr) channels_.put(key, {});
    auto& series = *channels_.find(key);
    if (series.last && number->value < series.last->value &&
        begins_series(*number, *series.last, m.conventions->channel_number_reset))
      series.used.clear();
    auto const here = found.place(m.transmission_identification.sequence_number);
    auto const [at, is_new] = series.used.try_emplace(number->value, pointed_at(here));
    if (!is_new) found.add(here, fmt::format("number used before on this channel ({})", at->second));
    series.last = number;
  }

 private:
  Bounded<Series> channels_{most_channels};
};

std::unique_ptr<Follower> follow() { return std::make_unique<Numbers>(); }

bool violate(Run& run, Random& random) {
  if (run[0].message().copy_kind == CopyKind::web) return false;  // they are not counted
  return run.renumber(1 + static_cast<std::size_t>(random.below(run.size() - 1)), -1);
}

}  // namespace

Rule x_16() {
  return {.id = "X-16",
          .name = "channel-number-repeat",
          .severities = "WWWWI",
          .kinds = "wire",
          .follow = follow,
          .violate_run = violate,
          .page = {.what = "One number of a channel stands for one transmission.",
                   .why = "Of two transmissions under one number a receipt does not say which one it means, "
                          "and one of them may be lost unnoticed.",
                   .citation = "ACP 127(G) 402.a, 429",
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
                          "VZCZCXRO0417\n"
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
