#include "traffic/generator/likeness.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/number.hpp"

namespace torntape::generator {

namespace {

using grammar::View;
using validator::Draft;
using validator::number_of;

constexpr std::array<std::string_view, 12> months{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                  "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::uint32_t last_serial = 9'999, cycle = 10'000, reference_cycle = 1'000'000;

// As many digits as stood there.
std::string as_wide(std::uint32_t number, View before) {
  std::uint32_t whole = 1;
  for (std::size_t i = 0; i != std::min<std::size_t>(before.size(), 9); ++i) whole *= 10;
  return fmt::format("{:0{}}", number % whole, before.size());
}

// ACP 127 writes a serial without zeros before it, so that it grows.
std::string as_serial(std::uint32_t number, View before) {
  bool const grows = before.size() < 4 && !before.starts_with('0');
  return grows ? fmt::format("{}", number) : as_wide(number, before);
}

// After 9999 (of three figures: 999) the series begins again with 1.
std::uint32_t in_series(std::uint32_t number, std::uint32_t end) { return (number - 1) % end + 1; }

std::uint32_t stamped(Stamp const& stamp, std::uint32_t before, std::uint32_t made) {
  return stamp.how == Stamp::How::value ? stamp.number : before + made;
}
std::uint32_t stamped_in_series(Stamp const& stamp, std::uint32_t before, std::uint32_t made,
                                std::uint32_t end) {
  return stamp.how == Stamp::How::value ? stamp.number : in_series(before + made, end);
}

void put_date(Draft& draft, Minute time) {
  auto const day = std::chrono::floor<std::chrono::days>(time);
  std::chrono::year_month_day const date(day);
  auto const minute = static_cast<std::uint32_t>((time - day).count());
  auto const part = [&]() -> auto const& { return draft.message().preamble; };
  draft.replace(part().year, as_wide(static_cast<std::uint32_t>(static_cast<int>(date.year())), part().year));
  draft.replace(part().month, months[static_cast<unsigned>(date.month()) - 1]);
  draft.replace(part().time, fmt::format("{:02}{:02}", minute / 60, minute % 60));
  draft.replace(part().day, fmt::format("{:02}", static_cast<unsigned>(date.day())));
}

void put_filing_time(Draft& draft, Minute time) {
  auto const day = std::chrono::floor<std::chrono::days>(time);
  std::chrono::year_month_day const date(day);
  auto const minute = static_cast<std::uint32_t>((time - day).count());
  auto const part = [&]() -> auto const& { return draft.message().origin; };
  draft.replace(part().time_of_file, fmt::format("{:02}{:02}", minute / 60, minute % 60));
  draft.replace(part().day_of_year, grammar::julian_day(time));
  draft.replace(part().day_of_month, fmt::format("{:02}", static_cast<unsigned>(date.day())));
}

// Every place that repeats the serial: those of the pages too.
void put_serial(Draft& draft, std::uint32_t serial) {
  auto const part = [&]() -> auto const& { return draft.message(); };
  std::string const before(part().origin.station_serial_number);
  draft.replace(part().origin.station_serial_number, as_serial(serial, before));
  draft.replace(part().end.validation_number, as_wide(serial, part().end.validation_number));
  // Every edit reads the text anew: the marks are counted, not held.
  for (std::size_t i = 0; i < part().page_marks.size(); ++i)  // NOLINT(modernize-loop-convert)
    if (View const number = part().page_marks[i].number; number == before)
      draft.replace(number, as_serial(serial, number));
}

void put_reference(Draft& draft, std::uint32_t number) {
  auto const part = [&] { return draft.message().text.message_reference_number; };
  draft.replace(part(), as_wide(number, part()));
}

void put_continuity(Draft& draft, std::uint32_t ahead) {
  for (std::size_t i = 0; i < draft.message().addressees.size(); ++i) {
    auto const written = draft.message().addressees[i].message_continuity_number;
    if (auto const number = number_of(written))
      draft.replace(written, as_wide(in_series(*number + ahead, last_serial), written));
  }
}

std::optional<Stamp> stamp_of(std::string const& value) {
  if (value == "next") return Stamp{Stamp::How::next, 0, {}};
  auto const number = number_of(value);
  if (!number) return {};
  return Stamp{Stamp::How::value, *number, {}};
}

// "170141Z AUG 09", or 2009.
std::optional<Stamp> time_of(std::string const& value) {
  if (value == "next") return Stamp{Stamp::How::next, 0, {}};
  if (value == "now") return Stamp{Stamp::How::now, 0, {}};
  grammar::Parser parser;
  auto const text = "R " + value + "\nFM A\nTO B\n";
  auto const time = grammar::drawn_up(parser.parse(text));
  if (!time) return {};
  return Stamp{Stamp::How::value, 0, *time};
}

}  // namespace

StampsRead read_stamps(std::vector<std::string> const& words) {
  StampsRead read;
  auto& stamps = read.stamps;
  std::array<std::pair<std::string_view, std::optional<Stamp>*>, 4> const numbers{
      {{"ssn", &stamps.ssn}, {"mrn", &stamps.mrn}, {"channel", &stamps.channel}, {"mcn", &stamps.mcn}}};
  std::set<std::string> seen;
  for (auto const& word : words) {
    auto const equals = word.find('=');
    auto const key = word.substr(0, equals);
    if (!seen.insert(key).second) {
      read.errors.push_back(fmt::format("'{}': {} is set already", word, key));
      continue;
    }
    auto const value = equals == std::string::npos ? std::string() : word.substr(equals + 1);
    if (key == "dtg") {
      stamps.dtg = time_of(value);
      if (!stamps.dtg)
        read.errors.push_back("'" + word + "': expected now, next, or a group as 170141Z AUG 09");
      continue;
    }
    auto const known = std::ranges::find(numbers, key, [](auto const& each) { return each.first; });
    if (known == numbers.end()) {
      read.errors.push_back("'" + word + "' sets nothing known: dtg, ssn, mrn, channel, mcn");
      continue;
    }
    *known->second = stamp_of(value);
    bool const only_next = key == "mcn" && value != "next";
    if (!*known->second || only_next)
      read.errors.push_back("'" + word +
                            (key == "mcn" ? "': expected next" : "': expected next, or a number"));
  }
  return read;
}

Likeness::Likeness(std::string text, Stamps stamps)
    : text_(std::move(text)), stamps_(std::move(stamps)), message_(&parser_.parse(text_)) {}

namespace {

// A number that was given has room where it is to stand.
std::optional<std::string> too_wide(std::optional<Stamp> const& stamp, std::size_t room,
                                    std::string_view key) {
  if (!stamp || stamp->how != Stamp::How::value) return {};
  auto const figures = fmt::format("{}", stamp->number).size();
  if (figures <= room) return {};
  return fmt::format("{}={}: the message has room for {} figures there", key, stamp->number, room);
}

// State's serial is the last four digits of the reference number: where both are set they must go together.
bool together(Stamp const& serial, Stamp const& reference) {
  if (serial.how != reference.how) return false;
  return serial.how != Stamp::How::value || serial.number == reference.number % cycle;
}

}  // namespace

std::optional<std::string> Likeness::objection() const {
  auto const& m = *message_;
  if (stamps_.dtg && !grammar::drawn_up(m)) return "the message has no date-time group that can be read";
  if (stamps_.ssn && !number_of(m.origin.station_serial_number))
    return "the message has no station serial number";
  if (stamps_.mrn && !number_of(m.text.message_reference_number))
    return "the message has no message reference number";
  if (stamps_.channel && !number_of(m.transmission_identification.sequence_number))
    return "the message has no channel number";
  if (stamps_.ssn && stamps_.mrn && m.profile == grammar::Profile::state &&
      !together(*stamps_.ssn, *stamps_.mrn))
    return "ssn and mrn contradict each other: in state the serial is the last four digits of the reference "
           "number; set one of them, and the other follows";
  if (auto why = too_wide(stamps_.ssn, 4, "ssn")) return why;
  if (auto why = too_wide(stamps_.mrn, m.text.message_reference_number.size(), "mrn")) return why;
  return too_wide(stamps_.channel, m.transmission_identification.sequence_number.size(), "channel");
}

std::string Likeness::next() {
  ++made_;
  Draft draft(text_);
  auto const& m = *message_;
  if (stamps_.dtg) {
    auto const before = *grammar::drawn_up(m);
    auto const delay = grammar::filing_delay(m).value_or(std::chrono::minutes{0});
    auto const& stamp = *stamps_.dtg;
    auto const time = stamp.how == Stamp::How::now     ? stamps_.clock()
                      : stamp.how == Stamp::How::value ? stamp.time
                                                       : before + std::chrono::minutes{made_};
    put_date(draft, time);
    put_filing_time(draft, time + delay);
  }
  auto const reference = number_of(m.text.message_reference_number);
  if (stamps_.ssn) {
    auto const serial =
        stamped_in_series(*stamps_.ssn, *number_of(m.origin.station_serial_number), made_, last_serial);
    put_serial(draft, serial);
    // State's reference number is the serial, and ten thousands before it.
    if (reference && m.profile == grammar::Profile::state && !stamps_.mrn)
      put_reference(draft, (*reference - *reference % cycle + serial % cycle) % reference_cycle);
  }
  if (stamps_.mrn) {
    auto const number = stamped(*stamps_.mrn, *reference, made_);
    put_reference(draft, number);
    if (m.profile == grammar::Profile::state && !stamps_.ssn) put_serial(draft, number % cycle);
  }
  if (stamps_.channel) {
    auto const part = draft.message().transmission_identification.sequence_number;
    auto const before = *number_of(m.transmission_identification.sequence_number);
    auto const end = part.size() == 3 ? 999U : last_serial;
    draft.replace(part, as_wide(stamped_in_series(*stamps_.channel, before, made_, end), part));
  }
  if (stamps_.mcn) put_continuity(draft, made_);
  return draft.text();
}

}  // namespace torntape::generator
