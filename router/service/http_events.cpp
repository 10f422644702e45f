#include "router/service/http_events.hpp"

#include <charconv>

#include <fmt/format.h>

#include "wire/json.hpp"

namespace torntape::service {

std::string event_text(Events const& events, v1::Event const* event, Events::Number number) {
  auto const id = fmt::format("id: {}-{}\n", events.life(), number);
  if (event == nullptr) return fmt::format("{}\n", id);
  auto const* const reflection = event->GetReflection();
  auto const* const one_of = event->GetDescriptor()->oneof_decl(0);
  auto const* const field = reflection->GetOneofFieldDescriptor(*event, one_of);
  if (field == nullptr) return {};
  return fmt::format("{}event: {}\ndata: {}\n\n", id, field->name(),
                     wire::to_json(reflection->GetMessage(*event, field)));
}

std::optional<Events::Number> read_event_id(Events const& events, std::string_view id) {
  auto const prefix = fmt::format("{}-", events.life());
  if (!id.starts_with(prefix)) return std::nullopt;
  id.remove_prefix(prefix.size());
  Events::Number number = 0;
  auto const* const end = id.data() + id.size();
  auto const [stop, error] = std::from_chars(id.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

}  // namespace torntape::service
