#include "validator/continuity/run.hpp"

#include <fmt/format.h>

#include "grammar/framing.hpp"
#include "validator/number.hpp"

namespace torntape::validator {

namespace {

struct Telegram {
  unsigned channel_number, serial, minute, continuity_number;
  std::string_view section = "", label = "";
};

std::string of_state(Telegram const& it) {
  return fmt::format(
      "VZCZCXRO{:04}\n"
      "PP RUEHBI\n"
      "DE RTBAKV #{:04}{} 23109{:02}\n"
      "ZNY CCCCC ZZH\n"
      "P 1909{:02}Z AUG 09\n"
      "FM AMEMBASSY KARSTOVA\n"
      "TO RUEHC/SECSTATE WASHDC PRIORITY {:04}\n"
      "BT\n"
      "C O N F I D E N T I A L{} KARSTOVA {:06}\n"
      "\n"
      "SIPDIS\n"
      "BT\n"
      "#{:04}\n"
      "NNNN\n",
      it.channel_number, it.serial, it.section, it.minute + 3, it.minute, it.continuity_number, it.label,
      it.serial, it.serial);
}

std::string of_acp127(Telegram const& it) {
  return fmt::format(
      "VZCZCXRO{:03}\n"
      "PP RTCAQB\n"
      "DE RTBAKV {} 19/09{:02}Z\n"
      "ZNR UUUUU\n"
      "P 1909{:02}Z AUG 2009\n"
      "FM AMEMBASSY KARSTOVA\n"
      "TO RTCAQB/AMEMBASSY QALARABAD\n"
      "BT\n"
      "UNCLAS{}\n"
      "THE CLOCK IS RIGHT AGAIN.\n"
      "BT\n"
      "NNNN\n",
      it.channel_number, it.serial, it.minute + 3, it.minute, it.label);
}

}  // namespace

Run::Run(std::string_view stream, grammar::Settings settings) : settings_(settings) {
  grammar::Framer framer;
  framer.feed(stream);
  framer.finish();
  while (auto const frame = framer.next()) add(frame->bytes);
}

void Run::add(std::string_view message) {
  drafts_.push_back(std::make_unique<Draft>(std::string{message}, settings_));
}

std::string Run::text() const {
  std::string text;
  for (auto const& draft : drafts_) text += draft->text();
  return text;
}

Draft& Run::repeat_last() {
  add(std::string{drafts_.back()->text()});
  auto& again = *drafts_.back();
  auto const number = again.message().transmission_identification.sequence_number;
  auto const width = number.size();
  // After its end the series begins anew.
  if (auto const value = number_of(number))
    again.replace(number, fmt::format("{:0{}}", *value % (width == 3 ? 999U : 9999U) + 1, width));
  return again;
}

bool Run::renumber(std::size_t from, int by) {
  // Where the series begins anew inside the run, another number would hide that it does.
  auto const value_of = [&](std::size_t i) {
    return number_of(drafts_[i]->message().transmission_identification.sequence_number).value_or(0);
  };
  for (std::size_t i = 1; i < size(); ++i)
    if (value_of(i) < value_of(i - 1)) return false;
  for (auto i = from; i < size(); ++i) {
    auto const number = drafts_[i]->message().transmission_identification.sequence_number;
    auto const value = number_of(number);
    // The series is not run through: what comes after its end is no gap.
    auto const width = static_cast<int>(number.size());
    if (!value || static_cast<int>(*value) + by > (width == 3 ? 999 : 9999)) return false;
    drafts_[i]->replace(number, fmt::format("{:0{}}", static_cast<int>(*value) + by, width));
  }
  return true;
}

std::string sample_run(grammar::Profile profile) {
  if (profile == grammar::Profile::state)
    return of_state({417, 512, 38, 1284, "/01", " SECTION 01 OF 02"}) +
           of_state({418, 512, 38, 1285, "/02", " SECTION 02 OF 02"}) + of_state({419, 513, 45, 1286}) +
           of_state({420, 514, 52, 1287});
  if (profile == grammar::Profile::acp127)
    return of_acp127({93, 115, 38, 0, "", " SECTION 1 OF 2"}) +
           of_acp127({94, 116, 38, 0, "", " SECTION 2 OF 2"}) + of_acp127({95, 117, 45, 0}) +
           of_acp127({96, 118, 52, 0});
  return {};
}

}  // namespace torntape::validator
