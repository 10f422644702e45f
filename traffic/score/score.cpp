#include "traffic/score/score.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace torntape::score {

namespace {

// A report with its place in the whole traffic.
struct Placed {
  std::uint64_t message = 0;
  std::optional<std::uint64_t> offset, line;
  std::uint64_t length = 0;
};

class Scoring {
 public:
  Scoring(std::vector<Label> const& labels, Match match) : match_(match) {
    for (auto const& label : labels) {
      messages_.emplace(label.message, &label);
      if (!label.rule.empty()) by_rule_[label.rule].push_back({&label, false});
    }
    for (auto const& [number, label] : messages_) in_order_.push_back(label);
    for (auto& [rule, sought] : by_rule_)
      std::ranges::sort(sought, {}, [](Sought const& each) { return each.label->message; });
  }

  Score run(std::vector<Report> const& reports) && {
    for (auto const& report : reports) add(report);
    score_.messages = messages_.size();
    score_.good = static_cast<std::uint64_t>(
        std::ranges::count_if(in_order_, [](Label const* label) { return label->rule.empty(); }));
    for (auto const& [rule, labels] : by_rule_) {
      auto& figures = figures_[rule];
      figures.labels = labels.size();
      figures.found = static_cast<std::uint64_t>(std::ranges::count_if(labels, &Sought::found));
    }
    for (auto& [rule, figures] : figures_) {
      figures.rule = rule;
      score_.total.labels += figures.labels;
      score_.total.found += figures.found;
      score_.total.reported += figures.reported;
      score_.total.right += figures.right;
      score_.rules.push_back(std::move(figures));
    }
    score_.false_alarms = alarmed_.size();
    return std::move(score_);
  }

 private:
  struct Sought {
    Label const* label;
    bool found;
  };

  // The labels of a rule that may be about this message: a run is not longer than this.
  [[nodiscard]] static std::vector<Sought*> near(std::vector<Sought>& all, std::uint64_t message) {
    constexpr std::uint64_t longest_run = 16;
    auto const number = [](Sought const& sought) { return sought.label->message; };
    auto const from = message > longest_run ? message - longest_run : 0;
    std::vector<Sought*> chosen;
    for (auto it = std::ranges::lower_bound(all, from, {}, number);
         it != all.end() && number(*it) <= message + longest_run; ++it)
      chosen.push_back(&*it);
    return chosen;
  }

  void add(Report const& report) {
    auto const placed = place(report);
    if (!placed) {
      ++score_.astray;
      return;
    }
    if (messages_.at(placed->message)->rule.empty()) alarmed_.insert(placed->message);
    bool right = false;
    if (auto const sought = by_rule_.find(report.rule); sought != by_rule_.end())
      for (auto* const each : near(sought->second, placed->message))
        if (fits(*placed, *each->label)) right = each->found = true;
    // Where messages are matched, a rule is reported of a message once, however often it is said.
    if (match_ == Match::message && !told_.insert({report.rule, placed->message}).second) return;
    auto& figures = figures_[report.rule];
    ++figures.reported;
    if (right) ++figures.right;
  }

  // The message that holds the place, the last one that begins before it.
  template <class Begin>
  [[nodiscard]] Label const* holding(std::uint64_t at, Begin begin) const {
    auto const after = std::ranges::upper_bound(in_order_, at, {}, begin);
    return after == in_order_.begin() ? nullptr : *(after - 1);
  }

  [[nodiscard]] std::optional<Placed> place(Report const& report) const {
    auto const offset_of = [](Label const* label) { return label->where.offset; };
    auto const line_of = [](Label const* label) { return label->where.line; };
    if (report.message) {
      auto const found = messages_.find(*report.message);
      if (found == messages_.end()) return {};
      auto const& where = found->second->where;
      Placed placed{*report.message, report.offset, report.line, report.length};
      if (placed.offset) *placed.offset += where.offset;
      if (placed.line) *placed.line += where.line - 1;
      return placed;
    }
    auto const* label = report.offset ? holding(*report.offset, offset_of)
                        : report.line ? holding(*report.line, line_of)
                                      : nullptr;
    if (label == nullptr) return {};
    return Placed{label->message, report.offset, report.line, report.length};
  }

  [[nodiscard]] bool fits(Placed const& placed, Label const& label) const {
    auto const first = label.run_first != 0 ? label.run_first : label.message;
    auto const last = label.run_last != 0 ? label.run_last : label.message;
    if (placed.message < first || placed.message > last) return false;
    // What needs several messages is told of any of them.
    if (match_ == Match::message || label.run_last != 0) return true;
    auto const& span = label.span;
    if (match_ == Match::line)
      return placed.line && *placed.line + 1 >= span.line && *placed.line <= span.last_line + 1;
    return placed.offset && *placed.offset <= span.offset + span.length &&
           *placed.offset + placed.length >= span.offset;
  }

  Match match_;
  std::map<std::uint64_t, Label const*> messages_;
  std::vector<Label const*> in_order_;
  std::map<std::string, std::vector<Sought>> by_rule_;
  std::map<std::string, Figures> figures_;
  std::set<std::uint64_t> alarmed_;
  std::set<std::pair<std::string, std::uint64_t>> told_;
  Score score_;
};

std::optional<double> share(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return {};
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::optional<double> precision(Figures const& figures) { return share(figures.right, figures.reported); }
std::optional<double> recall(Figures const& figures) { return share(figures.found, figures.labels); }

Score score(std::vector<Label> const& labels, std::vector<Report> const& reports, Match match) {
  return Scoring(labels, match).run(reports);
}

}  // namespace torntape::score
