#include "cli/client.hpp"

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

// The largest answer there is: a collection of copies.
constexpr std::size_t max_response = std::size_t{64} << 20U;

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

// False where the interrupt came.
bool wait_readable(int socket, Interrupt const& interrupt) {
  for (;;) {
    std::array<pollfd, 2> both{pollfd{.fd = socket, .events = POLLIN, .revents = 0},
                               pollfd{.fd = interrupt.descriptor(), .events = POLLIN, .revents = 0}};
    if (::poll(both.data(), both.size(), -1) < 0 && errno != EINTR) return false;
    if (both[1].revents != 0) return false;
    if (both[0].revents != 0) return true;
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
  error_code connect(service::Endpoint const& endpoint) {
    error_code error;
    tcp::resolver resolver{io_};
    auto const addresses = resolver.resolve(endpoint.address, std::to_string(endpoint.port), error);
    if (!error) asio::connect(socket_, addresses, error);
    error_code ignored;
    if (!error) socket_.set_option(tcp::no_delay{true}, ignored);
    return error;
  }

  error_code write(std::string const& bytes) {
    error_code error;
    asio::write(socket_, asio::buffer(bytes), error);
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
  asio::io_context io_;
  tcp::socket socket_{io_};
  wire::DelimitedReader frames_{max_response};
  std::array<char, 64 * 1024> buffer_{};
};

Client::Client(std::unique_ptr<Connection> connection, std::string address)
    : connection_{std::move(connection)}, address_{std::move(address)} {}

Client::~Client() = default;

Client::Connected Client::connect(std::string const& address) {
  auto const endpoint = service::read_endpoint(address);
  if (!endpoint) return "'" + address + "' is no ADDR:PORT";
  auto connection = std::make_unique<Connection>();
  if (auto const error = connection->connect(*endpoint))
    return "no switch answers at " + address + ": " + lower_first(error.message());
  return std::unique_ptr<Client>{new Client{std::move(connection), address}};
}

void Client::fail(std::string_view why) {
  failure_ = fmt::format("the connection to the switch at {} is lost: {}", address_, why);
}

bool Client::send(v1::Request const& request) {
  std::string bytes;
  wire::append_delimited(request, bytes);
  auto const error = connection_->write(bytes);
  if (error) fail(lower_first(error.message()));
  return !error;
}

std::optional<v1::Response> Client::receive(Interrupt const* interrupt) {
  for (;;) {
    auto const frame = connection_->next();
    v1::Response response;
    if (frame.state == wire::FrameState::whole &&
        response.ParseFromArray(frame.bytes.data(), static_cast<int>(frame.bytes.size())))
      return response;
    if (frame.state != wire::FrameState::partial) return fail("what it sends is no answer"), std::nullopt;
    if (interrupt != nullptr && !wait_readable(connection_->descriptor(), *interrupt)) return std::nullopt;
    auto const error = connection_->read_some();
    if (error == asio::error::eof) return fail("the switch has closed it"), std::nullopt;
    if (error) return fail(lower_first(error.message())), std::nullopt;
  }
}

std::optional<v1::Response> Client::call(v1::Request const& request, Interrupt const* interrupt) {
  if (!send(request)) return std::nullopt;
  return receive(interrupt);
}

// --- What the commands share --------------------------------------------------------------------------

void add_switch_option(CLI::App& command, std::string& address) {
  address = service::to_string({.address = "127.0.0.1", .port = service::default_protobuf_port});
  command
      .add_option("--switch", address,
                  "where the switch listens for Protobuf; TORNTAPE_SWITCH, or " + address + ", unless given")
      ->envname("TORNTAPE_SWITCH")
      ->option_text("ADDR:PORT");
}

std::unique_ptr<Client> connect_or_complain(std::string const& address) {
  auto connected = Client::connect(address);
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
      return found;
    default:
      return failed;
  }
}

std::string Submitted::place() const {
  return position.line == 0 ? name : fmt::format("{}:{}", name, position.line + 1);
}

// The switch counts from the start of the message, people from the start of the file.
void tell_refusal(v1::Refusal const& refusal, Submitted const& submitted, Context const& context) {
  validator::reports::Style const style{
      .colour = use_colour(context.colour, stderr), .narratable = false, .width = width(stderr)};
  auto const shift = [&submitted](grammar::Span& span) {
    span.offset += submitted.position.offset;
    span.line += submitted.position.line;
  };
  for (auto const& told : refusal.diagnostics()) {
    auto diagnostic = wire::from_proto(told);
    shift(diagnostic.span);
    for (auto& related : diagnostic.related) shift(related.span);
    if (diagnostic.fix)
      for (auto& edit : diagnostic.fix->edits) shift(edit.span);
    auto const report =
        validator::reports::text({submitted.name, submitted.text, submitted.position}, diagnostic, style);
    std::fwrite(report.data(), 1, report.size(), stderr);
  }
  complain(submitted.place() + ": refused: " + refusal.message());
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
  if (!is_terminal(stdout)) return text.ends_with('\n') ? text : text + '\n';
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
