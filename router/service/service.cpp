#include "router/service/service.hpp"

#include <algorithm>
#include <csignal>
#include <list>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "router/service/circuit_session.hpp"
#include "router/service/handshake.hpp"
#include "router/service/http_api.hpp"
#include "router/service/http_session.hpp"
#include "router/service/limits.hpp"
#include "router/service/protobuf_session.hpp"
#include "router/service/response.hpp"
#include "router/service/stream.hpp"
#include "router/service/test_traffic.hpp"
#include "router/service/visitors.hpp"

namespace torntape::service {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// `what`: "listen on" or "call".
std::variant<tcp::endpoint, Failure> address_of(Endpoint const& endpoint, std::string_view what) {
  error_code error;
  auto const address = endpoint.address == "localhost" ? asio::ip::address{asio::ip::address_v4::loopback()}
                                                       : asio::ip::make_address(endpoint.address, error);
  if (error) return Failure{fmt::format("cannot {} {}: not an IP address", what, to_string(endpoint))};
  return tcp::endpoint{address, endpoint.port};
}

// What the guard lacks for a port or a call; empty where it lacks nothing. `open`: anybody may get there, and
// that is not what was asked for.
std::string_view lacking(Guard const* guard, Port port, bool open) {
  if (guard != nullptr && guard->tls && port == Port::circuit)
    return guard->circuits.empty() ? "the guard file has no [[circuit]]" : "";
  if (!open) return "";
  if (guard == nullptr) return "--guard FILE gives them";
  if (!guard->tls) return "the guard file has no [tls]";
  return guard->clients.empty() ? "the guard file has no [[client]]" : "";
}

unsigned processors(unsigned most) { return std::clamp(std::thread::hardware_concurrency(), 2U, most); }

error_code open(tcp::acceptor& acceptor, tcp::endpoint const& endpoint) {
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address{true}, error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  return error;
}

}  // namespace

class Service::State {
 public:
  State(Switch& house, std::shared_ptr<directory::Directory const> directory,
        std::function<void()> before_judging, bool line_speed)
      : floor_{.house = house,
               .directory = DirectoryInForce{std::move(directory)},
               .messages = Messages{house.store(), max_cached_bytes},
               .before_judging = std::move(before_judging),
               .line_speed = line_speed,
               .judges = boost::asio::thread_pool{processors(max_judges)}},
        api_{floor_},
        control_{asio::make_strand(io_)},
        protobuf_{tcp::acceptor{control_}, Port::protobuf},
        circuits_{tcp::acceptor{control_}, Port::circuit},
        http_{tcp::acceptor{control_}, Port::http},
        signals_{control_},
        hangup_{control_},
        pause_{control_},
        drain_deadline_{control_},
        depths_due_{control_} {
    floor_.traffic = std::make_shared<TestTraffic>(floor_);
    floor_.house.watch([this](Committed const& committed) { watch(committed); });
  }

  // What is being judged is judged to its end, and decided. Its answers stay in io_, with the sessions.
  ~State() {
    (void)floor_.traffic->stop("the switch was stopped");
    floor_.judges.join();
    floor_.house.close();
  }

  State(State const&) = delete;
  State& operator=(State const&) = delete;

  std::variant<Endpoint, Failure> listen(Port port, Endpoint const& endpoint);
  std::optional<Failure> dial(std::string circuit, Endpoint const& endpoint);
  void teach(std::vector<Lesson> lessons) { floor_.lessons = std::move(lessons); }
  void measure(std::function<std::string()> metrics) { floor_.more_metrics = std::move(metrics); }
  void admit(Admission admission) { floor_.admission = admission; }
  void stop_on_signals();
  void reread_on_hangup();
  void begin_guarded(std::shared_ptr<Guard const> guard) { floor_.guard.replace(std::move(guard)); }
  std::function<std::shared_ptr<directory::Directory const>()> read_network;
  std::function<std::shared_ptr<Guard const>()> read_guard;
  bool insecure = false;
  bool run();
  void stop();

 private:
  struct Listener {
    tcp::acceptor acceptor;
    Port port;
  };
  // A circuit that is dialled here, again and again.
  struct Dialled {
    std::string circuit;
    tcp::endpoint far_end;
    asio::steady_timer again;
    std::chrono::seconds pause = first_redial;
    relay::LineId line = 0;  // of the connection that stands
    bool over = false;       // the circuit is there no longer
  };

  // Where it listens or calls: what another guard must be good for too.
  struct Place {
    std::string what;  // "listen on 0.0.0.0:12701"
    tcp::endpoint address;
    Port port;
    std::string circuit = {};  // that is called
  };
  // A connection, and how its session begins once hands are shaken.
  struct Beginning {
    relay::LineId id = 0;
    Port port = Port::protobuf;
    std::function<std::shared_ptr<Connection>(std::unique_ptr<Stream>)> begin;
    std::function<void()> ended;
  };
  // What may be told again and again is told once in a while.
  class Sparing {
   public:
    bool take() {
      auto const now = std::chrono::steady_clock::now();
      if (now < next_) return false;
      next_ = now + warn_every;
      return true;
    }

   private:
    std::chrono::steady_clock::time_point next_{};
  };

  std::optional<Failure> too_open(Guard const* guard, Place const& place) const;
  bool take_call(tcp::socket socket, Dialled* dialled);
  void secure_first(std::unique_ptr<Stream> stream, Beginning beginning);
  void reread_guard();
  static asio::awaitable<void> accept(State* self, Listener* listener);
  static asio::awaitable<void> keep_connected(State* self, Dialled* dialled);
  void admit(tcp::socket socket, Port port);
  void keep(relay::LineId id, std::shared_ptr<Connection> connection);
  void turn_away();
  void tell_turned_away();
  void session_ended(relay::ReaderId id);
  void reread();
  void adopt(std::shared_ptr<directory::Directory const> const& directory);
  void dial_as_in(directory::Network const& network);
  void drain_sessions();
  std::shared_ptr<Connection> start(Port port, std::unique_ptr<Stream> stream, relay::ReaderId id,
                                    std::function<void()> ended);
  void watch(Committed const& committed);
  static asio::awaitable<void> tell_depths(State* self);
  void publish_depths(Reply const& reply);

  Floor floor_;  // outlives the sessions, whose strands are of its threads
  HttpApi api_;
  asio::io_context io_;
  asio::strand<asio::io_context::executor_type> control_;  // all below
  Listener protobuf_, circuits_, http_;
  std::list<Dialled> dialled_;
  std::vector<Place> places_;
  Visitors visitors_{max_connections_of_address};
  Sparing warning_due_;
  asio::signal_set signals_, hangup_;
  asio::steady_timer pause_;
  asio::steady_timer drain_deadline_;
  asio::steady_timer depths_due_;
  std::atomic<bool> depths_changed_{true};
  std::mutex telling_depths_;
  Depths depths_{max_depths_told};
  Events::ListenerId depths_told_to_ = 0;  // the last that had begun to listen
  std::unordered_map<relay::ReaderId, std::shared_ptr<Connection>> sessions_;
  relay::ReaderId last_id_ = 0;
  bool stopping_ = false;
  std::size_t turned_away_ = 0;  // connections, since the limit was reached
  std::chrono::steady_clock::time_point next_warning_{};
};

// Why not to listen or call there with this guard.
std::optional<Failure> Service::State::too_open(Guard const* guard, Place const& place) const {
  auto const lacks = lacking(guard, place.port, !insecure && !place.address.address().is_loopback());
  if (!lacks.empty())
    return Failure{
        fmt::format("will not {}: TLS and credentials are needed, and {} (docs/guard.md); in a network where "
                    "everybody may do "
                    "everything, --insecure goes without",
                    place.what, lacks)};
  if (guard == nullptr || !guard->tls || place.circuit.empty() || guard->far_end(place.circuit) != nullptr)
    return std::nullopt;
  return Failure{
      fmt::format("will not {}: the guard file has no [[circuit]] '{}', whose certificate is expected there",
                  place.what, place.circuit)};
}

std::variant<Endpoint, Failure> Service::State::listen(Port port, Endpoint const& endpoint) {
  auto& listener = port == Port::protobuf ? protobuf_ : port == Port::circuit ? circuits_ : http_;
  auto const found = address_of(endpoint, "listen on");
  if (auto const* const failure = std::get_if<Failure>(&found)) return *failure;
  auto const& address = std::get<tcp::endpoint>(found);
  Place place{.what = fmt::format("listen on {}", to_string(endpoint)), .address = address, .port = port};
  if (auto failure = too_open(floor_.guard.get().get(), place)) return std::move(*failure);
  places_.push_back(std::move(place));
  if (port == Port::http && !address.address().is_loopback()) floor_.beyond_loopback = true;
  auto const error = open(listener.acceptor, std::get<tcp::endpoint>(found));
  if (error) return Failure{fmt::format("cannot listen on {}: {}", to_string(endpoint), error.message())};
  auto const local = listener.acceptor.local_endpoint();
  asio::co_spawn(control_, accept(this, &listener), asio::detached);
  if (port == Port::http) asio::co_spawn(control_, tell_depths(this), asio::detached);
  return Endpoint{local.address().to_string(), local.port()};
}

// At the limit of the process (files, memory) it waits a moment and goes on.
asio::awaitable<void> Service::State::accept(State* self, Listener* listener) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  while (!self->stopping_) {
    auto const strand = asio::any_io_executor{asio::make_strand(self->io_)};
    auto socket = co_await listener->acceptor.async_accept(strand, token);
    if (self->stopping_) break;
    if (!error) {
      self->admit(std::move(socket), listener->port);
      continue;
    }
    spdlog::warn("cannot take a connection: {}", error.message());
    self->pause_.expires_after(std::chrono::milliseconds{100});
    co_await self->pause_.async_wait(token);
  }
}

std::optional<Failure> Service::State::dial(std::string circuit, Endpoint const& endpoint) {
  auto const found = address_of(endpoint, "call");
  if (auto const* const failure = std::get_if<Failure>(&found)) return *failure;
  Place place{.what = fmt::format("call {}", to_string(endpoint)),
              .address = std::get<tcp::endpoint>(found),
              .port = Port::circuit,
              .circuit = circuit};
  if (auto failure = too_open(floor_.guard.get().get(), place)) return failure;
  places_.push_back(std::move(place));
  auto& dialled = dialled_.emplace_back(
      Dialled{std::move(circuit), std::get<tcp::endpoint>(found), asio::steady_timer{control_}});
  asio::co_spawn(control_, keep_connected(this, &dialled), asio::detached);
  return std::nullopt;
}

asio::awaitable<void> Service::State::keep_connected(State* self, Dialled* dialled) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  bool told = false;
  auto const over = [self, dialled] { return self->stopping_ || dialled->over; };
  while (!over()) {
    // The far end would take this connection for the one of the circuit.
    if (!self->floor_.house.able()) {
      dialled->again.expires_after(first_redial);
      co_await dialled->again.async_wait(token);
      continue;
    }
    tcp::socket socket{asio::make_strand(self->io_)};
    co_await socket.async_connect(dialled->far_end, token);
    if (over()) break;
    if (!error) {
      told = false;
      auto const since = std::chrono::steady_clock::now();
      dialled->again.expires_at(asio::steady_timer::time_point::max());
      bool const secure = self->take_call(std::move(socket), dialled);
      co_await dialled->again.async_wait(token);
      // Under TLS it is only afterwards that a caller learns whether it is welcome.
      if (!secure || std::chrono::steady_clock::now() - since > last_redial) dialled->pause = first_redial;
    } else if (!std::exchange(told, true)) {
      spdlog::warn("circuit {}: nobody answers: {}; trying on", dialled->circuit, error.message());
    }
    if (over()) break;
    dialled->again.expires_after(dialled->pause);
    dialled->pause = std::min(2 * dialled->pause, last_redial);
    co_await dialled->again.async_wait(token);
  }
}

// The far end answers. True under TLS.
bool Service::State::take_call(tcp::socket socket, Dialled* dialled) {
  auto const id = ++last_id_;
  dialled->line = id;
  floor_.metrics.opened(Port::circuit);
  auto const ended = [this, dialled, id] {
    floor_.metrics.closed(Port::circuit);
    asio::post(control_, [this, dialled, id] {
      dialled->again.cancel();
      session_ended(id);
    });
  };
  auto const guard = floor_.guard.get();
  auto const* const name = guard ? guard->far_end(dialled->circuit) : nullptr;
  auto stream = guard && guard->tls
                    ? std::make_unique<Stream>(std::move(socket), guard->tls, Tls::Side::call, *name)
                    : std::make_unique<Stream>(std::move(socket));
  bool const secure = stream->secure();
  auto const begin = [this, id, circuit = dialled->circuit, ended](std::unique_ptr<Stream> ready) {
    return start_circuit_session(std::move(ready), floor_, id, circuit, ended);
  };
  secure_first(std::move(stream), {.id = id, .port = Port::circuit, .begin = begin, .ended = ended});
  return secure;
}

void Service::State::keep(relay::LineId id, std::shared_ptr<Connection> connection) {
  sessions_.insert_or_assign(id, std::move(connection));
}

void Service::State::admit(tcp::socket socket, Port port) {
  error_code error;
  auto const address = socket.remote_endpoint(error).address();
  if (error) return;
  if (sessions_.size() >= max_connections) return turn_away();
  if (port == Port::circuit && !floor_.house.able()) return;  // another switch has the circuits
  tell_turned_away();
  if (!visitors_.enter(address)) {
    if (warning_due_.take())
      spdlog::warn("a connection from {} is closed at once: it has {} already", address.to_string(),
                   max_connections_of_address);
    return;
  }
  socket.set_option(tcp::no_delay{true}, error);
  auto const id = ++last_id_;
  floor_.metrics.opened(port);
  auto const ended = [this, id, port, address] {
    floor_.metrics.closed(port);
    asio::post(control_, [this, id, address] {
      visitors_.leave(address);
      session_ended(id);
    });
  };
  auto const side = port == Port::circuit ? Tls::Side::circuit_port : Tls::Side::client_port;
  auto const guard = floor_.guard.get();
  auto stream = guard && guard->tls ? std::make_unique<Stream>(std::move(socket), guard->tls, side)
                                    : std::make_unique<Stream>(std::move(socket));
  auto const begin = [this, id, port, ended](std::unique_ptr<Stream> ready) {
    return start(port, std::move(ready), id, ended);
  };
  secure_first(std::move(stream), {.id = id, .port = port, .begin = begin, .ended = ended});
}

// Under TLS hands are shaken before the session begins, in its place.
void Service::State::secure_first(std::unique_ptr<Stream> stream, Beginning beginning) {
  auto const id = beginning.id;
  if (!stream->secure()) return keep(id, beginning.begin(std::move(stream)));
  auto const http = beginning.port == Port::http;
  auto peer = stream->peer();
  auto done = [this, peer = std::move(peer), beginning = std::move(beginning)](std::unique_ptr<Stream> ready,
                                                                               std::string const& why_not) {
    asio::post(control_, [this, peer, why_not, beginning, ready = std::move(ready)]() mutable {
      if (!ready && !stopping_ && warning_due_.take()) spdlog::warn("no TLS with {}: {}", peer, why_not);
      if (!ready || stopping_) return beginning.ended();
      keep(beginning.id, beginning.begin(std::move(ready)));
    });
  };
  keep(id, start_handshake(std::move(stream), http, std::move(done)));
}

std::shared_ptr<Connection> Service::State::start(Port port, std::unique_ptr<Stream> stream,
                                                  relay::ReaderId id, std::function<void()> ended) {
  switch (port) {
    case Port::protobuf:
      return start_protobuf_session(std::move(stream), floor_, id, std::move(ended));
    case Port::circuit:
      return start_circuit_session(std::move(stream), floor_, id, "", std::move(ended));
    case Port::http:
      break;
  }
  return start_http_session(std::move(stream), floor_, api_, std::move(ended));
}

// On the commit thread.
void Service::State::watch(Committed const& committed) {
  floor_.metrics.count(committed, system_now());
  floor_.traffic->watch(committed);
  auto const changed = [](Decided const& decided) { return !decided.lines.empty(); };
  if (committed.failed || (committed.records.empty() && std::ranges::none_of(committed.group, changed)))
    return;
  depths_changed_ = true;
  if (floor_.events.heard())
    floor_.events.publish(events_of(committed));
  else
    floor_.events.pass_over();
}

void Service::State::publish_depths(Reply const& reply) {
  auto const* const queues = std::get_if<Queues>(&reply);
  if (queues == nullptr) return;
  std::scoped_lock const lock{telling_depths_};
  v1::Event event;
  *event.mutable_depths() = depths_.changed(to_proto(*queues, floor_.directory.get()));
  if (event.depths().queues().empty() && event.depths().circuits().empty()) return;
  depths_changed_ = true;  // there may be more than one event holds
  std::vector<v1::Event> events;
  events.push_back(std::move(event));
  floor_.events.publish(std::move(events));
}

// While somebody listens, and something has changed.
asio::awaitable<void> Service::State::tell_depths(State* self) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  while (!self->stopping_) {
    self->depths_due_.expires_after(depths_every);
    co_await self->depths_due_.async_wait(token);
    if (self->stopping_ || !self->floor_.events.heard()) continue;
    auto const listener = self->floor_.events.last_listener();
    if (std::exchange(self->depths_told_to_, listener) != listener) {
      std::scoped_lock const lock{self->telling_depths_};
      self->depths_.begin_anew();
      self->depths_changed_ = true;
    }
    if (!self->depths_changed_.exchange(false)) continue;
    Answer answer = [self](Reply reply) {
      auto const queues = std::make_shared<Reply>(std::move(reply));
      asio::post(self->floor_.judges, [self, queues] { self->publish_depths(*queues); });
    };
    self->floor_.house.ask(QueuesAsked{}, std::move(answer));
  }
}

// Told at the first connection, and then once in a while.
void Service::State::turn_away() {
  ++turned_away_;
  if (turned_away_ == 1)
    spdlog::warn("a connection is closed at once: the limit of {} is reached", max_connections);
  else if (auto const now = std::chrono::steady_clock::now(); now >= next_warning_)
    spdlog::warn("{} connections closed at once so far: the limit of {} is reached", turned_away_,
                 max_connections);
  else
    return;
  next_warning_ = std::chrono::steady_clock::now() + warn_every;
}

// The limit is no longer reached.
void Service::State::tell_turned_away() {
  if (turned_away_ > 1) spdlog::warn("{} connections were closed at once in all", turned_away_);
  turned_away_ = 0;
}

void Service::State::session_ended(relay::ReaderId id) {
  sessions_.erase(id);
  if (stopping_ && sessions_.empty()) drain_deadline_.cancel();
}

void Service::State::stop_on_signals() {
  signals_.add(SIGTERM);
  signals_.add(SIGINT);
  signals_.async_wait([this](error_code error, int) {
    if (!error) stop();
  });
}

void Service::State::reread_on_hangup() {
  hangup_.add(SIGHUP);
  hangup_.async_wait([this](error_code error, int) {
    if (error) return;
    reread();
    reread_on_hangup();
  });
}

// Connections that stand go on; who is in it no longer is refused from the next request on.
void Service::State::reread_guard() {
  auto const guard = read_guard();
  if (!guard) return spdlog::error("the guard file cannot be used; the one before holds");
  for (auto const& place : places_)
    if (auto const failure = too_open(guard.get(), place))
      return spdlog::error("the guard file before holds: {}", failure->message);
  floor_.guard.replace(guard);
  spdlog::info("the guard file was read anew, and holds");
}

void Service::State::reread() {
  if (read_guard) reread_guard();
  if (!read_network) return;
  auto directory = read_network();
  if (directory == nullptr) return spdlog::error("the network file cannot be used; the one before holds");
  relay::NetworkChanged changed{.ticket = 0, .routes = std::make_shared<network::Routes const>(directory)};
  floor_.house.handle(std::move(changed), [this, directory](Reply const& reply) {
    if (std::holds_alternative<relay::Done>(reply))
      return asio::post(control_, [this, directory] { adopt(directory); });
    auto const* const refused = std::get_if<relay::Refuse>(&reply);
    spdlog::error("the network before holds: {}",
                  refused != nullptr ? refused->message : "it could not be saved");
  });
}

void Service::State::adopt(std::shared_ptr<directory::Directory const> const& directory) {
  floor_.directory.replace(directory);
  spdlog::info("the network file was read anew, and holds");
  if (!stopping_) dial_as_in(directory->network());
}

// What is dialled already goes on, unless the circuit is gone.
void Service::State::dial_as_in(directory::Network const& network) {
  auto const& here = floor_.house.here();
  for (auto& dialled : dialled_) {
    auto const stands = [&](directory::Circuit const& circuit) {
      return circuit.name == dialled.circuit && (circuit.first == here || circuit.second == here);
    };
    if (dialled.over || std::ranges::any_of(network.circuits, stands)) continue;
    dialled.over = true;
    dialled.again.cancel();
  }
  for (auto const& circuit : network.circuits) {
    auto const is_dialled = [&](Dialled const& dialled) {
      return dialled.circuit == circuit.name && !dialled.over;
    };
    if (!circuit.dial || circuit.first != here || std::ranges::any_of(dialled_, is_dialled)) continue;
    if (auto const failure = dial(circuit.name, *circuit.dial)) spdlog::error("{}", failure->message);
  }
}

void Service::State::stop() {
  asio::post(control_, [this] {
    if (std::exchange(stopping_, true)) return;
    floor_.closing = true;
    spdlog::info("stopping: {} connection{} to drain", sessions_.size(), sessions_.size() == 1 ? "" : "s");
    error_code ignored;
    protobuf_.acceptor.close(ignored);
    circuits_.acceptor.close(ignored);
    http_.acceptor.close(ignored);
    depths_due_.cancel();
    for (auto& dialled : dialled_) dialled.again.cancel();
    signals_.cancel(ignored);
    hangup_.cancel(ignored);
    pause_.cancel();
    drain_sessions();
  });
}

void Service::State::drain_sessions() {
  for (auto const& [id, session] : sessions_) session->drain();
  if (sessions_.empty()) return;
  drain_deadline_.expires_after(drain);
  drain_deadline_.async_wait([this](error_code cancelled) {
    if (cancelled) return;
    spdlog::warn("connections cut off that did not drain in time: {}", sessions_.size());
    for (auto const& [id, session] : sessions_) session->abort();
  });
}

// Returns when there is nothing left to wait for: stopped, and every session ended.
bool Service::State::run() {
  auto const count = processors(8);
  std::vector<std::jthread> others;
  for (unsigned i = 1; i != count; ++i) others.emplace_back([this] { io_.run(); });
  io_.run();
  others.clear();
  auto const refused = floor_.refused_at_stop.load();
  if (floor_.judging == 0) {
    spdlog::info("stopped: what was under way is answered, {} waiting to be judged {} refused", refused,
                 refused == 1 ? "was" : "were");
    return true;
  }
  spdlog::warn("stopped: {} still being judged, left behind unanswered; {} waiting to be judged refused",
               floor_.judging.load(), refused);
  return false;
}

void log_to_standard_error(bool quiet) {
  spdlog::set_default_logger(spdlog::stderr_color_mt("torntape"));
  spdlog::set_level(quiet ? spdlog::level::err : spdlog::level::info);
}

Service::Service(Switch& house, std::shared_ptr<directory::Directory const> directory,
                 std::function<void()> before_judging, bool line_speed)
    : state_{std::make_unique<State>(house, std::move(directory), std::move(before_judging), line_speed)} {}

Service::~Service() = default;

std::variant<Endpoint, Failure> Service::listen_protobuf(Endpoint const& endpoint) {
  return state_->listen(Port::protobuf, endpoint);
}

std::variant<Endpoint, Failure> Service::listen_http(Endpoint const& endpoint) {
  return state_->listen(Port::http, endpoint);
}

std::variant<Endpoint, Failure> Service::listen_circuit(Endpoint const& endpoint) {
  return state_->listen(Port::circuit, endpoint);
}

std::optional<Failure> Service::dial(std::string circuit, Endpoint const& endpoint) {
  return state_->dial(std::move(circuit), endpoint);
}

void Service::teach(std::vector<Lesson> lessons) { state_->teach(std::move(lessons)); }
void Service::admit(Admission admission) { state_->admit(admission); }

void Service::measure(std::function<std::string()> metrics) { state_->measure(std::move(metrics)); }

void Service::stop_on_signals() { state_->stop_on_signals(); }

void Service::guard(std::shared_ptr<Guard const> guard) { state_->begin_guarded(std::move(guard)); }

void Service::go_insecure() { state_->insecure = true; }

void Service::reread_on_hangup(std::function<std::shared_ptr<directory::Directory const>()> network,
                               std::function<std::shared_ptr<Guard const>()> guard) {
  state_->read_network = std::move(network);
  state_->read_guard = std::move(guard);
  state_->reread_on_hangup();
}

bool Service::run() { return state_->run(); }

void Service::stop() { state_->stop(); }

}  // namespace torntape::service
