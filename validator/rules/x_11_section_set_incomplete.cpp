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

struct Set {
  std::vector<bool> there;
  std::string date_time_group;
  Place place;
};

constexpr unsigned most_sections = 100;

class Sections : public Follower {
 public:
  void next(Message const& m, SetFindings& found) override {
    auto const section = number_of(m.text.section), sections = number_of(m.text.sections);
    if (!section || !sections || *section == 0 || *section > *sections || *sections > most_sections) return;
    auto const key = key_of(m.originator.plain_language_address, m.preamble.date_time_group,
                            m.text.message_reference_number, m.text.sections);
    if (sets_.find(key) == nullptr)
      sets_.put(key, {std::vector<bool>(*sections), std::string{m.preamble.date_time_group},
                      found.place(m.text.section)});
    auto& there = sets_.find(key)->there;
    there[*section - 1] = true;
    if (missing(there).empty()) sets_.forget(key);
  }

  void end(SetFindings& found) override {
    sets_.each([&](Set const& set) {
      found.add(set.place,
                fmt::format("section {} of {} of {} did not come", missing(set.there), set.there.size(),
                            set.date_time_group.empty() ? "this message" : set.date_time_group));
    });
  }

 private:
  static std::string missing(std::vector<bool> const& there) {
    std::string numbers;
    for (std::size_t i = 0; i != there.size(); ++i)
      if (!there[i]) numbers += fmt::format("{}{}", numbers.empty() ? "" : ", ", i + 1);
    return numbers;
  }

  Bounded<Set> sets_;
};

std::unique_ptr<Follower> follow() { return std::make_unique<Sections>(); }

// One section more than come.
bool violate(Run& run, Random& random) {
  auto const more = random.pick(3U, 4U, 7U);
  auto changed = false;
  for (std::size_t i = 0; i != run.size(); ++i)
    if (auto const sections = run[i].message().text.sections; grammar::present(sections))
      changed = run[i].replace(sections, fmt::format("{:0{}}", more, sections.size()));
  return changed;
}

}  // namespace

Rule x_11() {
  return {.id = "X-11",
          .name = "section-set-incomplete",
          .severities = "WWWWW",
          .kinds = "all;A=I",
          .follow = follow,
          .violate_run = violate,
          .page = {.what = "Of a message in sections, all sections come.",
                   .why = "The reader has a part, and does not know it unless somebody counts.",
                   .citation = "ACP 127(G) 208.f; service manuals",
                   .good = "VZCZCXRO0417\n"
                           "PP RUEHBI\n"
                           "DE RTBAKV #0512/01 2310941\n"
                           "ZNY CCCCC ZZH\n"
                           "P 190938Z AUG 09\n"
                           "FM AMEMBASSY KARSTOVA\n"
                           "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                           "BT\n"
                           "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512\n"
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
                           "C O N F I D E N T I A L SECTION 02 OF 02 KARSTOVA 000512\n"
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
                          "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512\n"
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
                          "NNNN"}};
}

}  // namespace torntape::validator
