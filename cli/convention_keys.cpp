#include "cli/convention_keys.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "validator/reports/escape.hpp"

namespace torntape::cli {
namespace {

using grammar::Conventions;
using grammar::FinalLine;
using grammar::NumberReset;
using grammar::TapeSet;

template <auto Field>
void copy(Conventions const& from, Conventions& to) {
  to.*Field = from.*Field;
}

// --- a field by the type of its value ---

template <auto Field>
bool read_flag(KeyValue const& value, Conventions& into) {
  auto const* const flag = std::get_if<bool>(&value);
  if (flag != nullptr) into.*Field = *flag;
  return flag != nullptr;
}
template <auto Field>
std::string shown_flag(Conventions const& from) {
  return from.*Field ? "true" : "false";
}

template <auto Field, std::int64_t Least, std::int64_t Most>
bool read_number(KeyValue const& value, Conventions& into) {
  auto const* const number = std::get_if<std::int64_t>(&value);
  if (number == nullptr || *number < Least || *number > Most) return false;
  into.*Field = static_cast<std::remove_reference_t<decltype(into.*Field)>>(*number);
  return true;
}
template <auto Field>
std::string shown_number(Conventions const& from) {
  return fmt::format("{}", from.*Field);
}

template <class T>
struct Word {
  std::string_view word;
  T value;
};
constexpr std::array resets{Word<NumberReset>{"any", NumberReset::any},
                            Word<NumberReset>{"daily", NumberReset::daily},
                            Word<NumberReset>{"cycle", NumberReset::cycle}};
constexpr std::array tape_sets{Word<TapeSet>{"ita2", TapeSet::ita2}, Word<TapeSet>{"ascii", TapeSet::ascii}};
constexpr std::array final_lines{Word<FinalLine>{"corrections", FinalLine::corrections},
                                 Word<FinalLine>{"validation", FinalLine::validation}};

template <auto Field, auto const& Words>
bool read_word(KeyValue const& value, Conventions& into) {
  auto const* const text = std::get_if<std::string>(&value);
  if (text == nullptr) return false;
  auto const at = std::ranges::find_if(Words, [&](auto const& each) { return each.word == *text; });
  if (at == Words.end()) return false;
  into.*Field = at->value;
  return true;
}
template <auto Field, auto const& Words>
std::string shown_word(Conventions const& from) {
  for (auto const& each : Words)
    if (each.value == from.*Field) return fmt::format("\"{}\"", each.word);
  return {};
}

// --- those of a kind of their own ---

bool read_widths(KeyValue const& value, Conventions& into) {
  std::vector<std::int64_t> numbers;
  if (auto const* const one = std::get_if<std::int64_t>(&value)) numbers = {*one};
  if (auto const* const list = std::get_if<std::vector<std::int64_t>>(&value)) numbers = *list;
  if (numbers.empty() || std::ranges::any_of(numbers, [](auto n) { return n != 3 && n != 4; })) return false;
  into.channel_number_widths.assign(numbers.begin(), numbers.end());
  return true;
}
std::string shown_widths(Conventions const& from) {
  return fmt::format("[{}]", fmt::join(from.channel_number_widths, ", "));
}

bool read_letters(KeyValue const& value, Conventions& into) {
  auto const* const text = std::get_if<std::string>(&value);
  auto const is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text == nullptr || text->empty() || !std::ranges::all_of(*text, is_capital)) return false;
  into.nation_letters = *text;
  return true;
}
std::string shown_letters(Conventions const& from) { return validator::reports::quoted(from.nation_letters); }

bool read_places(KeyValue const& value, Conventions& into) {
  auto const* const list = std::get_if<std::vector<std::string>>(&value);
  if (list == nullptr || std::ranges::any_of(*list, [](auto const& name) { return name.empty(); }))
    return false;
  into.month_victims = *list;
  return true;
}
std::string shown_places(Conventions const& from) {
  std::vector<std::string> quoted;
  for (auto const& name : from.month_victims) quoted.push_back(validator::reports::quoted(name));
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

using C = Conventions;
constexpr std::array keys{
    ConventionKey{"channel-number-width", "3, 4 or [3, 4]", read_widths, copy<&C::channel_number_widths>,
                  shown_widths},
    ConventionKey{"channel-number-zero", "true or false", read_flag<&C::channel_number_zero>,
                  copy<&C::channel_number_zero>, shown_flag<&C::channel_number_zero>},
    ConventionKey{"channel-number-reset", "one of any, daily, cycle",
                  read_word<&C::channel_number_reset, resets>, copy<&C::channel_number_reset>,
                  shown_word<&C::channel_number_reset, resets>},
    ConventionKey{"nation-letters", "capital letters", read_letters, copy<&C::nation_letters>, shown_letters},
    ConventionKey{"originator-length", "a whole number from 4 to 7", read_number<&C::originator_length, 4, 7>,
                  copy<&C::originator_length>, shown_number<&C::originator_length>},
    ConventionKey{"own-serials", "true or false", read_flag<&C::own_serials>, copy<&C::own_serials>,
                  shown_flag<&C::own_serials>},
    ConventionKey{"line-length", "a whole number from 20 to 4096", read_number<&C::line_length, 20, 4096>,
                  copy<&C::line_length>, shown_number<&C::line_length>},
    ConventionKey{"routing-line-length", "a whole number from 20 to 4096",
                  read_number<&C::routing_line_length, 20, 4096>, copy<&C::routing_line_length>,
                  shown_number<&C::routing_line_length>},
    ConventionKey{"strict-line-ends", "true or false", read_flag<&C::strict_line_ends>,
                  copy<&C::strict_line_ends>, shown_flag<&C::strict_line_ends>},
    ConventionKey{"tape-set", "one of ita2, ascii", read_word<&C::tape_set, tape_sets>, copy<&C::tape_set>,
                  shown_word<&C::tape_set, tape_sets>},
    ConventionKey{"year-pivot", "a year from 1900 to 2000", read_number<&C::year_pivot, 1900, 2000>,
                  copy<&C::year_pivot>, shown_number<&C::year_pivot>},
    ConventionKey{"month-victims", "a list of names", read_places, copy<&C::month_victims>, shown_places},
    ConventionKey{"final-line", "one of corrections, validation", read_word<&C::final_line, final_lines>,
                  copy<&C::final_line>, shown_word<&C::final_line, final_lines>}};

}  // namespace

std::span<ConventionKey const> convention_keys() { return keys; }

grammar::ConventionTable conventions_with(std::vector<GivenConvention> const& given) {
  auto table = grammar::built_in_conventions();
  for (auto const& [key, values, source] : given)
    for (auto& of_profile : table) key->copy(values, of_profile);
  return table;
}

}  // namespace torntape::cli
