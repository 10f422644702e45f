#include "traffic/generator/mix.hpp"

namespace torntape::generator {

using grammar::Profile;

bool has(Profile profile, Copy copy) {
  switch (profile) {
    case Profile::state:
      return true;
    case Profile::acp126:
      return copy == Copy::abbreviated;
    default:
      return copy == Copy::origin || copy == Copy::relay;
  }
}

bool has(Profile profile, Copy copy, Form form) {
  bool const tape = profile == Profile::acp127 || profile == Profile::acp127_us;
  bool const on_the_way = copy == Copy::origin || copy == Copy::relay;
  switch (form) {
    case Form::plaindress:
    case Form::correction:
    case Form::cancellation:
      return true;
    case Form::sectioned:
    case Form::book:
      return profile != Profile::acp126;
    case Form::service:
      return on_the_way && profile != Profile::acp126;
    case Form::group:
      return tape || profile == Profile::janap128;
    case Form::direct_service:  // without a serial it looks alike in all
      return profile == Profile::acp127;
    case Form::readdressed:
    case Form::codress:
    case Form::abbreviated_plaindress:
      return tape;
  }
  return false;
}

namespace {

// The shares of State headers of 2001-2010 where they were counted: copies for the web database, sections,
// dual precedence, instructions after the date-time group.
constexpr TrafficMix of_archives() {
  TrafficMix mix;
  mix.copies = {0, 0, 39, 61, 0};
  mix.forms = {};
  mix.forms[static_cast<std::size_t>(Form::plaindress)] = 92;
  mix.forms[static_cast<std::size_t>(Form::sectioned)] = 4;
  mix.forms[static_cast<std::size_t>(Form::correction)] = 3;
  mix.forms[static_cast<std::size_t>(Form::cancellation)] = 1;
  mix.instructions_per_cent = 1;
  mix.captions_per_cent = 10;
  return mix;
}

constexpr TrafficMix relayed() {
  TrafficMix mix;
  mix.copies = {0, 1, 0, 0, 0};
  mix.forms = {};
  mix.forms[static_cast<std::size_t>(Form::plaindress)] = 90;
  mix.forms[static_cast<std::size_t>(Form::sectioned)] = 6;
  mix.forms[static_cast<std::size_t>(Form::correction)] = 2;
  mix.forms[static_cast<std::size_t>(Form::service)] = 2;
  mix.night_action_per_cent = 5;
  return mix;
}

constexpr TrafficMix all_alike() {
  TrafficMix mix;
  mix.content.precedences = {1, 1, 1, 1};
  mix.content.collectives_per_cent = 33;
  mix.content.confidential_per_cent = 33;
  mix.profiles.fill(1);
  mix.copies.fill(1);
  mix.forms.fill(1);
  mix.secret_per_cent = 33;
  mix.instructions_per_cent = 33;
  mix.captions_per_cent = 33;
  mix.exemptions_per_cent = 50;
  mix.night_action_per_cent = 33;
  return mix;
}

}  // namespace

std::span<NamedMix const> named_mixes() {
  static constexpr std::array mixes{
      NamedMix{"state", "State telegrams as their originators file them", {}},
      NamedMix{"relayed", "State telegrams as they arrive over a circuit, some in sections", relayed()},
      NamedMix{"archive", "State telegrams as archives keep them, in the shares that were counted",
               of_archives()},
      NamedMix{"every-form", "every profile, kind of copy and form, alike", all_alike()}};
  return mixes;
}

}  // namespace torntape::generator
