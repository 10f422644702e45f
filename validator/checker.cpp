#include "validator/checker.hpp"

#include <algorithm>
#include <bit>
#include <cctype>
#include <optional>
#include <tuple>
#include <utility>

namespace torntape::validator {

namespace {

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string_view family(Rule const& rule) { return rule.id.substr(0, rule.id.find('-')); }

bool named(Rule const& rule, std::string_view word) {
  return same_word(word, rule.id) || same_word(word, rule.name);
}

bool names(std::vector<std::string> const& words, Rule const& rule) {
  return std::ranges::any_of(words, [&](std::string const& word) { return named(rule, word); });
}

bool covers(std::vector<std::string> const& words, Rule const& rule) {
  return names(words, rule) ||
         std::ranges::any_of(words, [&](std::string const& word) { return same_word(word, family(rule)); });
}

bool covers(std::string_view word, Rule const& rule) {
  return named(rule, word) || same_word(word, family(rule));
}

bool known(std::string_view word) {
  return std::ranges::any_of(rules(), [&](Rule const& rule) { return covers(word, rule); });
}

// A rule that this profile does not apply, asked for by name: as mild as it is anywhere.
Severity mildest(Rule const& rule) {
  auto severity = Severity::error;
  for (auto const each : rule.severities.by_profile)
    if (each != Severity::off) severity = std::min(severity, each);
  return severity;
}

// For the copy at hand, whatever the profile says.
Severity asked_for(Rule rule, Site const& site) {
  rule.severities.by_profile.fill(mildest(rule));
  return severity(rule, site.profile, site.copy_kind, site.archive);
}

// Where the rule applies to the copy at all.
std::optional<Severity> given(Options const& options, Rule const& rule, Site const& site) {
  auto const last = std::find_if(options.severities.rbegin(), options.severities.rend(),
                                 [&](auto const& each) { return covers(each.first, rule); });
  if (last == options.severities.rend() || asked_for(rule, site) == Severity::off) return std::nullopt;
  return last->second;
}

std::array<std::uint64_t, 2> words(Features features) { return {features.low, features.high}; }

template <std::size_t Size, class Visit>
void each_bit(std::array<std::uint64_t, Size> const& words, Visit visit) {
  for (std::size_t i = 0; i != Size; ++i)
    for (auto word = words[i]; word != 0; word &= word - 1)
      visit(i * 64 + static_cast<std::size_t>(std::countr_zero(word)));
}

unsigned key(Site const& site) {
  return static_cast<unsigned>(site.profile) * 8 + static_cast<unsigned>(site.copy_kind) * 2 +
         (site.archive ? 1U : 0U);
}

// --- of several findings with one cause, the cause ---

using grammar::Diagnostic;

struct Lines {
  std::size_t first, last;
};

bool meet(Lines a, Lines b) { return a.first <= b.last && b.first <= a.last; }

Lines lines_of(Message const& message, LineIndex& index, grammar::Span const& span) {
  return {span.line, index.line(span.offset - message.position.offset + span.length)};
}

// The findings of one rule, which stand together.
struct Group {
  Rule const* rule;
  std::size_t begin, end;
};

std::vector<Group> groups_of(std::vector<Rule const*> const& by) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i != by.size(); ++i) {
    if (groups.empty() || groups.back().rule != by[i]) groups.push_back({by[i], i, i});
    groups.back().end = i + 1;
  }
  return groups;
}

class Silencing {
 public:
  Silencing(Message const& message, Findings& findings)
      : message_(message),
        index_(findings.lines()),
        found_(findings.found()),
        groups_(groups_of(findings.by())),
        silenced_(found_.size()) {}

  void keep_the_causes() {
    for (auto const& cause : groups_)
      for (auto const id : cause.rule->silences) silence(cause, id);
    std::size_t index = 0;
    std::erase_if(found_, [&](Diagnostic const&) { return silenced_[index++]; });
  }

 private:
  void silence(Group const& cause, std::string_view id) {
    for (auto const& other : groups_) {
      if (other.rule == cause.rule) continue;
      if (id == everything)
        std::fill_n(silenced_.begin() + static_cast<std::ptrdiff_t>(other.begin), other.end - other.begin,
                    true);
      else if (other.rule->id == id)
        silence_on_shared_lines(cause, other);
    }
  }

  void silence_on_shared_lines(Group const& cause, Group const& other) {
    std::vector<Lines> causing;
    for (auto i = cause.begin; i != cause.end; ++i) add_lines(found_[i], causing);
    std::vector<Lines> own;
    for (auto i = other.begin; i != other.end; ++i) {
      own.clear();
      add_lines(found_[i], own);
      if (std::ranges::any_of(own, [&](Lines each) {
            return std::ranges::any_of(causing, [&](Lines line) { return meet(line, each); });
          }))
        silenced_[i] = true;
    }
  }

  // The place of a finding and those of its witnesses.
  void add_lines(Diagnostic const& finding, std::vector<Lines>& lines) {
    lines.push_back(lines_of(message_, index_, finding.span));
    for (auto const& witness : finding.related) lines.push_back(lines_of(message_, index_, witness.span));
  }

  Message const& message_;
  LineIndex& index_;
  std::vector<Diagnostic>& found_;
  std::vector<Group> groups_;
  std::vector<bool> silenced_;
};

void sort_by_place(std::vector<Diagnostic>& found) {
  auto const graver = [](Diagnostic const& each) { return -static_cast<int>(each.severity); };
  std::ranges::sort(found, {}, [&](Diagnostic const& each) {
    return std::tuple<std::size_t, int, std::string_view, std::string_view>{each.span.offset, graver(each),
                                                                            each.rule, each.message};
  });
}

}  // namespace

Severity severity_under(Options const& options, Rule const& rule, Site const& site) {
  auto const extended = covers(options.extend_select, rule);
  auto const selected = extended || options.select.empty() || covers(options.select, rule);
  if (!selected || covers(options.ignore, rule)) return Severity::off;
  if (auto const severity = given(options, rule, site)) return *severity;
  auto const own = severity(rule, site.profile, site.copy_kind, site.archive);
  if (own == Severity::off && names(options.extend_select, rule)) return asked_for(rule, site);
  return own;
}

std::vector<std::string> unknown_rules(Options const& options) {
  std::vector<std::string> unknown;
  for (auto const* words : {&options.select, &options.extend_select, &options.ignore})
    std::ranges::copy_if(*words, std::back_inserter(unknown),
                         [](std::string const& word) { return !known(word); });
  for (auto const& [word, severity] : options.severities)
    if (!known(word)) unknown.push_back(word);
  return unknown;
}

Checker::Checker(Options options, std::shared_ptr<directory::Directory const> directory)
    : options_(std::move(options)), directory_(std::move(directory)) {}

Checker::Table& Checker::table(Site const& site) {
  auto const [place, fresh] = tables_.try_emplace(key(site));
  auto& table = place->second;
  if (!fresh) return table;
  for (auto const& rule : rules()) {
    if (rule.check == nullptr) continue;  // it needs more than one message
    if (rule.needs_directory && !directory_) continue;
    if (auto const severity = severity_under(options_, rule, site); severity != Severity::off)
      table.add({&rule, severity}, rule.when.empty() || (rule.beside_directory && directory_));
  }
  return table;
}

void Checker::Table::add(Applied applied, bool by_every_message) {
  auto const position = rules.size();
  auto const word = position / 64;
  auto const bit = std::uint64_t{1} << position % 64;
  auto const when = applied.rule->when;
  rules.push_back(applied);
  if (by_every_message) always.at(word) |= bit;
  each_bit(words(when), [&](std::size_t feature) { called_by[feature].at(word) |= bit; });
}

Checker::Positions Checker::Table::called(Features features) const {
  auto called = always;
  each_bit(words(features), [&](std::size_t feature) {
    for (std::size_t i = 0; i != called.size(); ++i) called[i] |= called_by[feature][i];
  });
  return called;
}

Exercise Checker::exercise() const {
  Exercise exercise;
  for (auto const& [key, table] : tables_)
    for (auto const& applied : table.rules) exercise[applied.rule->id] += table.messages;
  return exercise;
}

std::vector<Diagnostic> const& Checker::check(Message const& message) {
  Site const site{directory_.get(), message.profile, message.copy_kind, message.archive};
  findings_.begin(message);
  auto& in_force = table(site);
  ++in_force.messages;
  each_bit(in_force.called(message.features), [&](std::size_t position) {
    auto const& [rule, severity] = in_force.rules[position];
    findings_.enter(*rule, severity);
    rule->check(message, site, findings_);
  });
  auto& found = findings_.found();
  if (found.size() > 1) Silencing{message, findings_}.keep_the_causes();
  sort_by_place(found);
  return found;
}

}  // namespace torntape::validator
