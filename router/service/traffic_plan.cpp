#include "router/service/traffic_plan.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "router/service/limits.hpp"
#include "traffic/generator/damage.hpp"

namespace torntape::service {
namespace {

constexpr double usual_rate = 5;
constexpr std::uint32_t usual_messages = 1'000;

void complete(v1::TrafficRequest& request, std::uint64_t seed) {
  if (!request.has_rate()) request.set_rate(usual_rate);
  if (!request.has_messages()) request.set_messages(usual_messages);
  if (request.mix().empty()) request.set_mix("state");
  if (request.seed() == 0) request.set_seed(seed);
}

// What is no number is not between them.
bool is_between(double value, double least, double most) { return value >= least && value <= most; }

std::optional<std::string> beyond_limits(v1::TrafficRequest const& request) {
  if (!is_between(request.rate(), least_traffic_rate, most_traffic_rate))
    return fmt::format("`rate` is expected to be {} to {} messages a second", least_traffic_rate,
                       most_traffic_rate);
  if (request.messages() == 0 || request.messages() > most_traffic_messages)
    return fmt::format("`messages` is expected to be 1 to {}", most_traffic_messages);
  if (request.has_share() && !is_between(request.share(), 0, 1)) return "`share` is expected to be 0 to 1";
  if (request.has_share() && request.violate().empty())
    return "`share` says how many are broken, and `violate` does not say by what";
  return std::nullopt;
}

std::optional<std::string> take_mix(v1::TrafficRequest const& request, generator::Plan& plan) {
  auto const mixes = generator::named_mixes();
  auto const found = std::ranges::find(mixes, request.mix(), &generator::NamedMix::name);
  if (found == mixes.end())
    return fmt::format("there is no mix '{}'; /api/v1/traffic/choices tells them", request.mix());
  plan.mix = found->mix;
  return std::nullopt;
}

bool applies_to_mix(generator::Fault const& fault, generator::TrafficMix const& mix) {
  for (std::size_t i = 0; i != mix.profiles.size(); ++i)
    if (mix.profiles[i] != 0 && applies(fault, static_cast<grammar::Profile>(i))) return true;
  return false;
}

// Of a family and of all, those that apply; one that applies to nothing that is made is an error.
std::optional<std::string> take_faults(v1::TrafficRequest const& request, generator::Plan& plan) {
  auto found = generator::faults_named({request.violate().begin(), request.violate().end()});
  for (auto const& word : found.unknown)
    return fmt::format(
        "there is no rule, family or damage '{}'; /api/v1/rules and /api/v1/traffic/choices tell them", word);
  std::erase_if(found.faults, [&](auto const& fault) { return !applies_to_mix(fault, plan.mix); });
  if (found.faults.empty() && !request.violate().empty())
    return fmt::format("nothing of `violate` applies to messages of the mix '{}'", request.mix());
  plan.faults = std::move(found.faults);
  if (request.has_share()) plan.share = request.share();
  return std::nullopt;
}

}  // namespace

std::variant<TrafficPlan, std::string> traffic_plan(v1::TrafficRequest request,
                                                    directory::Directory const& directory,
                                                    std::uint64_t seed) {
  complete(request, seed);
  TrafficPlan out;
  out.plan.seed = request.seed();
  if (auto why = beyond_limits(request)) return std::move(*why);
  if (auto why = take_mix(request, out.plan)) return std::move(*why);
  if (auto why = take_faults(request, out.plan)) return std::move(*why);
  if (auto why = generator::objection(directory, out.plan)) return std::move(*why);
  out.request = std::move(request);
  return out;
}

v1::TrafficChoices traffic_choices() {
  v1::TrafficChoices out;
  for (auto const& mix : generator::named_mixes()) {
    auto& told = *out.add_mixes();
    told.set_name(std::string{mix.name});
    told.set_what(std::string{mix.what});
  }
  for (auto const& damage : generator::damages()) {
    auto& told = *out.add_damages();
    told.set_name(std::string{damage.name});
    told.set_rule(std::string{damage.rule});
    told.set_shape(std::string{damage.shape});
  }
  return out;
}

}  // namespace torntape::service
