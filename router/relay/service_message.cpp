#include "router/relay/service_message.hpp"

#include <chrono>
#include <span>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace torntape::relay {

namespace {

using grammar::FormatLine;
using grammar::Message;
using Words = std::vector<std::string_view>;

// Day of the year, hour and minute (ACP 127(G) 129).
std::string filing_time(Now time) {
  auto const minute = std::chrono::floor<std::chrono::minutes>(time);
  auto const day = std::chrono::floor<std::chrono::days>(minute);
  std::chrono::year_month_day const date(day);
  auto const first = std::chrono::sys_days(date.year() / std::chrono::January / 1);
  auto const since = minute - day;
  auto const hours = std::chrono::floor<std::chrono::hours>(since);
  return fmt::format("{:03}{:02}{:02}", (day - first).count() + 1, hours.count(), (since - hours).count());
}

std::string compose(std::string_view precedence, Direct const& direct, std::string_view text) {
  return fmt::format("{} {}\nDE {} {}\n{}\nNNNN\n", precedence, direct.to, direct.from,
                     filing_time(direct.time), text);
}

// Relayed (ACP 127(G) 405.c).
std::string compose(Notice const& notice, std::string_view text) {
  return fmt::format("RR {}\nDE {} #{:04} {}\nZNR UUUUU\nBT\nUNCLAS SVC {}\nBT\nNNNN\n", notice.to,
                     notice.from, notice.serial, filing_time(notice.time), text);
}

Words words(std::string_view line) {
  Words words;
  for (std::size_t at = 0; at < line.size();) {
    auto const begin = line.find_first_not_of(' ', at);
    if (begin == std::string_view::npos) break;
    auto const end = std::min(line.find(' ', begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    at = end;
  }
  return words;
}

// The first line behind FL3 that is no security warning.
Words text_of(Message const& message) {
  bool behind = false;
  for (auto const& line : message.lines) {
    if (line.format_line == FormatLine::fl3) {
      behind = true;
      continue;
    }
    auto const found = behind ? words(line.text) : Words{};
    if (found.empty() || found.front() == "ZNR" || found.front() == "ZNY") continue;
    return found;
  }
  return {};
}

bool is_signal(Words const& text, std::string_view signal) { return text.size() == 2 && text[0] == signal; }

}  // namespace

std::string flash_receipt(Direct const& direct, std::string_view number) {
  return compose("ZZ", direct, fmt::format("R Z {}", number));
}
std::string open_number(Direct const& direct, std::string_view number) {
  return compose("OO", direct, fmt::format("ZFX {}", number));
}
std::string last_heard(Direct const& direct, std::string_view number) {
  return compose("PP", direct, fmt::format("ZID {}", number));
}
std::string last_sent(Direct const& direct, std::string_view number) {
  return compose("PP", direct, fmt::format("ZIC {}", number));
}
std::string duplicate(Direct const& direct, std::string_view identity, std::string_view number) {
  return compose("RR", direct, fmt::format("{} {} DUPLICATE", identity, number));
}
std::string garbled(Direct const& direct, std::string_view identity, std::string_view number) {
  return compose("PP", direct, fmt::format("{}{}{} ZES2", number, identity.empty() ? "" : " ", identity));
}
std::string same_number(Direct const& direct, std::string_view number) {
  return compose("RR", direct, fmt::format("ZFQ {}", number));
}

std::string rejected(Notice const& notice, std::string_view identity, std::string_view reason) {
  return compose(notice, fmt::format("{}CSD\n{} {} REJ", notice.from, identity, reason));
}

std::string misrouted(Notice const& notice, std::string_view identity, std::string_view right,
                      std::string_view name) {
  return compose(notice, fmt::format("ZEQ3 {}\n{}{}{} {:%d%H%M}Z", identity, right, name.empty() ? "" : " ",
                                     name, std::chrono::floor<std::chrono::minutes>(notice.time)));
}

std::optional<DirectService> read_direct(Message const& message, std::string_view from, std::string_view to) {
  auto const& called = message.routing_line.routing_indicators;
  if (called.size() != 1 || called.front() != to || message.origin.routing_indicator != from ||
      !message.addressees.empty())
    return std::nullopt;
  auto const text = text_of(message);
  if (text.size() == 3 && text[0] == "R" && text[1] == "Z") return FlashReceipt{std::string(text[2])};
  if (is_signal(text, "ZFX")) return OpenNumber{std::string(text[1])};
  if (is_signal(text, "ZID")) return LastHeard{std::string(text[1])};
  if (is_signal(text, "ZIC")) return LastSent{std::string(text[1])};
  return ForTheOperator{};
}

}  // namespace torntape::relay
