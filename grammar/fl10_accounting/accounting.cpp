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

Reading read(View line, Message& message) {
  note(message, Feature::accounting);
  if (may_be_accounting_alone(line) && line != "GR" && line != "GRNC") {
    message.accounting.information = line;
    return Reading::whole;
  }
  if (reads(line, strict, message.accounting)) return Reading::whole;
  message.accounting = {};
  take_group(line);
  message.accounting.group_count = line;
  note(message, Feature::group_count_odd, line);
  return Reading::tolerated;
}

}  // namespace torntape::grammar::fl10
