#include <memory>
#include <string>

#include <fmt/format.h>

#include "validator/continuity/bounded.hpp"
#include "validator/continuity/follower.hpp"
#include "validator/continuity/run.hpp"
#include "validator/signals.hpp"

namespace torntape::validator {

namespace {

Precedence of(View letters) {
  return letters.empty() ? Precedence::none : grammar::precedence_of_letter(letters.front());
}

struct Copy {
  Precedence of_message, of_leg;
  std::string where;
};

class Copies : public Follower {
 public:
  void next(Message const& m, SetFindings& found) override {
    auto const& origin = m.origin;
    if (origin.routing_indicator.empty() || origin.station_serial_number.empty() ||
        origin.filing_time.empty() || of(m.preamble.precedence) == Precedence::none)
      return;
    auto const here = found.place(m.preamble.precedence);
    auto const key = key_of(origin.routing_indicator, origin.station_serial_number, origin.section,
                            origin.filing_time, m.preamble.date_time_group, m.text.section);
    if (auto const* const before = copies_.find(key); before == nullptr)
      copies_.put(key, {of(m.preamble.precedence), leg(m), pointed_at(here)});
    else
      compare(m, *before, here, found);
  }

 private:
  static void compare(Message const& m, Copy const& before, Place const& here, SetFindings& found) {
    auto const own = of(m.preamble.precedence);
    auto const own_leg = leg(m);
    if (own != before.of_message)
      found.add(here, fmt::format("message is {} in this copy, {} in an earlier one ({})", name(own),
                                  name(before.of_message), before.where));
    else if (own_leg != before.of_leg && own_leg != Precedence::none && before.of_leg != Precedence::none)
      found.add(found.place(m.routing_line.precedence),
                fmt::format("this copy came at {}, an earlier one at {} ({})", name(own_leg),
                            name(before.of_leg), before.where));
  }

  // None of a leg to information addressees: it has the lower precedence (ACP 127(G) 152.d).
  static Precedence leg(Message const& m) {
    auto const own = of(m.routing_line.precedence);
    return own == of(m.preamble.info_precedence) ? Precedence::none : own;
  }

  Bounded<Copy> copies_;
};

std::unique_ptr<Follower> follow() { return std::make_unique<Copies>(); }

// Sent again, at another precedence.
bool violate(Run& run, Random& random) {
  auto& again = run.repeat_last();
  auto const letter = random.pick("R", "O", "Z");
  if (again.message().preamble.precedence == letter) return false;
  auto const word = std::string{name(of(letter))};
  auto const& addressees = again.message().addressees;
  if (!addressees.empty() && grammar::present(addressees.front().precedence_word))
    again.replace(addressees.front().precedence_word, word);
  return again.insert_after(end_of_instructions(again.message()), " ZDK") &&
         again.replace(again.message().preamble.precedence, letter) &&
         again.replace(again.message().routing_line.precedence, std::string(2, letter[0]));
}

}  // namespace

Rule x_22() {
  return {.id = "X-22",
          .name = "precedence-of-copies",
          .severities = "IIII-",
          .kinds = "all",
          .follow = follow,
          .violate_run = violate,
          .page = {.what = "All copies of a message have the same precedence, but for those on a leg to "
                           "information addressees.",
                   .why = "A copy that came at a lower precedence than the others came late; one whose FL5 "
                          "differs was changed on its way.",
                   .citation = "ACP 127(G) 152.c-d, 303.b(3)",
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
                           "DE RTBAKV #0512 2310941\n"
                           "ZNY CCCCC ZZH ZDK\n"
                           "P 190938Z AUG 09\n"
                           "FM AMEMBASSY KARSTOVA\n"
                           "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                           "BT\n"
                           "C O N F I D E N T I A L KARSTOVA 000512\n"
                           "\n"
                           "TEXT.\n"
                           "BT\n"
                           "#0512\n"
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
                          "OO RUEHBI\n"
                          "DE RTBAKV #0512 2310941\n"
                          "ZNY CCCCC ZZH ZDK\n"
                          "O 190938Z AUG 09\n"
                          "FM AMEMBASSY KARSTOVA\n"
                          "TO RUEHC/SECSTATE WASHDC IMMEDIATE 1284\n"
                          "BT\n"
                          "C O N F I D E N T I A L KARSTOVA 000512\n"
                          "\n"
                          "TEXT.\n"
                          "BT\n"
                          "#0512\n"
                          "NNNN"}};
}

}  // namespace torntape::validator
