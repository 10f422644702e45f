// Events as server-sent events: each with a name, an id by which a reader goes on, and its JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "router/service/events.hpp"

namespace torntape::service {

// "id: 1764460000000-17\nevent: accepted\ndata: {…}\n\n". Without an event: the id alone, which a reader
// keeps.
[[nodiscard]] std::string event_text(Events const& events, v1::Event const* event, Events::Number number);

// The number in an id of this life of the switch.
[[nodiscard]] std::optional<Events::Number> read_event_id(Events const& events, std::string_view id);

}  // namespace torntape::service
