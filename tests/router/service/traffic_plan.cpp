#include "router/service/traffic_plan.hpp"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include "validator/sample.hpp"

namespace torntape::service {
namespace {

std::variant<TrafficPlan, std::string> plan(v1::TrafficRequest const& request) {
  return traffic_plan(request, *validator::sample_directory(), 42);
}

std::string why_not(v1::TrafficRequest const& request) {
  auto const planned = plan(request);
  auto const* const why = std::get_if<std::string>(&planned);
  return why != nullptr ? *why : "";
}

v1::TrafficRequest violating(std::string word) {
  v1::TrafficRequest request;
  request.add_violate(std::move(word));
  return request;
}

TEST_CASE("What is left open is told as it was taken") {
  auto const planned = plan({});
  auto const& request = std::get<TrafficPlan>(planned).request;
  CHECK(request.rate() == 5);
  CHECK(request.messages() == 1'000);
  CHECK(request.mix() == "state");
  CHECK(request.seed() == 42);
  CHECK(std::get<TrafficPlan>(planned).plan.seed == 42);
}

TEST_CASE("Faults are known by rule, family and damage; of a family those that apply are taken") {
  for (auto const* const word : {"FL2-01", "precedence-not-doubled", "lost-slash", "FL2", "all"}) {
    CAPTURE(word);
    auto const planned = plan(violating(word));
    REQUIRE(std::holds_alternative<TrafficPlan>(planned));
    CHECK_FALSE(std::get<TrafficPlan>(planned).plan.faults.empty());
  }
  CHECK(std::get<TrafficPlan>(plan(violating("FL2-01"))).plan.faults.size() == 1);
}

TEST_CASE("What cannot be is refused in words") {
  v1::TrafficRequest request;
  for (auto const rate : {0.0, 0.05, 501.0, -1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    request.set_rate(rate);
    CHECK(why_not(request) == "`rate` is expected to be 0.1 to 500 messages a second");
  }
  request.set_rate(1);
  for (auto const messages : {0U, 100'001U}) {
    request.set_messages(messages);
    CHECK(why_not(request) == "`messages` is expected to be 1 to 100000");
  }
  request.set_messages(1);
  request.set_mix("martini");
  CHECK(why_not(request) == "there is no mix 'martini'; /api/v1/traffic/choices tells them");
  request.clear_mix();
  request.set_share(0.5);
  CHECK(why_not(request) == "`share` says how many are broken, and `violate` does not say by what");
  request.add_violate("FL2-01");
  CHECK(why_not(request).empty());
  request.set_share(1.5);
  CHECK(why_not(request) == "`share` is expected to be 0 to 1");
  CHECK(why_not(violating("FL99-99")) ==
        "there is no rule, family or damage 'FL99-99'; /api/v1/rules and /api/v1/traffic/choices tell them");
}

TEST_CASE("Every damage and every mix that is told can be asked for") {
  auto const choices = traffic_choices();
  CHECK(choices.damages_size() > 10);
  for (auto const& damage : choices.damages()) {
    CAPTURE(damage.name());
    auto request = violating(damage.name());
    request.set_mix("every-form");
    CHECK(why_not(request).empty());
  }
  for (auto const& mix : choices.mixes()) {
    v1::TrafficRequest request;
    request.set_mix(mix.name());
    CHECK(why_not(request).empty());
  }
}

}  // namespace
}  // namespace torntape::service
