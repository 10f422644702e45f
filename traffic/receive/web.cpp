// http://127.0.0.1:8000: takes what is posted to any path, as text, as a torntape.v1.Message in Protobuf or
// JSON, and answers 204 once it is kept.
#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <torntape/v1/message.pb.h>

#include "traffic/receive/listener.hpp"
#include "wire/json.hpp"

namespace torntape::receive {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;

constexpr std::uint64_t longest_body = std::uint64_t{8} << 20U;

using Request = http::request<http::string_body>;

// None where it is no message.
std::optional<std::string> text_of(Request const& request) {
  auto const type = request[http::field::content_type];
  v1::Message message;
  if (type.starts_with("application/protobuf")) {
    if (!message.ParseFromString(request.body())) return std::nullopt;
    return message.text();
  }
  if (type.starts_with("application/json")) {
    if (wire::from_json(request.body(), message)) return std::nullopt;
    return message.text();
  }
  return request.body();
}

class WebSession : public std::enable_shared_from_this<WebSession> {
 public:
  using Take = std::function<void(std::string)>;
  WebSession(Socket socket, Take take) : stream_{std::move(socket)}, take_{std::move(take)} {}

  void read() {
    parser_.emplace();
    parser_->body_limit(longest_body);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                       if (!error) self->answer();
                     });
  }
  void kept() {
    if (auto const self = std::exchange(waiting_, nullptr)) write(http::status::no_content);
  }

 private:
  void answer() {
    auto const& request = parser_->get();
    if (request.method() != http::verb::post && request.method() != http::verb::put)
      return write(http::status::method_not_allowed);
    auto text = text_of(request);
    if (!text) return write(http::status::bad_request);
    waiting_ = shared_from_this();
    take_(std::move(*text));
  }
  void write(http::status status) {
    response_ = {status, parser_->get().version()};
    response_.keep_alive(parser_->get().keep_alive());
    if (status != http::status::no_content) response_.prepare_payload();
    http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (!error && self->response_.keep_alive()) self->read();
    });
  }

  Socket stream_;
  Take take_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::empty_body> response_;
  std::shared_ptr<WebSession> waiting_;  // itself, while its message is not yet kept
};

class WebServer final : public Listener {
 private:
  void accepted(Socket socket) override {
    auto const take = [this](std::string text) { came_.push_back({std::move(text)}); };
    auto const session = std::make_shared<WebSession>(std::move(socket), take);
    std::erase_if(sessions_, [](auto const& weak) { return weak.expired(); });
    sessions_.push_back(session);
    session->read();
  }
  void kept() override {
    for (auto const& weak : sessions_)
      if (auto const session = weak.lock()) session->kept();
  }

  std::vector<std::weak_ptr<WebSession>> sessions_;
};

}  // namespace

Opened open_web(send::Address const& address) { return listening<WebServer>(address); }

}  // namespace torntape::receive
