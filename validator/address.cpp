#include "validator/address.hpp"

#include <algorithm>
#include <array>

#include "validator/places.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

using grammar::Addressee;
using grammar::present;

namespace {

constexpr View other_means = "ZEN";

View first_part(Addressee const& addressee) {
  if (present(addressee.routing_indicator)) return addressee.routing_indicator;
  if (addressee.other_means) return {addressee.separator.data() - other_means.size(), other_means.size() + 1};
  return addressee.plain_language_address;
}

View last_part(Addressee const& addressee) {
  // Number and precedence may have changed places.
  std::array const parts{addressee.plain_language_address, addressee.precedence_word,
                         addressee.message_continuity_number};
  return *std::ranges::max_element(parts, {}, [](View part) { return part.data(); });
}

bool is_title(View name) {
  return name.find("COLLECTIVE") != View::npos || is_address_indicating_group(name) ||
         name.starts_with("ALL ");
}

bool shares_its_line(Message const& message, std::size_t index) {
  auto const& list = message.addressees;
  return (index != 0 && list[index - 1].line == list[index].line) ||
         (index + 1 != list.size() && list[index + 1].line == list[index].line);
}

}  // namespace

View whole_address(Addressee const& addressee) {
  return stretch(first_part(addressee), last_part(addressee));
}

View line_text(Message const& message, Addressee const& addressee) {
  return message.lines[addressee.line].text;
}

View end_of_list(Message const& message) {
  return message.addressees.empty() ? View{} : line_text(message, message.addressees.back());
}

View without_offices(View plain_language_address) {
  auto name = plain_language_address.substr(0, plain_language_address.find("//"));
  while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
  return name;
}

bool is_group(Addressee const& addressee, Site const& site) {
  return is_title(addressee.plain_language_address) || is_collective(addressee, site);
}

bool names_collective(Message const& message) {
  return std::ranges::any_of(message.addressees, [](Addressee const& addressee) {
    return is_title(addressee.plain_language_address);
  });
}

bool names(Message const& message, View plain_language_address) {
  return std::ranges::find(message.addressees, plain_language_address,
                           &grammar::Addressee::plain_language_address) != message.addressees.end();
}

bool is_address_indicating_group(View plain_language_address) {
  constexpr View group = "AIG";
  if (!plain_language_address.starts_with(group) || plain_language_address.size() == group.size())
    return false;
  auto const behind = plain_language_address[group.size()];
  return behind == ' ' || (behind >= '0' && behind <= '9');
}

std::vector<Change> without_addressee(Message const& message, std::size_t index) {
  if (shares_its_line(message, index)) return {};
  auto const& list = message.addressees;
  auto const& line = message.lines[list[index].line];
  auto const begins = first_part(list[index]).data();
  auto const next = index + 1 != list.size() ? &list[index + 1] : nullptr;
  // Behind a prosign, which the next of the same kind takes over.
  if (begins != line.text.data() && next != nullptr && next->kind == list[index].kind &&
      first_part(*next).data() == line_text(message, *next).data())
    return {erase({begins, static_cast<std::size_t>(first_part(*next).data() - begins)})};
  return {erase(whole(line))};
}

std::string letter_of(Precedence precedence) {
  constexpr View letters = " RPOZY";
  return precedence == Precedence::none ? std::string{}
                                        : std::string(1, letters[static_cast<std::size_t>(precedence)]);
}

}  // namespace torntape::validator
