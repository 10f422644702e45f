// On what networks and agencies differ where the procedure leaves it to them, or its sources disagree. Every
// profile has its own; an agency's differ from those of the profile it is based on in single points.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace torntape::grammar {

enum class Profile : std::uint8_t;

// When the numbers of a channel may begin anew (ACP 127(G) 112.b, 413).
enum class NumberReset : std::uint8_t {
  any,    // whenever: what a receiver takes that does not know the sender's custom
  daily,  // with the first message of a day
  cycle   // after the last number only
};

// What a circuit prints (ACP 127(G) 140): ITA2, or what ASCII terminals have beside it, ' " $ & ; ! #.
enum class TapeSet : std::uint8_t { ita2, ascii };

// How the line before NNNN is read: "C PAGE 2 LINE 3 .." (ACP 127(G) 133, 211.c) or "#1399".
enum class FinalLine : std::uint8_t { corrections, validation };

struct Conventions {
  std::vector<std::size_t> channel_number_widths{3};  // digits (112.b)
  bool channel_number_zero = false;                   // a series may begin with zero
  NumberReset channel_number_reset = NumberReset::any;
  std::string nation_letters = "ABCDEFGHIKNOPQTUXYZ";  // second letters of worldwide indicators; T: made up
  std::size_t originator_length = 7;                   // letters at least, of an AUTODIN header's originator
  bool own_serials = true;                             // each section of a message has its own (208.f)
  std::size_t line_length = 69;                        // characters (138.f)
  std::size_t routing_line_length = 69;                // of FL2
  bool strict_line_ends = false;  // every input is an octet capture, whatever its line ends are
  TapeSet tape_set = TapeSet::ascii;
  int year_pivot = 1950;                             // the first year that two digits can mean
  std::vector<std::string> month_victims{"LA PAZ"};  // places whose lines some copies damaged by the month
  FinalLine final_line = FinalLine::validation;
};

// By profile.
using ConventionTable = std::array<Conventions, 5>;
[[nodiscard]] ConventionTable const& built_in_conventions();

}  // namespace torntape::grammar
