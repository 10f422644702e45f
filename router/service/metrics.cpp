#include "router/service/metrics.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "router/service/response.hpp"
#include "wire/utf8.hpp"

namespace torntape::service {
namespace {

using grammar::Precedence;

constexpr std::array all_precedences{Precedence::routine, Precedence::priority, Precedence::immediate,
                                     Precedence::flash, Precedence::emergency_command};

template <class... Arguments>
void append(std::string& out, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  fmt::format_to(std::back_inserter(out), format, std::forward<Arguments>(arguments)...);
}

// The head of a metric. What it counts ends with its unit or, of a counter, with _total.
void head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  append(out, "# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

void counter(std::string& out, std::string_view name, std::string_view help, std::uint64_t value) {
  head(out, name, "counter", help);
  append(out, "{} {}\n", name, value);
}

// The value of a label, between its quotes.
std::string escaped(std::string_view value) {
  std::string out;
  for (char const c : wire::utf8(value)) {
    if (c == '\n') {
      out.append("\\n");
      continue;
    }
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

std::string_view label(Precedence precedence) {
  switch (precedence) {
    case Precedence::emergency_command:
      return "emergency_command";
    case Precedence::flash:
      return "flash";
    case Precedence::immediate:
      return "immediate";
    case Precedence::priority:
      return "priority";
    case Precedence::routine:
    case Precedence::none:
      break;
  }
  return "routine";
}

std::string_view label(Port port) {
  switch (port) {
    case Port::protobuf:
      return "protobuf";
    case Port::circuit:
      return "circuit";
    case Port::http:
      return "http";
  }
  return "";
}

// "REASON_NOT_FOUND" → "not_found"
std::string label(v1::Reason reason) {
  auto const& name = v1::Reason_Name(reason);
  auto out = name.substr(std::min(name.size(), std::string_view{"REASON_"}.size()));
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

// Published speeds of service (docs/http.md); none of emergency command.
std::optional<int> objective(Precedence precedence) {
  switch (precedence) {
    case Precedence::flash:
      return 600;
    case Precedence::immediate:
      return 1'800;
    case Precedence::priority:
      return 10'800;
    case Precedence::routine:
      return 21'600;
    case Precedence::emergency_command:
    case Precedence::none:
      break;
  }
  return std::nullopt;
}

// Where copies wait. Stations are counted together: there may be a hundred thousand of them. Queues of dead
// letters are as many as the operator has named.
std::string place_of(std::string const& queue) {
  if (relay::is_circuit_queue(queue)) return fmt::format("circuit {}", relay::circuit_of(queue));
  return queue == relay::intercept_queue || relay::is_set_aside_queue(queue) ? queue : "stations";
}

struct Place {
  std::map<Precedence, std::pair<std::size_t, std::size_t>> copies;  // waiting, handed out
  std::optional<relay::Now> oldest;
};

std::map<std::string, Place> places_of(Queues const& queues) {
  std::map<std::string, Place> places{{"stations", {}}, {"intercept", {}}};
  for (auto const& circuit : queues.circuits) places[fmt::format("circuit {}", circuit.name)];
  for (auto const& queue : queues.queues) {
    auto& place = places[place_of(queue.name)];
    for (auto const& lane : queue.lanes) {
      place.copies[lane.precedence].first += lane.waiting;
      place.copies[lane.precedence].second += lane.handed_out;
    }
    if (queue.oldest && (!place.oldest || *queue.oldest < *place.oldest)) place.oldest = queue.oldest;
  }
  return places;
}

double seconds(std::chrono::milliseconds time) { return static_cast<double>(time.count()) / 1'000; }

void write_queues(std::string& out, Queues const& queues, relay::Now now) {
  auto const places = places_of(queues);
  head(out, "torntape_copies", "gauge", "Copies not yet settled, by where they are, precedence and state.");
  for (auto const& [name, place] : places)
    for (auto const precedence : all_precedences) {
      auto const at = place.copies.find(precedence);
      auto const [waiting, handed] =
          at == place.copies.end() ? std::pair<std::size_t, std::size_t>{} : at->second;
      for (auto const& [state, number] : {std::pair{"waiting", waiting}, {"handed_out", handed}})
        append(out, "torntape_copies{{place=\"{}\",precedence=\"{}\",state=\"{}\"}} {}\n", escaped(name),
               label(precedence), state, number);
    }
  head(out, "torntape_oldest_copy_age_seconds", "gauge",
       "Time since the acceptance of the oldest copy not yet settled; 0 where there is none.");
  for (auto const& [name, place] : places)
    append(out, "torntape_oldest_copy_age_seconds{{place=\"{}\"}} {}\n", escaped(name),
           place.oldest ? std::max(0.0, seconds(now - *place.oldest)) : 0.0);
}

void write_circuits(std::string& out, Queues const& queues) {
  if (queues.circuits.empty()) return;
  head(out, "torntape_circuit_up", "gauge", "Whether a connection stands.");
  for (auto const& circuit : queues.circuits)
    append(out, "torntape_circuit_up{{circuit=\"{}\"}} {}\n", escaped(circuit.name), circuit.up ? 1 : 0);
  head(out, "torntape_circuit_unconfirmed_transmissions", "gauge",
       "Transmissions sent, and not yet confirmed by the far end.");
  for (auto const& circuit : queues.circuits)
    append(out, "torntape_circuit_unconfirmed_transmissions{{circuit=\"{}\"}} {}\n", escaped(circuit.name),
           circuit.unconfirmed);
}

void write_objectives(std::string& out) {
  head(out, "torntape_speed_of_service_objective_seconds", "gauge",
       "The published speed of service of a precedence.");
  for (auto const precedence : all_precedences)
    if (auto const time = objective(precedence))
      append(out, "torntape_speed_of_service_objective_seconds{{precedence=\"{}\"}} {}\n", label(precedence),
             *time);
}

}  // namespace

std::string metrics_of(store::Standing const& standing) {
  std::string out;
  auto const gauge = [&out](std::string_view name, std::string_view help, std::uint64_t value) {
    head(out, name, "gauge", help);
    append(out, "{} {}\n", name, value);
  };
  gauge("torntape_store_owner", "Whether this switch is the one of its relay that commits.",
        standing.owner ? 1 : 0);
  gauge("torntape_store_connected", "Whether there is a connection with NATS.", standing.connected ? 1 : 0);
  gauge("torntape_store_ready", "Whether the store commits, as far as is known.",
        standing.trouble.empty() ? 1 : 0);
  gauge("torntape_log_behind_entries", "Entries of the log that the working copy does not hold yet.",
        standing.behind);
  gauge("torntape_log_bytes", "Size of the log in NATS.", standing.bytes);
  gauge("torntape_outbox_holding", "Whether filings are held in the outbox, because NATS is away.",
        standing.holding ? 1 : 0);
  gauge("torntape_outbox_messages", "Messages that were accepted and are not in the log.", standing.held);
  counter(out, "torntape_store_takeovers_total", "How often this switch became the one that commits.",
          standing.takeovers);
  return out;
}

void InStation::add(std::chrono::milliseconds time) {
  auto const shown = std::max(time, std::chrono::milliseconds{0});
  auto const bucket = std::ranges::lower_bound(bounds, seconds(shown)) - bounds.begin();
  ++buckets_[static_cast<std::size_t>(bucket)];
  milliseconds_ += static_cast<std::uint64_t>(shown.count());
}

InStation::Seen InStation::seen() const {
  Seen seen;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i != buckets_.size(); ++i) seen.up_to[i] = sum += buckets_[i];
  seen.sum = static_cast<double>(milliseconds_) / 1'000;
  return seen;
}

void Metrics::count(Committed const& committed, relay::Now now) {
  if (committed.failed) {
    ++failed_commits_;
    return;
  }
  if (!committed.records.empty()) ++commits_;
  for (auto const& record : committed.records)
    if (auto const* const accepted = std::get_if<relay::Accepted>(&record))
      ++(accepted->envelope.received_over.empty() ? filed_ : received_);
    else if (std::holds_alternative<relay::Settled>(record))
      ++settled_;
  for (auto const& decided : committed.group)
    for (auto const& owed : decided.owed) count(owed.reply, now);
}

void Metrics::count(Reply const& reply, relay::Now now) {
  auto const stayed = [&](Precedence precedence, relay::Now accepted_at) {
    in_station_.at(static_cast<std::size_t>(precedence)).add(now - accepted_at);
  };
  if (auto const* const hand = std::get_if<relay::Hand>(&reply)) {
    handed_ += hand->copies.size();
    for (auto const& copy : hand->copies)
      if (copy.attempt == 1) stayed(copy.copy.precedence, copy.accepted_at);
  } else if (auto const* const send = std::get_if<relay::Send>(&reply)) {
    ++sent_;
    if (send->accepted_at && send->sent_before_as.empty()) stayed(send->precedence, *send->accepted_at);
  } else if (auto const* const refuse = std::get_if<relay::Refuse>(&reply)) {
    count(to_proto(*refuse));
  }
}

void Metrics::count(v1::Refusal const& refusal) {
  std::set<std::string> rules;
  for (auto const& diagnostic : refusal.diagnostics())
    if (diagnostic.severity() == v1::SEVERITY_ERROR) rules.insert(diagnostic.rule());
  std::scoped_lock const lock{refusing_};
  ++refusals_[refusal.reason()];
  for (auto const& rule : rules) ++broken_rules_[rule];
}

void Metrics::write_counters(std::string& out) const {
  head(out, "torntape_messages_accepted_total", "counter", "Messages accepted, by how they came.");
  append(out, "torntape_messages_accepted_total{{by=\"filing\"}} {}\n", filed_.load());
  append(out, "torntape_messages_accepted_total{{by=\"circuit\"}} {}\n", received_.load());
  counter(out, "torntape_copies_handed_out_total", "Copies handed to readers, repeats among them.", handed_);
  counter(out, "torntape_transmissions_sent_total", "Transmissions that began to leave over circuits.",
          sent_);
  counter(out, "torntape_copies_settled_total", "Copies acknowledged, or received by the next relay.",
          settled_);
  counter(out, "torntape_commits_total", "Groups of records made durable.", commits_);
  counter(out, "torntape_commit_failures_total", "Groups of records that could not be made durable.",
          failed_commits_);
}

void Metrics::write_in_station(std::string& out) const {
  constexpr std::string_view name = "torntape_in_station_seconds";
  head(out, name, "histogram",
       "From acceptance to the first hand-out, or to the beginning of the transmission.");
  for (auto const precedence : all_precedences) {
    auto const seen = in_station_.at(static_cast<std::size_t>(precedence)).seen();
    for (std::size_t i = 0; i != InStation::bounds.size(); ++i)
      append(out, "{}_bucket{{precedence=\"{}\",le=\"{}\"}} {}\n", name, label(precedence),
             InStation::bounds.at(i), seen.up_to.at(i));
    append(out, "{}_bucket{{precedence=\"{}\",le=\"+Inf\"}} {}\n", name, label(precedence),
           seen.up_to.back());
    append(out, "{}_sum{{precedence=\"{}\"}} {}\n", name, label(precedence), seen.sum);
    append(out, "{}_count{{precedence=\"{}\"}} {}\n", name, label(precedence), seen.up_to.back());
  }
}

void Metrics::write_refusals(std::string& out) const {
  std::scoped_lock const lock{refusing_};
  head(out, "torntape_refusals_total", "counter", "Requests refused, by reason.");
  for (auto const& [reason, number] : refusals_)
    append(out, "torntape_refusals_total{{reason=\"{}\"}} {}\n", label(reason), number);
  head(out, "torntape_rules_broken_total", "counter",
       "Messages refused for an error of this rule; one that breaks several counts for each.");
  for (auto const& [rule, number] : broken_rules_)
    append(out, "torntape_rules_broken_total{{rule=\"{}\"}} {}\n", escaped(rule), number);
}

void Metrics::write_connections(std::string& out) const {
  head(out, "torntape_connections", "gauge", "Connections, by port.");
  for (auto const port : ports)
    append(out, "torntape_connections{{port=\"{}\"}} {}\n", label(port),
           connections_.at(static_cast<std::size_t>(port)).load());
}

std::string Metrics::text(Queues const& queues, relay::Now now) const {
  std::string out;
  write_queues(out, queues, now);
  write_circuits(out, queues);
  write_objectives(out);
  write_in_station(out);
  write_counters(out);
  write_refusals(out);
  write_connections(out);
  return out;
}

}  // namespace torntape::service
