#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "grammar/filing_date.hpp"
#include "validator/continuity/bounded.hpp"
#include "validator/continuity/follower.hpp"
#include "validator/continuity/run.hpp"
#include "validator/number.hpp"
#include "validator/series.hpp"

namespace torntape::validator {

namespace {

using grammar::Instant;

struct Last {
  unsigned number;
  Instant drawn_up;
  std::string where;
};

class References : public Follower {
 public:
  void next(Message const& m, SetFindings& found) override {
    auto const number = number_of(m.text.message_reference_number);
    auto const from = drawn_up(m);
    if (!number || !from || m.text.station.empty() || is_of_a_party(m.text.station)) return;
    auto const key = key_of(m.text.station, m.preamble.year);
    auto const here = found.place(m.text.message_reference_number);
    if (auto const* const last = last_.find(key); last != nullptr && *number != last->number)
      if ((*number > last->number) != (*from > last->drawn_up) && *from != last->drawn_up)
        found.add(here, fmt::format("number out of order: {:06} was drawn up {} ({})", last->number,
                                    last->drawn_up < *from ? "before" : "after", last->where));
    last_.put(key, {*number, *from, pointed_at(here)});
  }

 private:
  Bounded<Last> last_;
};

std::unique_ptr<Follower> follow() { return std::make_unique<References>(); }

// The last two messages change their times.
bool violate(Run& run, Random&) {
  if (run.size() < 2) return false;
  auto& first = run[run.size() - 2];
  auto& second = run[run.size() - 1];
  auto const earlier =
      std::pair{std::string{first.message().preamble.time}, std::string{first.message().origin.filing_time}};
  return first.replace(first.message().preamble.time, second.message().preamble.time) &&
         first.replace(first.message().origin.filing_time, second.message().origin.filing_time) &&
         second.replace(second.message().preamble.time, earlier.first) &&
         second.replace(second.message().origin.filing_time, earlier.second);
}

}  // namespace

Rule x_17() {
  return {.id = "X-17",
          .name = "reference-number-order",
          .severities = "I---I",
          .kinds = "all",
          .follow = follow,
          .violate_run = violate,
          .page = {.what = "The reference numbers of a post rise with the date-time groups, in every year.",
                   .why = "A number out of order may be garbled, and others quote it.",
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
                          "DE RTBAKV #0513 2310941\n"
                          "ZNY CCCCC ZZH\n"
                          "P 190938Z AUG 09\n"
                          "FM AMEMBASSY KARSTOVA\n"
                          "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                          "BT\n"
                          "C O N F I D E N T I A L KARSTOVA 000513\n"
                          "\n"
                          "TEXT.\n"
                          "BT\n"
                          "#0513\n"
                          "NNNN\n"
                          "VZCZCXRO0418\n"
                          "PP RUEHBI\n"
                          "DE RTBAKV #0512 2310951\n"
                          "ZNY CCCCC ZZH\n"
                          "P 190948Z AUG 09\n"
                          "FM AMEMBASSY KARSTOVA\n"
                          "TO RUEHC/SECSTATE WASHDC PRIORITY 1285\n"
                          "BT\n"
                          "C O N F I D E N T I A L KARSTOVA 000512\n"
                          "\n"
                          "TEXT.\n"
                          "BT\n"
                          "#0512\n"
                          "NNNN"}};
}

}  // namespace torntape::validator
