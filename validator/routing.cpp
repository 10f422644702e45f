#include "validator/routing.hpp"

#include <algorithm>
#include <string>

#include "grammar/fl02_routing_line/routing_line.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

std::vector<Change> with_routing_indicators(Message const& message, std::vector<View> const& indicators) {
  // An AUTODIN header is no line that could be printed so.
  if (message.features.has(grammar::Feature::autodin_header)) return {};
  auto const prosign = message.routing_line.precedence;
  auto const& called = message.routing_line.routing_indicators;
  auto const precedence = prosign.empty() ? Precedence::none : grammar::precedence_of_letter(prosign.front());
  if (precedence == Precedence::none || called.empty() || indicators.empty()) return {};
  std::vector<std::string> const words(indicators.begin(), indicators.end());
  return {replace(stretch(prosign, called.back()), grammar::fl02::print(precedence, words))};
}

bool calls(Message const& message, View indicator) {
  return std::ranges::any_of(message.routing_line.routing_indicators,
                             [&](View called) { return same_indicator(called, indicator); });
}

bool addresses(Message const& message, View indicator) {
  return std::ranges::any_of(message.addressees, [&](grammar::Addressee const& addressee) {
    return same_indicator(addressee.routing_indicator, indicator) && !addressee.other_means;
  });
}

directory::Collective const* collective(grammar::Addressee const& addressee, Site const& site) {
  if (site.directory == nullptr) return nullptr;
  auto const* const by_indicator = site.directory->collective(addressee.routing_indicator);
  return by_indicator != nullptr ? by_indicator
                                 : site.directory->collective_titled(addressee.plain_language_address);
}

bool is_collective(grammar::Addressee const& addressee, Site const& site) {
  return addressee.plain_language_address.ends_with("COLLECTIVE") || collective(addressee, site) != nullptr;
}

bool known(View indicator, directory::Directory const& directory) {
  return directory.station(indicator) != nullptr || directory.collective(indicator) != nullptr ||
         directory.relay(indicator) != nullptr || directory.serving_relay(indicator) != nullptr ||
         indicator == directory.network().web_drop;
}

bool is_web_drop(View indicator, Site const& site) {
  return same_indicator(indicator, "RUEHWEB") ||
         (site.directory != nullptr && !indicator.empty() && indicator == site.directory->network().web_drop);
}

}  // namespace torntape::validator
