// Rules that need more than one message.
#include "validator/continuity/follower.hpp"

#include <set>

#include "grammar/framing.hpp"
#include "tests/validator/support.hpp"
#include "validator/continuity/bounded.hpp"
#include "validator/continuity/run.hpp"

namespace torntape::validator::test {

namespace {

std::string replaced(std::string const& text, std::string_view from, std::string_view to) {
  auto const at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.substr(0, at).append(to).append(text.substr(at + from.size()));
}

std::string numbered(std::string_view number) {
  return replaced(std::string{sample(Profile::state, CopyKind::relay)}, "XRO0417",
                  "XRO" + std::string{number});
}

std::size_t found_by(std::string_view id, std::string const& stream) {
  return followed(*rule(id), stream).size();
}

}  // namespace

TEST_CASE("a rule about sets is silent on its good example and finds its bad one") {
  std::size_t rules_of_sets = 0;
  for (auto const& each : rules()) {
    if (each.follow == nullptr) continue;
    ++rules_of_sets;
    INFO(each.id);
    auto const good = example(each, each.page.good), bad = example(each, each.page.bad);
    CHECK(followed(each, good).empty());
    CHECK(followed(each, bad).size() == 1);
    for (auto const& other : rules())
      if (other.follow != nullptr) CHECK(followed(other, good).empty());
  }
  CHECK(rules_of_sets >= 7);
}

namespace {

grammar::Settings settings_of(Profile profile, grammar::ConventionTable const* conventions = nullptr) {
  grammar::Settings settings;
  settings.profile = profile;
  settings.conventions = conventions;
  return settings;
}

// The rules that find something in a run: those of sets at any severity, the others at warning or above.
std::set<std::string> rules_in(std::string const& stream, grammar::Settings const& settings) {
  Continuity continuity;
  Checker checker{{}, sample_directory()};
  grammar::Parser parser;
  grammar::Framer framer;
  framer.feed(stream);
  framer.finish();
  std::set<std::string> ids;
  auto const take = [&](std::vector<SetFinding> const& found) {
    for (auto const& each : found) ids.emplace(each.diagnostic.rule);
  };
  while (auto const frame = framer.next()) {
    auto const& message = parser.parse(frame->bytes, settings, frame->position);
    for (auto const& each : checker.check(message))
      if (each.severity >= Severity::warning) ids.emplace(each.rule);
    take(continuity.next("run", message));
  }
  take(continuity.end());
  return ids;
}

}  // namespace

TEST_CASE("a good run of messages is silent") {
  for (auto const profile : {Profile::state, Profile::acp127}) {
    auto const good = sample_run(profile);
    INFO(good);
    CHECK(rules_in(good, settings_of(profile)) == std::set<std::string>{});
    CHECK(Run{good}.text() == good);
    CHECK(Run{good}.size() == 4);
  }
}

TEST_CASE("a mutation of a run breaks this rule and no other") {
  for (auto const& rule : rules()) {
    if (rule.violate_run == nullptr) continue;
    DYNAMIC_SECTION(rule.id << " " << rule.name) {
      int broken = 0;
      for (auto const profile : {Profile::state, Profile::acp127})
        for (std::uint64_t seed = 1; seed != 9; ++seed) {
          Run run{sample_run(profile), settings_of(profile)};
          Random random{seed};
          if (rule.severities[profile] == Severity::off || !rule.violate_run(run, random)) continue;
          ++broken;
          INFO(run.text());
          CHECK(rules_in(run.text(), settings_of(profile)) == std::set<std::string>{std::string{rule.id}});
        }
      CHECK(broken > 0);
    }
  }
}

TEST_CASE("sections of a State telegram have one serial") {
  auto const good = sample_run(Profile::state);
  auto text = replaced(good, "#0512/02", "#0515/02");
  for (auto const label : {"01 OF 02 KARSTOVA 000512", "02 OF 02 KARSTOVA 000512"})
    text = replaced(text, label, std::string{label}.substr(0, 8));
  CHECK(found_by("FL3-12", text) == 1);
  CHECK(found_by("FL3-12", good) == 0);
}

TEST_CASE("of a leg to information addressees nothing is said for its lower precedence") {
  auto const dual = replaced(numbered("0417"), "P 190938Z", "P R 190938Z");
  auto const leg = replaced(replaced(dual, "PP RUEHBI", "RR RUEHBI"), "XRO0417", "XRO0418");
  CHECK(found_by("X-22", dual + leg) == 0);
  auto const other = replaced(replaced(dual, "PP RUEHBI", "OO RUEHBI"), "XRO0417", "XRO0418");
  CHECK(found_by("X-22", dual + other) == 1);
}

TEST_CASE("when a series may begin anew is a convention") {
  auto const found = [](grammar::NumberReset reset, std::string const& stream) {
    auto conventions = grammar::built_in_conventions();
    for (auto& each : conventions) each.channel_number_reset = reset;
    return rules_in(stream, settings_of(Profile::state, &conventions));
  };
  // X-14 sees the same message again.
  auto const early = numbered("0412") + numbered("0001");
  auto const at_the_end = numbered("9999") + numbered("0001");
  using grammar::NumberReset;
  CHECK(!found(NumberReset::any, early).contains("X-15"));
  CHECK(found(NumberReset::cycle, early).contains("X-15"));
  CHECK(!found(NumberReset::cycle, at_the_end).contains("X-15"));
  CHECK(found(NumberReset::daily, early).contains("X-15"));
  auto const next_day = replaced(numbered("0001"), "2310941", "2320941");
  CHECK(!found(NumberReset::daily, numbered("0412") + next_day).contains("X-15"));
}

TEST_CASE("a series begins anew at its first number, and goes on after its last") {
  CHECK(found_by("X-15", numbered("9999") + numbered("0000") + numbered("0001")) == 0);
  CHECK(found_by("X-15", numbered("0412") + numbered("0001")) == 0);
  CHECK(found_by("X-16", numbered("0001") + numbered("0412") + numbered("0001")) == 0);
  CHECK(found_by("X-15", numbered("9998") + numbered("0003")) == 1);
}

TEST_CASE("a number that comes late opens no other") {
  CHECK(found_by("X-15", numbered("0417") + numbered("0419") + numbered("0418") + numbered("0420")) == 1);
}

TEST_CASE("a message under a repeat signal may come again") {
  auto const first = numbered("0417");
  auto const again = replaced(numbered("0418"), "ZNY CCCCC ZZH", "ZNY CCCCC ZZH ZDK");
  CHECK(found_by("X-14", first + numbered("0418")) == 1);
  CHECK(found_by("X-14", first + again) == 0);
  auto const piloted =
      replaced(numbered("0418"), "DE RTBAKV", "ZFD RTCA\nVZCZCXRO0417\nPP RUEHBI\nDE RTBAKV");
  CHECK(found_by("X-14", first + piloted) == 0);
}

TEST_CASE("legs of one message that call different stations are no duplicates") {
  auto const first = numbered("0417");
  auto const called = [](std::string const& text) {
    return text.substr(text.find("PP "), text.find("DE ") - text.find("PP "));
  };
  CHECK(found_by("X-14", first + replaced(numbered("0418"), called(first), "PP RTCAQB RTCATR\n")) == 0);
  // A third leg that calls a station of the second.
  CHECK(found_by("X-14", first + replaced(numbered("0418"), called(first), "PP RTCAQB RTCATR\n") +
                             replaced(numbered("0419"), called(first), "PP RTCATR RTDASL\n")) == 1);
}

TEST_CASE("archives do not number their channels") {
  std::string const archive{sample(Profile::state, CopyKind::relay, true)};
  CHECK(found_by("X-15", archive + replaced(archive, "XRO0417", "XRO0500")) == 0);
}

TEST_CASE("a memory forgets the oldest first") {
  Bounded<int> memory{2};
  memory.put("a", 1);
  memory.put("b", 2);
  memory.put("a", 3);
  memory.put("c", 4);
  CHECK(memory.find("a") == nullptr);
  REQUIRE(memory.find("b") != nullptr);
  CHECK(*memory.find("c") == 4);
}

}  // namespace torntape::validator::test
