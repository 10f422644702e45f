#include "validator/sample.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "grammar/alphabets/tape.hpp"

namespace torntape::validator {

namespace {

// One output leg (circuit XR of the demo network): FL2 holds the members of the two collectives there.
constexpr View relay_copy =
    "VZCZCXRO0417\n"
    "PP RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH RUEHNP\n"
    "RUEHPW RUEHROV RUEHSL RUEHSR\n"
    "DE RTBAKV #0512/01 2310941\n"
    "ZNY CCCCC ZZH\n"
    "P 190938Z AUG 09\n"
    "FM AMEMBASSY KARSTOVA\n"
    "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
    "INFO RUCNCLS/ALL SOUTH AND CENTRAL ASIA COLLECTIVE PRIORITY\n"
    "RUEHZL/EUROPEAN POLITICAL COLLECTIVE PRIORITY\n"
    "RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311\n"
    "RTCAQB/AMEMBASSY QALARABAD PRIORITY 0127\n"
    "RUEKJCS/JOINT STAFF WASHDC PRIORITY\n"
    "BT\n"
    "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512\n"
    "\n"
    "SIPDIS\n"
    "\n"
    "E.O. 12958: DECL: 08/19/2019\n"
    "TAGS: PREL PGOV\n"
    "SUBJECT: KARSTOVA: THE HARBOR CLOCK IS RIGHT AGAIN\n"
    "\n"
    "1. (C) THE CLOCK OF THE OLD HARBOR OFFICE IN KARSTOVA SHOWS\n"
    "THE TIME AGAIN. IT STOOD STILL FOR ELEVEN YEARS.\n"
    "\n"
    "2. (C) NOBODY ASKED ABOUT IT CAN SAY WHO MENDED IT.\n"
    "BT\n"
    "#0512\n"
    "NNNN\n";

// The same as an archive keeps it.
constexpr View archive_copy =
    "VZCZCXRO0417\n"
    "PP RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH RUEHNP\n"
    "RUEHPW RUEHROV RUEHSL RUEHSR\n"
    "DE RTBAKV #0512/01 2310941\n"
    "ZNY CCCCC ZZH\n"
    "P 190938Z AUG 09\n"
    "FM AMEMBASSY KARSTOVA\n"
    "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
    "INFO RUCNCLS/ALL SOUTH AND CENTRAL ASIA COLLECTIVE PRIORITY\n"
    "RUEHZL/EUROPEAN POLITICAL COLLECTIVE PRIORITY\n"
    "RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311\n"
    "RTCAQB/AMEMBASSY QALARABAD PRIORITY 0127\n"
    "RUEKJCS/JOINT STAFF WASHDC PRIORITY\n"
    "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512\n"
    "\n"
    "SIPDIS\n"
    "\n"
    "E.O. 12958: DECL: 08/19/2019\n"
    "TAGS: PREL PGOV\n"
    "SUBJECT: KARSTOVA: THE HARBOR CLOCK IS RIGHT AGAIN\n"
    "\n"
    "1. (C) THE CLOCK OF THE OLD HARBOR OFFICE IN KARSTOVA SHOWS\n"
    "THE TIME AGAIN. IT STOOD STILL FOR ELEVEN YEARS.\n"
    "\n"
    "2. (C) NOBODY ASKED ABOUT IT CAN SAY WHO MENDED IT.\n";

// A drop copy to the web database: channel XYZ, its indicator alone, one blank line after it.
constexpr View web_copy =
    "VZCZCXYZ0008\n"
    "RR RUEHWEB\n"
    "\n"
    "DE RTFALP #0208 2311120\n"
    "ZNR UUUUU ZZH\n"
    "R 191115Z AUG 09\n"
    "FM AMEMBASSY LA PERLA\n"
    "TO RUEHC/SECSTATE WASHDC 0754\n"
    "INFO RTFANC/AMEMBASSY NUEVA CORONA 0120\n"
    "RTDASL/AMEMBASSY SOLENTO ISLANDS 0045\n"
    "BT\n"
    "UNCLAS LA PERLA 000208\n"
    "\n"
    "SIPDIS\n"
    "\n"
    "E.O. 12958: N/A\n"
    "TAGS: AMGT\n"
    "SUBJECT: LA PERLA: OPENING HOURS\n"
    "\n"
    "1. THE EMBASSY IS CLOSED ON 20 AUGUST, A LOCAL HOLIDAY.\n"
    "BT\n"
    "#0208\n"
    "NNNN\n";

// As filed: FL2 carries everyone who is addressed.
constexpr View origin_copy =
    "VZCZCOSI0033\n"
    "OO RTBAKV RTBAMN RUEHC RUEHNO RUEKJCS\n"
    "DE RTBAOS #0731 2310655\n"
    "ZNY SSSSS ZZH\n"
    "O P 190650Z AUG 09\n"
    "FM AMEMBASSY OSTREVA\n"
    "TO RUEHC/SECSTATE WASHDC IMMEDIATE 2201\n"
    "RTBAMN/USMISSION MERIDIAN IMMEDIATE 0098\n"
    "INFO RTBAKV/AMEMBASSY KARSTOVA PRIORITY 0512\n"
    "RUEHNO/USMISSION USNATO PRIORITY 0344\n"
    "RUEKJCS/JOINT STAFF WASHDC PRIORITY\n"
    "BT\n"
    "S E C R E T OSTREVA 000731\n"
    "\n"
    "E.O. 12958: DECL: 08/19/2019\n"
    "TAGS: PREL\n"
    "SUBJECT: OSTREVA: A BRIDGE IS SHUT\n"
    "\n"
    "1. (S) THE NORTH BRIDGE OF OSTREVA IS SHUT FOR PAINTING.\n"
    "BT\n"
    "#0731\n"
    "NNNN\n";

// A plaindress message of a manual network, with a T in FL4.
constexpr View acp127_copy =
    "VZCZCXRO093\n"
    "PP RTCAQB RTCATR RTDASL\n"
    "DE RTBAKV 115B 2310941\n"
    "ZNR UUUUU\n"
    "P 190938Z AUG 2009\n"
    "FM AMEMBASSY KARSTOVA\n"
    "TO RTCAQB/AMEMBASSY QALARABAD\n"
    "INFO RTCATR/AMEMBASSY TARSIBAD\n"
    "RTDASL/AMEMBASSY SOLENTO ISLANDS\n"
    "BT\n"
    "UNCLAS\n"
    "THE CLOCK OF THE OLD HARBOR OFFICE SHOWS THE TIME AGAIN.\n"
    "BT\n"
    "NNNN\n";

constexpr View acp127_us_copy =
    "VZCZCXRO093\n"
    "PP RTCAQB RTCATR RTDASL\n"
    "DE RTBAKV #0512 2310941\n"
    "ZNY CCCCC\n"
    "P 190938Z AUG 2009\n"
    "FM AMEMBASSY KARSTOVA\n"
    "TO RTCAQB/AMEMBASSY QALARABAD\n"
    "INFO RTCATR/AMEMBASSY TARSIBAD\n"
    "RTDASL/AMEMBASSY SOLENTO ISLANDS\n"
    "BT\n"
    "C O N F I D E N T I A L\n"
    "THE CLOCK OF THE OLD HARBOR OFFICE SHOWS THE TIME AGAIN.\n"
    "BT\n"
    "#0512\n"
    "NNNN\n";

constexpr View janap128_copy =
    "VZCZCXRO093\n"
    "PTTUZYUW RTCATRM0512 2310941-UUUU--RTBAOSC.\n"
    "ZNR UUUUU\n"
    "P 190938Z AUG 2009\n"
    "FM AMCONSUL MIRZAGRAD\n"
    "TO RTBAOSC/AMCONSUL PORT OSTREVA\n"
    "BT\n"
    "UNCLAS\n"
    "THE CLOCK OF THE OLD HARBOR OFFICE SHOWS THE TIME AGAIN.\n"
    "BT\n"
    "#0512\n"
    "NNNN\n";

// The same on its way from the tributary to its major relay, whose channel is named after the tributary.
constexpr View janap128_filed =
    "VZCZCTRA093\n"
    "PTTUZYUW RTCATRM0512 2310941-UUUU--RTBAOSC.\n"
    "ZNR UUUUU\n"
    "P 190938Z AUG 2009\n"
    "FM AMCONSUL MIRZAGRAD\n"
    "TO RTBAOSC/AMCONSUL PORT OSTREVA\n"
    "BT\n"
    "UNCLAS\n"
    "THE CLOCK OF THE OLD HARBOR OFFICE SHOWS THE TIME AGAIN.\n"
    "BT\n"
    "#0512\n"
    "NNNN\n";

// From FL5 on, as copies of 1966-1979 have it.
constexpr View acp126_copy =
    "P 190938Z AUG 09\n"
    "FM AMEMBASSY KARSTOVA\n"
    "TO AMEMBASSY QALARABAD\n"
    "INFO AMEMBASSY TARSIBAD\n"
    "BT\n"
    "UNCLAS KARSTOVA 000512\n"
    "THE CLOCK OF THE OLD HARBOR OFFICE SHOWS THE TIME AGAIN.\n"
    "BT\n"
    "NNNN\n";

View other_sample(Profile profile) {
  switch (profile) {
    case Profile::acp127:
      return acp127_copy;
    case Profile::acp127_us:
      return acp127_us_copy;
    case Profile::janap128:
      return janap128_copy;
    case Profile::acp126:
      return acp126_copy;
    case Profile::state:
      break;
  }
  return {};
}

// --- examples ---

std::vector<View> split(View text) {
  std::vector<View> lines;
  while (!text.empty()) {
    auto const end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text = end == View::npos ? View{} : text.substr(end + 1);
  }
  return lines;
}

bool digits(View text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

View take_group(View& line) {
  line.remove_prefix(std::min(line.size(), line.find_first_not_of(" \t")));
  auto const group = line.substr(0, line.find_first_of(" \t"));
  line.remove_prefix(group.size());
  return group;
}

// "P 190938Z AUG 09" or "O P 190938Z ..".
bool is_preamble(View line) {
  auto group = take_group(line);
  for (int letters = 0; letters != 2 && group.size() == 1; ++letters) group = take_group(line);
  return digits(group.substr(0, 5)) && group.size() >= 5;
}

bool is_classification(View line) {
  return std::ranges::any_of(std::array<View, 4>{"UNCLAS", "C O N F I", "S E C R E", "T O P  S"},
                             [&](View word) { return line.starts_with(word); });
}

bool is_doubled_precedence(View group) {
  return group.size() == 2 && group[0] == group[1] && View{"ZOPR"}.find(group[0]) != View::npos;
}

struct Lead {
  View word;
  FormatLine line;
};
constexpr std::array leads{Lead{"DE", FormatLine::fl3},  Lead{"ZNR", FormatLine::fl4},
                           Lead{"ZNY", FormatLine::fl4}, Lead{"FM", FormatLine::fl6},
                           Lead{"TO", FormatLine::fl7},  Lead{"INFO", FormatLine::fl8},
                           Lead{"XMT", FormatLine::fl9}, Lead{"GR", FormatLine::fl10},
                           Lead{"BT", FormatLine::fl11}, Lead{"NNNN", FormatLine::fl16}};

// By its first groups. `none` where nothing tells.
FormatLine recognised(View line) {
  auto rest = line;
  auto const group = take_group(rest);
  for (auto const& lead : leads)
    if (group == lead.word) return lead.line;
  if (group.starts_with("VZCZC")) return FormatLine::fl1;
  if (is_doubled_precedence(group)) return FormatLine::fl2;
  if (line.find("--R") != View::npos) return FormatLine::fl2;  // an AUTODIN header
  if (is_preamble(line)) return FormatLine::fl5;
  if (is_classification(line)) return FormatLine::fl12;
  if (group.starts_with('#') && digits(group.substr(1))) return FormatLine::fl15;
  return FormatLine::none;
}

// The format line of a rule's family: fl2 of "FL2-01"; `none` for GEN, X and the like.
FormatLine own_line(Rule const& rule) {
  auto const id = rule.id;
  if (!id.starts_with("FL")) return FormatLine::none;
  unsigned number = 0;
  std::from_chars(id.data() + 2, id.data() + id.size(), number);
  return static_cast<FormatLine>(number);
}

// An unrecognised line goes on with the one before it; as the first one it is the line the rule is about.
std::vector<FormatLine> format_lines(Rule const& rule, std::vector<View> const& lines) {
  std::vector<FormatLine> found;
  for (auto const line : lines) {
    auto known = recognised(line);
    if (known == FormatLine::fl11 && !found.empty() && found.back() == FormatLine::fl12)
      known = FormatLine::fl13;
    auto const otherwise = found.empty() ? own_line(rule) : found.back();
    found.push_back(known == FormatLine::none ? otherwise : known);
  }
  // BT after the text is FL13, and so it is where an example begins behind the text.
  if (!found.empty() && found.front() == FormatLine::fl11 && found.back() > FormatLine::fl12)
    found.front() = FormatLine::fl13;
  return found;
}

bool holds(std::vector<FormatLine> const& lines, FormatLine line) {
  return std::ranges::find(lines, line) != lines.end();
}

bool is_whole(std::vector<FormatLine> const& lines) {
  if (holds(lines, FormatLine::fl1) && holds(lines, FormatLine::fl5)) return true;
  return std::ranges::all_of(lines, [](FormatLine line) { return line == FormatLine::none; });
}

View sample_for(Rule const& rule) {
  auto const settings = settings_for(rule);
  auto const usual = *settings.profile == Profile::acp126 ? CopyKind::abbreviated : CopyKind::relay;
  return sample(*settings.profile, settings.copy_kind.value_or(usual));
}

// The sample's lines outside lowest..highest kept, the example in their place.
std::string spliced(View good, FormatLine lowest, FormatLine highest, View lines) {
  grammar::Parser parser;
  auto const& message = parser.parse(good);
  std::string before;
  std::string after;
  for (auto const& line : message.lines) {
    auto& side = line.format_line < lowest && after.empty() ? before : after;
    if (line.format_line < lowest || line.format_line > highest) side.append(line.text).append(line.ending);
  }
  before.append(lines);
  if (!lines.empty() && !lines.ends_with('\n')) before += '\n';
  return before + after;
}

}  // namespace

View sample(Profile profile, CopyKind kind, bool archive) {
  if (profile != Profile::state) {
    bool const abbreviated = profile == Profile::acp126;
    auto const only = abbreviated ? CopyKind::abbreviated : CopyKind::relay;
    if (profile == Profile::janap128 && kind == CopyKind::origin && !archive) return janap128_filed;
    return kind == only && !archive ? other_sample(profile) : View{};
  }
  switch (kind) {
    case CopyKind::relay:
      return archive ? archive_copy : relay_copy;
    case CopyKind::web:
      return archive ? View{} : web_copy;
    case CopyKind::origin:
      return archive ? View{} : origin_copy;
    case CopyKind::abbreviated:
      break;
  }
  return {};
}

grammar::Settings settings_for(Rule const& rule) {
  grammar::Settings settings;
  for (auto const profile :
       {Profile::acp126, Profile::janap128, Profile::acp127_us, Profile::acp127, Profile::state})
    if (rule.severities[profile] != Severity::off) settings.profile = profile;
  if (!rule.kinds.relay) settings.copy_kind = CopyKind::origin;
  if (rule.page.good.find(grammar::tape::ltrs) != View::npos) settings.alphabet = grammar::Alphabet::ita2;
  return settings;
}

std::string example(Rule const& rule, View lines) {
  auto const found = format_lines(rule, split(lines));
  // A tape ends with its letters.
  if (lines.ends_with(grammar::tape::ltrs)) return std::string{lines};
  if (!found.empty() && is_whole(found)) return std::string{lines} + '\n';
  if (found.empty()) return spliced(sample_for(rule), own_line(rule), own_line(rule), lines);
  auto const [lowest, highest] = std::ranges::minmax_element(found);
  // Matter before FL1 replaces nothing.
  return spliced(sample_for(rule), std::max(*lowest, FormatLine::fl1), *highest, lines);
}

}  // namespace torntape::validator
