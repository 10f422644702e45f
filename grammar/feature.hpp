// What the parser noticed while reading. A rule names the features that call for it, so that a clean
// heading calls few rules; an oddity also says where.
#pragma once

#include <cstdint>
#include <string_view>

namespace torntape::grammar {

enum class Feature : std::uint8_t {
  // What the message has.
  dual_precedence,       // FL5 has two letters
  info_addressee,        // FL8 stands
  other_means,           // an addressee under ZEN
  night_action,          // NIACT, of whatever precedence
  exempted,              // FL9 stands
  sectioned,             // FL3 has a suffix, or the text says SECTION
  continuity_number,     // some addressee carries a number
  number_range,          // "2276-2277"
  message_instruction,   // FL5 has matter after the date-time group
  operating_signal,      // FL4 has a signal beside State's own ZZH, or one without a warning
  accounting,            // FL10 stands
  flash,                 // FL2 or FL5 is Z
  piloted,               // a pilot stands in FL1
  number_chain,          // FL1 has the identifications of earlier legs
  readdressed,           // a second preamble follows the address
  autodin_header,        // FL2 has 43 positions
  transmit_instruction,  // FL4 has T
  page_mark,             // the text has marks of pages
  correction,            // FL15 has corrections
  calendar_filing,       // "02/0009Z" in FL3
  address_group,         // "AIG 9901" in FL7 or FL8
  immediate,             // FL5 is O
  emergency_command,     // FL5 is Y
  number_of_zeros,       // FL1 or an addressee is numbered 0000
  switch_origin,         // FL3 has the indicator of a switch's own traffic, "RUEHTCSD"
  release_code,          // FL4's letters of class are not all the same: "CCCUS"
  handling_designator,   // FL4 has a second group of letters: "CCCCC/BBBBB"
  filed_early,           // FL3 is before FL5
  filed_late,            // FL3 is more than an hour after FL5
  routine_word,          // ROUTINE stands in an address
  open_office_symbol,    // "//" in a name, and none to close it
  several_captions,      // in the text
  validation_number,     // FL15 stands
  web_copy,              // the channel is XYZ, or FL2 has the web drop
  own_station_called,    // FL2 has the indicator of FL3
  numbered_collective,   // an addressee named COLLECTIVE carries a number
  reference_differs,     // FL12's number does not end in that of FL3
  // Lines that are not there.
  start_missing,  // no FL1 though FL2 or FL3 stands
  routing_line_missing,
  calling_station_missing,   // FL3
  security_warning_missing,  // FL4
  preamble_missing,          // FL5
  originator_missing,        // FL6
  action_missing,            // FL7
  addressee_missing,         // neither FL7 nor FL8
  classification_missing,
  separator_missing,  // FL11 or FL13
  end_missing,        // FL16
  not_a_message,      // neither FL1 nor FL5
  cut_short,          // the input ends before FL7
  // Oddities of the whole.
  text_before_start,
  blank_line,  // inside the heading
  trailing_blank,
  leading_blank,
  doubled_blank,
  lower_case,
  foreign_character,  // outside the tape set
  control_character,
  line_over_limit,  // longer than the profile allows
  line_unread,      // no format line could be made of it
  line_out_of_order,
  heading_repeated,
  start_repeated,  // a second ZCZC
  limit_reached,   // a limit of the parser
  // FL1.
  start_odd,
  channel_odd,
  channel_number_odd,
  matter_after_channel_number,
  // FL2.
  routing_precedence_odd,  // not two equal letters of Z O P R
  routing_indicator_odd,   // form
  nation_letter_odd,       // allotted to nobody
  routing_indicator_repeated,
  routing_line_unsorted,
  routing_filler,
  autodin_positions_odd,  // a separator or a fixed width of the header is not where it must be
  autodin_class_differs,  // positions 4 and 30-33
  autodin_end_missing,    // no "--" before the indicators, or no period after them
  // FL3.
  calling_indicator_odd,
  serial_odd,  // not four digits
  serial_mark_missing,
  serial_missing,
  filing_time_odd,  // not seven digits
  filing_time_missing,
  section_suffix_odd,
  calling_station_rest,  // more on the line
  // FL4.
  warning_not_first,
  designator_odd,  // not five letters
  operating_signal_odd,
  remarks,
  second_warning,
  // FL5.
  precedence_missing,
  precedence_unknown,
  date_time_group_odd,
  date_time_group_unclear,  // tells no instant: no such day or time, or another zone
  month_odd,
  zone_odd,
  month_missing,  // and the year, where the profile lets them be left out
  decorated_instruction,
  // FL6.
  originator_prosign_odd,
  originator_indicator,
  originator_repeated,
  // FL7, FL8, FL9.
  prosign_glued,
  slash_missing,
  slash_garbled,
  addressee_indicator_odd,
  addressee_indicator_missing,
  precedence_word_odd,
  continuity_number_odd,
  number_before_precedence,
  month_intruded,
  page_line_in_list,
  distribution,  // of the Department, below the address
  stray_line_in_list,
  address_continued,
  several_addresses_on_line,
  name_character_odd,  // ? " $ ; ! # in a name
  exempted_slant,      // "XMT/"
  // FL10.
  group_count_odd,  // no number after GR
  // FL12 and after.
  classification_odd,
  classification_not_spaced,
  section_label_odd,
  reference_number_odd,
  separator_odd,
  end_odd,
  validation_odd,
  correction_odd,  // no place named
  matter_after_end,
  count_  // how many there are
};

// A set of features.
struct Features {
  std::uint64_t low = 0, high = 0;

  constexpr void set(Feature f) {
    auto const i = static_cast<unsigned>(f);
    (i < 64 ? low : high) |= std::uint64_t{1} << (i % 64);
  }
  [[nodiscard]] constexpr bool any_of(Features o) const { return ((low & o.low) | (high & o.high)) != 0; }
  [[nodiscard]] constexpr bool has(Feature f) const {
    Features one;
    one.set(f);
    return any_of(one);
  }
  [[nodiscard]] constexpr bool empty() const { return (low | high) == 0; }
  friend constexpr bool operator==(Features, Features) = default;
};
static_assert(static_cast<unsigned>(Feature::count_) <= 128);

template <class... F>
[[nodiscard]] constexpr Features has(F... features) {
  Features set;
  (set.set(features), ...);
  return set;
}

// A feature with its place.
struct Oddity {
  Feature feature{};
  std::string_view where;
};

}  // namespace torntape::grammar
