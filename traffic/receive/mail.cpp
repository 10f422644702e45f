// smtp://127.0.0.1:2525: a mail server that takes everything (RFC 5321) and keeps the message of each mail,
// once for every mailbox it was for. It has no TLS and asks for no password.
#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include "traffic/receive/listener.hpp"
#include "traffic/receive/mail_text.hpp"

namespace torntape::receive {
namespace {

constexpr std::size_t longest_mail = std::size_t{8} << 20U;
constexpr std::size_t longest_line = 4096;

bool is_command(std::string_view line, std::string_view command) {
  if (line.size() < command.size()) return false;
  return std::ranges::equal(line.substr(0, command.size()), command,
                            [](unsigned char a, unsigned char b) { return std::toupper(a) == b; });
}

// "<a@b>" of "RCPT TO:<a@b> NOTIFY=NEVER".
std::string mailbox(std::string_view line) {
  auto const begin = line.find('<'), end = line.find('>');
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
  return std::string{line.substr(begin + 1, end - begin - 1)};
}

class Session : public std::enable_shared_from_this<Session> {
 public:
  using Take = std::function<void(std::string const& mail, std::vector<std::string> const& mailboxes)>;
  Session(Socket socket, Take take) : socket_{std::move(socket)}, take_{std::move(take)} {}

  void begin() {
    say("220 torntape receive");
    read();
  }
  // The mails taken so far are kept.
  void kept() {
    if (!std::exchange(waiting_, false)) return;
    say("250 kept");
    go_on();
  }

 private:
  void read() {
    socket_.async_read_some(boost::asio::buffer(buffer_),
                            [self = shared_from_this()](boost::system::error_code error, std::size_t size) {
                              if (error) return;
                              self->input_.append(self->buffer_.data(), size);
                              self->go_on();
                              self->read();
                            });
  }

  // A mail that is not yet kept is not yet answered, and what follows it waits.
  void go_on() {
    while (!waiting_) {
      auto const end = input_.find('\n');
      if (end == std::string::npos) break;
      auto line = input_.substr(0, end);
      input_.erase(0, end + 1);
      if (line.ends_with('\r')) line.pop_back();
      if (in_data_)
        data(line);
      else
        command(line);
    }
    if (!in_data_ && input_.size() > longest_line) close();
  }

  void command(std::string_view line) {
    if (is_command(line, "EHLO"))
      return say("250-torntape\r\n250-8BITMIME\r\n250-PIPELINING\r\n250 SIZE 8388608");
    if (is_command(line, "HELO")) return say("250 torntape");
    if (is_command(line, "MAIL FROM:")) return begin_mail();
    if (is_command(line, "RCPT TO:")) return add_mailbox(line);
    if (is_command(line, "DATA")) return begin_data();
    if (is_command(line, "RSET")) return begin_mail();
    if (is_command(line, "NOOP")) return say("250 well");
    if (is_command(line, "QUIT")) {
      say("221 bye");
      return close();
    }
    say("502 not here");
  }

  void begin_mail() {
    mailboxes_.clear();
    mail_.clear();
    say("250 well");
  }
  void add_mailbox(std::string_view line) {
    auto box = mailbox(line);
    if (box.empty()) return say("501 RCPT TO:<mailbox>");
    mailboxes_.push_back(std::move(box));
    say("250 well");
  }
  void begin_data() {
    if (mailboxes_.empty()) return say("503 for whom?");
    in_data_ = true;
    say("354 go on, to a line with a dot");
  }
  void data(std::string_view line) {
    if (line == ".") {
      in_data_ = false;
      if (mail_.size() > longest_mail) return say("552 too long");
      waiting_ = true;
      take_(mail_, mailboxes_);
      return;
    }
    if (line.starts_with('.')) line.remove_prefix(1);
    if (mail_.size() <= longest_mail) mail_.append(line).append("\n");
  }

  void say(std::string_view line) {
    boost::system::error_code ignored;
    boost::asio::write(socket_, boost::asio::buffer(fmt::format("{}\r\n", line)), ignored);
  }
  void close() {
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
  }

  Socket socket_;
  Take take_;
  std::array<char, std::size_t{16} * 1024> buffer_{};
  std::string input_, mail_;
  std::vector<std::string> mailboxes_;
  bool in_data_ = false;
  bool waiting_ = false;  // for the mail to be kept
};

class MailServer final : public Listener {
 private:
  void accepted(Socket socket) override {
    auto const take = [this](std::string const& mail, std::vector<std::string> const& mailboxes) {
      auto const text = text_of_mail(mail);
      for (auto const& mailbox : mailboxes) came_.push_back({text, mailbox});
    };
    auto const session = std::make_shared<Session>(std::move(socket), take);
    std::erase_if(sessions_, [](auto const& weak) { return weak.expired(); });
    sessions_.push_back(session);
    session->begin();
  }
  void kept() override {
    for (auto const& weak : sessions_)
      if (auto const session = weak.lock()) session->kept();
  }

  std::vector<std::weak_ptr<Session>> sessions_;
};

}  // namespace

Opened open_mail(send::Address const& address) { return listening<MailServer>(address); }

}  // namespace torntape::receive
