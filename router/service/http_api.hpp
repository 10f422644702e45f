// What the HTTP port answers: the routes of /api/v1 and the ways to see how a switch is (docs/http.md,
// openapi.json). Knows no socket.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "router/service/http_call.hpp"
#include "router/service/http_message.hpp"

namespace torntape::service {

struct HttpRoute {
  std::string_view method;                   // "GET"; HEAD works where it does
  std::string_view path;                     // "/api/v1/queues/{queue}", as in the OpenAPI document
  std::vector<std::string_view> parameters;  // of the query
  std::vector<std::string_view> types;       // of the answer
  void (*handle)(HttpCall&) = nullptr;
  Caller::Refused (*gate)(Caller&) = nullptr;  // null: anybody may
};

class HttpApi {
 public:
  // The floor outlives all calls.
  explicit HttpApi(Floor& floor) : floor_{floor} {}

  // Any thread; `respond` on any thread.
  void handle(HttpRequest request, HttpRespond respond);

  [[nodiscard]] static std::vector<HttpRoute> const& routes();

 private:
  Floor& floor_;
};

// The OpenAPI document, as served.
[[nodiscard]] std::string_view openapi_document();

}  // namespace torntape::service
