// The shape of a rule: its page, its check, its mend and the mutation that breaks it, all in one file of
// validator/rules/. The table of all rules is written from the names of those files.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "directory/network.hpp"
#include "grammar/diagnostic.hpp"
#include "grammar/message.hpp"

namespace torntape::validator {

using grammar::AddresseeKind;
using grammar::CopyKind;
using grammar::Feature;
using grammar::Features;
using grammar::FormatLine;
using grammar::has;
using grammar::Message;
using grammar::Precedence;
using grammar::Profile;
using grammar::Safety;
using grammar::Severity;
using grammar::View;

class Draft;
class Findings;
class Follower;
class Random;
class Run;

// One severity per profile, in the order state, acp127, acp127-us, janap128, acp126: "EWWI-".
// E error, W warning, I information, - not applied.
struct Severities {
  std::array<Severity, 5> by_profile{};

  consteval Severities(char const* letters) {  // NOLINT(google-explicit-constructor): reads as a literal
    for (std::size_t i = 0; i != by_profile.size(); ++i) by_profile[i] = of(letters[i]);
    if (letters[by_profile.size()] != '\0') throw "five letters";
  }
  [[nodiscard]] constexpr Severity operator[](Profile profile) const {
    return by_profile[static_cast<std::size_t>(profile)];
  }

 private:
  static consteval Severity of(char letter) {
    switch (letter) {
      case 'E':
        return Severity::error;
      case 'W':
        return Severity::warning;
      case 'I':
        return Severity::info;
      case '-':
        return Severity::off;
      default:
        throw "a severity is E, W, I or -";
    }
  }
};

// The copies a rule applies to: "all"; "wire" (not an archive copy); "O" (declared ORIGIN only); "OR"
// (ORIGIN and RELAY); each with ";A=I" or ";A=W", which lowers a higher severity on an archive copy.
struct Kinds {
  bool archive = true;
  bool relay = true;
  bool web_and_abbreviated = true;
  Severity archive_at_most = Severity::error;

  consteval Kinds(std::string_view words) {  // NOLINT(google-explicit-constructor)
    auto const semicolon = words.find(';');
    auto const kinds = words.substr(0, semicolon);
    if (kinds == "wire")
      archive = false;
    else if (kinds == "O")
      relay = web_and_abbreviated = false;
    else if (kinds == "OR")
      web_and_abbreviated = false;
    else if (kinds != "all")
      throw "kinds are all, wire, O or OR";
    if (semicolon == std::string_view::npos) return;
    auto const lowered = words.substr(semicolon);
    if (lowered == ";A=I")
      archive_at_most = Severity::info;
    else if (lowered == ";A=W")
      archive_at_most = Severity::warning;
    else
      throw "a lowering is ;A=I or ;A=W";
  }
  consteval Kinds(char const* words) : Kinds(std::string_view{words}) {}  // NOLINT
};

// What `explain`, the documentation and the reports print. An example is a stretch of a heading in whole
// lines: `example` (validator/sample.hpp) puts it into a good message in place of the lines from its lowest
// to its highest format line. One that holds both FL1 and FL5 stands for the whole input.
struct Page {
  std::string_view what;      // one sentence: what is required
  std::string_view why;       // what goes wrong otherwise
  std::string_view citation;  // "ACP 127(G) 151.a; 5 FAH-2 H-321.2-1"
  std::string_view good;
  std::string_view bad;
};

// What a rule may know beside the message.
struct Site {
  directory::Directory const* directory = nullptr;  // null where the user gave none
  Profile profile = Profile::state;
  CopyKind copy_kind = CopyKind::relay;
  bool archive = false;
};

// Stands in `silences` for every other rule, on whatever line.
inline constexpr std::string_view everything = "*";

struct Rule {
  std::string_view id;    // "FL2-01"
  std::string_view name;  // "precedence-not-doubled": says what is wrong
  Severities severities;
  Kinds kinds;
  Safety mend = Safety::none;
  // The features of which any one calls the rule; empty: it is always called.
  Features when = {};
  bool needs_directory = false;  // without one it has nothing to judge by, and is not called
  bool beside_directory =
      false;  // beside one it is called whatever the features: it knows more than they tell
  // Rules that would report the same cause on the same line.
  std::vector<std::string_view> silences = {};
  void (*check)(Message const&, Site const&, Findings&) = nullptr;
  // In place of `check`, of a rule that needs more than one message: what goes through them in their order
  // (validator/continuity/follower.hpp). Its examples are streams of messages.
  std::unique_ptr<Follower> (*follow)() = nullptr;
  // Breaks exactly this rule in a good message; false where the message offers no place for it.
  bool (*violate)(Draft&, Random&) = nullptr;
  // The same, of a rule that follows, in a good run of messages (validator/continuity/run.hpp).
  bool (*violate_run)(Run&, Random&) = nullptr;
  Page page;
};

// Every rule, in order of id.
[[nodiscard]] std::span<Rule const> rules();
[[nodiscard]] Rule const* rule(std::string_view id_or_name);

// The severity of a rule for one copy, before the user's settings.
[[nodiscard]] Severity severity(Rule const& rule, Profile profile, CopyKind kind, bool archive);

}  // namespace torntape::validator
