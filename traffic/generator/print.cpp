#include <array>

#include "grammar/fl02_routing_line/routing_line.hpp"
#include "traffic/generator/draw.hpp"
#include "traffic/generator/ink.hpp"
#include "traffic/generator/telegram.hpp"
#include "traffic/generator/words.hpp"

namespace torntape::generator {

namespace {

using directory::Class;
using directory::Station;
using grammar::Profile;

constexpr std::array letters{'R', 'P', 'O', 'Z'};
constexpr std::array<std::string_view, 4> words{"", " PRIORITY", " IMMEDIATE", " FLASH"};
constexpr std::array<std::string_view, 8> tags{"PREL", "PGOV", "ECON", "ETRD",
                                               "SCUL", "KPAO", "SENV", "AMGT"};
constexpr std::array<std::string_view, 12> months{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                  "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::uint32_t cycle = 9'999, short_cycle = 999;
constexpr std::size_t longest_mark = 64;
constexpr std::size_t tape_width = 69;  // ACP 127(G) 138.f

// The date-time group of a message, its parts.
struct Instant {
  explicit Instant(std::chrono::sys_time<std::chrono::minutes> time) {
    auto const day = std::chrono::floor<std::chrono::days>(time);
    date = std::chrono::year_month_day(day);
    day_of_year = static_cast<std::uint32_t>((day - std::chrono::sys_days(date.year() / 1 / 1)).count()) + 1;
    minute = static_cast<std::uint32_t>((time - day).count());
  }
  [[nodiscard]] std::uint32_t year() const {
    return static_cast<std::uint32_t>(static_cast<int>(date.year()));
  }
  [[nodiscard]] std::uint32_t month() const { return static_cast<unsigned>(date.month()); }
  [[nodiscard]] std::uint32_t day() const { return static_cast<unsigned>(date.day()); }

  std::chrono::year_month_day date;
  std::uint32_t day_of_year = 1, minute = 0;
};

Ink& print_clock(Ink& ink, Instant const& instant) {
  return ink << Digits{instant.minute / 60, 2} << Digits{instant.minute % 60, 2};
}
Ink& print_filing_time(Ink& ink, Instant const& instant) {
  return print_clock(ink << Digits{instant.day_of_year, 3}, instant);
}

// The post as the reference line names it: "KARSTOVA"; empty of a station that is no mission.
std::string_view post(Station const& station) {
  std::string_view const name = station.name;
  if (!is_mission(station)) return {};
  return name.starts_with("SECSTATE") ? std::string_view("STATE") : name.substr(name.find(' ') + 1);
}

std::string_view spelled(Class classification) {
  if (classification == Class::secret) return "S E C R E T";
  return classification == Class::confidential ? "C O N F I D E N T I A L" : "UNCLAS";
}
char letter_of(Class classification) {
  if (classification == Class::secret) return 'S';
  return classification == Class::confidential ? 'C' : 'U';
}

class Printing {
 public:
  Printing(Telegram const& telegram, Mix const& mix, Random& random, Ink& ink)
      : it_(telegram), mix_(mix), random_(random), ink_(ink), time_(telegram.time) {}

  void run() {
    if (it_.copy != Copy::abbreviated) print_routing();
    if (it_.form != Form::service && it_.form != Form::direct_service &&
        it_.form != Form::abbreviated_plaindress)
      print_preamble_and_address();
    print_text();
    print_end();
  }

 private:
  [[nodiscard]] bool of_state() const { return it_.profile == Profile::state; }
  // Words and numbers after a name are State's, whose copies from FL5 on are those of ACP 126.
  [[nodiscard]] bool as_state_writes() const { return of_state() || it_.profile == Profile::acp126; }
  [[nodiscard]] bool has_separators() const {
    return it_.copy != Copy::archive && it_.form != Form::direct_service;
  }

  // --- FL1 to FL4 ---

  void print_routing() {
    auto const before = it_.channel_number - 1;
    ink_ << "VZCZC" << it_.channel;
    ink_ << (of_state() ? Digits{before % cycle + 1, 4} : Digits{before % short_cycle + 1, 3}) << '\n';
    if (it_.profile == Profile::janap128) {
      print_autodin_header();
    } else {
      print_routing_line();
      if (it_.copy == Copy::web) ink_ << '\n';
      print_calling_station();
    }
    print_warning();
  }

  // Filled greedily.
  void print_routing_line() {
    auto const width = of_state() ? grammar::fl02::width : tape_width;
    auto const letter = letters[it_.precedence];
    ink_ << letter << letter;
    std::size_t column = 2;
    for (auto const indicator : it_.called) {
      bool const fits = column + 1 + indicator.size() <= width;
      ink_ << (fits ? ' ' : '\n') << indicator;
      column = fits ? column + 1 + indicator.size() : indicator.size();
    }
    ink_ << '\n';
  }

  void print_autodin_header() {
    auto const letter = letter_of(it_.classification);
    ink_ << letters[it_.precedence] << "TT" << letter << "ZYUW " << it_.from->indicator;
    ink_ << Digits{it_.serial, 4} << ' ';
    print_filing_time(ink_, time_) << '-' << letter << letter << letter << letter << "--";
    for (auto const& indicator : it_.called)
      ink_ << (&indicator == &it_.called.front() ? "" : " ") << indicator;
    ink_ << ".\n";
  }

  void print_serial() {
    if (it_.profile == Profile::acp127)
      ink_ << (it_.serial - 1) % cycle + 1;
    else
      ink_ << Digits{it_.serial, 4};
  }

  void print_calling_station() {
    ink_ << "DE " << it_.from->indicator << ' ';
    if (it_.form != Form::direct_service) {
      if (it_.profile != Profile::acp127) ink_ << '#';
      print_serial();
      if (of_state() && it_.section != 0) ink_ << '/' << Digits{it_.section, 2};
      ink_ << ' ';
    }
    print_filing_time(ink_, time_) << '\n';
  }

  void print_warning() {
    auto const letter = letter_of(it_.classification);
    ink_ << (letter == 'U' ? "ZNR " : "ZNY ");
    for (int i = 0; i != 5; ++i) ink_ << letter;
    if (of_state()) ink_ << " ZZH";
    if (!it_.fl4_signal.empty()) ink_ << ' ' << it_.fl4_signal;
    ink_ << '\n';
  }

  // --- FL5 to FL10 ---

  void print_date_time_group(Instant const& time) {
    print_clock(ink_ << Digits{time.day(), 2}, time) << "Z " << months[time.month() - 1] << ' ';
    ink_ << Digits{time.year(), as_state_writes() ? 2U : 4U};
  }

  void print_preamble_and_address() {
    bool const codress = it_.form == Form::codress;
    bool const dual = it_.info_precedence != it_.precedence && !it_.info.empty() && !codress;
    ink_ << letters[it_.precedence];
    if (dual) ink_ << ' ' << letters[it_.info_precedence];
    ink_ << ' ';
    print_date_time_group(time_);
    if (!it_.fl5_signal.empty()) ink_ << ' ' << it_.fl5_signal;
    ink_ << '\n';
    if (codress) return;
    ink_ << "FM " << it_.from->name << '\n';
    print_addresses(it_.action, "TO ");
    print_addresses(it_.info, "INFO ");
    for (auto const& name : it_.exempted)
      ink_ << (&name == &it_.exempted.front() ? "XMT " : "") << name << '\n';
    lines_ = static_cast<std::uint32_t>(2 + it_.action.size() + it_.info.size() + it_.exempted.size());
    if (it_.form == Form::readdressed) print_original();
  }

  void print_addresses(std::vector<Address> const& addresses, std::string_view prosign) {
    for (auto const& address : addresses) {
      if (&address == &addresses.front()) ink_ << prosign;
      if (!address.indicator.empty() && it_.profile != Profile::acp126) ink_ << address.indicator << '/';
      ink_ << address.name;
      if (as_state_writes()) {
        if (address.night_action) ink_ << " NIACT";
        ink_ << words[address.precedence];
        if (address.number != 0) ink_ << ' ' << Digits{address.number, 4};
      }
      ink_ << '\n';
    }
  }

  // What was sent to the station that now sends it on, a day before.
  void print_original() {
    ink_ << "R ";
    print_date_time_group(Instant(it_.time - std::chrono::days{1}));
    ink_ << "\nFM " << it_.original_from->name << "\nTO " << it_.from->indicator << '/' << it_.from->name
         << '\n';
    lines_ += 3;
  }

  // --- FL11 to FL13 ---

  void print_text() {
    bool const counted = it_.form == Form::codress;
    auto const groups = counted ? static_cast<std::uint32_t>(random_.between(20, 120)) : 0;
    if (counted) ink_ << "GR " << groups << '\n';
    if (has_separators()) ink_ << "BT\n";
    if (counted)
      print_cipher(random_, groups, ink_);
    else if (it_.form == Form::service || it_.form == Form::direct_service)
      print_service_text();
    else if (of_state())
      print_telegram();
    else if (it_.profile == Profile::acp126)
      print_letter();
    else
      print_pages();
    if (has_separators()) ink_ << "BT\n";
  }

  void print_service_text() {
    if (it_.form == Form::direct_service) {
      ink_ << "ZFX " << it_.channel << Digits{(it_.channel_number + 41) % short_cycle + 1, 3} << '\n';
      return;
    }
    ink_ << "UNCLAS SVC\nINT ZDK " << it_.called.front() << ' ';
    ink_ << Digits{static_cast<std::uint32_t>(random_.between(1, cycle)), 4} << ' ';
    print_filing_time(ink_, Instant(it_.time - std::chrono::minutes{75})) << " PAGE 2\n";
  }

  void print_section() {
    if (it_.section == 0) return;
    if (of_state())
      ink_ << " SECTION " << Digits{it_.section, 2} << " OF " << Digits{it_.sections, 2};
    else if (it_.section == it_.sections)
      ink_ << " FINAL SECTION OF " << it_.sections;
    else
      ink_ << " SECTION " << it_.section << " OF " << it_.sections;
  }

  void print_reference() {
    auto const place = post(*it_.from);
    if (!place.empty()) ink_ << ' ' << place << ' ' << Digits{it_.serial, 6};
  }

  void print_telegram() {
    bool const classified = it_.classification != Class::unclassified;
    ink_ << spelled(it_.classification);
    print_section();
    print_reference();
    ink_ << "\n\n";
    if (!it_.caption.empty()) ink_ << it_.caption << "\n\n";
    ink_ << "E.O. 12958: ";
    if (classified) {
      constexpr std::uint32_t years = 10;
      ink_ << "DECL: " << Digits{time_.month(), 2} << '/' << Digits{time_.day(), 2} << '/'
           << time_.year() + years << '\n';
    } else {
      ink_ << "N/A\n";
    }
    auto const first = random_.below(tags.size());
    auto const second = (first + 1 + random_.below(tags.size() - 1)) % tags.size();
    ink_ << "TAGS: " << tags[first] << ' ' << tags[second] << "\nSUBJECT: ";
    print_subject(random_, ink_);
    ink_ << '\n';
    print_paragraphs(random_, lines_of_text(), letter_of(it_.classification), ink_);
  }

  void print_letter() {
    ink_ << spelled(it_.classification);
    print_reference();
    ink_ << '\n';
    print_paragraphs(random_, lines_of_text(), letter_of(it_.classification), ink_);
  }

  void print_pages() {
    ink_ << spelled(it_.classification);
    print_section();
    ink_ << '\n';
    Room room;
    Ink mark(room, it_.from->indicator.size() + longest_mark);
    mark << it_.from->indicator << ' ';
    if (it_.profile == Profile::acp127)
      mark << (it_.serial - 1) % cycle + 1;
    else
      mark << Digits{it_.serial, 4};
    mark << ' ' << spelled(it_.classification);
    Pages pages(mark.text(), lines_ + 2);  // BT, and the class
    print_paragraphs(random_, lines_of_text(), pages, ink_);
  }

  [[nodiscard]] std::uint32_t lines_of_text() {
    return static_cast<std::uint32_t>(random_.between(mix_.fewest_lines, mix_.most_lines));
  }

  // --- FL15 and FL16 ---

  void print_end() {
    if (it_.copy == Copy::archive) return;
    bool const validated = it_.profile != Profile::acp127 && it_.profile != Profile::acp126;
    if (validated && it_.form != Form::direct_service) ink_ << '#' << Digits{it_.serial, 4} << '\n';
    ink_ << "NNNN\n";
  }

  Telegram const& it_;
  Mix const& mix_;
  Random& random_;
  Ink& ink_;
  Instant time_;
  std::uint32_t lines_ = 0;  // from FL5 on, before the text
};

std::size_t room_for_heading(Telegram const& telegram) {
  constexpr std::size_t fixed = 2048, of_address = 64, indicator = 10;
  auto room = fixed + telegram.called.size() * indicator + 2 * telegram.from->name.size();
  if (telegram.original_from != nullptr) room += telegram.original_from->name.size();
  for (auto const* const addresses : {&telegram.action, &telegram.info})
    for (auto const& address : *addresses) room += of_address + address.name.size();
  for (auto const name : telegram.exempted) room += of_address + name.size();
  return room;
}

}  // namespace

std::string_view print(Telegram const& telegram, Mix const& mix, Random& random, Room& room) {
  Ink ink(room, room_for_heading(telegram) + room_for(mix.most_lines));
  Printing(telegram, mix, random, ink).run();
  return ink.text();
}

}  // namespace torntape::generator
