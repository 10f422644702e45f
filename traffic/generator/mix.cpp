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
      return profile != Profile::acp126;
    case Form::book:
      return profile != Profile::acp126;
    case Form::service:
      return on_the_way && profile != Profile::acp126;
    case Form::group:
      return tape || profile == Profile::janap128;
    case Form::readdressed:
    case Form::direct_service:
    case Form::codress:
    case Form::abbreviated_plaindress:
      return tape;
  }
  return false;
}

}  // namespace torntape::generator
