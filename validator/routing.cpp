#include "validator/routing.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
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

namespace {

std::uint32_t four_at(char const* characters) {
  std::uint32_t four = 0;
  std::memcpy(&four, characters, sizeof four);
  return four;
}

// Every addressee is compared with every station called: by their first and their last four letters, which
// overlap.
bool same(View a, View b) {
  if (a.size() != b.size()) return false;
  auto const size = a.size();
  if (size < 4 || size > 8) return a == b;
  return four_at(a.data() + size - 4) == four_at(b.data() + size - 4) &&
         four_at(a.data()) == four_at(b.data());
}

}  // namespace

bool calls(Message const& message, View indicator) {
  auto const& called = message.routing_line.routing_indicators;
  return std::ranges::find(called, indicator) != called.end();
}

bool addresses(Message const& message, View indicator) {
  return std::ranges::any_of(message.addressees, [&](grammar::Addressee const& addressee) {
    return same(addressee.routing_indicator, indicator) && !addressee.other_means;
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
  return indicator == "RUEHWEB" ||
         (site.directory != nullptr && !indicator.empty() && indicator == site.directory->network().web_drop);
}

}  // namespace torntape::validator
