#include "router/service/http_api.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace torntape::service {
namespace {

// "/queues/{queue}" as segments; "/" has none.
std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> out;
  if (path == "/") return out;
  while (!path.empty()) {
    path.remove_prefix(1);
    auto const end = std::min(path.find('/'), path.size());
    out.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return out;
}

// What stands for the {…} of a path; none where it is another path.
std::optional<std::vector<std::string>> captured(std::string_view pattern,
                                                 std::vector<std::string> const& path) {
  auto const parts = segments(pattern);
  if (parts.size() != path.size()) return std::nullopt;
  std::vector<std::string> out;
  for (std::size_t i = 0; i != parts.size(); ++i)
    if (parts[i].starts_with('{') && !path[i].empty())
      out.push_back(path[i]);
    else if (parts[i] != path[i])
      return std::nullopt;
  return out;
}

struct Match {
  HttpRoute const* route = nullptr;  // none of this method
  std::vector<std::string> captured;
  std::vector<std::string_view> methods;  // that the path has; none: there is no such path
};

Match find(std::string_view method, std::vector<std::string> const& path) {
  Match match;
  for (auto const& route : HttpApi::routes()) {
    auto found = captured(route.path, path);
    if (!found) continue;
    match.methods.push_back(route.method);
    if (route.method == "GET") match.methods.emplace_back("HEAD");
    if (route.method != method && !(route.method == "GET" && method == "HEAD")) continue;
    match.route = &route;
    match.captured = std::move(*found);
  }
  return match;
}

// A page of another site may make a browser talk to this machine: it is known by the name it thinks it
// talks to, and by the origin that the browser tells. A credential it does not have: with a guard any name
// will do.
std::optional<std::string> untrusted(HttpRequest const& request, bool any_host) {
  auto const host = request.header("Host");
  if (!host || !(any_host || is_loopback_host(*host))) return "the Host is no loopback name or address";
  auto const origin = request.header("Origin");
  if (origin && *origin != fmt::format("{}://{}", request.secure ? "https" : "http", *host))
    return "the Origin is another site";
  return std::nullopt;
}

// A parameter of the query that the route has not, or twice, in words.
std::optional<std::string> wrong_parameter(HttpRoute const& route, HttpTarget const& target) {
  for (auto const& [name, value] : target.query) {
    if (std::ranges::find(route.parameters, name) == route.parameters.end())
      return fmt::format(
          "there is no parameter `{}` here; there is: {}", name,
          route.parameters.empty() ? "none" : fmt::format("{}", fmt::join(route.parameters, ", ")));
    auto const same = [&name](auto const& other) { return other.first == name; };
    if (std::ranges::count_if(target.query, same) > 1) return fmt::format("`{}` is given twice", name);
  }
  return std::nullopt;
}

Caller::Refused gate(HttpRoute const& route, Caller& caller) {
  if (route.gate == nullptr) return std::nullopt;
  if (auto refused = caller.admitted()) return refused;
  return route.gate(caller);
}

// Beyond a client's rate: it is this client that asks too much, not the switch that is full.
void refuse(HttpCall& call, v1::Refusal const& refused) {
  if (refused.reason() != v1::REASON_FULL) return call.refuse(refused);
  call.refuse(429, refused.message(), {{"Retry-After", "1"}});
}

std::size_t hosts(HttpRequest const& request) {
  return static_cast<std::size_t>(std::ranges::count_if(
      request.headers, [](auto const& header) { return equal_ignoring_case(header.first, "Host"); }));
}

}  // namespace

void HttpApi::handle(HttpRequest request, HttpRespond respond) {
  auto const call = std::make_shared<HttpCall>(floor_, std::move(request), std::move(respond));
  auto const& asked = call->request();
  if (hosts(asked) != 1) return call->refuse(400, "a request has one Host");
  bool const any_host = floor_.beyond_loopback || call->caller().guarded();
  if (auto const why = untrusted(asked, any_host)) return call->refuse(403, *why);
  if (asked.target.size() > max_http_path) return call->refuse(414, "the target is too long");
  auto target = read_target(asked.target);
  if (!target) return call->refuse(400, "the target is no path, or badly encoded");
  auto match = find(asked.method, target->path);
  if (match.methods.empty())
    return call->refuse(404, "there is nothing here; /openapi.json tells what there is");
  if (match.route == nullptr)
    return call->refuse(405, fmt::format("{} is not for this path", asked.method),
                        {{"Allow", fmt::format("{}", fmt::join(match.methods, ", "))}});
  if (auto const refused = gate(*match.route, call->caller())) return refuse(*call, *refused);
  if (auto const why = wrong_parameter(*match.route, *target)) return call->refuse(400, *why);
  auto const type = accepted_type(asked.header("Accept"), match.route->types);
  if (!type)
    return call->refuse(406, fmt::format("this is to be had as {}", fmt::join(match.route->types, ", ")));
  call->set_type(*type);
  call->set_target(std::move(*target), std::move(match.captured));
  match.route->handle(*call);
}

}  // namespace torntape::service
