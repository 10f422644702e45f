#include "router/service/http_traffic.hpp"

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <torntape/v1/making.pb.h>

#include "router/service/response.hpp"
#include "router/service/test_traffic.hpp"
#include "wire/json.hpp"

namespace torntape::service {
namespace {

// What is asked for in the body; all as usual where there is none. None where the call is refused.
std::optional<v1::TrafficRequest> traffic_request(HttpCall& call) {
  v1::TrafficRequest request;
  auto const& body = call.request().body;
  if (body.empty()) return request;
  if (media_type(call.request().header("Content-Type").value_or("")) != media::json) {
    call.refuse(415, "the Content-Type is expected to be application/json");
    return std::nullopt;
  }
  if (auto const why = wire::from_json(body, request)) {
    call.refuse(400, *why);
    return std::nullopt;
  }
  return request;
}

void start(HttpCall& call, v1::TrafficRequest const& request) {
  auto const& floor = call.floor();
  if (floor.closing) return call.refuse(refusal(v1::REASON_CLOSING, "the switch is closing"));
  if (!floor.house.able())
    return call.refuse(refusal(v1::REASON_STORE, "another switch has the store; ask that one"));
  auto const started = floor.traffic->start(request);
  if (auto const* const state = std::get_if<v1::TrafficState>(&started)) return call.answer(*state, 202);
  if (auto const* const why = std::get_if<std::string>(&started)) return call.refuse(400, *why);
  call.refuse(409, "test traffic is being made already; DELETE /api/v1/traffic stops it");
}

}  // namespace

Caller::Refused may_make_traffic(Caller& caller) {
  if (auto refused = caller.may(Verb::file)) return refused;
  return caller.may(Verb::operate);
}

void tell_caller(HttpCall& call) {
  v1::CallerResponse out;
  out.set_guarded(call.caller().guarded());
  auto const* const entry = call.caller().entry();
  if (entry == nullptr) {
    for (auto const& [word, verb] : verbs) out.add_may(std::string{word});
    out.add_queues(std::string(1, '*'));
    return call.answer(out);
  }
  out.set_name(entry->name);
  for (auto const& [word, verb] : verbs)
    if (entry->may_do(verb)) out.add_may(std::string{word});
  for (auto const& queue : entry->queues) out.add_queues(queue);
  call.answer(out);
}

void start_traffic(HttpCall& call) {
  auto request = traffic_request(call);
  if (!request) return;
  if (request->collect())
    if (auto const refused = call.caller().may_with_all_queues(Verb::collect)) return call.refuse(*refused);
  call.later([request = std::move(*request)](HttpCall& then) { start(then, request); });
}

void tell_traffic(HttpCall& call) { call.answer(call.floor().traffic->state()); }

void stop_traffic(HttpCall& call) {
  call.later([](HttpCall& then) { then.answer(then.floor().traffic->stop()); });
}

void tell_traffic_choices(HttpCall& call) { call.answer(traffic_choices()); }

}  // namespace torntape::service
