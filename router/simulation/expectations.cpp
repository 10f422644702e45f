#include "router/simulation/expectations.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "router/simulation/scenario_file.hpp"

namespace torntape::simulation {

namespace {

// For the first duty that fails.
template <class Fails>
std::optional<std::pair<Tracked const*, Duty const*>> first(Ledger const& ledger, Fails const& fails) {
  for (auto const* const message : ledger.messages())
    for (auto const& duty : message->duties)
      if (fails(*message, duty)) return std::pair{message, &duty};
  return std::nullopt;
}

std::string name_of(Tracked const& message) {
  return message.reference.empty() ? message.identity
                                   : fmt::format("{} ({})", message.identity, message.reference);
}

class Judge {
 public:
  explicit Judge(Ledger const& ledger) : ledger_(ledger) {}

  std::optional<Unmet> operator()(AllDelivered const&) const {
    auto const messages = ledger_.messages();
    auto const refused =
        std::ranges::find_if(messages, [](auto const* each) { return !each->refused.empty(); });
    if (refused != messages.end())
      return Unmet{"all is delivered",
                   fmt::format("{} was refused: {}", name_of(**refused), (*refused)->refused),
                   (*refused)->index};
    auto const missing =
        first(ledger_, [](Tracked const&, Duty const& duty) { return !duty.delivered.has_value(); });
    if (!missing) return std::nullopt;
    auto const& [message, duty] = *missing;
    return Unmet{"all is delivered",
                 fmt::format("{} is not at {}{}", name_of(*message), duty->station,
                             duty->intercepted ? ", it was intercepted" : ""),
                 message->index};
  }

  std::optional<Unmet> operator()(NoUnmarkedDuplicate const&) const {
    auto const twice = first(ledger_, [](Tracked const&, Duty const& duty) { return duty.unmarked > 1; });
    if (!twice) return std::nullopt;
    auto const& [message, duty] = *twice;
    return Unmet{
        "nothing comes twice unmarked",
        fmt::format("{} came to {} {} times unmarked", name_of(*message), duty->station, duty->unmarked),
        message->index};
  }

  std::optional<Unmet> operator()(DeliveredWithin const& within) const {
    auto const too_late = [&](Tracked const& message, Duty const& duty) {
      return duty.precedence == within.precedence &&
             (!duty.delivered || *duty.delivered - message.filed_at > within.within);
    };
    auto const late = first(ledger_, too_late);
    if (!late) return std::nullopt;
    auto const& [message, duty] = *late;
    return Unmet{
        fmt::format("{} is delivered within {}", grammar::name(within.precedence), to_string(within.within)),
        duty->delivered ? fmt::format("{} took {} to {}", name_of(*message),
                                      to_string(*duty->delivered - message->filed_at), duty->station)
                        : fmt::format("{} is not at {}", name_of(*message), duty->station),
        message->index};
  }

  std::optional<Unmet> operator()(Transmissions const& expected) const {
    std::uint64_t count = 0;
    for (auto const& [channel, load] : ledger_.loads())
      if (expected.over == (expected.is_channel ? channel : load.circuit)) count += load.messages;
    if (count == expected.count) return std::nullopt;
    return Unmet{fmt::format("transmissions of messages over {}: {}", expected.over, expected.count),
                 std::to_string(count)};
  }

  std::optional<Unmet> operator()(Heading const& expected) const {
    for (auto const& each : ledger_.transmissions()) {
      if (each.channel != expected.channel || each.number != expected.number) continue;
      if (each.heading == expected.lines) return std::nullopt;
      return Unmet{heading(expected), "\n" + each.heading, each.message};
    }
    return Unmet{heading(expected),
                 fmt::format("nothing was sent as {}{}", expected.channel, expected.number)};
  }

 private:
  static std::string heading(Heading const& expected) {
    return fmt::format("{}{} goes out with the first lines of {}:\n{}\n", expected.channel, expected.number,
                       expected.source, expected.lines);
  }

  Ledger const& ledger_;
};

}  // namespace

std::vector<Unmet> unmet(Scenario const& scenario, Ledger const& ledger) {
  std::vector<Unmet> all;
  for (auto const& expected : scenario.expectations)
    if (auto found = std::visit(Judge(ledger), expected)) all.push_back(std::move(*found));
  return all;
}

}  // namespace torntape::simulation
