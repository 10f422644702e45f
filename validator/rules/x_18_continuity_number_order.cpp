#include <memory>
#include <string>

#include <fmt/format.h>

#include "grammar/filing_date.hpp"
#include "validator/continuity/bounded.hpp"
#include "validator/continuity/follower.hpp"
#include "validator/continuity/run.hpp"
#include "validator/number.hpp"

namespace torntape::validator {

namespace {

using grammar::Instant;

constexpr unsigned cycle = 10000;

struct Last {
  unsigned number;
  Instant drawn_up;
  std::string where;
};

class Numbers : public Follower {
 public:
  void next(Message const& m, SetFindings& found) override {
    auto const from = drawn_up(m);
    if (!from || m.originator.plain_language_address.empty()) return;
    for (auto const& addressee : m.addressees) take(m, addressee, *from, found);
  }

 private:
  // Of messages that are not given in the order of time nothing can be told.
  void take(Message const& m, grammar::Addressee const& addressee, Instant from, SetFindings& found) {
    auto const written = addressee.message_continuity_number;
    auto const number = number_of(written.substr(0, 4));
    if (!number || addressee.plain_language_address.empty()) return;
    auto const key = key_of(m.originator.plain_language_address, addressee.plain_language_address);
    auto const* const last = last_.find(key);
    if (last != nullptr && from <= last->drawn_up) return;
    auto const here = found.place(written);
    if (last != nullptr)
      if (auto const ahead = (*number + cycle - last->number) % cycle; ahead == 0 || ahead > cycle / 2)
        found.add(here,
                  fmt::format("number does not rise: {:04} went before ({})", last->number, last->where));
    auto const end = written.size() == 9 ? number_of(written.substr(5)) : number;
    last_.put(key, {end.value_or(*number), from, pointed_at(here)});
  }

  Bounded<Last> last_;
};

std::unique_ptr<Follower> follow() { return std::make_unique<Numbers>(); }

bool violate(Run& run, Random& random) {
  auto& last = run[run.size() - 1];
  if (last.message().addressees.empty()) return false;
  auto const number = last.message().addressees.front().message_continuity_number;
  auto const value = number_of(number);
  // The one before, or some that are long gone.
  auto const back = random.pick(1U, 20U, 300U);
  return number.size() == 4 && value && *value > back &&
         last.replace(number, fmt::format("{:04}", *value - back));
}

}  // namespace

Rule x_18() {
  return {.id = "X-18",
          .name = "continuity-number-order",
          .severities = "I---I",
          .kinds = "all",
          .follow = follow,
          .violate_run = violate,
          .page = {.what = "The continuity numbers from one originator to one addressee rise, and after 9999 "
                           "comes 0000.",
                   .why = "By them the addressee sees whether a telegram was lost.",
                   .citation = "observed in State headings 2001-2010",
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
                          "TO RUEHC/SECSTATE WASHDC PRIORITY 1285\n"
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
                          "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                          "BT\n"
                          "C O N F I D E N T I A L KARSTOVA 000513\n"
                          "\n"
                          "TEXT.\n"
                          "BT\n"
                          "#0513\n"
                          "NNNN"}};
}

}  // namespace torntape::validator
