// Every rule of the table, by construction: its page, its examples, its mutation and its mend.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <tuple>

#include "tests/validator/support.hpp"
#include "validator/draft.hpp"

namespace torntape::validator::test {

namespace {

struct Kind {
  CopyKind copy_kind;
  bool archive;
  Profile profile = Profile::state;
};
constexpr Kind sample_kinds[]{{CopyKind::relay, false},
                              {CopyKind::relay, true},
                              {CopyKind::web, false},
                              {CopyKind::origin, false},
                              {CopyKind::relay, false, Profile::acp127},
                              {CopyKind::relay, false, Profile::acp127_us},
                              {CopyKind::relay, false, Profile::janap128},
                              {CopyKind::origin, false, Profile::janap128},
                              {CopyKind::abbreviated, false, Profile::acp126}};

// Only an ORIGIN has to be declared; the profile stays, whatever a mutation does to what it is told by.
grammar::Settings settings_of(Kind kind) {
  grammar::Settings settings;
  settings.profile = kind.profile;
  if (kind.copy_kind == CopyKind::origin) settings.copy_kind = CopyKind::origin;
  return settings;
}

// What stands in the text as it is when nothing is broken.
std::set<std::string> rules_in(Checked const& checked) {
  auto const ids = checked.ids();
  return {ids.begin(), ids.end()};
}

std::set<std::string> without(std::set<std::string> ids, std::set<std::string> const& others) {
  for (auto const& id : others) ids.erase(id);
  return ids;
}

std::set<std::string> grave(Checked const& checked) {
  auto const ids = checked.ids(Severity::warning);
  return {ids.begin(), ids.end()};
}

// What else is reported at warning or above.
std::set<std::string> others(Checked const& checked, Rule const& rule) {
  return without(grave(checked), {std::string{rule.id}});
}

std::set<std::string> const none;

// Mended, the rule is content and nothing new is wrong; mended again, nothing changes.
void check_mends(Checked const& broken, Rule const& rule, grammar::Settings const& settings) {
  auto text = broken.bytes;
  auto before = rules_in(broken);
  for (int round = 0; round != 40; ++round) {
    Checked const now{text, settings};
    auto const* const finding = now.of(rule.id);
    if (finding == nullptr || !finding->fix) break;
    CHECK(finding->fix->safety <= Safety::unsafe);
    if (rule.mend == Safety::unsafe) CHECK(finding->fix->safety == Safety::unsafe);
    auto const better = mended(text, *finding->fix);
    INFO("mended:\n" << better);
    REQUIRE(better != text);
    text = better;
  }
  if (text == broken.bytes) return;
  INFO("mended:\n" << text);
  Checked const after{text, settings};
  if (auto const* const left = after.of(rule.id)) CHECK(!left->fix);
  CHECK(without(grave(after), grave(broken)) == none);
}

bool offers_a_mend(Checked const& broken, Rule const& rule) {
  return std::ranges::any_of(broken.found,
                             [&](Diagnostic const& each) { return each.rule == rule.id && each.fix; });
}

struct Tried {
  int broken = 0;
  int mends = 0;
};

void violate_once(Rule const& rule, Kind kind, std::uint64_t seed, Tried& tried) {
  auto const good = sample(kind.profile, kind.copy_kind, kind.archive);
  auto const settings = settings_of(kind);
  Draft draft{std::string{good}, settings};
  Random random{seed};
  if (!rule.violate(draft, random)) return;
  Checked const before{std::string{good}, settings};
  Checked const broken{draft.text(), draft.settings()};
  if (severity(rule, kind.profile, broken.message->copy_kind, broken.message->archive) == Severity::off)
    return;
  ++tried.broken;
  INFO(rule.id << " seed " << seed << ", " << grammar::name(kind.profile) << " "
               << grammar::name(kind.copy_kind) << (kind.archive ? " archive" : "") << "\n"
               << draft.text());
  CHECK(rules_in(broken).contains(std::string{rule.id}));
  CHECK(others(broken, rule) == none);
  if (offers_a_mend(broken, rule)) ++tried.mends;
  check_mends(broken, rule, draft.settings());
}

std::string file_of(Rule const& rule) {
  std::string file = std::string{rule.id} + "_" + std::string{rule.name} + ".cpp";
  for (auto& c : file) c = c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return file;
}

bool is_kebab(std::string_view name) {
  return !name.empty() && name.front() != '-' && name.back() != '-' && std::ranges::all_of(name, [](char c) {
    return c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
}

// A message begins in lower case, but for a token of the traffic (`RUEHBI`, FL2, ROUTINE).
bool begins_well(std::string_view text) {
  if (text.empty() || text.front() == ' ') return false;
  return !std::isupper(static_cast<unsigned char>(text[0])) ||
         (text.size() > 1 && !std::islower(static_cast<unsigned char>(text[1])));
}

void check_style(Diagnostic const& each) {
  INFO(each.rule << ": " << each.message);
  CHECK(begins_well(each.message));
  CHECK(each.message.back() != '.');
  CHECK(each.message.size() <= 120);
  for (auto const& related : each.related) {
    CHECK(begins_well(related.message));
    CHECK(related.message.back() != '.');
  }
  if (each.fix) CHECK(begins_well(each.fix->title));
}

}  // namespace

TEST_CASE("the samples are good in every kind of copy") {
  for (auto const kind : sample_kinds) {
    auto const good = sample(kind.profile, kind.copy_kind, kind.archive);
    REQUIRE(!good.empty());
    auto settings = settings_of(kind);
    settings.profile.reset();
    Checked const checked{std::string{good}, settings};
    INFO(good);
    CHECK(checked.message->copy_kind == kind.copy_kind);
    CHECK(checked.message->archive == kind.archive);
    CHECK(checked.message->profile == kind.profile);
    CHECK(grave(checked) == none);
    Checked const alone{std::string{good}, settings_of(kind), {}, nullptr};
    CHECK(grave(alone) == none);
  }
}

TEST_CASE("ids, names and files of the rules agree") {
  std::set<std::string_view> names;
  std::filesystem::path const folder{TORNTAPE_FIXTURES "/../validator/rules"};
  for (auto const& rule : rules()) {
    INFO(rule.id << " " << rule.name);
    CHECK(is_kebab(rule.name));
    CHECK(names.insert(rule.name).second);
    CHECK(names.insert(rule.id).second);
    CHECK(std::filesystem::exists(folder / file_of(rule)));
  }
}

TEST_CASE("the table goes from FL1 to FL16, and inside a family by number") {
  auto const place = [](Rule const& each) {
    auto const dash = each.id.find('-');
    auto const family = each.id.substr(0, dash);
    auto const line = family.starts_with("FL") ? std::stoi(std::string{family.substr(2)}) : 0;
    return std::tuple{family.substr(0, 2) == "FL" ? std::string_view{"FL"} : family, line,
                      std::stoi(std::string{each.id.substr(dash + 1)})};
  };
  CHECK(std::ranges::is_sorted(rules(), {}, place));
}

TEST_CASE("every rule has a page and a check, and does not silence itself") {
  for (auto const& rule : rules()) {
    INFO(rule.id);
    CHECK((rule.check != nullptr) != (rule.follow != nullptr));
    CHECK(!rule.page.citation.empty());
    CHECK(rule.page.what.ends_with('.'));
    CHECK(rule.page.why.ends_with('.'));
    CHECK(rule.page.good != rule.page.bad);
    CHECK(std::ranges::find(rule.silences, rule.id) == rule.silences.end());
  }
}

TEST_CASE("no two rules silence each other: both findings would be lost") {
  for (auto const& cause : rules())
    for (auto const id : cause.silences) {
      auto const* const other = rule(id);
      INFO(cause.id << " and " << id);
      if (other != nullptr) CHECK(std::ranges::find(other->silences, cause.id) == other->silences.end());
    }
}

TEST_CASE("a good example is silent, a bad one gives its rule and no other") {
  for (auto const& rule : rules()) {
    if (rule.follow != nullptr) continue;  // see continuity/follower.cpp
    DYNAMIC_SECTION(rule.id << " " << rule.name) {
      auto const settings = settings_for(rule);
      Checked const good{example(rule, rule.page.good), settings};
      Checked const bad{example(rule, rule.page.bad), settings};
      {
        INFO("good:\n" << good.bytes);
        CHECK(grave(good) == none);
        CHECK(good.of(rule.id) == nullptr);
      }
      INFO("bad:\n" << bad.bytes);
      CHECK(bad.of(rule.id) != nullptr);
      CHECK(others(bad, rule) == none);
      check_mends(bad, rule, settings);
      std::ranges::for_each(bad.found, check_style);
    }
  }
}

TEST_CASE("a rule's mutation breaks this rule and no other, and its mend mends it") {
  for (auto const& rule : rules()) {
    if (rule.violate == nullptr) continue;
    DYNAMIC_SECTION(rule.id << " " << rule.name) {
      Tried tried;
      for (auto const kind : sample_kinds)
        for (std::uint64_t seed = 1; seed != 9; ++seed) violate_once(rule, kind, seed, tried);
      CHECK(tried.broken > 0);
      if (rule.mend != Safety::none) CHECK(tried.mends > 0);
    }
  }
}

TEST_CASE("every rule that looks at single messages has a mutation") {
  for (auto const& rule : rules()) {
    INFO(rule.id);
    CHECK((rule.violate != nullptr) == (rule.check != nullptr));
    CHECK((rule.violate_run != nullptr) == (rule.follow != nullptr));
  }
}

TEST_CASE("a rule of the table is found by its id and by its name") {
  for (auto const& each : rules()) {
    CHECK(rule(each.id) == &each);
    CHECK(rule(each.name) == &each);
  }
  CHECK(rule("FL0-00") == nullptr);
}

}  // namespace torntape::validator::test
