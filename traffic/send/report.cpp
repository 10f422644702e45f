#include "traffic/send/report.hpp"

#include <algorithm>
#include <utility>

#include "wire/utf8.hpp"

namespace torntape::send {
namespace {

using std::chrono::nanoseconds;

double milliseconds(nanoseconds time) { return std::chrono::duration<double, std::milli>{time}.count(); }

void fill(Histogram const& histogram, v1::Latency& out) {
  out.set_mean_ms(milliseconds(histogram.mean()));
  out.set_p50_ms(milliseconds(histogram.within(0.5)));
  out.set_p90_ms(milliseconds(histogram.within(0.9)));
  out.set_p95_ms(milliseconds(histogram.within(0.95)));
  out.set_p99_ms(milliseconds(histogram.within(0.99)));
  out.set_p999_ms(milliseconds(histogram.within(0.999)));
  out.set_p9999_ms(milliseconds(histogram.within(0.9999)));
  out.set_max_ms(milliseconds(histogram.longest()));
}

void fill(Time time, nanoseconds since_epoch, google::protobuf::Timestamp& out) {
  auto const whole = time.time_since_epoch() + since_epoch;
  auto const seconds = std::chrono::floor<std::chrono::seconds>(whole);
  out.set_seconds(seconds.count());
  out.set_nanos(static_cast<std::int32_t>((whole - seconds).count()));
}

v1::Outcome outcome_of(Passage const& passage) {
  if (!passage.result) return v1::OUTCOME_WITHHELD;
  switch (*passage.result) {
    case Result::confirmed:
      return v1::OUTCOME_CONFIRMED;
    case Result::sent:
      return v1::OUTCOME_SENT;
    case Result::refused:
      return v1::OUTCOME_REFUSED;
    case Result::not_taken:
      return v1::OUTCOME_FAILED;
    case Result::unknown:
      return v1::OUTCOME_UNKNOWN;
  }
  return v1::OUTCOME_UNSPECIFIED;
}

}  // namespace

v1::DestinationReport to_proto(std::string const& destination, Tally const& tally,
                               std::vector<Expectation> const& expectations) {
  v1::DestinationReport report;
  report.set_destination(destination);
  report.set_offered(tally.offered);
  report.set_confirmed(tally.confirmed);
  report.set_sent(tally.sent);
  report.set_refused(tally.refused);
  report.set_failed(tally.failed);
  report.set_unknown(tally.unknown);
  report.set_withheld(tally.withheld);
  report.set_repeats(tally.repeats);
  report.set_reconnections(tally.reconnections);
  report.set_seconds(std::chrono::duration<double>{tally.took}.count());
  report.set_rate(tally.rate());
  report.set_latest_ms(milliseconds(tally.latest));
  report.set_failure(tally.failure);
  if (tally.latency.count() != 0) fill(tally.latency, *report.mutable_latency());
  std::vector<std::pair<std::string, std::uint64_t>> reasons{tally.reasons.begin(), tally.reasons.end()};
  std::ranges::sort(reasons, [](auto const& one, auto const& other) {
    return one.second != other.second ? one.second > other.second : one.first < other.first;
  });
  for (auto const& [reason, messages] : reasons) {
    auto& added = *report.add_reasons();
    added.set_reason(reason);
    added.set_messages(messages);
  }
  for (auto const& expectation : expectations) {
    auto const met = meets(tally, expectation);
    auto& added = *report.add_expectations();
    added.set_expectation(expectation.text);
    added.set_found(met.found);
    added.set_met(met.met);
  }
  return report;
}

v1::SentMessage to_proto(std::string const& destination, Passage const& passage, nanoseconds since_epoch) {
  v1::SentMessage sent;
  sent.set_number(passage.number);
  sent.set_destination(destination);
  fill(passage.intended, since_epoch, *sent.mutable_intended_at());
  fill(passage.answered, since_epoch, *sent.mutable_answered_at());
  sent.set_outcome(outcome_of(passage));
  sent.set_reason(passage.why);
  sent.set_attempts(passage.attempts);
  sent.set_text(passage.text);
  return sent;
}

v1::Label to_proto(Fault const& fault) {
  v1::Label label;
  label.set_message(static_cast<std::uint32_t>(fault.message));
  if (fault.damage.empty()) label.set_rule("none");
  label.set_damage(std::string{fault.damage});
  auto& where = *label.mutable_where();
  where.set_offset(fault.begin);
  where.set_length(fault.length);
  where.set_line(static_cast<std::uint32_t>(fault.line));
  where.set_column(1);
  if (fault.before == fault.now) return label;
  label.mutable_span()->set_offset(fault.begin + fault.offset);
  label.mutable_span()->set_length(fault.now.size());
  label.set_before(wire::utf8(fault.before));
  label.set_now(wire::utf8(fault.now));
  return label;
}

}  // namespace torntape::send
