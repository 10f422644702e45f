#include "grammar/conventions.hpp"

#include "grammar/message.hpp"

namespace torntape::grammar {
namespace {

Conventions state() {
  Conventions own;
  own.channel_number_widths = {3, 4};  // 5 FAH-2 H-321.1 has three, the switches write four
  own.own_serials = false;             // one serial, the section behind a slant
  own.routing_line_length = 70;
  return own;
}

// The text of ACP 127(G) itself.
Conventions base() {
  Conventions own;
  own.tape_set = TapeSet::ita2;
  own.final_line = FinalLine::corrections;
  return own;
}

Conventions headings_alone() {
  Conventions own;
  own.final_line = FinalLine::corrections;
  return own;
}

ConventionTable made() {
  ConventionTable table;
  auto const of = [&](Profile profile) -> Conventions& { return table[static_cast<std::size_t>(profile)]; };
  of(Profile::state) = state();
  of(Profile::acp127) = base();
  of(Profile::acp126) = headings_alone();
  return table;
}

}  // namespace

ConventionTable const& built_in_conventions() {
  static auto const table = made();
  return table;
}

}  // namespace torntape::grammar
