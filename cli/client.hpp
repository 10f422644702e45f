// A small synchronous client of the Protobuf port.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <torntape/v1/switch.pb.h>

#include "cli/command.hpp"
#include "grammar/framing.hpp"

namespace torntape::cli {

// While it lives, SIGINT and SIGTERM end a wait instead of the process.
class Interrupt {
 public:
  Interrupt();
  Interrupt(Interrupt const&) = delete;
  Interrupt& operator=(Interrupt const&) = delete;
  ~Interrupt();

  [[nodiscard]] bool came() const;
  // Readable once a signal has come.
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

// Which switch, and how long it may be silent.
struct SwitchOptions {
  std::string address;
  std::chrono::seconds timeout{30};
  std::string token_file;        // or TORNTAPE_TOKEN
  std::string ca;                // empty: no TLS
  std::string certificate, key;  // of this client; both or none
};

class Client {
 public:
  // Says who calls, where it is told. What went wrong, in words: "no switch answers at 127.0.0.1:12701:
  // connection refused".
  using Connected = std::variant<std::unique_ptr<Client>, std::string>;
  [[nodiscard]] static Connected connect(SwitchOptions const& where);
  ~Client();

  // False where the connection is lost; see `failure`.
  [[nodiscard]] bool send(v1::Request const& request);
  // The next response; none where the connection is lost, an interrupt came first, or none came in time:
  // within the timeout, and `longer` where the switch was asked to wait.
  [[nodiscard]] std::optional<v1::Response> receive(Interrupt const* interrupt = nullptr,
                                                    std::chrono::seconds longer = {});
  // Sends and receives; the switch may take the time it was asked to wait.
  [[nodiscard]] std::optional<v1::Response> call(v1::Request const& request,
                                                 Interrupt const* interrupt = nullptr);

  // In words; empty as long as all went well.
  [[nodiscard]] std::string const& failure() const { return failure_; }

 private:
  class Connection;
  Client(std::unique_ptr<Connection> connection, SwitchOptions where);
  [[nodiscard]] static std::string secure(Connection& connection, std::string const& name,
                                          SwitchOptions const& where);
  [[nodiscard]] std::optional<std::string> authenticate(std::string const& token);
  void fail(std::string_view why);
  void fail_late();

  std::unique_ptr<Connection> connection_;
  SwitchOptions where_;
  bool answered_ = false;  // once at least
  std::string failure_;
};

// --switch ADDR:PORT, or TORNTAPE_SWITCH, --timeout, and what a switch with a guard wants: a token,
// certificates.
void add_switch_options(CLI::App& command, SwitchOptions& where);

// Connects, or says on standard error why not.
[[nodiscard]] std::unique_ptr<Client> connect_or_complain(SwitchOptions const& where);

// 1 where the switch refuses what was asked; 2 where it could not do it now, whatever was asked.
[[nodiscard]] int exit_code(v1::Refusal const& refusal);

// A message that was submitted, and where it came from.
struct Submitted {
  std::string name;  // of the file, or "-"
  std::string text;
  grammar::Position position;

  // "archive.txt", or "archive.txt:120" for a message further down.
  [[nodiscard]] std::string place() const;
};

// Tells on standard error why a message was not accepted: errors and warnings drawn, notes with -v.
void tell_refusal(v1::Refusal const& refusal, Submitted const& submitted, Context const& context);

// 2026-11-24 20:49:17Z
[[nodiscard]] std::string in_words(google::protobuf::Timestamp const& time);
// "PRIORITY", "action"
[[nodiscard]] std::string_view in_words(v1::Precedence precedence);
[[nodiscard]] std::string_view in_words(v1::Kind kind);

// The text of a message as it is to be shown: on a terminal made harmless, line by line, otherwise byte
// for byte.
[[nodiscard]] std::string shown(std::string const& text);

}  // namespace torntape::cli
