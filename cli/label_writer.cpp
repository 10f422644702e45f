#include "cli/label_writer.hpp"

#include <algorithm>

#include <torntape/v1/traffic.pb.h>

#include "wire/heading.hpp"
#include "wire/json.hpp"
#include "wire/utf8.hpp"

namespace torntape::cli {
namespace {

using generator::Copy;

grammar::CopyKind kind_of(Copy copy) {
  switch (copy) {
    case Copy::origin:
      return grammar::CopyKind::origin;
    case Copy::web:
      return grammar::CopyKind::web;
    case Copy::abbreviated:
      return grammar::CopyKind::abbreviated;
    case Copy::relay:
    case Copy::archive:
      break;
  }
  return grammar::CopyKind::relay;
}

v1::Label common(generator::Made const& made, Position const& at) {
  v1::Label out;
  out.set_message(static_cast<std::uint32_t>(at.number));
  auto& where = *out.mutable_where();
  where.set_offset(at.offset);
  where.set_length(made.text.size());
  where.set_line(static_cast<std::uint32_t>(at.line));
  where.set_column(1);
  out.set_profile(wire::to_proto(made.profile));
  out.set_copy_kind(wire::to_proto(kind_of(made.copy)));
  out.set_archive(made.copy == Copy::archive);
  out.set_form(std::string(generator::form_names[static_cast<std::size_t>(made.form)]));
  return out;
}

void put(generator::Label const& label, generator::Made const& made, Position const& at, v1::Label& out) {
  out.set_rule(std::string(label.rule));
  out.set_damage(std::string(label.damage));
  auto& span = *out.mutable_span();
  span.set_offset(at.offset + label.offset);
  span.set_length(label.length);
  span.set_line(static_cast<std::uint32_t>(at.line + label.line - 1));
  auto const line_end = made.text.rfind('\n', label.offset == 0 ? 0 : label.offset - 1);
  auto const begins_line = label.offset == 0 || line_end == std::string::npos;
  span.set_column(static_cast<std::uint32_t>(begins_line ? label.offset + 1 : label.offset - line_end));
  out.set_last_line(static_cast<std::uint32_t>(at.line + label.last_line - 1));
  out.set_format_line(static_cast<std::uint32_t>(label.format_line));
  out.set_before(wire::utf8(label.before));
  out.set_now(wire::utf8(label.now));
  if (label.run < 2) return;
  out.set_run_first(static_cast<std::uint32_t>(at.number - label.place));
  out.set_run_last(static_cast<std::uint32_t>(at.number - label.place + label.run - 1));
}

}  // namespace

Position behind(Position at, generator::Made const& made) {
  ++at.number;
  at.offset += made.text.size();
  at.line += static_cast<std::uint64_t>(std::ranges::count(made.text, '\n'));
  return at;
}

std::string label_lines(generator::Made const& made, Position const& at) {
  auto out = common(made, at);
  std::string lines;
  if (made.labels.empty()) {
    out.set_rule("none");
    lines.append(wire::to_json(out)).append("\n");
  }
  for (auto const& label : made.labels) {
    put(label, made, at, out);
    lines.append(wire::to_json(out)).append("\n");
  }
  return lines;
}

}  // namespace torntape::cli
