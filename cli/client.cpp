#include "cli/client.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <utility>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
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
#include "router/service/secret_file.hpp"
#include "router/service/tls.hpp"
#include "validator/reports/text.hpp"
#include "wire/delimited.hpp"
#include "wire/diagnostic.hpp"

namespace torntape::cli {
namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
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

enum class Waited : unsigned char { read, interrupted, late };

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

  // From then on under TLS. The switch has to show a certificate with this name or address.
  error_code shake_hands(std::shared_ptr<ssl::context> context, std::string const& name,
                         std::chrono::seconds timeout) {
    context_ = std::move(context);
    tls_.emplace(socket_, *context_);
    error_code error;
    tls_->set_verify_callback(ssl::host_name_verification{name}, error);
    if (error) return error;
    asio::ip::make_address(name, error);
    if (error) SSL_set_tlsext_host_name(tls_->native_handle(), name.c_str());
    tls_->async_handshake(ssl::stream_base::client, [&error](error_code result) { error = result; });
    run(timeout, error);
    return error;
  }

  error_code write(std::string const& bytes, std::chrono::seconds timeout) {
    error_code error;
    auto const done = [&error](error_code result, std::size_t) { error = result; };
    if (tls_)
      asio::async_write(*tls_, asio::buffer(bytes), done);
    else
      asio::async_write(socket_, asio::buffer(bytes), done);
    run(timeout, error);
    return error;
  }

  // Some bytes, unless the interrupt or the deadline comes first. `interrupt` may be null.
  Waited read_some(Interrupt const* interrupt, Clock::time_point deadline, error_code& error) {
    bool read = false;
    auto const done = [this, &error, &read](error_code result, std::size_t size) {
      error = result;
      read = true;
      frames_.feed({buffer_.data(), size});
      error_code ignored;
      signals_.cancel(ignored);  // there may be none
    };
    if (tls_)
      tls_->async_read_some(asio::buffer(buffer_), done);
    else
      socket_.async_read_some(asio::buffer(buffer_), done);
    bool interrupted = false;
    if (interrupt != nullptr) watch(*interrupt, interrupted);
    io_.restart();
    io_.run_until(deadline);
    if (!io_.stopped()) break_off();
    if (read && error != asio::error::operation_aborted) return Waited::read;
    return interrupted ? Waited::interrupted : Waited::late;
  }

  [[nodiscard]] wire::DelimitedFrame next() { return frames_.next(); }

 private:
  void watch(Interrupt const& interrupt, bool& came) {
    if (!signals_.is_open()) signals_.assign(::dup(interrupt.descriptor()));
    signals_.async_wait(asio::posix::stream_descriptor::wait_read, [this, &came](error_code cancelled) {
      if (cancelled) return;
      came = true;
      error_code ignored;
      socket_.cancel(ignored);
    });
  }

  // What is under way ends; the connection may go on.
  void break_off() {
    error_code ignored;
    socket_.cancel(ignored);
    signals_.cancel(ignored);
    io_.run();
  }

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
  std::shared_ptr<ssl::context> context_;
  std::optional<ssl::stream<tcp::socket&>> tls_;
  asio::posix::stream_descriptor signals_{io_};
  wire::DelimitedReader frames_{max_response};
  std::array<char, 64 * 1024> buffer_{};
};

namespace {

constexpr std::size_t longest_token = 4096;

// The token to be shown: of the file, or of the environment; empty where there is none. False with the reason
// told in `token`.
bool read_token(SwitchOptions const& where, std::string& token) {
  if (where.token_file.empty()) {
    auto const* const given = std::getenv("TORNTAPE_TOKEN");
    token = given == nullptr ? "" : given;
    return true;
  }
  if (token = service::readable_by_others(where.token_file); !token.empty()) return false;
  std::ifstream file{where.token_file};
  if (!file) {
    token = where.token_file + ": cannot be read";
    return false;
  }
  if (!std::getline(file, token) || token.empty() || token.size() > longest_token) {
    token = where.token_file + ": there is no token in its first line";
    return false;
  }
  return true;
}

std::string no_tls(SwitchOptions const& where, error_code const& error) {
  if (error == asio::error::eof || error == ssl::error::stream_truncated)
    return fmt::format(
        "the switch at {} closed the connection before hands were shaken; without --ca it is asked "
        "without TLS",
        where.address);
  return fmt::format("no TLS with the switch at {}: {}", where.address, lower_first(error.message()));
}

}  // namespace

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
  if (auto why = secure(*connection, endpoint->address, where); !why.empty()) return why;
  std::string token;
  if (!read_token(where, token)) return token;
  std::unique_ptr<Client> client{new Client{std::move(connection), where}};
  if (!token.empty())
    if (auto const why = client->authenticate(token)) return *why;
  return client;
}

// Under TLS, where it is asked for. Empty where all is well.
std::string Client::secure(Connection& connection, std::string const& name, SwitchOptions const& where) {
  if (where.ca.empty()) {
    return where.certificate.empty() && where.key.empty()
               ? ""
               : "a certificate is shown under TLS only: --ca says whose certificate the switch has";
  }
  if (where.certificate.empty() != where.key.empty()) return "--certificate and --key go together";
  auto context = service::client_tls({.ca = where.ca, .certificate = where.certificate, .key = where.key});
  if (auto* const why = std::get_if<std::string>(&context)) return std::move(*why);
  auto const error = connection.shake_hands(std::get<std::shared_ptr<ssl::context>>(std::move(context)), name,
                                            where.timeout);
  return error ? no_tls(where, error) : "";
}

// What is wrong with the token, in words.
std::optional<std::string> Client::authenticate(std::string const& token) {
  v1::Request request;
  request.mutable_authenticate()->set_token(token);
  auto const response = call(request);
  if (!response) return failure_;
  if (response->has_refusal()) return response->refusal().message();
  return std::nullopt;
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
  for (;;) {
    auto const frame = connection_->next();
    v1::Response response;
    if (frame.state == wire::FrameState::whole &&
        response.ParseFromArray(frame.bytes.data(), static_cast<int>(frame.bytes.size()))) {
      answered_ = true;
      return response;
    }
    if (frame.state != wire::FrameState::partial) return fail("what it sends is no answer"), std::nullopt;
    error_code error;
    auto const waited = connection_->read_some(interrupt, deadline, error);
    if (waited == Waited::late) fail_late();
    if (waited != Waited::read) return std::nullopt;
    if (error == asio::error::eof || error == ssl::error::stream_truncated)
      return fail(where_.ca.empty() && !answered_
                      ? "the switch has closed it; if it speaks TLS, --ca names who signed its certificate"
                      : "the switch has closed it"),
             std::nullopt;
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
  command
      .add_option(
          "--token-file", where.token_file,
          "shows the token in this file's first line, to a switch that wants to know who calls; else the "
          "token TORNTAPE_TOKEN, if there is one")
      ->option_text("FILE");
  command
      .add_option(
          "--ca", where.ca,
          "speak TLS, with a switch whose certificate is signed by this authority (PEM) and has the ADDR "
          "of --switch; TORNTAPE_CA, or plain, unless given")
      ->envname("TORNTAPE_CA")
      ->option_text("FILE");
  command
      .add_option("--certificate", where.certificate,
                  "shows this certificate (PEM, with its chain) under TLS; needs --key")
      ->option_text("FILE");
  command.add_option("--key", where.key, "its private key (PEM)")->option_text("FILE");
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

// "refused" is the word for what the rules do not let pass, whoever asks; the others may be tried again.
std::string in_words(v1::Refusal const& refusal) {
  switch (refusal.reason()) {
    case v1::REASON_STORE:
      // Nothing failed where another switch runs the relay, and the message says which.
      if (refusal.message().starts_with("this switch stands by"))
        return "not taken here: " + refusal.message() + "; ask that one";
      return "could not be stored: " + refusal.message();
    case v1::REASON_FULL:
    case v1::REASON_CLOSING:
      return "not taken now: " + refusal.message();
    case v1::REASON_UNAUTHENTICATED:
    case v1::REASON_FORBIDDEN:
      return "not allowed: " + refusal.message();
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
