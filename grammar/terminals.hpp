// The terminals of the grammar, in Boost.Spirit X3. Private to grammar/.
//
// They give views, never strings, and skip nothing: blanks mean something in a heading. A strict rule is
// tried first; where it fails, a tolerant one reads the same line from looser terminals and says what was
// odd. One iterator type, pinned here.
#pragma once

#include <boost/spirit/home/x3.hpp>

#include "grammar/characters.hpp"
#include "grammar/message.hpp"

namespace torntape::grammar {

namespace x3 = boost::spirit::x3;
using Iterator = char const*;

template <class Derived>
struct Terminal : x3::parser<Derived> {
  using attribute_type = View;
  static bool const has_attribute = true;
};

// A terminal without a view of its own: it writes to the part itself.
template <class Derived>
struct SilentTerminal : x3::parser<Derived> {
  using attribute_type = x3::unused_type;
  static bool const has_attribute = false;
};

// A whole run of one class of characters, Min to Max long: a longer run does not match.
template <Class Of, unsigned Min, unsigned Max = Min>
struct Run : Terminal<Run<Of, Min, Max>> {
  template <class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, Iterator const& last, Context const&, RuleContext const&,
             Attribute& attribute) const {
    auto end = first;
    while (end != last && is(Of, *end)) ++end;
    auto const length = static_cast<unsigned>(end - first);
    if (length < Min || length > Max) return false;
    x3::traits::move_to(View(first, length), attribute);
    first = end;
    return true;
  }
};

// Exactly Length characters of one class, whatever follows.
template <Class Of, unsigned Length>
struct Take : Terminal<Take<Of, Length>> {
  template <class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, Iterator const& last, Context const&, RuleContext const&,
             Attribute& attribute) const {
    if (static_cast<std::size_t>(last - first) < Length) return false;
    for (unsigned i = 0; i != Length; ++i)
      if (!is(Of, first[i])) return false;
    x3::traits::move_to(View(first, Length), attribute);
    first += Length;
    return true;
  }
};

// All that is left of the line; may be empty.
struct Rest : Terminal<Rest> {
  template <class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, Iterator const& last, Context const&, RuleContext const&,
             Attribute& attribute) const {
    x3::traits::move_to(View(first, static_cast<std::size_t>(last - first)), attribute);
    first = last;
    return true;
  }
};

inline constexpr unsigned any_length = 1U << 30;

template <unsigned Min, unsigned Max = Min>
inline constexpr Run<Class::letter, Min, Max> letters{};
template <unsigned Min, unsigned Max = Min>
inline constexpr Run<Class::digit, Min, Max> digits{};
template <unsigned Length>
inline constexpr Take<Class::letter, Length> take_letters{};
template <unsigned Length>
inline constexpr Take<Class::digit, Length> take_digits{};
inline constexpr Run<Class::group, 1, any_length> group{};   // up to the next blank
inline constexpr Run<Class::blank, 1, any_length> blanks{};  // where one blank was meant
inline constexpr Rest rest{};

// The part of the message that a rule's actions write to.
struct part_tag;

// [set<&Origin::de>]: the action that stores a terminal's view in a member of the part.
template <auto Member>
struct Set {
  template <class Context>
  void operator()(Context const& context) const {
    x3::get<part_tag>(context).*Member = x3::_attr(context);
  }
};
template <auto Member>
inline constexpr Set<Member> set{};

// [append<&RoutingLine::routing_indicators>]: the same for a list.
template <auto Member>
struct Append {
  template <class Context>
  void operator()(Context const& context) const {
    (x3::get<part_tag>(context).*Member).push_back(x3::_attr(context));
  }
};
template <auto Member>
inline constexpr Append<Member> append{};

// Whether the rule reads the whole line, its actions writing to `part`.
template <class Rule, class Part>
[[nodiscard]] bool reads(View line, Rule const& rule, Part& part) {
  auto first = line.data();
  auto const last = line.data() + line.size();
  return x3::parse(first, last, x3::with<part_tag>(part)[rule]) && first == last;
}

}  // namespace torntape::grammar
