#include "grammar/fl10_accounting/accounting.hpp"

#include "grammar/terminals.hpp"

namespace torntape::grammar::fl10 {
namespace {

using Part = Accounting;

struct NoCount : Terminal<NoCount> {
  template <class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, Iterator const& last, Context const&, RuleContext const&,
             Attribute& attribute) const {
    if (View(first, static_cast<std::size_t>(last - first)) != "NC") return false;
    x3::traits::move_to(View(first, 2), attribute);
    first = last;
    return true;
  }
};

auto const count = x3::lit("GR") >> (NoCount{}[set<&Part::group_count>] |
                                     (-x3::lit(' ') >> digits<1, 4>[set<&Part::group_count>]));
auto const strict = count | (letters<2, 5>[set<&Part::information>] >> ' ' >> count);

}  // namespace

// "GR", "GR XX": the prosign without a number.
[[nodiscard]] static bool lacks_number(View line) {
  if (!line.starts_with("GR") || take_group(line) != "GR") return false;
  return line.size() <= 5 && line.find(' ') == View::npos;
}

bool starts(View line) {
  if (lacks_number(line)) return true;
  Part part;
  return line.size() <= 16 && line.find("GR") != View::npos && reads(line, strict, part);
}

bool may_be_accounting_alone(View line) {
  return line.size() >= 2 && line.size() <= 5 && all(Class::letter, line);
}

namespace {

// "NAVY", "R", "5".
struct Damaged {
  View information, prosign, count;
};

[[nodiscard]] Damaged parts_of(View line) {
  auto const number = take_last_group(line);
  auto const prosign = take_last_group(line);
  return {line, prosign, number};
}

}  // namespace

bool may_be_damaged(View line) {
  if (line.size() > 16 || line.empty() || !is_digit(line.back())) return false;
  auto const [information, prosign, number] = parts_of(line);
  bool const parted = information.empty() || may_be_accounting_alone(information);
  return parted && number.size() <= 4 && all(Class::digit, number) && prosign.size() <= 3 &&
         edit_distance(prosign, "GR") == 1;
}

Reading read(View line, Message& message) {
  note(message, Feature::accounting);
  if (may_be_accounting_alone(line) && line != "GR" && line != "GRNC") {
    message.accounting.information = line;
    return Reading::whole;
  }
  if (reads(line, strict, message.accounting)) return Reading::whole;
  message.accounting = {};
  if (may_be_damaged(line)) {
    auto const [information, prosign, number] = parts_of(line);
    if (!information.empty()) message.accounting.information = information;
    message.accounting.group_count = number;
    note(message, Feature::group_count_odd, prosign);
    return Reading::tolerated;
  }
  take_group(line);
  message.accounting.group_count = line;
  note(message, Feature::group_count_odd, line);
  return Reading::tolerated;
}

}  // namespace torntape::grammar::fl10
