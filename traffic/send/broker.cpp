// amqp://guest:guest@127.0.0.1:5672/?queue=telegrams: published to RabbitMQ, persistent, each message
// confirmed. The path names the virtual host.
//
//   queue=…       the routing key; with {} in it one for every addressee, {} being its routing indicator: of
//   one
//                 publication the first is the key, the others stand in the header CC
//   exchange=…    the default one unless given
//   declare=…     quorum or classic: queues that are not there are made, durable
//
// A message that reaches no queue is refused.
#include <algorithm>
#include <ctime>
#include <deque>
#include <iterator>
#include <map>
#include <set>
#include <thread>
#include <utility>

#include <amqp.h>
#include <amqp_tcp_socket.h>
#include <fmt/format.h>

#include "grammar/parser.hpp"
#include "traffic/send/connecting.hpp"
#include "traffic/send/destinations.hpp"

namespace torntape::send {
namespace {

constexpr amqp_channel_t channel = 1;
constexpr int longest_frame = 131'072, heartbeat = 30;
constexpr std::uint16_t usual_port = 5672;

amqp_bytes_t bytes_of(std::string const& text) { return {text.size(), const_cast<char*>(text.data())}; }
std::string text_of(amqp_bytes_t bytes) {
  return bytes.len == 0 ? std::string{} : std::string(static_cast<char const*>(bytes.bytes), bytes.len);
}

amqp_table_entry_t entry(char const* key, std::string const& value) {
  amqp_table_entry_t made{amqp_cstring_bytes(key), {}};
  made.value.kind = AMQP_FIELD_KIND_UTF8;
  made.value.value.bytes = bytes_of(value);
  return made;
}

std::string in_words(amqp_rpc_reply_t const& reply) {
  if (reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION) return amqp_error_string2(reply.library_error);
  if (reply.reply_type != AMQP_RESPONSE_SERVER_EXCEPTION) return "no answer";
  if (reply.reply.id == AMQP_CONNECTION_CLOSE_METHOD)
    return text_of(static_cast<amqp_connection_close_t*>(reply.reply.decoded)->reply_text);
  if (reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD)
    return text_of(static_cast<amqp_channel_close_t*>(reply.reply.decoded)->reply_text);
  return "refused";
}

timeval until_then(Time until) {
  using std::chrono::microseconds;
  auto const left = std::max<std::int64_t>(
      0, std::chrono::ceil<microseconds>(until - std::chrono::steady_clock::now()).count());
  return {left / 1'000'000, left % 1'000'000};
}

struct Destroy {
  void operator()(amqp_connection_state_t_* connection) const { amqp_destroy_connection(connection); }
};

class Broker final : public Connecting {
 public:
  explicit Broker(Address const& address)
      : host_{address.host},
        user_{address.user.empty() ? "guest" : address.user},
        password_{address.user.empty() ? "guest" : address.password},
        vhost_{address.path.size() > 1 ? address.path.substr(1) : "/"},
        exchange_{address.option("exchange")},
        queue_{address.option("queue")},
        declare_{address.option("declare")},
        port_{address.port == 0 ? usual_port : address.port} {}

  void hand_over(Outgoing const& outgoing) override {
    auto const keys = keys_for(outgoing.text);
    if (keys.empty()) {
      at_once_.push_back({outgoing.number, Result::refused, "no addressee with a routing indicator"});
      return;
    }
    if (auto const why = declare_all(keys); !why.empty()) {
      broken_ = why;
      at_once_.push_back({outgoing.number, Result::not_taken, why});
      return;
    }
    publish(outgoing, keys);
  }

  void work(Time until, std::vector<Answer>& answers) override {
    std::ranges::move(at_once_, std::back_inserter(answers));
    at_once_.clear();
    if (!broken_.empty()) return break_off(answers);
    if (!up()) return std::this_thread::sleep_until(until);
    amqp_maybe_release_buffers(connection_.get());
    while (broken_.empty() && take(answers.empty() ? until : Time{}, answers)) {
    }
    if (!broken_.empty()) break_off(answers);
  }

  [[nodiscard]] bool knows_repeats() const override { return false; }

 private:
  void publish(Outgoing const& outgoing, std::vector<std::string> const& keys) {
    std::vector<amqp_field_value_t> copies(keys.size() - 1);
    for (std::size_t i = 0; i != copies.size(); ++i) {
      copies[i].kind = AMQP_FIELD_KIND_UTF8;
      copies[i].value.bytes = bytes_of(keys[i + 1]);
    }
    amqp_table_entry_t carbon{amqp_cstring_bytes("CC"), {}};
    carbon.value.kind = AMQP_FIELD_KIND_ARRAY;
    carbon.value.value.array = {static_cast<int>(copies.size()), copies.data()};
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_MESSAGE_ID_FLAG |
                        AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_TIMESTAMP_FLAG;
    properties.delivery_mode = 2;
    properties.message_id = bytes_of(outgoing.key);
    properties.content_type = amqp_cstring_bytes("text/plain");
    properties.timestamp = static_cast<std::uint64_t>(std::time(nullptr));
    if (!copies.empty()) {
      properties._flags |= AMQP_BASIC_HEADERS_FLAG;
      properties.headers = {1, &carbon};
    }
    auto const status =
        amqp_basic_publish(connection_.get(), channel, bytes_of(exchange_), bytes_of(keys.front()), 1, 0,
                           &properties, bytes_of(outgoing.text));
    under_way_[++last_tag_] = {outgoing.number, outgoing.key};
    if (status != AMQP_STATUS_OK) broken_ = amqp_error_string2(status);
  }

  [[nodiscard]] std::vector<std::string> keys_for(std::string const& text) const {
    auto const place = queue_.find("{}");
    if (place == std::string::npos) return {queue_};
    std::vector<std::string> keys;
    grammar::Parser parser;
    for (auto const& addressee : parser.parse(text).addressees) {
      if (addressee.other_means || addressee.routing_indicator.empty()) continue;
      auto key = queue_.substr(0, place);
      key.append(addressee.routing_indicator).append(queue_.substr(place + 2));
      if (std::ranges::find(keys, key) == keys.end()) keys.push_back(std::move(key));
    }
    return keys;
  }

  std::string declare_all(std::vector<std::string> const& keys) {
    if (declare_.empty()) return {};
    for (auto const& key : keys) {
      if (declared_.contains(key)) continue;
      auto kind = entry("x-queue-type", declare_);
      amqp_queue_declare(connection_.get(), channel, bytes_of(key), 0, 1, 0, 0, {1, &kind});
      auto const reply = amqp_get_rpc_reply(connection_.get());
      if (reply.reply_type != AMQP_RESPONSE_NORMAL) return fmt::format("queue {}: {}", key, in_words(reply));
      declared_.insert(key);
    }
    return {};
  }

  // One frame; false where none came until then.
  bool take(Time until, std::vector<Answer>& answers) {
    auto const wait = until_then(until);
    amqp_frame_t frame;
    auto const status = amqp_simple_wait_frame_noblock(connection_.get(), &frame, &wait);
    if (status == AMQP_STATUS_TIMEOUT) return false;
    if (status != AMQP_STATUS_OK) {
      broken_ = amqp_error_string2(status);
      return false;
    }
    if (frame.frame_type == AMQP_FRAME_METHOD)
      take_method(frame.payload.method, answers);
    else if (frame.frame_type == AMQP_FRAME_HEADER)
      returned_.insert(
          text_of(static_cast<amqp_basic_properties_t*>(frame.payload.properties.decoded)->message_id));
    return answers.empty() || broken_.empty();
  }

  void take_method(amqp_method_t const& method, std::vector<Answer>& answers) {
    switch (method.id) {
      case AMQP_BASIC_ACK_METHOD: {
        auto const& ack = *static_cast<amqp_basic_ack_t*>(method.decoded);
        return settle(ack.delivery_tag, ack.multiple != 0, Result::confirmed, answers);
      }
      case AMQP_BASIC_NACK_METHOD: {
        auto const& nack = *static_cast<amqp_basic_nack_t*>(method.decoded);
        return settle(nack.delivery_tag, nack.multiple != 0, Result::not_taken, answers);
      }
      case AMQP_CONNECTION_CLOSE_METHOD:
        broken_ = text_of(static_cast<amqp_connection_close_t*>(method.decoded)->reply_text);
        return;
      case AMQP_CHANNEL_CLOSE_METHOD:
        broken_ = text_of(static_cast<amqp_channel_close_t*>(method.decoded)->reply_text);
        return;
      default:
        return;
    }
  }

  void settle(std::uint64_t tag, bool multiple, Result result, std::vector<Answer>& answers) {
    auto const begin = multiple ? under_way_.begin() : under_way_.lower_bound(tag);
    auto const end = under_way_.upper_bound(tag);
    for (auto at = begin; at != end; ++at) {
      auto const& [number, key] = at->second;
      if (returned_.erase(key) != 0)
        answers.push_back({number, Result::refused, "it reaches no queue"});
      else
        answers.push_back(
            {number, result, result == Result::confirmed ? "" : "the broker could not take it"});
    }
    under_way_.erase(begin, end);
  }

  void break_off(std::vector<Answer>& answers) {
    auto const why = std::exchange(broken_, {});
    for (auto const& [tag, one] : under_way_)
      answers.push_back({one.number, Result::unknown, "connection lost: " + why});
    under_way_.clear();
    connection_.reset();
    lost(why);
  }

  std::string connect() override {
    connection_.reset(amqp_new_connection());
    declared_.clear();
    returned_.clear();
    last_tag_ = 0;
    auto* const socket = amqp_tcp_socket_new(connection_.get());
    timeval const limit{patience.count(), 0};
    if (auto const status = amqp_socket_open_noblock(socket, host_.c_str(), port_, &limit);
        status != AMQP_STATUS_OK)
      return fmt::format("nobody answers at {}:{}: {}", host_, port_, amqp_error_string2(status));
    amqp_set_handshake_timeout(connection_.get(), &limit);
    amqp_set_rpc_timeout(connection_.get(), &limit);
    auto reply = amqp_login(connection_.get(), vhost_.c_str(), 0, longest_frame, heartbeat,
                            AMQP_SASL_METHOD_PLAIN, user_.c_str(), password_.c_str());
    if (reply.reply_type != AMQP_RESPONSE_NORMAL) return "login: " + in_words(reply);
    amqp_channel_open(connection_.get(), channel);
    reply = amqp_get_rpc_reply(connection_.get());
    if (reply.reply_type != AMQP_RESPONSE_NORMAL) return in_words(reply);
    amqp_confirm_select(connection_.get(), channel);
    reply = amqp_get_rpc_reply(connection_.get());
    return reply.reply_type == AMQP_RESPONSE_NORMAL ? std::string{} : in_words(reply);
  }

  struct UnderWay {
    std::uint64_t number = 0;
    std::string key;
  };

  std::string host_, user_, password_, vhost_, exchange_, queue_, declare_, broken_;
  std::uint16_t port_;
  std::unique_ptr<amqp_connection_state_t_, Destroy> connection_;
  std::uint64_t last_tag_ = 0;
  std::map<std::uint64_t, UnderWay> under_way_;  // by tag
  std::set<std::string> declared_, returned_;    // queues; keys of messages
  std::vector<Answer> at_once_;
};

}  // namespace

Opened open_broker(Address const& address) {
  if (address.option("queue").empty())
    return fmt::format("{}: to which queue? ?queue=telegrams, or ?queue={{}} for one an addressee",
                       address.text);
  auto const declare = address.option("declare");
  if (!declare.empty() && declare != "quorum" && declare != "classic")
    return fmt::format("declare={} is neither quorum nor classic", declare);
  return std::make_unique<Broker>(address);
}

}  // namespace torntape::send
