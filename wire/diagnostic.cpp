#include "wire/diagnostic.hpp"

#include "wire/utf8.hpp"

namespace torntape::wire {
namespace {

grammar::Span from_proto(v1::Span const& span) {
  return {.offset = span.offset(), .length = span.length(), .line = span.line(), .column = span.column()};
}

grammar::Severity from_proto(v1::Severity severity) {
  switch (severity) {
    case v1::SEVERITY_INFO:
      return grammar::Severity::info;
    case v1::SEVERITY_WARNING:
      return grammar::Severity::warning;
    case v1::SEVERITY_ERROR:
      return grammar::Severity::error;
    default:
      return grammar::Severity::off;
  }
}

grammar::Safety from_proto(v1::Safety safety) {
  if (safety == v1::SAFETY_SAFE) return grammar::Safety::safe;
  return safety == v1::SAFETY_UNSAFE ? grammar::Safety::unsafe : grammar::Safety::none;
}

void put(v1::Fix& out, grammar::Fix const& fix) {
  out.set_safety(wire::to_proto(fix.safety));
  out.set_title(utf8(fix.title));
  for (auto const& edit : fix.edits) {
    auto& added = *out.add_edits();
    *added.mutable_span() = wire::to_proto(edit.span);
    added.set_replacement(utf8(edit.replacement));
  }
}

grammar::Fix from_proto(v1::Fix const& fix) {
  grammar::Fix out{.safety = from_proto(fix.safety()), .title = fix.title(), .edits = {}};
  for (auto const& edit : fix.edits())
    out.edits.push_back({.span = from_proto(edit.span()), .replacement = edit.replacement()});
  return out;
}

}  // namespace

v1::Safety to_proto(grammar::Safety safety) {
  switch (safety) {
    case grammar::Safety::safe:
      return v1::SAFETY_SAFE;
    case grammar::Safety::unsafe:
      return v1::SAFETY_UNSAFE;
    case grammar::Safety::none:
      break;
  }
  return v1::SAFETY_UNSPECIFIED;
}

v1::Span to_proto(grammar::Span const& span) {
  v1::Span out;
  out.set_offset(span.offset);
  out.set_length(span.length);
  out.set_line(static_cast<std::uint32_t>(span.line));
  out.set_column(static_cast<std::uint32_t>(span.column));
  return out;
}

v1::Severity to_proto(grammar::Severity severity) {
  switch (severity) {
    case grammar::Severity::info:
      return v1::SEVERITY_INFO;
    case grammar::Severity::warning:
      return v1::SEVERITY_WARNING;
    case grammar::Severity::error:
      return v1::SEVERITY_ERROR;
    case grammar::Severity::off:
      break;
  }
  return v1::SEVERITY_UNSPECIFIED;
}

v1::Diagnostic to_proto(grammar::Diagnostic const& diagnostic, std::string_view source) {
  v1::Diagnostic out;
  out.set_source(utf8(source));
  out.set_rule(utf8(diagnostic.rule));
  out.set_name(utf8(diagnostic.name));
  out.set_severity(to_proto(diagnostic.severity));
  *out.mutable_span() = to_proto(diagnostic.span);
  for (auto const& related : diagnostic.related) {
    auto& added = *out.add_related();
    *added.mutable_span() = to_proto(related.span);
    added.set_message(utf8(related.message));
  }
  out.set_message(utf8(diagnostic.message));
  out.set_citation(utf8(diagnostic.citation));
  if (diagnostic.help) out.set_help(utf8(*diagnostic.help));
  if (diagnostic.fix) put(*out.mutable_fix(), *diagnostic.fix);
  return out;
}

grammar::Diagnostic from_proto(v1::Diagnostic const& diagnostic) {
  grammar::Diagnostic out{.rule = diagnostic.rule(),
                          .name = diagnostic.name(),
                          .severity = from_proto(diagnostic.severity()),
                          .span = from_proto(diagnostic.span()),
                          .message = diagnostic.message(),
                          .citation = diagnostic.citation(),
                          .related = {},
                          .help = {},
                          .fix = {}};
  for (auto const& related : diagnostic.related())
    out.related.push_back({.span = from_proto(related.span()), .message = related.message()});
  if (diagnostic.has_help()) out.help = diagnostic.help();
  if (diagnostic.has_fix()) out.fix = from_proto(diagnostic.fix());
  return out;
}

}  // namespace torntape::wire
