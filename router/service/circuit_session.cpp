#include "router/service/circuit_session.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <exception>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include "grammar/circuit_framing.hpp"
#include "router/network/routes.hpp"
#include "router/relay/circuits.hpp"
#include "router/relay/transmission.hpp"
#include "router/service/intake.hpp"
#include "router/service/limits.hpp"

namespace torntape::service {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::uint32_t bits_a_character = 10;
constexpr std::chrono::milliseconds beat{50};  // between pieces at line speed

class Session final : public Connection, public std::enable_shared_from_this<Session> {
 public:
  Session(std::unique_ptr<Stream> stream, Floor& floor, relay::LineId line, std::string circuit,
          std::function<void()> ended)
      : stream_{std::move(stream)},
        floor_{floor},
        line_{line},
        circuit_{std::move(circuit)},
        ended_{std::move(ended)},
        circuits_{&floor.directory->network(), floor.house.here()},
        intake_{floor.directory.shared(), floor.admission},
        judging_{asio::make_strand(floor.judges)},
        room_{stream_->get_executor(), asio::steady_timer::time_point::max()},
        output_{stream_->get_executor(), asio::steady_timer::time_point::max()},
        pace_{stream_->get_executor()},
        deadline_{stream_->get_executor()} {}

  void start();
  void drain() override;
  void abort() override;

 private:
  using Self = std::shared_ptr<Session>;

  // The two halves of a connection (CONTRIBUTING.md says how coroutines are written here).
  static asio::awaitable<void> receive(Self self);
  static asio::awaitable<void> take_transmissions(Self self);
  static asio::awaitable<void> transmit(Self self);
  static asio::awaitable<void> write(Self self);

  void spawn(asio::awaitable<void> half);
  void half_over(std::exception_ptr const& exception);

  // Receiving.
  void take(std::string text);
  [[nodiscard]] bool identified_by(std::string_view text);
  [[nodiscard]] bool is_its_far_end(std::string_view channel);
  void judge(std::string text);
  [[nodiscard]] std::optional<relay::Arrived> judged(std::string text);
  void dealt_with(Reply const& reply);
  void connected();
  void disconnected();

  // Sending.
  void told(Reply reply);
  void send(relay::Send order);
  [[nodiscard]] std::string text_of(relay::Send const& order) const;
  void written(bool whole);

  void close();
  void close_after(std::chrono::seconds delay);

  std::unique_ptr<Stream> stream_;
  Floor& floor_;
  relay::LineId line_;
  std::string circuit_;  // empty until it is known
  std::function<void()> ended_;
  relay::Circuits circuits_;  // for their channels and speeds alone
  Intake intake_;             // used on `judging_` alone
  asio::strand<asio::thread_pool::executor_type> judging_;
  asio::steady_timer room_;      // wakes `receive`
  asio::steady_timer output_;    // wakes `transmit`
  asio::steady_timer pace_;      // between pieces at line speed
  asio::steady_timer deadline_;  // of a write

  grammar::CircuitFramer framer_{{.alphabet = grammar::Alphabet::text, .most = max_transmission}};
  std::array<char, read_size> read_buffer_;  // not cleared: an idle connection has no page of it
  std::size_t arrivals_ = 0;                 // handed to the relay and not yet dealt with
  bool up_ = false;                          // the relay was told so
  bool draining_ = false;
  bool broken_ = false;
  std::optional<relay::Send> order_;  // being sent
  std::string writing_;
  bool interrupted_ = false;
  int halves_ = 0;
};

// --- Life ---------------------------------------------------------------------------------------------

void Session::start() {
  asio::post(stream_->get_executor(), [self = shared_from_this()] {
    self->halves_ = 2;
    if (!self->circuit_.empty()) self->connected();
    self->spawn(receive(self));
    self->spawn(transmit(self));
  });
}

void Session::spawn(asio::awaitable<void> half) {
  asio::co_spawn(
      stream_->get_executor(), std::move(half),
      [self = shared_from_this()](std::exception_ptr const& exception) { self->half_over(exception); });
}

void Session::half_over(std::exception_ptr const& exception) {
  if (exception) spdlog::error("circuit {} ends for want of memory or by a fault of the switch", circuit_);
  close();
  if (--halves_ != 0) return;
  disconnected();
  ended_();
}

// The transmission being sent goes out to its end; nothing follows it.
void Session::drain() {
  asio::post(stream_->get_executor(), [self = shared_from_this()] {
    self->draining_ = true;
    self->room_.cancel();
    self->output_.cancel();
    if (!self->order_) self->close();
  });
}

void Session::abort() {
  asio::post(stream_->get_executor(), [self = shared_from_this()] { self->close(); });
}

void Session::close() {
  stream_->close();
  broken_ = true;
  room_.cancel();
  output_.cancel();
  pace_.cancel();
  deadline_.cancel();
}

void Session::close_after(std::chrono::seconds delay) {
  deadline_.expires_after(delay);
  deadline_.async_wait([self = shared_from_this()](error_code cancelled) {
    if (!cancelled) self->close();
  });
}

void Session::connected() {
  up_ = true;
  spdlog::info("circuit {} is up", circuit_);
  floor_.house.handle(relay::CircuitUp{circuit_, line_}, [self = shared_from_this()](Reply reply) {
    asio::post(self->stream_->get_executor(),
               [self, reply = std::move(reply)]() mutable { self->told(std::move(reply)); });
  });
}

void Session::disconnected() {
  if (!std::exchange(up_, false)) return;
  spdlog::info("circuit {} is down", circuit_);
  floor_.house.handle(relay::CircuitDown{circuit_, line_}, nullptr);
}

// --- Receiving ----------------------------------------------------------------------------------------

asio::awaitable<void> Session::receive(Self self) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  auto const space = asio::buffer(self->read_buffer_);
  while (!self->broken_ && !self->draining_) {
    auto const size = co_await self->stream_->async_read_some(space, token);
    if (error) break;
    self->framer_.feed({self->read_buffer_.data(), size});
    auto transmissions = take_transmissions(self);
    co_await std::move(transmissions);
  }
  if (!self->draining_) self->close();
}

// Waits before each one until there is room for it.
asio::awaitable<void> Session::take_transmissions(Self self) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  while (!self->broken_) {
    auto const frame = self->framer_.next();
    if (!frame) break;
    if (frame->ending == grammar::Ending::too_long) {
      spdlog::error("circuit {}: a transmission longer than {} bytes, cut off",
                    self->circuit_.empty() ? "unknown" : self->circuit_, max_transmission);
      co_return self->close();
    }
    while (self->arrivals_ >= max_arrivals && !self->broken_) co_await self->room_.async_wait(token);
    self->take(std::string(frame->bytes));
  }
}

void Session::take(std::string text) {
  if (broken_ || draining_) return;
  if (circuit_.empty()) {
    if (!identified_by(text)) return close();
    connected();
  }
  ++arrivals_;
  asio::post(judging_,
             [self = shared_from_this(), text = std::move(text)]() mutable { self->judge(std::move(text)); });
}

// The far end's sending channel says which circuit this is.
bool Session::identified_by(std::string_view text) {
  grammar::Received const received{std::string(text)};
  auto const channel = received.message().transmission_identification.channel;
  for (auto const& [name, circuit] : circuits_.all())
    if (circuit.receiving_channel == channel) circuit_ = name;
  if (circuit_.empty())
    spdlog::warn("a caller's first transmission has channel '{}', which no circuit here receives on",
                 channel);
  return !circuit_.empty() && is_its_far_end(channel);
}

// Under TLS a circuit belongs to the certificate that the guard file names, whatever channel is sent.
bool Session::is_its_far_end(std::string_view channel) {
  if (!stream_->secure()) return true;
  auto const guard = floor_.guard.get();
  auto const* const name = guard ? guard->far_end(circuit_) : nullptr;
  if (name != nullptr && has_name(stream_->names(), *name)) return true;
  spdlog::error(
      "a caller from {} with the certificate of '{}' sends channel '{}' of circuit {}, {}: turned away",
      stream_->peer(), fmt::join(stream_->names(), "', '"), channel, circuit_,
      name == nullptr ? "which the guard file does not have" : fmt::format("which belongs to '{}'", *name));
  circuit_.clear();
  return false;
}

// On a thread of the judges.
void Session::judge(std::string text) {
  ++floor_.judging;
  if (floor_.before_judging) floor_.before_judging();
  auto arrived = judged(std::move(text));
  --floor_.judging;
  auto const answer = [self = shared_from_this()](Reply const& reply) {
    asio::post(self->stream_->get_executor(), [self, reply] { self->dealt_with(reply); });
  };
  if (!arrived) return answer(Unsaved{});
  floor_.house.handle(std::move(*arrived), answer);
}

std::optional<relay::Arrived> Session::judged(std::string text) {
  try {
    intake_.look_up_in(floor_.directory.shared());
    return intake_.receive(std::move(text), circuit_);
  } catch (std::exception const& error) {
    spdlog::error("circuit {}: a transmission could not be judged: {}", circuit_, error.what());
    return std::nullopt;
  }
}

// What could not be taken is not heard either: the far end sends it again when the circuit is up anew.
void Session::dealt_with(Reply const& reply) {
  --arrivals_;
  room_.cancel();
  if (std::holds_alternative<relay::Done>(reply)) return;
  if (auto const* const refused = std::get_if<relay::Refuse>(&reply))
    spdlog::error("circuit {}: a transmission could not be taken: {}", circuit_, refused->message);
  close();
}

// --- Sending ------------------------------------------------------------------------------------------

void Session::told(Reply reply) {
  if (auto* const order = std::get_if<relay::Send>(&reply)) return send(std::move(*order));
  if (std::holds_alternative<relay::Interrupt>(reply))
    interrupted_ = order_.has_value();
  else
    close();  // the connection is superseded, or the relay was rebuilt
}

void Session::send(relay::Send order) {
  if (broken_ || draining_) return;
  writing_ = text_of(order);
  order_ = std::move(order);
  interrupted_ = false;
  output_.cancel();
}

// A text that cannot be read leaves its number open: the far end asks for it, and gets it once it is mended.
std::string Session::text_of(relay::Send const& order) const {
  if (order.copy.message == 0) return "VZCZC" + order.identification + '\n' + order.service;
  auto const found = floor_.house.store().message(order.copy.message);
  auto const* const stored = std::get_if<store::Store::Stored>(&found);
  if (stored == nullptr) {
    spdlog::error("circuit {}: {} does not go out, message {} is damaged in the store", circuit_,
                  order.identification, order.copy.message);
    return {};
  }
  auto const& copy = stored->envelope.copies.at(order.copy.copy);
  grammar::Received const received{stored->text};
  return relay::transmission({.identification = order.identification,
                              .precedence = copy.precedence,
                              .called = copy.called,
                              .here = floor_.house.here(),
                              .sent_before_as = order.sent_before_as,
                              .rerouted = copy.rerouted},
                             received.message());
}

asio::awaitable<void> Session::transmit(Self self) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  while (!self->broken_) {
    if (!self->order_) {
      if (self->draining_) break;
      co_await self->output_.async_wait(token);
      continue;
    }
    auto writing = write(self);
    co_await std::move(writing);
  }
  self->close();
}

// One transmission, in pieces: at line speed a piece is what the line takes in a beat.
asio::awaitable<void> Session::write(Self self) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  auto const* const circuit = self->circuits_.find(self->circuit_);
  auto piece = write_size;
  if (self->floor_.line_speed)
    piece = std::max<std::size_t>(circuit->bits_per_second * beat.count() / bits_a_character / 1'000, 1);
  std::size_t done = 0;
  // The number of what is interrupted is used up (RT-74): the far end is told of it by the first line, at
  // least.
  auto const named = self->writing_.find('\n') + 1;
  while (!self->broken_ && done != self->writing_.size() && (!self->interrupted_ || done < named)) {
    auto const left = std::string_view{self->writing_}.substr(done);
    auto const next = asio::buffer(left.data(), std::min(left.size(), piece));
    self->close_after(write_stall);
    done += co_await self->stream_->async_write_some(next, token);
    if (error) co_return self->close();
    if (!self->floor_.line_speed || done == self->writing_.size()) continue;
    self->pace_.expires_after(beat);
    co_await self->pace_.async_wait(token);
  }
  if (self->broken_) co_return;
  bool const whole = done == self->writing_.size();
  if (!whole) {
    self->close_after(write_stall);
    auto const end = asio::buffer(relay::cancellation);
    co_await asio::async_write(*self->stream_, end, token);
    if (error) co_return self->close();
  }
  self->deadline_.cancel();
  self->written(whole);
}

void Session::written(bool whole) {
  auto const order = *std::exchange(order_, std::nullopt);
  writing_.clear();
  interrupted_ = false;
  if (whole)
    floor_.house.handle(relay::Sent{order.circuit, order.line, order.number}, nullptr);
  else
    floor_.house.handle(relay::Broken{order.circuit, order.line, order.number}, nullptr);
}

}  // namespace

std::shared_ptr<Connection> start_circuit_session(std::unique_ptr<Stream> stream, Floor& floor,
                                                  relay::LineId line, std::string circuit,
                                                  std::function<void()> ended) {
  auto session =
      std::make_shared<Session>(std::move(stream), floor, line, std::move(circuit), std::move(ended));
  session->start();
  return session;
}

}  // namespace torntape::service
