// One connection to the HTTP port: reads requests (HTTP/1.1, RFC 9112), one after the other, and writes their
// answers. What they mean is HttpApi's.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "router/service/connection.hpp"
#include "router/service/floor.hpp"
#include "router/service/http_api.hpp"
#include "router/service/stream.hpp"

namespace torntape::service {

// Starts a session on a stream, ready to be read, whose executor is a strand. `ended` is called when it is
// over.
[[nodiscard]] std::shared_ptr<Connection> start_http_session(std::unique_ptr<Stream> stream, Floor& floor,
                                                             HttpApi& api, std::function<void()> ended);

// The requests in some bytes, as a session would read them; the status with which it would turn the rest
// away, 0 where there is nothing wrong.
struct HttpBytes {
  std::vector<HttpRequest> requests;
  unsigned refused_with = 0;
};
[[nodiscard]] HttpBytes read_http(std::string_view bytes);

}  // namespace torntape::service
