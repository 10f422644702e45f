#include "directory/network.hpp"

#include <algorithm>
#include <utility>

namespace torntape::directory {

namespace {

// The first entry of a name holds; a network file with two is refused before it comes here.
template <class Entries, class Index, class Key>
void index_by(Entries const& entries, Index& index, Key const& key) {
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (auto const& name = key(entries[i]); !name.empty()) index.emplace(name, i);
}

template <class Index, class Entries>
auto const* find(Index const& index, Entries const& entries, std::string_view name) {
  auto const found = index.find(name);
  return found == index.end() ? nullptr : &entries[found->second];
}

}  // namespace

Directory::Directory(Network network) : network_(std::move(network)) {
  index_by(network_.relays, relays_, [](Relay const& r) -> auto const& { return r.indicator; });
  index_by(network_.stations, stations_, [](Station const& s) -> auto const& { return s.indicator; });
  index_by(network_.stations, names_, [](Station const& s) -> auto const& { return s.name; });
  index_by(network_.collectives, collectives_,
           [](Collective const& c) -> auto const& { return c.indicator; });
  index_by(network_.collectives, titles_, [](Collective const& c) -> auto const& { return c.title; });
  for (std::size_t i = 0; i < network_.relays.size(); ++i)
    for (std::string_view const prefix : network_.relays[i].prefixes) {
      prefixes_.emplace(prefix, i);
      longest_prefix_ = std::max(longest_prefix_, prefix.size());
    }
}

Relay const* Directory::relay(std::string_view indicator) const {
  return find(relays_, network_.relays, indicator);
}

Station const* Directory::station(std::string_view indicator) const {
  return find(stations_, network_.stations, indicator);
}

Station const* Directory::station_named(std::string_view plain_language_address) const {
  return find(names_, network_.stations, plain_language_address);
}

// Most indicators asked about are stations', and there are few collectives: a table so small is searched one
// by one.
Collective const* Directory::collective(std::string_view indicator) const {
  if (stations_.contains(indicator)) return nullptr;
  return find(collectives_, network_.collectives, indicator);
}

Collective const* Directory::collective_titled(std::string_view title) const {
  // "AIG9901": without its blank the group is no other (ACP 127(G) 205.c).
  constexpr std::string_view group = "AIG";
  if (title.starts_with(group) && title.size() > group.size() && title[group.size()] != ' ')
    return find(titles_, network_.collectives,
                std::string{group}.append(" ").append(title.substr(group.size())));
  return find(titles_, network_.collectives, title);
}

Relay const* Directory::serving_relay(std::string_view indicator) const {
  if (auto const* const entry = station(indicator)) return relay(entry->relay);
  for (auto length = std::min(longest_prefix_, indicator.size()); length > 0; --length)
    if (auto const* const found = find(prefixes_, network_.relays, indicator.substr(0, length))) return found;
  return nullptr;
}

}  // namespace torntape::directory
