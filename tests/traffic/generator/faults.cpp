// Every rule's own mutation, and every damage, on made-up messages of every profile, copy and form: the
// validator reports the rule, at that place, and nothing else that it does not find in the good message.
#include <cstdlib>
#include <map>
#include <set>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "directory/network_file.hpp"
#include "grammar/parser.hpp"
#include "traffic/generator/fault.hpp"
#include "traffic/generator/stream.hpp"
#include "validator/checker.hpp"
#include "validator/continuity/follower.hpp"
#include "validator/sample.hpp"

namespace torntape::generator::test {

namespace {

using grammar::Diagnostic;
using grammar::Profile;
using grammar::Severity;

// script/violations asks for more.
std::uint64_t samples(std::uint64_t usual) {
  auto const* const asked = std::getenv("TORNTAPE_SAMPLES");
  return asked == nullptr ? usual : std::stoull(asked);
}

grammar::Settings settings_of(Made const& made) {
  grammar::Settings settings;
  settings.profile = made.profile;
  if (made.copy == Copy::origin) settings.copy_kind = grammar::CopyKind::origin;
  return settings;
}

Plan plan_for(Profile profile, Copy copy, std::vector<Fault> faults, std::uint64_t seed) {
  Plan plan;
  for (auto const& named : named_mixes())
    if (named.name == "every-form") plan.mix = named.mix;
  plan.mix.profiles.fill(0);
  plan.mix.profiles[static_cast<std::size_t>(profile)] = 1;
  plan.mix.copies.fill(0);
  plan.mix.copies[static_cast<std::size_t>(copy)] = 1;
  plan.seed = seed;
  plan.faults = std::move(faults);
  return plan;
}

// The finding, or one that bears witness to it, stands in the lines that were touched or next to them.
bool is_there(Diagnostic const& found, Label const& label) {
  auto const near = [&](std::size_t line) { return line + 1 >= label.line && line <= label.last_line + 1; };
  if (near(found.span.line)) return true;
  return std::ranges::any_of(found.related, [&](auto const& each) { return near(each.span.line); });
}

// Where the label says nothing stood or stands, the good message comes out again.
std::string restored(Made const& made) {
  auto text = made.text;
  auto const& label = made.labels.front();
  return text.replace(label.offset, label.length, label.before);
}

class Trial {
 public:
  Trial() : directory_(validator::sample_directory()), checker_({}, directory_) {}

  // What is wrong with it, or nothing.
  std::string judge(Made const& made) {
    auto const& label = made.labels.front();
    auto const good = ids(restored(made), made);
    auto const before = good;
    grammar::Parser parser;
    auto const& found = checker_.check(parser.parse(made.text, settings_of(made)));
    bool told = false, there = false;
    std::set<std::string> others;
    for (auto const& each : found) {
      if (each.rule == label.rule) {
        told = true;
        there = there || is_there(each, label);
      } else if (!before.contains(std::string(each.rule)) && each.severity > Severity::info) {
        others.emplace(each.rule);
      }
    }
    if (!told)
      return "not reported" +
             (others.empty() ? std::string() : fmt::format(" but {}", fmt::join(others, " ")));
    if (!others.empty()) return fmt::format("also {}", fmt::join(others, " "));
    return there ? "" : "reported elsewhere";
  }

 private:
  std::set<std::string> ids(std::string const& text, Made const& made) {
    grammar::Parser parser;
    std::set<std::string> found;
    for (auto const& each : checker_.check(parser.parse(text, settings_of(made)))) found.emplace(each.rule);
    return found;
  }

  std::shared_ptr<directory::Directory const> directory_;
  validator::Checker checker_;
};

constexpr Profile all_profiles[]{Profile::state, Profile::acp127, Profile::acp127_us, Profile::janap128,
                                 Profile::acp126};
constexpr Copy all_copies[]{Copy::origin, Copy::relay, Copy::web, Copy::archive, Copy::abbreviated};

}  // namespace

TEST_CASE("what is broken on purpose is reported, there, and nothing else") {
  auto const all = faults_named({"all"}).faults;
  auto const count = samples(5);
  Trial trial;
  std::map<std::string, std::pair<int, std::string>> wrong;  // by fault and verdict: how often, an example
  for (auto const& fault : all) {
    if (fault.violate == nullptr) continue;
    std::uint64_t broken = 0;
    for (auto const profile : all_profiles)
      for (auto const copy : all_copies) {
        if (!has(profile, copy) || !applies(fault, profile)) continue;
        Stream stream(validator::sample_directory(), plan_for(profile, copy, {fault}, 1));
        for (std::uint64_t i = 0; i != count && stream.impossible().empty(); ++i) {
          auto const& made = stream.next();
          if (made.labels.empty()) continue;
          ++broken;
          if (auto const verdict = trial.judge(made); !verdict.empty()) {
            auto& [times, example] = wrong[fmt::format("{:8} {} {} {}", name(fault), grammar::name(profile),
                                                       copy_names[static_cast<std::size_t>(copy)], verdict)];
            if (times++ == 0)
              example =
                  fmt::format("[{}] line {} `{}` -> `{}`\n{}",
                              form_names[static_cast<std::size_t>(made.form)], made.labels.front().line,
                              made.labels.front().before, made.labels.front().now, made.text.substr(0, 1500));
          }
        }
      }
    // GEN-10 is about the shifts of an ITA2 tape, which is no text.
    if (broken == 0 && fault.rule->id != "GEN-10") wrong[fmt::format("{:8} never", name(fault))].first = 1;
  }
  for (auto const& [what, how] : wrong) {
    UNSCOPED_INFO(what << " x" << how.first << "\n" << (std::getenv("TORNTAPE_EXAMPLES") ? how.second : ""));
  }
  CHECK(wrong.size() == 0);
}

// Of the messages of a stream, by their number: what the rules that follow them found.
TEST_CASE("what needs several messages is broken in a run of them, and reported there") {
  auto const count = samples(5);
  std::map<std::string, std::pair<int, std::string>> wrong;
  for (auto const& fault : faults_named({"all"}).faults) {
    if (fault.violate_run == nullptr) continue;
    std::uint64_t broken = 0;
    for (auto const profile : all_profiles)
      for (auto const copy : all_copies) {
        if (!has(profile, copy) || !applies(fault, profile)) continue;
        auto const where = fmt::format("{} {} {}", name(fault), grammar::name(profile),
                                       copy_names[static_cast<std::size_t>(copy)]);
        Stream stream(validator::sample_directory(), plan_for(profile, copy, {fault}, 1));
        validator::Continuity continuity({}, validator::sample_directory());
        grammar::Parser parser;
        std::vector<std::pair<std::string, std::string>> found;  // message, rule
        auto const keep = [&](std::vector<validator::SetFinding> const& findings) {
          for (auto const& each : findings)
            if (each.diagnostic.severity > Severity::info || each.diagnostic.rule == fault.rule->id)
              found.emplace_back(each.place.source, each.diagnostic.rule);
        };
        std::set<std::string> expected;  // the runs, by their first message
        std::string text;
        std::uint64_t first = 0, in_run = 0;
        std::map<std::string, std::string> run_of;
        for (std::uint64_t number = 0; number != 4 * count && stream.impossible().empty(); ++number) {
          auto const& made = stream.next();
          if (in_run == 0) first = number, in_run = 4;
          if (!made.labels.empty()) {
            auto const& label = made.labels.front();
            first = number - label.place;
            in_run = label.run - label.place;
            expected.insert(std::to_string(first));
            ++broken;
          }
          --in_run;
          run_of[std::to_string(number)] = std::to_string(first);
          text.append(made.text.substr(0, 400)).append("....\n");
          keep(continuity.next(std::to_string(number), parser.parse(made.text, settings_of(made))));
        }
        // What the end of the stream has cut off is nobody's fault: only the rule itself is asked then.
        std::vector<validator::SetFinding> own;
        for (auto const& each : continuity.end())
          if (each.diagnostic.rule == fault.rule->id) own.push_back(each);
        keep(own);
        std::set<std::string> told;
        for (auto const& [message, rule] : found)
          if (rule == fault.rule->id)
            told.insert(run_of[message]);
          else
            wrong[where + " also " + rule] = {1, text};
        for (auto const& run : expected)
          if (!told.contains(run))
            wrong[where + " not reported"] = {++wrong[where + " not reported"].first, text};
      }
    if (broken == 0) wrong[fmt::format("{:8} never", name(fault))].first = 1;
  }
  for (auto const& [what, how] : wrong) {
    UNSCOPED_INFO(what << " x" << how.first << "\n" << (std::getenv("TORNTAPE_EXAMPLES") ? how.second : ""));
  }
  CHECK(wrong.size() == 0);
}

TEST_CASE("made-up messages of every form are good") {
  auto const count = samples(200);
  validator::Checker checker({}, validator::sample_directory());
  grammar::Parser parser;
  std::map<std::string, std::pair<int, std::string>> wrong;
  for (auto const profile : all_profiles)
    for (auto const copy : all_copies) {
      if (!has(profile, copy)) continue;
      Stream stream(validator::sample_directory(), plan_for(profile, copy, {}, 7));
      for (std::uint64_t i = 0; i != count; ++i) {
        auto const& made = stream.next();
        for (bool const given : {true, false}) {
          auto settings = settings_of(made);
          if (!given) settings.profile.reset();
          auto const& message = parser.parse(made.text, settings);
          auto const where =
              fmt::format("{} {} {}", grammar::name(profile), copy_names[static_cast<std::size_t>(copy)],
                          form_names[static_cast<std::size_t>(made.form)]);
          for (auto const& found : checker.check(message))
            if (found.severity > Severity::info) {
              auto& [times, example] = wrong[fmt::format("{} {} {}", where, found.rule, found.message)];
              ++times;
              example = made.text;
            }
          if (message.profile != made.profile && made.copy != Copy::abbreviated)
            ++wrong[where + " taken for " + std::string(grammar::name(message.profile))].first;
        }
      }
    }
  for (auto const& [what, how] : wrong) {
    UNSCOPED_INFO(what << " x" << how.first << "\n" << (std::getenv("TORNTAPE_EXAMPLES") ? how.second : ""));
  }
  CHECK(wrong.size() == 0);
}

}  // namespace torntape::generator::test
