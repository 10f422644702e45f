#include "wire/inspection.hpp"

#include "validator/findings.hpp"
#include "wire/diagnostic.hpp"
#include "wire/heading.hpp"
#include "wire/utf8.hpp"

namespace torntape::wire {
namespace {

void put(v1::Token& out, grammar::Token const& token, validator::LineIndex& lines) {
  *out.mutable_span() = to_proto(lines.span(token.text));
  out.set_format_line(static_cast<std::uint32_t>(token.format_line));
  out.set_name(utf8(token.name));
  out.set_meaning(utf8(token.meaning));
  out.set_citation(utf8(token.citation));
}

}  // namespace

v1::Inspection to_proto(grammar::Message const& message, std::span<grammar::Token const> tokens,
                        std::span<grammar::Diagnostic const> diagnostics, std::string_view source) {
  v1::Inspection out;
  out.set_source(utf8(source));
  out.set_offset(message.position.offset);
  *out.mutable_heading() = to_proto(message);
  validator::LineIndex lines;
  lines.begin(message);
  for (auto const& token : tokens) put(*out.add_tokens(), token, lines);
  for (auto const& diagnostic : diagnostics) *out.add_diagnostics() = to_proto(diagnostic, source);
  return out;
}

}  // namespace torntape::wire
