#include "router/service/http_session.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <optional>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "router/service/http_call.hpp"
#include "router/service/http_events.hpp"
#include "router/service/limits.hpp"

namespace torntape::service {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

using Parser = http::request_parser<http::string_body>;

void set_limits(Parser& parser) {
  parser.header_limit(static_cast<std::uint32_t>(max_http_header));
  parser.body_limit(max_http_body);
}

HttpRequest plain(Parser& parser) {
  auto& from = parser.get();
  HttpRequest request;
  request.method = std::string{from.method_string()};
  request.target = std::string{from.target()};
  for (auto const& field : from)
    request.headers.emplace_back(std::string{field.name_string()}, std::string{field.value()});
  request.has_body = from.has_content_length() || from.chunked();
  request.body = std::move(from.body());
  return request;
}

// The status that tells what is wrong; 0 where nobody is there to be told.
unsigned status_of(error_code const& error) {
  if (error == http::error::end_of_stream || error == http::error::partial_message) return 0;
  if (error == http::error::header_limit) return 431;
  if (error == http::error::body_limit) return 413;
  if (error == http::error::bad_version) return 505;
  static error_code const of_http = http::error::bad_method;
  return error.category() == of_http.category() ? 400 : 0;
}

std::string head_of(HttpResponse const& response, bool keep_alive) {
  auto head = fmt::format("HTTP/1.1 {} {}\r\n", response.status, status_title(response.status));
  auto const add = [&head](std::string_view name, std::string_view value) {
    fmt::format_to(std::back_inserter(head), "{}: {}\r\n", name, value);
  };
  if (!response.content_type.empty()) add("Content-Type", response.content_type);
  for (auto const& [name, value] : response.headers) add(name, value);
  constexpr unsigned no_content = 204, not_modified = 304;
  bool const bare = response.status == no_content || response.status == not_modified;
  if (!response.events_after && !bare) add("Content-Length", std::to_string(response.body.size()));
  add("X-Content-Type-Options", "nosniff");
  add("Connection", keep_alive ? "keep-alive" : "close");
  return head.append("\r\n");
}

class Session final : public Connection, public std::enable_shared_from_this<Session> {
 public:
  Session(std::unique_ptr<Stream> stream, Floor& floor, HttpApi& api, std::function<void()> ended)
      : stream_{std::move(stream)},
        floor_{floor},
        api_{api},
        ended_{std::move(ended)},
        deadline_{stream_->get_executor()},
        woken_{stream_->get_executor(), asio::steady_timer::time_point::max()} {}

  void start();
  void drain() override;
  void abort() override;

 private:
  using Self = std::shared_ptr<Session>;

  static asio::awaitable<void> serve(Self self);
  static asio::awaitable<bool> wait_for_bytes(Self self, bool first);
  static asio::awaitable<bool> read_request(Self self);
  static asio::awaitable<void> answer(Self self);
  static asio::awaitable<void> stream_events(Self self, Events::Number after);
  static asio::awaitable<void> turn_away(Self self, error_code error);
  static asio::awaitable<void> write_all(Self self, std::string bytes);
  static asio::awaitable<void> take_leave(Self self);

  void wake();
  void wake_later();
  void within(std::chrono::seconds time);
  void in_no_hurry();
  void close();
  void over(std::exception_ptr const& exception);
  [[nodiscard]] std::string next_events(Events::Number& after) const;

  std::unique_ptr<Stream> stream_;
  Floor& floor_;
  HttpApi& api_;
  std::function<void()> ended_;
  asio::steady_timer deadline_;  // of what is being read or written
  asio::steady_timer woken_;     // by an answer, by an event, or by the end
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  std::optional<HttpResponse> response_;
  std::atomic<bool> waking_{false};
  std::size_t turn_ = 0;    // of the deadline
  bool idle_ = false;       // no request has begun
  bool keep_alive_ = true;  // after this answer
  bool head_only_ = false;
  bool draining_ = false;
  bool late_ = false;    // the deadline has passed
  bool broken_ = false;  // nothing can be read or written any more
};

// --- Life ---------------------------------------------------------------------------------------------

void Session::start() {
  auto serving = serve(shared_from_this());
  asio::co_spawn(stream_->get_executor(), std::move(serving),
                 [self = shared_from_this()](std::exception_ptr const& exception) { self->over(exception); });
}

void Session::over(std::exception_ptr const& exception) {
  if (exception) spdlog::error("a connection ends for want of memory or by a fault of the switch");
  close();
  ended_();
}

void Session::drain() {
  asio::post(stream_->get_executor(), [self = shared_from_this()] {
    self->draining_ = true;
    if (self->idle_) self->stream_->cancel();
    self->wake();
  });
}

void Session::abort() {
  asio::post(stream_->get_executor(), [self = shared_from_this()] { self->close(); });
}

void Session::close() {
  broken_ = true;
  stream_->close();
  in_no_hurry();
  wake();
}

void Session::wake() { woken_.cancel(); }

// Any thread; once for however many events.
void Session::wake_later() {
  if (waking_.exchange(true)) return;
  asio::post(stream_->get_executor(), [self = shared_from_this()] {
    self->waking_ = false;
    self->wake();
  });
}

// What is read or written next is broken off after this time.
void Session::within(std::chrono::seconds time) {
  late_ = false;
  deadline_.expires_after(time);
  deadline_.async_wait([self = shared_from_this(), turn = ++turn_](error_code cancelled) {
    if (cancelled || turn != self->turn_) return;
    self->late_ = true;
    self->stream_->cancel();
  });
}

void Session::in_no_hurry() {
  ++turn_;
  deadline_.cancel();
}

asio::awaitable<void> Session::serve(Self self) {
  for (bool first = true; self->keep_alive_ && !self->broken_; first = false) {
    auto waiting = wait_for_bytes(self, first);
    bool const came = co_await std::move(waiting);
    if (!came) break;
    auto reading = read_request(self);
    bool const read = co_await std::move(reading);
    if (!read) break;
    auto answering = answer(self);
    co_await std::move(answering);
  }
  auto leaving = take_leave(self);
  co_await std::move(leaving);
}

// --- Reading ------------------------------------------------------------------------------------------

// False where none come: the other end has closed, nothing came in time, or the switch is closing.
asio::awaitable<bool> Session::wait_for_bytes(Self self, bool first) {
  if (self->draining_) co_return false;
  if (self->buffer_.size() != 0) co_return true;  // the next request came with the one before
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  self->idle_ = true;
  self->within(first ? http_first_byte : http_idle);
  auto const space = self->buffer_.prepare(read_size);
  auto const size = co_await self->stream_->async_read_some(space, token);
  self->idle_ = false;
  self->in_no_hurry();
  self->buffer_.commit(size);
  co_return !error;
}

// False where there is none to answer: whoever sent it was told why, if that could be.
asio::awaitable<bool> Session::read_request(Self self) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  set_limits(self->parser_.emplace());
  self->within(http_header);
  co_await http::async_read_header(*self->stream_, self->buffer_, *self->parser_, token);
  auto const& head = self->parser_->get();
  if (!error && head.find(http::field::expect) != head.end()) {
    if (!beast::iequals(head[http::field::expect], "100-continue")) {
      self->response_ = HttpResponse{.status = 417};
      self->keep_alive_ = false;
      co_return true;
    }
    auto going_on = write_all(self, "HTTP/1.1 100 Continue\r\n\r\n");
    co_await std::move(going_on);
  }
  if (!error && !self->parser_->is_done()) {
    self->within(http_body);
    co_await http::async_read(*self->stream_, self->buffer_, *self->parser_, token);
  }
  self->in_no_hurry();
  if (!error) {
    self->keep_alive_ = head.keep_alive();
    co_return true;
  }
  auto turning = turn_away(self, error);
  co_await std::move(turning);
  co_return false;
}

asio::awaitable<void> Session::turn_away(Self self, error_code error) {
  auto const status = std::exchange(self->late_, false) ? 408 : status_of(error);
  if (status == 0) co_return;
  v1::Problem problem;
  problem.set_status(status);
  if (status == 400) problem.set_detail(error.message());
  auto const response = response_of(std::move(problem));
  auto bytes = head_of(response, false);
  bytes.append(response.body);
  auto writing = write_all(self, std::move(bytes));
  co_await std::move(writing);
}

// --- Answering ----------------------------------------------------------------------------------------

asio::awaitable<void> Session::answer(Self self) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  if (!self->response_) {
    auto request = plain(*self->parser_);
    request.certificate_names = self->stream_->names();
    request.secure = self->stream_->secure();
    self->head_only_ = request.method == "HEAD";
    self->api_.handle(std::move(request), [self](HttpResponse response) {
      auto shared = std::make_shared<HttpResponse>(std::move(response));
      asio::post(self->stream_->get_executor(), [self, shared] {
        self->response_ = std::move(*shared);
        self->wake();
      });
    });
  }
  while (!self->response_ && !self->broken_) co_await self->woken_.async_wait(token);
  if (!self->response_) co_return;
  auto const response = *std::exchange(self->response_, std::nullopt);
  self->keep_alive_ = self->keep_alive_ && !self->draining_ && !response.events_after;
  auto bytes = head_of(response, self->keep_alive_);
  if (!self->head_only_) bytes.append(response.body);
  auto writing = write_all(self, std::move(bytes));
  co_await std::move(writing);
  if (!response.events_after || self->head_only_) co_return;
  auto streaming = stream_events(self, *response.events_after);
  co_await std::move(streaming);
}

// In pieces, so that a client that takes nothing is told from one that is slow.
asio::awaitable<void> Session::write_all(Self self, std::string bytes) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  std::size_t written = 0;
  while (!self->broken_ && written != bytes.size()) {
    auto const piece = asio::buffer(bytes.data() + written, std::min(bytes.size() - written, write_size));
    self->within(write_stall);
    written += co_await self->stream_->async_write_some(piece, token);
    if (error) self->broken_ = true;
  }
  self->in_no_hurry();
}

// The events after one, as text; what was missed before them is told first.
std::string Session::next_events(Events::Number& after) const {
  auto const batch = floor_.events.after(after, max_events_written);
  std::string text;
  auto number = batch.last - batch.events.size();
  if (batch.missed != 0) {
    v1::Event missed;
    missed.mutable_missed()->set_events(batch.missed);
    text = event_text(floor_.events, &missed, number);
  }
  for (auto const& event : batch.events) text.append(event_text(floor_.events, event.get(), ++number));
  after = batch.last;
  return text;
}

// Until the reader goes or the switch stops. What comes in from it is not read.
asio::awaitable<void> Session::stream_events(Self self, Events::Number after) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  auto const listener = self->floor_.events.listen([weak = std::weak_ptr<Session>{self}] {
    if (auto const session = weak.lock()) session->wake_later();
  });
  while (!self->broken_ && !self->draining_) {
    auto text = self->next_events(after);
    if (text.empty()) {
      self->woken_.expires_after(http_heartbeat);
      co_await self->woken_.async_wait(token);
      if (error) continue;  // woken
      text = ": nothing new\n\n";
    }
    auto writing = write_all(self, std::move(text));
    co_await std::move(writing);
  }
  self->floor_.events.forget(listener);
}

// Closes so that the last answer is not lost to a reset: what still comes is thrown away for a moment.
asio::awaitable<void> Session::take_leave(Self self) {
  if (self->broken_) co_return;
  self->within(linger);
  auto ending = self->stream_->end();
  co_await std::move(ending);
  if (self->late_ || self->broken_) co_return;
  auto throwing = self->stream_->throw_away();
  co_await std::move(throwing);
}

}  // namespace

std::shared_ptr<Connection> start_http_session(std::unique_ptr<Stream> stream, Floor& floor, HttpApi& api,
                                               std::function<void()> ended) {
  auto session = std::make_shared<Session>(std::move(stream), floor, api, std::move(ended));
  session->start();
  return session;
}

HttpBytes read_http(std::string_view bytes) {
  HttpBytes out;
  while (!bytes.empty()) {
    Parser parser;
    set_limits(parser);
    parser.eager(true);
    error_code error;
    std::size_t used = 0;
    while (!error && !parser.is_done() && !bytes.empty()) {
      used = parser.put(asio::buffer(bytes.data(), bytes.size()), error);
      bytes.remove_prefix(used);
      if (used == 0) break;
    }
    if (error && error != http::error::need_more) {
      out.refused_with = status_of(error);
      return out;
    }
    if (!parser.is_done()) return out;
    out.requests.push_back(plain(parser));
  }
  return out;
}

}  // namespace torntape::service
