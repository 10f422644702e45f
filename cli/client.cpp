#include "cli/client.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <utility>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "cli/duration.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "router/service/endpoint.hpp"
#include "validator/reports/text.hpp"
#include "wire/delimited.hpp"
#include "wire/diagnostic.hpp"

namespace torntape::cli {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

// The largest answer there is: a collection of copies.
constexpr std::size_t max_response = std::size_t{64} << 20U;
constexpr std::chrono::hours longest_timeout{24};

// --- Interrupts ---------------------------------------------------------------------------------------

std::array<int, 2> interrupt_pipe{-1, -1};

void on_signal(int) {
  auto const saved = errno;
  char const byte = 0;
  [[maybe_unused]] auto const written = ::write(interrupt_pipe[1], &byte, 1);
  errno = saved;
}

void handle_signals(void (*handler)(int)) {
  struct sigaction action{};
  action.sa_handler = handler;
  // A write under way goes on; a second signal ends the process.
  action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool readable(int descriptor) {
  pollfd one{.fd = descriptor, .events = POLLIN, .revents = 0};
  return ::poll(&one, 1, 0) > 0;
}

enum class Waited : unsigned char { readable, interrupted, late };

// `interrupt` may be -1: then none comes.
Waited wait_readable(int socket, int interrupt, Clock::time_point deadline) {
  for (;;) {
    std::array<pollfd, 2> both{pollfd{.fd = socket, .events = POLLIN, .revents = 0},
                               pollfd{.fd = interrupt, .events = POLLIN, .revents = 0}};
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return Waited::late;
    if (::poll(both.data(), both.size(), static_cast<int>(left.count())) < 0 && errno != EINTR)
      return Waited::late;
    if (both[1].revents != 0) return Waited::interrupted;
    if (both[0].revents != 0) return Waited::readable;
  }
}

std::string lower_first(std::string text) {
  if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z')
    text.front() = static_cast<char>(text.front() - 'A' + 'a');
  return text;
}

}  // namespace

Interrupt::Interrupt() {
  if (::pipe2(interrupt_pipe.data(), O_CLOEXEC | O_NONBLOCK) == 0) handle_signals(on_signal);
  descriptor_ = interrupt_pipe[0];
}

Interrupt::~Interrupt() {
  handle_signals(SIG_DFL);
  ::close(interrupt_pipe[0]);
  ::close(interrupt_pipe[1]);
}

bool Interrupt::came() const { return readable(descriptor_); }

// --- Connection ---------------------------------------------------------------------------------------

class Client::Connection {
 public:
  error_code connect(service::Endpoint const& endpoint, std::chrono::seconds timeout) {
    error_code error;
    tcp::resolver resolver{io_};
    auto const addresses = resolver.resolve(endpoint.address, std::to_string(endpoint.port), error);
    if (error) return error;
    asio::async_connect(socket_, addresses,
                        [&error](error_code result, tcp::endpoint const&) { error = result; });
    run(timeout, error);
    error_code ignored;
    if (!error) socket_.set_option(tcp::no_delay{true}, ignored);
    return error;
  }

  error_code write(std::string const& bytes, std::chrono::seconds timeout) {
    error_code error;
    asio::async_write(socket_, asio::buffer(bytes),
                      [&error](error_code result, std::size_t) { error = result; });
    run(timeout, error);
    return error;
  }

  error_code read_some() {
    error_code error;
    auto const size = socket_.read_some(asio::buffer(buffer_), error);
    frames_.feed({buffer_.data(), size});
    return error;
  }

  [[nodiscard]] wire::DelimitedFrame next() { return frames_.next(); }
  [[nodiscard]] int descriptor() { return socket_.native_handle(); }

 private:
  // Until what was begun is done; what is late is broken off.
  void run(std::chrono::seconds timeout, error_code& error) {
    io_.restart();
    io_.run_for(timeout);
    if (io_.stopped()) return;
    error_code ignored;
    socket_.close(ignored);
    io_.run();
    error = asio::error::timed_out;
  }

  asio::io_context io_;
  tcp::socket socket_{io_};
  wire::DelimitedReader frames_{max_response};
  std::array<char, 64 * 1024> buffer_{};
};

Client::Client(std::unique_ptr<Connection> connection, SwitchOptions where)
    : connection_{std::move(connection)}, where_{std::move(where)} {}

Client::~Client() = default;

Client::Connected Client::connect(SwitchOptions const& where) {
  auto const endpoint = service::read_endpoint(where.address);
  if (!endpoint) return "'" + where.address + "' is no ADDR:PORT";
  auto connection = std::make_unique<Connection>();
  auto const error = connection->connect(*endpoint, where.timeout);
  if (error == asio::error::timed_out)
    return fmt::format("no switch answers at {} within {} s", where.address, where.timeout.count());
  if (error) return fmt::format("no switch answers at {}: {}", where.address, lower_first(error.message()));
  return std::unique_ptr<Client>{new Client{std::move(connection), where}};
}

void Client::fail(std::string_view why) {
  failure_ = fmt::format("the connection to the switch at {} is lost: {}", where_.address, why);
}

void Client::fail_late() {
  failure_ =
      fmt::format("the switch at {} does not answer within {} s", where_.address, where_.timeout.count());
}

bool Client::send(v1::Request const& request) {
  std::string bytes;
  wire::append_delimited(request, bytes);
  auto const error = connection_->write(bytes, where_.timeout);
  if (error == asio::error::timed_out)
    fail_late();
  else if (error)
    fail(lower_first(error.message()));
  return !error;
}

std::optional<v1::Response> Client::receive(Interrupt const* interrupt, std::chrono::seconds longer) {
  auto const deadline = Clock::now() + where_.timeout + longer;
  auto const signals = interrupt == nullptr ? -1 : interrupt->descriptor();
  for (;;) {
    auto const frame = connection_->next();
    v1::Response response;
    if (frame.state == wire::FrameState::whole &&
        response.ParseFromArray(frame.bytes.data(), static_cast<int>(frame.bytes.size())))
      return response;
    if (frame.state != wire::FrameState::partial) return fail("what it sends is no answer"), std::nullopt;
    auto const waited = wait_readable(connection_->descriptor(), signals, deadline);
    if (waited == Waited::late) fail_late();
    if (waited != Waited::readable) return std::nullopt;
    auto const error = connection_->read_some();
    if (error == asio::error::eof) return fail("the switch has closed it"), std::nullopt;
    if (error) return fail(lower_first(error.message())), std::nullopt;
  }
}

std::optional<v1::Response> Client::call(v1::Request const& request, Interrupt const* interrupt) {
  if (!send(request)) return std::nullopt;
  return receive(interrupt, std::chrono::seconds{request.collect().wait().seconds()});
}

// --- What the commands share --------------------------------------------------------------------------

void add_switch_options(CLI::App& command, SwitchOptions& where) {
  auto& address = where.address;
  address = service::to_string({.address = "127.0.0.1", .port = service::default_protobuf_port});
  command
      .add_option("--switch", address,
                  "where the switch listens for Protobuf; TORNTAPE_SWITCH, or " + address + ", unless given")
      ->envname("TORNTAPE_SWITCH")
      ->option_text("ADDR:PORT");
  add_duration(
      command, "--timeout", longest_timeout, [&where](std::chrono::seconds time) { where.timeout = time; },
      "how long the switch may take to connect and to answer; 30s unless given");
}

std::unique_ptr<Client> connect_or_complain(SwitchOptions const& where) {
  auto connected = Client::connect(where);
  if (auto* const client = std::get_if<std::unique_ptr<Client>>(&connected)) return std::move(*client);
  complain(std::get<std::string>(connected));
  return nullptr;
}

int exit_code(v1::Refusal const& refusal) {
  switch (refusal.reason()) {
    case v1::REASON_INVALID:
    case v1::REASON_UNROUTABLE:
    case v1::REASON_TOO_LARGE:
    case v1::REASON_NOT_FOUND:
    case v1::REASON_DAMAGED:
      return found;
    default:
      return failed;
  }
}

std::string Submitted::place() const {
  return position.line == 0 ? name : fmt::format("{}:{}", name, position.line + 1);
}

// "refused" is the word for what the rules do not let pass; the others may be tried again.
std::string in_words(v1::Refusal const& refusal) {
  switch (refusal.reason()) {
    case v1::REASON_STORE:
      return "could not be stored: " + refusal.message();
    case v1::REASON_FULL:
    case v1::REASON_CLOSING:
      return "not taken now: " + refusal.message();
    default:
      return "refused: " + refusal.message();
  }
}

// The switch counts from the start of the message, people from the start of the file.
void tell_refusal(v1::Refusal const& refusal, Submitted const& submitted, Context const& context) {
  validator::reports::Style const style{
      .colour = use_colour(context.colour, stderr), .narratable = false, .width = width(stderr)};
  auto const shift = [&submitted](grammar::Span& span) {
    span.offset += submitted.position.offset;
    span.line += submitted.position.line;
  };
  int notes = 0;
  for (auto const& told : refusal.diagnostics()) {
    if (told.severity() == v1::SEVERITY_INFO && context.verbosity == 0) {
      ++notes;
      continue;
    }
    auto diagnostic = wire::from_proto(told);
    shift(diagnostic.span);
    for (auto& related : diagnostic.related) shift(related.span);
    if (diagnostic.fix)
      for (auto& edit : diagnostic.fix->edits) shift(edit.span);
    auto const report =
        validator::reports::text({submitted.name, submitted.text, submitted.position}, diagnostic, style);
    std::fwrite(report.data(), 1, report.size(), stderr);
    std::fputc('\n', stderr);
  }
  auto const left_out =
      notes == 0 ? "" : fmt::format(" (and {} {}; -v shows them)", notes, notes == 1 ? "note" : "notes");
  complain(submitted.place() + ": " + in_words(refusal) + left_out);
}

std::string in_words(google::protobuf::Timestamp const& time) {
  auto const seconds = static_cast<std::time_t>(time.seconds());
  return fmt::format("{:%Y-%m-%d %H:%M:%S}Z", fmt::gmtime(seconds));
}

std::string_view in_words(v1::Precedence precedence) {
  switch (precedence) {
    case v1::PRECEDENCE_ROUTINE:
      return "ROUTINE";
    case v1::PRECEDENCE_PRIORITY:
      return "PRIORITY";
    case v1::PRECEDENCE_IMMEDIATE:
      return "IMMEDIATE";
    case v1::PRECEDENCE_FLASH:
      return "FLASH";
    case v1::PRECEDENCE_EMERGENCY_COMMAND:
      return "EMERGENCY COMMAND";
    default:
      return "no precedence";
  }
}

std::string_view in_words(v1::Kind kind) { return kind == v1::KIND_ACTION ? "action" : "info"; }

std::string shown(std::string const& text) {
  if (!is_terminal(stdout)) return text;
  std::string out;
  for (std::string_view rest = text; !rest.empty();) {
    auto const end = rest.find('\n');
    auto line = rest.substr(0, end);
    while (line.ends_with('\r')) line.remove_suffix(1);
    out += printable(line) + '\n';
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return out;
}

}  // namespace torntape::cli
