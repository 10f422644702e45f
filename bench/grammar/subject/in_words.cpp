#include <string>

#include "bench/grammar/subject/family.hpp"

namespace torntape::bench {
namespace {

class Writer {
 public:
  explicit Writer(Message const& message) : message_(message) {}

  std::string write() {
    auto const& m = message_;
    number("profile", m.profile);
    number("copy_kind", m.copy_kind);
    number("archive", m.archive);
    number("features.low", m.features.low);
    number("features.high", m.features.high);
    lines();
    top();
    preamble();
    addressees();
    text();
    return std::move(out_);
  }

 private:
  template <class Number>
  void number(char const* name, Number value) {
    out_.append(name).append(" ").append(std::to_string(static_cast<unsigned long long>(value))).append("\n");
  }
  void view(char const* name, View part) {
    if (!grammar::present(part)) return;
    out_.append(name).append(" ").append(std::to_string(part.data() - message_.source.data()));
    out_.append("+").append(std::to_string(part.size())).append("\n");
  }
  void views(char const* name, std::vector<View> const& parts) {
    for (auto const part : parts) view(name, part);
  }

  void lines() {
    for (auto const& line : message_.lines) {
      view("line", line.text);
      view("ending", line.ending);
      number("format_line", line.format_line);
      number("reading", line.reading);
    }
    for (auto const& oddity : message_.oddities) {
      number("oddity", oddity.feature);
      view("where", oddity.where);
    }
  }
  void top() {
    auto const& fl1 = message_.transmission_identification;
    view("start", fl1.start);
    view("channel", fl1.channel);
    view("sequence_number", fl1.sequence_number);
    view("fl1 rest", fl1.rest);
    view("fl2 precedence", message_.routing_line.precedence);
    views("routing_indicators", message_.routing_line.routing_indicators);
    auto const& fl3 = message_.origin;
    view("de", fl3.de);
    view("fl3 routing_indicator", fl3.routing_indicator);
    view("serial_mark", fl3.serial_mark);
    view("station_serial_number", fl3.station_serial_number);
    view("fl3 section", fl3.section);
    view("filing_time", fl3.filing_time);
    view("day_of_year", fl3.day_of_year);
    view("time_of_file", fl3.time_of_file);
    view("fl3 rest", fl3.rest);
    auto const& fl4 = message_.transmission_instructions;
    view("security_warning", fl4.security_warning);
    view("designator", fl4.designator);
    view("special_handling", fl4.special_handling);
    views("operating_signals", fl4.operating_signals);
    view("remarks", fl4.remarks);
  }
  void preamble() {
    auto const& fl5 = message_.preamble;
    view("precedence", fl5.precedence);
    view("info_precedence", fl5.info_precedence);
    view("date_time_group", fl5.date_time_group);
    view("day", fl5.day);
    view("time", fl5.time);
    view("zone", fl5.zone);
    view("month", fl5.month);
    view("year", fl5.year);
    views("message_instructions", fl5.message_instructions);
    auto const& fl6 = message_.originator;
    view("fl6 prosign", fl6.prosign);
    view("fl6 routing_indicator", fl6.routing_indicator);
    view("originator", fl6.plain_language_address);
  }
  void addressees() {
    for (auto const& each : message_.addressees) {
      number("addressee", each.kind);
      number("other_means", each.other_means);
      number("night_action", each.night_action);
      number("precedence", each.precedence);
      view("routing_indicator", each.routing_indicator);
      view("separator", each.separator);
      view("plain_language_address", each.plain_language_address);
      view("precedence_word", each.precedence_word);
      view("message_continuity_number", each.message_continuity_number);
      number("on line", each.line);
    }
    for (auto const& each : message_.exempted) {
      view("exempted routing_indicator", each.routing_indicator);
      view("exempted", each.plain_language_address);
    }
    view("accounting", message_.accounting.information);
    view("group_count", message_.accounting.group_count);
  }
  void text() {
    auto const& fl12 = message_.text;
    view("classification", fl12.classification);
    view("efto", fl12.efto);
    view("section", fl12.section);
    view("sections", fl12.sections);
    view("station", fl12.station);
    view("message_reference_number", fl12.message_reference_number);
    views("captions", fl12.captions);
    views("tags", fl12.tags);
    view("subject", fl12.subject);
    view("fl12 rest", fl12.rest);
    view("validation_number", message_.end.validation_number);
    view("nnnn", message_.end.nnnn);
  }

  Message const& message_;
  std::string out_;
};

}  // namespace

std::string in_words(Message const& message) { return Writer(message).write(); }

}  // namespace torntape::bench
