// A request and its answer, whatever reads and writes them. The session that speaks HTTP on a socket and the
// interface that answers know each other by these alone.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace torntape::service {

// In the order received. Names in any case.
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;  // "GET"
  std::string target;  // "/api/v1/queues/RUEHC?max=3"
  HttpHeaders headers = {};
  bool has_body = false;  // a length was given, were it 0, or pieces
  std::string body = {};
  std::vector<std::string> certificate_names = {};  // that the client has shown
  bool secure = false;                              // came under TLS

  // The value of the first header of that name.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

struct HttpResponse {
  unsigned status = 200;
  std::string content_type = {};  // empty: there is no body
  HttpHeaders headers = {};       // others
  std::string body = {};
  // In place of a body: the stream of events after this one, without end.
  std::optional<std::uint64_t> events_after = {};
};

using HttpRespond = std::function<void(HttpResponse)>;  // any thread, once

// A path and its query, decoded (RFC 3986). "/a%20b/c?x=1" → {"a b", "c"}, {{"x", "1"}}
struct HttpTarget {
  std::vector<std::string> path;
  std::vector<std::pair<std::string, std::string>> query;
};

// None where it is no path from the root, or badly encoded.
[[nodiscard]] std::optional<HttpTarget> read_target(std::string_view target);

// "RUEHC/1" → "RUEHC%2F1": as one segment of a path.
[[nodiscard]] std::string percent_encoded(std::string_view text);

[[nodiscard]] bool equal_ignoring_case(std::string_view one, std::string_view other);

// The media type of a Content-Type, in small letters: "text/plain".
[[nodiscard]] std::string media_type(std::string_view content_type);
// Which of the types offered suits an Accept header best; the first of those that suit alike. None where
// none suits. No header suits all.
[[nodiscard]] std::optional<std::string_view> accepted_type(std::optional<std::string_view> accept,
                                                            std::vector<std::string_view> const& offered);
// Whether a Host header names this machine by a loopback name or address: others may stand for a page of
// another site that was made to resolve here.
[[nodiscard]] bool is_loopback_host(std::string_view host);

// "OK"
[[nodiscard]] std::string_view status_title(unsigned status);

}  // namespace torntape::service
