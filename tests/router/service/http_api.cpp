// The HTTP interface without a socket: requests in, answers out.
#include "router/service/http_api.hpp"

#include <set>

#include <catch2/catch.hpp>
#include <torntape/v1/inspection.pb.h>
#include <torntape/v1/switch.pb.h>

#include "router/service/limits.hpp"
#include "router/service/test_traffic.hpp"
#include "sample.hpp"
#include "wire/json.hpp"

namespace torntape::service {
namespace {

// An open switch in memory and its interface.
class House {
 public:
  explicit House(std::unique_ptr<store::Store> store = std::make_unique<store::MemoryStore>())
      : house_{Site{}, std::move(store)},
        floor_{.house = house_,
               .directory = DirectoryInForce{nullptr},
               .messages = Messages{house_.store(), max_cached_bytes},
               .before_judging = nullptr,
               .line_speed = false,
               .judges = boost::asio::thread_pool{2}} {
    if (auto const failure = house_.start()) throw std::runtime_error(failure->message);
    floor_.traffic = std::make_shared<TestTraffic>(floor_);
    house_.watch([this](Committed const& committed) { floor_.traffic->watch(committed); });
  }
  ~House() { finish(); }
  House(House const&) = delete;
  House& operator=(House const&) = delete;

  HttpResponse call(HttpRequest request) {
    if (!request.header("Host")) request.headers.emplace_back("Host", "localhost");
    auto const promise = std::make_shared<std::promise<HttpResponse>>();
    auto future = promise->get_future();
    api_.handle(std::move(request),
                [promise](HttpResponse response) { promise->set_value(std::move(response)); });
    if (future.wait_for(sample::patience) != std::future_status::ready)
      throw std::runtime_error("no answer came");
    return future.get();
  }
  HttpResponse get(std::string target, HttpHeaders headers = {}) {
    return call({.method = "GET", .target = std::move(target), .headers = std::move(headers)});
  }
  HttpResponse post(std::string target, std::string body, std::string type = "text/plain") {
    HttpRequest request{.method = "POST", .target = std::move(target)};
    if (!type.empty()) request.headers.emplace_back("Content-Type", std::move(type));
    request.has_body = true;
    request.body = std::move(body);
    return call(std::move(request));
  }
  Floor& floor() { return floor_; }
  void finish() {
    (void)floor_.traffic->stop();
    floor_.judges.join();
    house_.close();
  }

 private:
  Switch house_;
  Floor floor_;
  HttpApi api_{floor_};
};

template <class Message>
Message read(HttpResponse const& response, unsigned status = 200) {
  CHECK(response.status == status);
  Message message;
  auto const wrong = wire::from_json(response.body, message);
  CHECK_FALSE(wrong);
  return message;
}

std::optional<std::string> header(HttpResponse const& response, std::string_view name) {
  for (auto const& [known, value] : response.headers)
    if (known == name) return value;
  return std::nullopt;
}

TEST_CASE("A message is filed, found, collected and acknowledged") {
  House house;
  auto const filed = house.post("/api/v1/messages", sample::message());
  auto const id = read<v1::SubmitResponse>(filed, 202).id();
  CHECK(header(filed, "Location") == "/api/v1/messages/" + id);
  CHECK(read<v1::SubmitResponse>(house.post("/api/v1/messages", sample::message()), 202).already_filed());

  auto const found =
      read<v1::JournalResponse>(house.get("/api/v1/messages?mrn=09ASTANA1399&addressee=RUEHC"));
  REQUIRE(found.messages_size() == 1);
  CHECK(found.messages(0).text().empty());
  CHECK(found.messages(0).heading().originator() == "AMEMBASSY ASTANA");
  CHECK(read<v1::JournalResponse>(house.get("/api/v1/messages?mrn=1")).messages().empty());

  CHECK(read<v1::QueuesResponse>(house.get("/api/v1/queues")).queues_size() ==
        static_cast<int>(sample::copies));
  CHECK(read<v1::CollectResponse>(house.get("/api/v1/queues/RUEHC")).copies_size() == 1);
  CHECK(read<v1::CollectResponse>(house.get("/api/v1/queues/RUEHC?kind=info")).copies().empty());
  auto const copies = read<v1::CollectResponse>(
      house.post("/api/v1/queues/RUEHC/collect", "{\"max\":5}", "application/json"));
  REQUIRE(copies.copies_size() == 1);
  CHECK(copies.copies(0).message().text() == sample::message());
  auto const acknowledge = "/api/v1/copies/" + copies.copies(0).id() + "/acknowledge";
  CHECK(house.call({.method = "POST", .target = acknowledge}).status == 204);
  CHECK(read<v1::CollectResponse>(house.get("/api/v1/queues/RUEHC")).copies().empty());
  auto const told = read<v1::MessageResponse>(house.get("/api/v1/messages/" + id));
  CHECK(told.message().text() == sample::message());
  CHECK(told.copies(0).state() == v1::COPY_STATE_ACKNOWLEDGED);
}

TEST_CASE("What is answered in JSON is to be had as Protobuf, and filed so") {
  House house;
  v1::SubmitRequest request;
  request.set_text(sample::message());
  CHECK(house.post("/api/v1/messages", request.SerializeAsString(), "application/protobuf").status == 202);
  auto const queues = house.get("/api/v1/queues", {{"Accept", "application/protobuf"}});
  CHECK(queues.content_type == "application/protobuf");
  v1::QueuesResponse response;
  REQUIRE(response.ParseFromString(queues.body));
  CHECK(response.queues_size() == static_cast<int>(sample::copies));
  CHECK(house.post("/api/v1/messages", "\xFF\xFF", "application/protobuf").status == 400);
}

TEST_CASE("A heading with an error is refused with what was found, and counted") {
  House house;
  auto text = sample::message();
  text[text.find("PP RUEHBI") + 1] = 'R';
  auto const refused = read<v1::Problem>(house.post("/api/v1/messages", text), 422);
  CHECK(refused.reason() == v1::REASON_INVALID);
  REQUIRE_FALSE(refused.diagnostics().empty());
  CHECK_THAT(house.get("/metrics").body, Catch::Contains("torntape_refusals_total{reason=\"invalid\"} 1\n"));
}

TEST_CASE("A text is explained token by token, and not filed") {
  House house;
  auto const told = read<v1::Inspection>(house.post("/api/v1/inspect", sample::message()));
  CHECK(told.tokens_size() > 50);
  CHECK(told.heading().text().message_reference_number() == "001399");
  CHECK(read<v1::JournalResponse>(house.get("/api/v1/messages")).messages().empty());
  CHECK(house.post("/api/v1/inspect", std::string(max_http_inspected + 1, 'X')).status == 413);
}

TEST_CASE("Requests that are badly made are refused, each in its way") {
  House house;
  CHECK(house.get("/none").status == 404);
  CHECK(house.get("none").status == 400);
  CHECK(house.get("/api/v1/queues/%zz").status == 400);
  CHECK(house.get("/api/v1/queues?max=1").status == 400);
  CHECK(house.get("/api/v1/queues/RUEHC?max=0").status == 400);
  CHECK(house.get("/api/v1/queues/RUEHC?max=1&max=2").status == 400);
  CHECK(house.get("/api/v1/queues/RUEHC?kind=both").status == 400);
  CHECK(house.get("/api/v1/messages?before=x").status == 400);
  CHECK(house.get("/api/v1/messages?dtg=%20").status == 400);
  CHECK(house.get("/api/v1/messages/1x").status == 404);
  CHECK(house.get("/api/v1/rules/NONE-01").status == 404);
  CHECK(house.get("/" + std::string(max_http_path, 'x')).status == 414);
  CHECK(house.get("/healthz", {{"Accept", "application/json"}}).status == 406);
  CHECK(house.call({.method = "BREW", .target = "/healthz"}).status == 405);
  CHECK(house.call({.method = "POST", .target = "/api/v1/messages"}).status == 411);
  CHECK(house.post("/api/v1/messages", "text", "application/json").status == 415);
  CHECK(house.post("/api/v1/queues/RUEHC/collect", "{\"peek\":true}", "application/json").status == 400);
  CHECK(house.post("/api/v1/queues/RUEHC/collect", "{\"lease\":\"2h\"}", "application/json").status == 400);
  CHECK(house.post("/api/v1/queues/RUEHC/collect", "{\"most\":1}", "application/json").status == 400);
  CHECK(house.post("/api/v1/copies/1-0/acknowledge", "").status == 404);
  auto const unable = house.call({.method = "PUT", .target = "/api/v1/messages"});
  CHECK(header(unable, "Allow") == "POST, GET, HEAD");
  CHECK(read<v1::Problem>(unable, 405).title() == "Method Not Allowed");
  CHECK(unable.content_type == "application/problem+json");
}

TEST_CASE("Only this machine is answered, and no page of another site") {
  House house;
  CHECK(house.get("/healthz", {{"Host", "127.0.0.1:12780"}}).status == 200);
  CHECK(house.get("/healthz", {{"Host", "elsewhere.example"}}).status == 403);
  CHECK(house.get("/healthz", {{"Host", "localhost"}, {"host", "localhost"}}).status == 400);
  CHECK(house.get("/healthz", {{"Host", "localhost:1"}, {"Origin", "http://localhost:1"}}).status == 200);
  CHECK(house.get("/healthz", {{"Host", "localhost:1"}, {"Origin", "http://elsewhere.example"}}).status ==
        403);
  CHECK(house.get("/healthz", {{"Host", "localhost:1"}, {"Origin", "null"}}).status == 403);
}

TEST_CASE("Too much being filed is told from a switch that cannot store") {
  House house{std::make_unique<store::MemoryStore>()};
  house.floor().filing_bytes = max_filing_bytes;
  auto const much = house.post("/api/v1/messages", sample::message());
  CHECK(much.status == 429);
  CHECK(header(much, "Retry-After") == "1");
  house.floor().filing_bytes = 0;
  auto failing = std::make_unique<store::MemoryStore>();
  failing->fail(1);
  House full{std::move(failing)};
  auto const unsaved = full.post("/api/v1/messages", sample::message());
  CHECK(read<v1::Problem>(unsaved, 503).reason() == v1::REASON_STORE);
  CHECK(full.post("/api/v1/messages", sample::message()).status == 202);
  full.finish();
  CHECK(full.floor().filing_bytes == 0);
}

TEST_CASE("A switch that is being stopped is alive and not ready, and files nothing") {
  House house;
  CHECK(house.get("/readyz").status == 200);
  house.floor().closing = true;
  CHECK(house.get("/healthz").status == 200);
  CHECK(house.get("/readyz").status == 503);
  CHECK(read<v1::Problem>(house.post("/api/v1/messages", sample::message()), 503).reason() ==
        v1::REASON_CLOSING);
  CHECK(house.floor().refused_at_stop == 1);
}

TEST_CASE("More copies than one answer holds go back to their place") {
  House house;
  auto const large = std::string(max_http_collected / 2 - 200'000, 'X');
  for (unsigned serial = 2001; serial != 2005; ++serial) {
    auto text = sample::message(serial);
    auto lines = large;
    for (std::size_t at = 60; at < lines.size(); at += 61) lines[at] = '\n';
    text.append(lines.append("\n"));
    REQUIRE(house.post("/api/v1/messages", text).status == 202);
  }
  auto const body = "{\"max\":4}";
  auto const first =
      read<v1::CollectResponse>(house.post("/api/v1/queues/RUEHC/collect", body, "application/json"));
  auto const rest =
      read<v1::CollectResponse>(house.post("/api/v1/queues/RUEHC/collect", body, "application/json"));
  CHECK(first.copies_size() == 2);
  CHECK(rest.copies_size() == 2);
  CHECK(rest.copies(0).suspected_duplicate());
}

TEST_CASE("The journal is told page by page") {
  House house;
  for (unsigned serial = 2001; serial != 2006; ++serial)
    REQUIRE(house.post("/api/v1/messages", sample::message(serial)).status == 202);
  std::string ids, before;
  do {
    auto const page =
        read<v1::JournalResponse>(house.get("/api/v1/messages?originator=RUEHTA&max=2" + before));
    for (auto const& message : page.messages()) ids.append(message.id());
    before = page.next().empty() ? "" : "&before=" + page.next();
  } while (!before.empty());
  CHECK(ids == "54321");
}

TEST_CASE("Events begin now, go on after the last one had, or say that some are missed") {
  House house;
  auto& events = house.floor().events;
  events.publish(std::vector<v1::Event>(3));
  auto const begin = house.get("/api/v1/events");
  CHECK(begin.content_type == "text/event-stream");
  CHECK(begin.events_after == 3U);
  CHECK(begin.body == "id: " + events.life() + "-3\n\n");
  auto const go_on = house.get("/api/v1/events", {{"Last-Event-ID", events.life() + "-1"}});
  CHECK(go_on.events_after == 1U);
  CHECK(go_on.body.empty());
  auto const lost = house.get("/api/v1/events", {{"Last-Event-ID", "17-1"}});
  CHECK(lost.events_after == 3U);
  CHECK_THAT(lost.body, Catch::Contains("event: missed\n"));
}

TEST_CASE("Every route stands in the OpenAPI document") {
  auto const document = std::string{openapi_document()};
  std::set<std::string_view> paths;
  for (auto const& route : HttpApi::routes()) {
    CHECK_THAT(document, Catch::Contains("\n    \"" + std::string{route.path} + "\": {"));
    paths.insert(route.path);
  }
  std::size_t told = 0;
  for (auto at = document.find("\n    \"/"); at != std::string::npos; at = document.find("\n    \"/", at + 1))
    ++told;
  CHECK(told == paths.size());
}

TEST_CASE("An open switch makes traffic for the stations of the rules' examples, and they collect it all") {
  House house;
  CHECK(read<v1::TrafficState>(house.get("/api/v1/traffic")).ShortDebugString().empty());
  auto const begun = house.post("/api/v1/traffic", R"({"rate":500,"messages":30,"seed":9,"collect":true})",
                                "application/json");
  CHECK(read<v1::TrafficState>(begun, 202).running());
  auto state = read<v1::TrafficState>(house.get("/api/v1/traffic"));
  while (state.running()) state = read<v1::TrafficState>(house.get("/api/v1/traffic"));
  CHECK(state.accepted() == 30);
  CHECK(state.refused() == 0);
  REQUIRE(state.copies_size() > 0);
  for (auto const& copies : state.copies()) CHECK(copies.made() == copies.delivered());
  auto const queues = read<v1::QueuesResponse>(house.get("/api/v1/queues"));
  for (auto const& queue : queues.queues()) CHECK(queue.depths().empty());
}

TEST_CASE("What an earlier run of traffic has left does not stand in the way of the next") {
  House house;
  auto const make = [&house](std::string const& request) {
    CHECK(house.post("/api/v1/traffic", request, "application/json").status == 202);
    auto state = read<v1::TrafficState>(house.get("/api/v1/traffic"));
    while (state.running()) state = read<v1::TrafficState>(house.get("/api/v1/traffic"));
    return state;
  };
  CHECK(make(R"({"rate":500,"messages":20,"seed":9})").copies(0).delivered() == 0);
  auto const state = make(R"({"rate":500,"messages":20,"seed":10,"collect":true})");
  for (auto const& copies : state.copies()) CHECK(copies.made() == copies.delivered());
}

TEST_CASE("A run of traffic that is stopped can be followed by another, which counts anew") {
  House house;
  auto const* const slow = R"({"rate":0.1,"seed":9})";
  CHECK(house.post("/api/v1/traffic", slow, "application/json").status == 202);
  CHECK(house.post("/api/v1/traffic", slow, "application/json").status == 409);
  auto const stopped = read<v1::TrafficState>(house.call({.method = "DELETE", .target = "/api/v1/traffic"}));
  CHECK_FALSE(stopped.running());
  CHECK(stopped.why_ended() == "it was stopped");
  CHECK(house.post("/api/v1/traffic", R"({"rate":0.1,"seed":10})", "application/json").status == 202);
  auto const again = read<v1::TrafficState>(house.call({.method = "DELETE", .target = "/api/v1/traffic"}));
  CHECK(again.made() <= 1);
  CHECK(again.request().seed() == 10);
}

}  // namespace
}  // namespace torntape::service
