#include <string_view>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <torntape/v1/simulation.pb.h>

#include "cli/simulation_report.hpp"
#include "router/simulation/figures.hpp"
#include "wire/heading.hpp"
#include "wire/json.hpp"
#include "wire/network.hpp"

namespace torntape::cli {
namespace {

using simulation::Duration;
using simulation::Ledger;

std::uint32_t count(std::uint64_t number) { return static_cast<std::uint32_t>(number); }
double seconds(Duration time) { return static_cast<double>(time.count()) / 1'000; }

v1::Kind kind_of(grammar::AddresseeKind kind) {
  return kind == grammar::AddresseeKind::action ? v1::KIND_ACTION : v1::KIND_INFO;
}

class Json {
 public:
  explicit Json(SimulationRun const& run) : run_(run), ledger_(run.ledger) {}

  v1::SimulationReport report() && {
    report_.set_scenario(run_.scenario.name);
    report_.set_seed(run_.seed);
    report_.set_begin(fmt::format("{:%FT%T}Z", std::chrono::floor<std::chrono::seconds>(ledger_.begin)));
    report_.set_ended_after_seconds(static_cast<std::int32_t>(
        std::chrono::ceil<std::chrono::seconds>(ledger_.end - ledger_.begin).count()));
    add_totals();
    for (auto const& speed : simulation::speeds(ledger_)) add(speed);
    for (auto const& [channel, load] : ledger_.loads()) add(load);
    add_verdict();
    for (auto const* const message : journeys(run_)) add(*message);
    for (auto const& transmission : ledger_.transmissions()) add(transmission);
    report_.set_transmissions_left_out(count(ledger_.transmissions_left_out()));
    for (auto const& alarm : ledger_.alarms()) {
      auto& out = *report_.add_alarms();
      out.set_at_seconds(since(alarm.at));
      out.set_relay(alarm.place);
      out.set_what(alarm.what);
    }
    auto const& network = run_.scenario.directory->network();
    for (auto const& relay : network.relays) *report_.add_relays() = wire::to_proto(relay);
    for (auto const& station : network.stations) *report_.add_stations() = wire::to_proto(station);
    return std::move(report_);
  }

 private:
  [[nodiscard]] double since(simulation::Now at) const { return seconds(at - ledger_.begin); }
  [[nodiscard]] std::string identity(simulation::MessageIndex index) const {
    auto const* const message = ledger_.message(index);
    return message == nullptr ? std::string() : message->identity;
  }

  void add_totals() {
    auto const sum = simulation::totals(ledger_);
    auto& out = *report_.mutable_totals();
    out.set_messages(count(sum.messages));
    out.set_refused(count(sum.refused));
    out.set_copies(count(sum.copies));
    out.set_delivered(count(sum.delivered));
    out.set_intercepted(count(sum.intercepted));
    out.set_suspected_duplicates(count(sum.marked_again));
    out.set_transmissions(count(sum.transmissions));
    out.set_service_messages(count(sum.service));
    out.set_preemptions(count(sum.preempted));
    out.set_lost(count(sum.lost));
    out.set_garbled(count(sum.garbled));
    out.set_alternate_routes(count(sum.alternate));
    out.set_crashes(count(ledger_.crashes));
    out.set_called_in(count(ledger_.called_in));
    out.set_relay_events(count(ledger_.events));
  }

  void add(simulation::Speed const& speed) {
    auto& out = *report_.add_speeds();
    out.set_precedence(wire::to_proto(speed.precedence));
    out.set_objective_seconds(
        static_cast<std::int32_t>(std::chrono::ceil<std::chrono::seconds>(speed.objective).count()));
    out.set_copies(count(speed.copies));
    out.set_delivered(count(speed.delivered));
    out.set_within_objective(count(speed.within));
    out.set_intercepted(count(speed.intercepted));
    out.set_median_seconds(seconds(speed.median));
    out.set_nine_in_ten_seconds(seconds(speed.nine_in_ten));
    out.set_longest_seconds(seconds(speed.longest));
  }

  void add(simulation::Load const& load) {
    auto& out = *report_.add_circuits();
    out.set_circuit(load.circuit);
    out.set_channel(load.channel);
    out.set_from(load.from);
    out.set_to(load.to);
    out.set_messages(count(load.messages));
    out.set_service_messages(count(load.service));
    out.set_preemptions(count(load.preempted));
    out.set_lost(count(load.lost));
    out.set_garbled(count(load.garbled));
    out.set_alternate_routes(count(load.alternate));
    out.set_characters(static_cast<double>(load.characters));
    out.set_busy_seconds(seconds(load.busy));
    out.set_deepest_queue(count(load.deepest));
    out.set_sample_seconds(seconds(ledger_.sample));
    for (auto const depth : load.depth) out.add_waiting(depth);
    for (std::size_t i = 1; i < load.busy_at.size(); ++i)
      out.add_busy(seconds(load.busy_at[i] - load.busy_at[i - 1]));
  }

  void add_verdict() {
    for (auto const& unmet : run_.unmet) {
      auto& out = *report_.add_unmet();
      out.set_expected(unmet.expected);
      out.set_found(unmet.found);
      if (unmet.message) out.set_message(identity(*unmet.message));
    }
    for (auto const& violation : ledger_.violations()) {
      auto& out = *report_.add_violations();
      out.set_at_seconds(since(violation.at));
      out.set_what(violation.what);
      if (violation.message) out.set_message(identity(*violation.message));
    }
  }

  void add(simulation::Tracked const& message) {
    auto& out = *report_.add_messages();
    out.set_identity(message.identity);
    if (!message.reference.empty()) out.set_reference(message.reference);
    out.set_station(message.station);
    if (!message.refused.empty()) out.set_refused(message.refused);
    for (auto const& duty : message.duties) {
      auto& copy = *out.add_copies();
      copy.set_routing_indicator(duty.station);
      copy.set_kind(kind_of(duty.kind));
      copy.set_precedence(wire::to_proto(duty.precedence));
      if (duty.delivered) copy.set_seconds(seconds(*duty.delivered - message.filed_at));
      copy.set_intercepted(duty.intercepted);
    }
    for (auto const& step : message.journey) {
      auto& to = *out.add_journey();
      to.set_at_seconds(since(step.at));
      to.set_place(step.place);
      to.set_what(step.what);
      if (!step.heading.empty()) to.set_heading(step.heading);
    }
  }

  void add(simulation::Transmission const& transmission) {
    auto& out = *report_.add_transmissions();
    out.set_circuit(transmission.circuit);
    out.set_number(transmission.number);
    out.set_heading(transmission.heading);
    out.set_channel(transmission.channel);
    out.set_from(transmission.from);
    out.set_to(transmission.to);
    out.set_at_seconds(since(transmission.at));
    out.set_service(!transmission.message);
    if (transmission.until) out.set_until_seconds(since(*transmission.until));
    out.set_cancelled(transmission.cancelled);
    out.set_lost(transmission.lost);
    if (transmission.waits_since) out.set_waits_since_seconds(since(*transmission.waits_since));
    if (transmission.message) out.set_message(transmission.identity);
  }

  SimulationRun const& run_;
  Ledger const& ledger_;
  v1::SimulationReport report_;
};

}  // namespace

std::string simulation_in_json(SimulationRun const& run) {
  return wire::to_json(Json(run).report(), wire::Layout::pretty);
}

}  // namespace torntape::cli
