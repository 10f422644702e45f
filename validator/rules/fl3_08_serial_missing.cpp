#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  // Neighbours need none (ACP 127(G) 405.b).
  bool const relayed = line_of(m, FormatLine::fl11) != nullptr;
  if (m.form == grammar::MessageForm::service && !relayed) return;
  each(m, Feature::serial_missing, [&](View place) {
    found.add(place, m.profile == Profile::acp127 ? "no station serial number, expected 1-4 digits"
                                                  : "no station serial number, expected # and four digits");
  });
}

bool violate(Draft& draft, Random&) {
  auto const& origin = draft.message().origin;
  if (!grammar::present(origin.serial_mark) || !grammar::present(origin.filing_time)) return false;
  auto const* const begin = origin.serial_mark.data();
  return draft.erase(View{begin, static_cast<std::size_t>(origin.filing_time.data() - begin)});
}

}  // namespace

Rule fl3_08() {
  return {.id = "FL3-08",
          .name = "serial-missing",
          .severities = "EWE--",
          .kinds = "all",
          .when = has(Feature::serial_missing),
          .silences = {"FL15-02", "X-08", "X-09"},
          .check = check,
          .violate = violate,
          .page = {.what = "The calling station gives the message a serial number; only tests and service "
                           "messages between neighbours may go without.",
                   .why = "Station, serial and time of file identify the message: without a serial it cannot "
                          "be asked for again.",
                   .citation = "ACP 127(G) 405.b, 405.e, 434",
                   .good = "DE RTBAKV #0512/01 2310941",
                   .bad = "DE RTBAKV 2310941"}};
}

}  // namespace torntape::validator
