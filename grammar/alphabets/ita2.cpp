#include "grammar/alphabets/ita2.hpp"

#include <algorithm>
#include <array>

#include "grammar/alphabets/tape.hpp"

namespace torntape::grammar::ita2 {
namespace {

using Signs = std::array<char, 32>;

// By combination, in tape notation. A low line is an upper case that prints nothing.
constexpr Signs letters{'\0', 'E', '\n', 'A', ' ', 'S',        'I', 'U', '\r', 'D',       'R',
                        'J',  'N', 'F',  'C', 'K', 'T',        'Z', 'L', 'W',  'H',       'Y',
                        'P',  'Q', 'O',  'B', 'G', tape::figs, 'M', 'X', 'V',  tape::ltrs};
constexpr Signs figures{'\0',       '3', '\n', '-', ' ', '_',        '8', '7', '\r', '_',       '4',
                        tape::bell, ',', '_',  ':', '(', '5',        '_', ')', '2',  '_',       '6',
                        '0',        '1', '9',  '?', '_', tape::figs, '.', '/', '_',  tape::ltrs};
constexpr Signs figures_us{'\0', '3', '\n', '-', ' ', tape::bell, '8', '7', '\r', '$',       '4',
                           '\'', ',', '!',  ':', '(', '5',        '"', ')', '2',  '#',       '6',
                           '0',  '1', '9',  '?', '&', tape::figs, '.', '/', ';',  tape::ltrs};

constexpr char sign(Signs const& upper, unsigned combination) {
  return upper[combination] == '_' ? tape::unprinted(letters[combination]) : upper[combination];
}

constexpr Signs const& upper_case(Alphabet alphabet) {
  return alphabet == Alphabet::ita2_us ? figures_us : figures;
}

// How a character is sent.
struct Sent {
  std::uint8_t combination = 0;
  bool as_letter = false, as_figure = false;  // both: in either case; neither: not at all
};
using Sendings = std::array<Sent, 256>;

constexpr Sendings sendings(Signs const& upper) {
  Sendings table{};
  auto const at = [&](char c) -> Sent& { return table[static_cast<unsigned char>(c)]; };
  for (unsigned i = 0; i != 32; ++i) {
    auto const combination = static_cast<std::uint8_t>(i);
    at(letters[i]).combination = at(sign(upper, i)).combination = combination;
    at(letters[i]).as_letter = at(sign(upper, i)).as_figure = true;
  }
  for (char c = 'a'; c <= 'z'; ++c) at(c) = at(static_cast<char>(c - 'a' + 'A'));
  return table;
}

constexpr auto sent = sendings(figures);
constexpr auto sent_us = sendings(figures_us);
static_assert(sent['A'].combination == 0b00011 && sent['5'].combination == 0b10000);

constexpr unsigned five_bits = 0x1F;

}  // namespace

char Decoder::next(unsigned combination) {
  auto const c = figures_ ? sign(upper_case(alphabet_), combination) : letters[combination];
  if (tape::is_shift(c)) figures_ = c == tape::figs;
  return c;
}

void Decoder::decode(View octets, std::string& tape) {
  for (char const octet : octets) {
    auto const bits = static_cast<unsigned char>(octet);
    if (packing_ == Packing::octets) {
      tape += next(bits & five_bits);
      continue;
    }
    bits_ |= static_cast<unsigned>(bits) << count_;
    for (count_ += 8; count_ >= 5; count_ -= 5, bits_ >>= 5U) tape += next(bits_ & five_bits);
  }
}

void Encoder::send(unsigned combination, std::string& octets) {
  if (packing_ == Packing::octets) {
    octets += static_cast<char>(combination);
    return;
  }
  bits_ |= combination << count_;
  count_ += 5;
  if (count_ < 8) return;
  octets += static_cast<char>(bits_ & 0xFFU);
  bits_ >>= 8U;
  count_ -= 8;
}

std::vector<std::size_t> Encoder::encode(View tape, std::string& octets) {
  auto const& table = alphabet_ == Alphabet::ita2_us ? sent_us : sent;
  std::vector<std::size_t> left_out;
  for (std::size_t i = 0; i != tape.size(); ++i) {
    auto const& how = table[static_cast<unsigned char>(tape[i])];
    if (!how.as_letter && !how.as_figure) {
      left_out.push_back(i);
      continue;
    }
    if (!(figures_ ? how.as_figure : how.as_letter)) {
      figures_ = !figures_;
      send(table[static_cast<unsigned char>(figures_ ? tape::figs : tape::ltrs)].combination, octets);
    }
    send(how.combination, octets);
    if (tape::is_shift(tape[i])) figures_ = tape[i] == tape::figs;
  }
  return left_out;
}

void Encoder::finish(std::string& octets) {
  if (count_ != 0) octets += static_cast<char>(bits_ & 0xFFU);
  bits_ = count_ = 0;
}

namespace {

// "#1399", which machines of ACP 127(G) 140 cannot print.
[[nodiscard]] bool has_marked_serial(View printed) {
  for (auto at = printed.find('#'); at != View::npos; at = printed.find('#', at + 1))
    if (at + 1 != printed.size() && printed[at + 1] >= '0' && printed[at + 1] <= '9') return true;
  return false;
}

}  // namespace

Recognised recognise(View octets) {
  // As few would be a file of line ends.
  constexpr std::size_t fewest = 24;
  auto const combination = [](char c) { return static_cast<unsigned char>(c) <= five_bits; };
  auto const in_text = [](char c) { return c == '\r' || c == '\n' || c == '\t' || c == '\0'; };
  auto const combinations = static_cast<std::size_t>(std::ranges::count_if(octets, combination));
  auto const usual = static_cast<std::size_t>(std::ranges::count_if(octets, in_text));
  if (octets.size() < fewest || combinations < octets.size() - octets.size() / 20 ||
      usual > octets.size() / 2)
    return {};
  std::string tape;
  Decoder{Alphabet::ita2_us}.decode(octets, tape);
  auto const printed = tape::printed(tape, Alphabet::ita2_us);
  Recognised found{Likeness::possible, has_marked_serial(printed) ? Alphabet::ita2_us : Alphabet::ita2};
  bool const starts = printed.find("ZCZC") != std::string::npos;
  if (starts && combinations == octets.size()) found.likeness = Likeness::certain;
  return found;
}

}  // namespace torntape::grammar::ita2
