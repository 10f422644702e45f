// The routes, each with what it does. In the order of docs/http.md.
#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <torntape/v1/lesson.pb.h>
#include <torntape/v1/report.pb.h>

#include "grammar/characters.hpp"
#include "router/service/collect_request.hpp"
#include "router/service/desk.hpp"
#include "router/service/http_api.hpp"
#include "router/service/http_events.hpp"
#include "router/service/http_traffic.hpp"
#include "router/service/intake.hpp"
#include "router/service/journal.hpp"
#include "router/service/permission.hpp"
#include "router/service/queue_name.hpp"
#include "router/service/response.hpp"
#include "validator/checker.hpp"
#include "wire/inspection.hpp"
#include "wire/json.hpp"
#include "wire/rule.hpp"

namespace torntape::service {
namespace {

// --- What is sent in ----------------------------------------------------------------------------------

bool is_protobuf(std::string_view type) {
  return type == media::protobuf || type == "application/x-protobuf" ||
         type == "application/vnd.google.protobuf";
}

bool is_text(std::string_view type) {
  return type.empty() || type == "text/plain" || type == "application/octet-stream";
}

std::string content_type(HttpCall& call) {
  return media_type(call.request().header("Content-Type").value_or(""));
}

// False where there is none, and the call is refused.
bool has_body(HttpCall& call) {
  if (call.request().has_body) return true;
  call.refuse(411, "a message is expected in the body");
  return false;
}

bool refuse_type(HttpCall& call, std::string_view expected) {
  call.refuse(415, fmt::format("the Content-Type is expected to be {}", expected));
  return false;
}

// --- Reading and filing -------------------------------------------------------------------------------

void explain(HttpCall& call) {
  grammar::Parser parser;
  validator::Checker checker{{}, call.floor().directory.shared()};
  auto const& message = parser.parse(call.request().body);
  auto const& found = checker.check(message);
  call.answer(wire::to_proto(message, grammar::tokens(message), found, "-"));
}

void inspect(HttpCall& call) {
  if (!has_body(call)) return;
  if (!is_text(content_type(call))) {
    refuse_type(call, "text/plain");
    return;
  }
  if (call.request().body.size() > max_http_inspected)
    return call.refuse(413, fmt::format("a text of at most {} bytes is explained", max_http_inspected));
  call.later(explain);
}

// The text to be filed; none where the call is refused.
std::optional<std::string> text_to_file(HttpCall& call) {
  auto const type = content_type(call);
  if (is_text(type)) return std::move(call.request().body);
  v1::SubmitRequest request;
  if (!is_protobuf(type)) {
    refuse_type(call, "text/plain, or application/protobuf with a SubmitRequest");
  } else if (!request.ParseFromString(call.request().body)) {
    call.refuse(400, "the body is no SubmitRequest");
  } else {
    return std::move(*request.mutable_text());
  }
  return std::nullopt;
}

// Bytes counted among those being filed, as long as it lives.
class BeingFiled {
 public:
  BeingFiled(Floor& floor, std::size_t bytes) : floor_{floor}, bytes_{bytes} {
    floor_.filing_bytes += bytes_;
  }
  BeingFiled(BeingFiled const&) = delete;
  BeingFiled& operator=(BeingFiled const&) = delete;
  ~BeingFiled() { floor_.filing_bytes -= bytes_; }

 private:
  Floor& floor_;
  std::size_t bytes_;
};
using SharedBeingFiled = std::shared_ptr<BeingFiled>;

void accepted(HttpCall& call, Reply const& reply) {
  auto const response = to_proto(std::get<relay::Accept>(reply));
  HttpHeaders headers;
  headers.emplace_back("Location", fmt::format("/api/v1/messages/{}", response.id()));
  call.answer(response, 202, std::move(headers));
}

void judge(HttpCall& call, std::string text, SharedBeingFiled const& being_filed) {
  auto& floor = call.floor();
  if (floor.closing) {
    ++floor.refused_at_stop;
    return call.refuse(refusal(v1::REASON_CLOSING, "the switch is closing"));
  }
  ++floor.judging;
  if (floor.before_judging) floor.before_judging();
  Intake intake{floor.directory.shared(), floor.admission};
  auto found = intake.judge(std::move(text));
  --floor.judging;
  if (auto const* const refused = std::get_if<v1::Refusal>(&found)) {
    floor.metrics.count(*refused);
    return call.refuse(*refused);
  }
  call.handle(to_file(std::move(found)),
              [being_filed](HttpCall& then, Reply const& reply) { accepted(then, reply); });
}

void file(HttpCall& call) {
  if (!has_body(call)) return;
  auto text = text_to_file(call);
  if (!text) return;
  auto& floor = call.floor();
  if (floor.filing_bytes + text->size() > max_filing_bytes)
    return call.refuse(429, "too much is being filed; try again", {{"Retry-After", "1"}});
  auto const being_filed = std::make_shared<BeingFiled>(floor, text->size());
  auto const shared = std::make_shared<std::string>(std::move(*text));
  call.later([shared, being_filed](HttpCall& then) { judge(then, std::move(*shared), being_filed); });
}

// --- The journal --------------------------------------------------------------------------------------

std::optional<v1::JournalRequest> journal_request(HttpCall& call) {
  v1::JournalRequest request;
  if (auto text = call.parameter("mrn")) request.set_message_reference_number(std::move(*text));
  if (auto text = call.parameter("originator")) request.set_originator(std::move(*text));
  if (auto text = call.parameter("ssn")) request.set_station_serial_number(std::move(*text));
  if (auto text = call.parameter("dtg")) request.set_date_time_group(std::move(*text));
  if (auto text = call.parameter("addressee")) request.set_addressee(std::move(*text));
  request.set_before(call.parameter("before").value_or(""));
  auto const max = call.number("max", found_unless_told, most_found);
  if (!max) return std::nullopt;
  request.set_max(*max);
  return request;
}

void search(HttpCall& call) {
  auto const request = journal_request(call);
  if (!request) return;
  call.later([request = *request](HttpCall& then) {
    auto const found = search_journal(then.floor().house.store(), request);
    if (auto const* const refused = std::get_if<v1::Refusal>(&found))
      then.refuse(*refused);
    else
      then.answer(std::get<v1::JournalResponse>(found));
  });
}

void tell_message(HttpCall& call) {
  using store::Store;
  relay::MessageNumber number = 0;
  auto& floor = call.floor();
  auto const& id = call.captured(0);
  auto found = relay::read(id, number) ? floor.house.store().message(number)
                                       : std::variant<Store::Stored, Store::Missing>{Store::Missing::unknown};
  if (auto const* const missing = std::get_if<Store::Missing>(&found))
    return call.refuse(refusal(*missing, id));
  auto stored = std::make_shared<Store::Stored>(std::move(std::get<Store::Stored>(found)));
  if (auto const refused = may_look_at(call.caller(), stored->envelope)) return call.refuse(*refused);
  StatusAsked question{stored->envelope};
  call.ask(std::move(question), [stored](HttpCall& then, Reply const& reply) {
    auto& house = then.floor().house;
    then.answer(
        to_proto(std::move(*stored), std::get<Statuses>(reply), then.floor().directory.get(), house.here()));
  });
}

void message(HttpCall& call) { call.later(tell_message); }

// --- Queues -------------------------------------------------------------------------------------------

void queues(HttpCall& call) {
  call.ask(QueuesAsked{}, [](HttpCall& then, Reply const& reply) {
    auto const theirs = queues_of(then.caller(), std::get<Queues>(reply));
    then.answer(to_proto(theirs, then.floor().directory.get()));
  });
}

// The queue of the path; none where the call is refused.
std::optional<std::string> queue_of(HttpCall& call, Verb verb) {
  auto name = queue_name(call.captured(0), call.floor().directory.get());
  if (auto const* const refused = std::get_if<v1::Refusal>(&name)) {
    call.refuse(*refused);
    return std::nullopt;
  }
  if (auto const refused = call.caller().may(verb, std::get<std::string>(name))) {
    call.refuse(*refused);
    return std::nullopt;
  }
  return std::move(std::get<std::string>(name));
}

// As many of the copies as fit into one answer; the others, where they are leased, go back to their place.
void hand(HttpCall& call, std::vector<relay::HandedCopy> const& copies, bool leased) {
  auto& floor = call.floor();
  auto const built = collected(0, copies, floor.messages, max_http_collected);
  if (leased && !built.left.empty())
    floor.house.handle(relay::Released{.ticket = 0, .copies = built.left}, nullptr);
  v1::Response response;
  if (response.ParseFromString(built.response))
    call.answer(response.collect());
  else
    call.refuse(500, "the copies could not be put together");
}

// "action", "info"; false where the call is refused.
bool read_kind(HttpCall& call, PeekAsked& question) {
  auto const kind = call.parameter("kind");
  if (!kind) return true;
  question.action = *kind == "action";
  question.info = *kind == "info";
  if (question.action || question.info) return true;
  call.refuse(400, "`kind` is expected to be action or info");
  return false;
}

void peek(HttpCall& call) {
  auto name = queue_of(call, Verb::look);
  if (!name) return;
  PeekAsked question{.queue = std::move(*name)};
  constexpr std::uint32_t unless_given = 20;
  auto const max = call.number("max", unless_given, relay::Limits{}.copies_handed);
  if (!max || !read_kind(call, question)) return;
  question.max = *max;
  call.ask(std::move(question),
           [](HttpCall& then, Reply const& reply) { hand(then, std::get<Peeked>(reply).copies, false); });
}

// What is asked for; none where the call is refused.
std::optional<v1::CollectRequest> collect_request(HttpCall& call) {
  v1::CollectRequest request;
  auto const& body = call.request().body;
  if (body.empty()) return request;
  if (content_type(call) != media::json) {
    refuse_type(call, "application/json");
    return std::nullopt;
  }
  auto why = wire::from_json(body, request);
  if (!why && (request.peek() || request.has_wait() || !request.queue().empty()))
    why = "only max, lease and kind can be asked for here; a GET looks without taking";
  if (!why) why = beyond_limits(request);
  if (!why) return request;
  call.refuse(400, *why);
  return std::nullopt;
}

// The lease is nobody's connection: it lasts until its end, an acknowledgement or a release.
constexpr relay::ReaderId nobody = 0;

void collect(HttpCall& call) {
  auto request = collect_request(call);
  auto name = request ? queue_of(call, Verb::collect) : std::nullopt;
  if (!name) return;
  request->set_queue(std::move(*name));
  call.handle(asked(*request, nobody), [](HttpCall& then, Reply const& reply) {
    hand(then, std::get<relay::Hand>(reply).copies, true);
  });
}

template <class Event>
void settle(HttpCall& call) {
  relay::CopyId copy;
  auto const& id = call.captured(0);
  if (!relay::read(id, copy))
    return call.refuse(refusal(v1::REASON_NOT_FOUND, fmt::format("no such copy: {}", id)));
  if (auto const refused = may_settle(call.caller(), call.floor().house.store(), {&copy, 1}))
    return call.refuse(*refused);
  call.handle(Event{.ticket = 0, .copies = {copy}},
              [](HttpCall& then, Reply const&) { then.answer_nothing(); });
}

// The indicator it is to go to, in the body; empty where there is none. None where the call is refused.
std::optional<std::string> right_indicator(HttpCall& call) {
  auto const& body = call.request().body;
  if (body.empty()) return "";
  if (content_type(call) != media::json) {
    refuse_type(call, "application/json");
    return std::nullopt;
  }
  v1::RerouteRequest request;
  auto why = wire::from_json(body, request);
  if (!why && request.copy_ids_size() != 0) why = "only routingIndicator can be given here";
  if (!why && !request.routing_indicator().empty() &&
      !grammar::is_routing_indicator(request.routing_indicator()))
    why = fmt::format("`{}` is no routing indicator", request.routing_indicator());
  if (!why) return std::move(*request.mutable_routing_indicator());
  call.refuse(400, *why);
  return std::nullopt;
}

// By an operator (RT-91).
void reroute(HttpCall& call) {
  relay::CopyId copy;
  auto const& id = call.captured(0);
  auto to = right_indicator(call);
  if (!to) return;
  if (!relay::read(id, copy))
    return call.refuse(refusal(v1::REASON_NOT_FOUND, fmt::format("no such copy: {}", id)));
  call.handle(relay::Rerouted{.ticket = 0, .copies = {copy}, .to = std::move(*to)},
              [](HttpCall& then, Reply const&) { then.answer_nothing(); });
}

// --- The network and the rules ------------------------------------------------------------------------

void network(HttpCall& call) {
  call.ask(QueuesAsked{}, [](HttpCall& then, Reply const& reply) {
    auto& floor = then.floor();
    then.answer(network_to_proto(floor.directory.get(), floor.house.here(), std::get<Queues>(reply)));
  });
}

// By an operator: no message leaves on it until it is opened.
template <class Event>
void set_circuit(HttpCall& call) {
  auto const queue = relay::circuit_queue(call.captured(0));
  if (auto const refused = call.caller().may(Verb::operate, queue)) return call.refuse(*refused);
  call.handle(Event{.ticket = 0, .circuit = call.captured(0)},
              [](HttpCall& then, Reply const&) { then.answer_nothing(); });
}

void rules(HttpCall& call) {
  v1::RuleList list;
  for (auto const& rule : validator::rules()) *list.add_rules() = wire::to_proto(rule);
  call.answer(list);
}

void rule(HttpCall& call) {
  auto const* const found = validator::rule(call.captured(0));
  if (found == nullptr) return call.refuse(404, fmt::format("there is no rule {}", call.captured(0)));
  call.answer(wire::page_to_proto(*found));
}

void lessons(HttpCall& call) {
  v1::LessonList list;
  for (auto const& lesson : call.floor().lessons) {
    auto& out = *list.add_lessons();
    out.set_name(lesson.name);
    out.set_title(lesson.title);
    out.set_text(lesson.text);
  }
  call.answer(list);
}

// --- How the switch is --------------------------------------------------------------------------------

// From where a reader goes on that says what it had last: see `event_id`.
void events(HttpCall& call) {
  auto const& floor = call.floor();
  auto const newest = floor.events.last();
  auto const last = call.request().header("Last-Event-ID");
  if (!last) return call.answer_events(event_text(floor.events, nullptr, newest), newest);
  if (auto const number = read_event_id(floor.events, *last); number && *number <= newest)
    return call.answer_events("", *number);
  v1::Event missed;
  missed.mutable_missed();
  call.answer_events(event_text(floor.events, &missed, newest), newest);
}

void answer_metrics(HttpCall& call, Queues const& queues) {
  auto& floor = call.floor();
  auto text = floor.metrics.text(queues, system_now());
  if (auto const standing = floor.house.store().standing()) text.append(metrics_of(*standing));
  if (floor.more_metrics) text.append(floor.more_metrics());
  call.answer_text("text/plain; version=0.0.4; charset=utf-8", text);
}

// A switch that stands by has metrics too, and no queues.
void metrics(HttpCall& call) {
  if (!call.floor().house.able()) return answer_metrics(call, {});
  call.ask(QueuesAsked{},
           [](HttpCall& then, Reply const& reply) { answer_metrics(then, std::get<Queues>(reply)); });
}

void health(HttpCall& call) { call.answer_text(media::text, "ok\n"); }

// A look goes the way of what is filed: through the relay and the commit thread.
void readiness(HttpCall& call) {
  if (call.floor().closing) return call.refuse(refusal(v1::REASON_CLOSING, "the switch is closing"));
  auto const standing = call.floor().house.store().standing();
  if (standing && standing->holding && !standing->full)
    return call.answer_text(
        media::text, fmt::format("ready to take filings: {} held in the outbox, nothing is delivered: {}\n",
                                 standing->held, standing->trouble));
  if (standing && !standing->trouble.empty())
    return call.refuse(refusal(v1::REASON_STORE, standing->trouble));
  call.ask(StatusAsked{}, [](HttpCall& then, Reply const&) { then.answer_text(media::text, "ready\n"); });
}

void openapi(HttpCall& call) { call.answer_text(media::json, std::string{openapi_document()}); }

// --- The teaching desk --------------------------------------------------------------------------------

void desk_page(HttpCall& call) { call.answer_as(desk_answer(desk_files(), "index.html", call.request())); }

void desk_asset(HttpCall& call) {
  call.answer_as(desk_answer(desk_files(), call.captured(0), call.request()));
}

// --- Who may --------------------------------------------------------------------------------------------

Caller::Refused known(Caller& caller) { return caller.known(); }

template <Verb verb>
Caller::Refused may(Caller& caller) {
  return caller.may(verb);
}

// What tells of all queues at once.
Caller::Refused may_look_at_all(Caller& caller) { return caller.may_with_all_queues(Verb::look); }

}  // namespace

std::vector<HttpRoute> const& HttpApi::routes() {
  static std::vector<std::string_view> const none, message_types{media::json, media::protobuf},
      text{"text/plain"}, json{media::json}, event_types{media::events}, pages{"text/html"},
      assets{"text/javascript", "text/css", "image/svg+xml"};
  static std::vector<HttpRoute> const all{
      {"POST", "/api/v1/inspect", none, message_types, inspect, known},
      {"POST", "/api/v1/messages", none, message_types, file, may<Verb::file>},
      {"GET",
       "/api/v1/messages",
       {"mrn", "originator", "ssn", "dtg", "addressee", "max", "before"},
       message_types,
       search,
       may_look_at_all},
      {"GET", "/api/v1/messages/{id}", none, message_types, message, may<Verb::look>},
      {"GET", "/api/v1/queues", none, message_types, queues, may<Verb::look>},
      {"GET", "/api/v1/queues/{queue}", {"max", "kind"}, message_types, peek, may<Verb::look>},
      {"POST", "/api/v1/queues/{queue}/collect", none, message_types, collect, may<Verb::collect>},
      {"POST", "/api/v1/copies/{id}/acknowledge", none, message_types, settle<relay::Acknowledged>,
       may<Verb::collect>},
      {"POST", "/api/v1/copies/{id}/release", none, message_types, settle<relay::Released>,
       may<Verb::collect>},
      {"POST", "/api/v1/copies/{id}/reroute", none, message_types, reroute, may<Verb::operate>},
      {"GET", "/api/v1/network", none, message_types, network, may_look_at_all},
      {"POST", "/api/v1/circuits/{circuit}/open", none, message_types, set_circuit<relay::CircuitOpened>,
       may<Verb::operate>},
      {"POST", "/api/v1/circuits/{circuit}/close", none, message_types, set_circuit<relay::CircuitClosed>,
       may<Verb::operate>},
      {"GET", "/api/v1/rules", none, message_types, rules},
      {"GET", "/api/v1/rules/{rule}", none, message_types, rule},
      {"GET", "/api/v1/lessons", none, message_types, lessons},
      {"GET", "/api/v1/caller", none, message_types, tell_caller, known},
      {"POST", "/api/v1/traffic", none, message_types, start_traffic, may_make_traffic},
      {"GET", "/api/v1/traffic", none, message_types, tell_traffic, may<Verb::look>},
      {"DELETE", "/api/v1/traffic", none, message_types, stop_traffic, may_make_traffic},
      {"GET", "/api/v1/traffic/choices", none, message_types, tell_traffic_choices},
      {"GET", "/api/v1/events", none, event_types, events, may_look_at_all},
      {"GET", "/metrics", none, text, metrics, may_look_at_all},
      {"GET", "/healthz", none, text, health},
      {"GET", "/readyz", none, text, readiness},
      {"GET", "/openapi.json", none, json, openapi},
      {"GET", "/", none, pages, desk_page},
      {"GET", "/assets/{file}", none, assets, desk_asset}};
  return all;
}

}  // namespace torntape::service
