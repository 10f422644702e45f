#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "grammar/characters.hpp"
#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

using grammar::Addressee;

// A call sign or an address group: one group of four letters, or of letters and digits.
bool is_call(Addressee const& addressee) {
  auto const name = addressee.plain_language_address;
  if (grammar::present(addressee.routing_indicator) || name.find(' ') != View::npos) return false;
  if (is_address_indicating_group(name)) return false;
  auto const letters = static_cast<std::size_t>(std::ranges::count_if(name, grammar::is_letter));
  auto const digits = static_cast<std::size_t>(std::ranges::count_if(name, grammar::is_digit));
  if (letters + digits != name.size()) return false;
  return digits == 0 ? letters == 4 : letters != 0 && name.size() <= 6;
}

// A plain-language name has a title and a place.
bool is_name(Addressee const& addressee) {
  auto const name = addressee.plain_language_address;
  return name.find(' ') != View::npos && !name.starts_with("AIG ");
}

bool has_digit(Addressee const& addressee) {
  return std::ranges::any_of(addressee.plain_language_address, grammar::is_digit);
}

bool is_listed(Addressee const& addressee, Site const& site) {
  return site.directory != nullptr &&
         site.directory->station_named(addressee.plain_language_address) != nullptr;
}

// Four letters that stand alone may as well be the short name of an office: NATO, USIA.
void check(Message const& m, Site const& site, Findings& found) {
  auto const named = std::ranges::find_if(m.addressees, is_name);
  if (named == m.addressees.end()) return;
  std::vector<Addressee const*> calls;
  for (auto const& addressee : m.addressees)
    if (is_call(addressee) && !is_listed(addressee, site)) calls.push_back(&addressee);
  for (auto const* const call : calls) {
    auto const sure = calls.size() > 1 || has_digit(*call);
    auto const name = call->plain_language_address;
    found
        .add(name,
             sure ? fmt::format("call sign or address group {} among plain-language names", name)
                  : fmt::format("{} among plain-language names may be an address group", name),
             sure ? Severity::error : Severity::info)
        .note(named->plain_language_address, "plain-language name");
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& list = draft.message().addressees;
  // As filed, somebody would be called who is no longer addressed (FL2-13).
  if (draft.message().copy_kind == CopyKind::origin) return false;
  // On the line of the prosign: elsewhere it might be a stray line (FL7-20).
  auto const first = std::ranges::find(list, AddresseeKind::info, &Addressee::kind);
  if (first == list.end() || !first->plain_language_address.starts_with("AM")) return false;
  return draft.replace(whole_address(*first), random.pick("XYAG\nNKQD", "XYAG", "4XZB"));
}

}  // namespace

Rule fl7_22() {
  return {
      .id = "FL7-22",
      .name = "mixed-designators",
      .severities = "-WW--",
      .kinds = "all",
      .silences = {"FL7-07"},
      .check = check,
      .violate = violate,
      .page = {.what = "Plain-language names do not stand in one address with call signs or address groups.",
               .why = "Beside a name in plain language the call sign of a party is known to whoever reads "
                      "the circuit.",
               .citation = "ACP 127(G) 205.a",
               .good = "INFO RTCATR/AMEMBASSY TARSIBAD",
               .bad = "INFO XYAG\n"
                      "NKQD"}};
}

}  // namespace torntape::validator
