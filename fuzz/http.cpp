// Bytes as the HTTP port reads them: whatever they hold, requests come out or a status that turns them away,
// and what a target holds comes back as it was.
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.hpp"
#include "router/service/http_message.hpp"
#include "router/service/http_session.hpp"
#include "router/service/limits.hpp"

using torntape::fuzz::require;
namespace service = torntape::service;

namespace {

void look_at(service::HttpRequest const& request) {
  require(request.body.size() <= service::max_http_body, "no body is longer than the limit");
  require(request.target.size() <= service::max_http_header, "no target is longer than a header");
  if (auto const accept = request.header("Accept"))
    static_cast<void>(service::accepted_type(accept, {"application/json", "text/plain"}));
  if (auto const type = request.header("Content-Type"))
    require(service::media_type(*type).size() <= type->size(), "a media type is no longer than its header");
  if (auto const host = request.header("Host"); host && service::is_loopback_host(*host))
    require(host->find("..") == std::string_view::npos, "a loopback host is a name or an address");
  auto const target = service::read_target(request.target);
  if (!target) return;
  std::string again;
  for (auto const& segment : target->path) again.append("/").append(service::percent_encoded(segment));
  auto const reread = service::read_target(again.empty() ? "/" : again);
  require(reread && reread->path == target->path, "a path comes back as it was");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const bytes = service::read_http({reinterpret_cast<char const*>(data), size});
  require(bytes.refused_with == 0 || bytes.refused_with >= 400, "what is refused has a status that says so");
  for (auto const& request : bytes.requests) look_at(request);
  return 0;
}
