#include "cli/check_work.hpp"

#include <utility>

#include "grammar/alphabets/capture.hpp"
#include "validator/fingerprint.hpp"

namespace torntape::cli {

void leave_out_known(Baseline const& baseline, std::vector<grammar::Diagnostic>& findings,
                     std::vector<std::string>& fingerprints, Counts& counts) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i != findings.size(); ++i) {
    if (baseline.holds(fingerprints[i])) {
      ++counts.suppressed;
      continue;
    }
    if (kept != i) {
      findings[kept] = std::move(findings[i]);
      fingerprints[kept] = std::move(fingerprints[i]);
    }
    ++kept;
  }
  findings.resize(kept);
  fingerprints.resize(kept);
}

std::vector<Part> Worker::work(Job const& job) {
  std::vector<Part> parts;
  for (auto const* const input : job.inputs) {
    auto& part = parts.emplace_back();
    part.input = input;
    part.piece.source = input->name;
    auto const settings = plan_.settings(*input);
    if (job.messages.empty()) {
      part.failure = read_messages(*input, [&](grammar::Frame const& frame) {
        check(part, frame, settings_for(frame, settings));
        return true;
      });
      if (part.failure) ++part.counts.unreadable;
    }
    for (std::size_t i = 0; i != job.messages.size(); ++i) {
      auto const begin = job.messages[i].first;
      auto const end = i + 1 == job.messages.size() ? job.bytes.size() : job.messages[i + 1].first;
      grammar::Frame const frame{std::string_view{job.bytes}.substr(begin, end - begin),
                                 job.messages[i].second, job.alphabet};
      check(part, frame, settings_for(frame, settings));
    }
  }
  return parts;
}

void Worker::check(Part& part, grammar::Frame const& frame, grammar::Settings const& settings) {
  auto const& message = parser_.parse(frame.bytes, settings, frame.position);
  auto const* findings = &checker_.check(message);
  ++part.counts.messages;
  part.bytes += frame.bytes.size();
  ++tally_.kinds[{message.profile, message.copy_kind}];
  std::vector<std::string> fingerprints;
  Report::Diagnostics left;
  if (!findings->empty() &&
      (plan_.baseline != nullptr || plan_.keep_fingerprints || plan_.report->wants_fingerprints()))
    fingerprints = validator::fingerprints(message, *findings);
  if (plan_.keep_fingerprints)
    for (std::size_t i = 0; i != findings->size(); ++i)
      part.fingerprints.emplace_back(fingerprints[i], (*findings)[i].rule);
  if (plan_.baseline != nullptr && !findings->empty()) {
    left = *findings;
    leave_out_known(*plan_.baseline, left, fingerprints, part.counts);
    findings = &left;
  }
  for (auto const& finding : *findings) {
    part.counts.add(finding.severity);
    tally_.add(finding);
  }
  plan_.report->say(part.piece, {part.input->name, grammar::as_received(message), message.position},
                    *findings, fingerprints);
  if (plan_.keep_messages) keep(part, frame, settings);
}

void Worker::keep(Part& part, grammar::Frame const& frame, grammar::Settings const& settings) {
  auto& kept = part.messages.emplace_back();
  kept.bytes = std::make_unique<std::string>(frame.bytes);
  grammar::Parser parser;
  static_cast<void>(parser.parse(*kept.bytes, settings, frame.position));
  kept.message = std::move(parser).take();
}

Tally Worker::tally() const {
  auto tally = tally_;
  tally.exercise = checker_.exercise();
  return tally;
}

}  // namespace torntape::cli
