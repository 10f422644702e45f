#include "grammar/fl01_transmission_identification/transmission_identification.hpp"

#include "grammar/terminals.hpp"

namespace torntape::grammar::fl01 {
namespace {

using Part = TransmissionIdentification;

auto const strict =
    x3::string("VZCZC") >> take_letters<3>[set<&Part::channel>] >> digits<3, 4>[set<&Part::sequence_number>];

// The number is the digits at the end of the first group, the channel what stands before them.
void read_identification(View group, Message& message) {
  auto& part = message.transmission_identification;
  auto digits_at = group.size();
  while (digits_at != 0 && is_digit(group[digits_at - 1])) --digits_at;
  // "X4O": a digit inside the designator is no part of the number.
  part.sequence_number = group.substr(digits_at);
  part.channel = group.substr(0, digits_at);
  if (part.channel.size() != 3 || !all(Class::letter, part.channel))
    note(message, Feature::channel_odd, part.channel);
  if (part.sequence_number.size() < 3 || part.sequence_number.size() > 4)
    note(message, Feature::channel_number_odd, part.sequence_number);
}

void read_start(View& line, Message& message) {
  auto& part = message.transmission_identification;
  if (line.starts_with(start_of_message)) {
    part.start = line.substr(0, start_of_message.size());
  } else {
    // What is left of the start: letters before the last three of the leading run of letters.
    std::size_t letters_end = 0;
    while (letters_end != line.size() && is_letter(line[letters_end])) ++letters_end;
    auto const zczc = line.find("ZCZC");
    auto const length = zczc != View::npos ? zczc + 4 : letters_end > 3 ? letters_end - 3 : 0;
    part.start = line.substr(0, length);
    note(message, Feature::start_odd, part.start);
  }
  line.remove_prefix(part.start.size());
}

void read_tolerantly(View line, Message& message) {
  auto& part = message.transmission_identification;
  read_start(line, message);
  if (auto const again = line.find("ZCZC"); again != View::npos) {
    auto const begin = again != 0 && line[again - 1] == 'V' ? again - 1 : again;
    note(message, Feature::start_repeated, line.substr(begin, again + 4 - begin));
    part.rest = line.substr(begin);
    line = trim_right(line.substr(0, begin));
  }
  line = trim_left(line);  // "VZCZC XRO3820": the string was to be unbroken
  if (line.data() != part.start.data() + part.start.size()) note(message, Feature::start_odd, part.start);
  read_identification(take_group(line), message);
  if (!line.empty()) {
    part.rest = present(part.rest) ? span(line, part.rest) : line;
    note(message, Feature::matter_after_channel_number, line);
  }
}

}  // namespace

bool starts(View line) { return line.starts_with(start_of_message); }

bool may_be_damaged(View line) {
  if (line.find("ZCZC") != View::npos) return true;
  std::size_t letters_end = 0;
  while (letters_end != line.size() && is_letter(line[letters_end])) ++letters_end;
  auto const number = line.substr(letters_end);
  return letters_end >= 3 && letters_end <= 8 && number.size() >= 3 && number.size() <= 4 &&
         all(Class::digit, number);
}

Reading read(View line, Message& message) {
  auto& part = message.transmission_identification;
  part = {};
  auto reading = Reading::whole;
  if (reads(line, strict, part)) {
    part.start = line.substr(0, start_of_message.size());
  } else {
    part = {};
    reading = Reading::tolerated;
    read_tolerantly(line, message);
  }
  // 5 FAH-2 H-321.1: the third letter is the direction, or the Z of a drop copy.
  auto const channel = part.channel;
  if (reading == Reading::whole && channel[2] != 'O' && channel[2] != 'I' && channel[2] != 'Z')
    note(message, Feature::channel_odd, channel);
  return reading;
}

}  // namespace torntape::grammar::fl01
