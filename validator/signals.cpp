#include "validator/signals.hpp"

#include <algorithm>
#include <array>

namespace torntape::validator {

namespace {

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

bool says_repeated(View group) {
  constexpr std::array<View, 6> signals{"ZDK", "ZDS", "ZEL", "ZFD", "ZFG", "ZFR"};
  while (!group.empty() && !is_capital(group.front())) group.remove_prefix(1);
  if (group.starts_with("CCY")) return true;
  return std::ranges::any_of(signals, [&](View signal) {
    return group.starts_with(signal) && (group.size() == 3 || !is_capital(group[3]));
  });
}

// The first such group of free matter.
View repeat_signal_in(View remarks) {
  while (!remarks.empty()) {
    auto const end = std::min(remarks.find_first_of(" \r\n"), remarks.size());
    auto const group = remarks.substr(0, end);
    if (says_repeated(group)) return group;
    remarks.remove_prefix(std::min(end + 1, remarks.size()));
  }
  return {};
}

}  // namespace

bool is_signal(View group) {
  auto const letters = group.size() == 3 || (group.size() == 4 && group[3] >= '0' && group[3] <= '9');
  return letters && (group[0] == 'Z' || group[0] == 'Q') && is_capital(group[1]) && is_capital(group[2]);
}

View repeat_signal(Message const& message) {
  for (auto const* groups :
       {&message.transmission_instructions.operating_signals, &message.preamble.message_instructions})
    for (auto const group : *groups)
      if (says_repeated(group)) return group;
  return repeat_signal_in(message.transmission_instructions.remarks);
}

View end_of_instructions(Message const& message) {
  auto const& instructions = message.transmission_instructions;
  return instructions.operating_signals.empty() ? instructions.designator
                                                : instructions.operating_signals.back();
}

}  // namespace torntape::validator
