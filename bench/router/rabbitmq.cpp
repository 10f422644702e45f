#include <chrono>
#include <stdexcept>
#include <vector>

#include <amqp.h>
#include <amqp_tcp_socket.h>
#include <fmt/format.h>

#include "bench/router/engines.hpp"
#include "bench/router/traffic.hpp"

namespace torntape::bench::router {
namespace {

void check(bool good, std::string_view what) {
  if (!good) throw std::runtime_error(fmt::format("RabbitMQ: {}", what));
}

amqp_bytes_t bytes(std::string const& text) { return {text.size(), const_cast<char*>(text.data())}; }
amqp_table_entry_t entry(char const* key, std::string const& value) {
  amqp_table_entry_t made{amqp_cstring_bytes(key), {}};
  made.value.kind = AMQP_FIELD_KIND_UTF8;
  made.value.value.bytes = bytes(value);
  return made;
}

constexpr amqp_channel_t channel = 1;

void declare_queue(amqp_connection_state_t connection, std::string const& name) {
  static std::string const quorum = "quorum";
  auto kind = entry("x-queue-type", quorum);
  amqp_queue_declare(connection, channel, bytes(name), 0, 1, 0, 0, {1, &kind});
  check(amqp_get_rpc_reply(connection).reply_type == AMQP_RESPONSE_NORMAL, "no queue " + name);
}

// How many confirmations a frame brought: those up to its tag, where it says so.
std::size_t await_confirmed(amqp_connection_state_t connection, std::size_t answered) {
  amqp_frame_t frame;
  amqp_maybe_release_buffers(connection);
  check(amqp_simple_wait_frame(connection, &frame) == AMQP_STATUS_OK, "no confirmation came");
  check(frame.frame_type == AMQP_FRAME_METHOD && frame.payload.method.id == AMQP_BASIC_ACK_METHOD,
        "a message was refused");
  auto const* const ack = static_cast<amqp_basic_ack_t*>(frame.payload.method.decoded);
  return ack->multiple ? ack->delivery_tag - answered : 1;
}

}  // namespace

double rabbitmq(Load const& load) {
  auto* const connection = amqp_new_connection();
  auto* const socket = amqp_tcp_socket_new(connection);
  auto const colon = load.where.rfind(':');
  check(amqp_socket_open(socket, load.where.substr(0, colon).c_str(),
                         std::stoi(load.where.substr(colon + 1))) == AMQP_STATUS_OK,
        "no connection");
  check(amqp_login(connection, "/", 0, 131'072, 0, AMQP_SASL_METHOD_PLAIN, "guest", "guest").reply_type ==
            AMQP_RESPONSE_NORMAL,
        "no login");
  amqp_channel_open(connection, channel);
  amqp_confirm_select(connection, channel);
  std::vector<std::string> names;
  for (std::size_t i = 0; i != addressees; ++i) declare_queue(connection, names.emplace_back(queue(i)));

  std::vector<amqp_field_value_t> copies(addressees - 1);
  for (std::size_t i = 1; i != addressees; ++i) {
    copies[i - 1].kind = AMQP_FIELD_KIND_UTF8;
    copies[i - 1].value.bytes = bytes(names[i]);
  }
  amqp_table_entry_t carbon{amqp_cstring_bytes("CC"), {}};
  carbon.value.kind = AMQP_FIELD_KIND_ARRAY;
  carbon.value.value.array = {static_cast<int>(copies.size()), copies.data()};
  amqp_basic_properties_t properties{};
  properties._flags = AMQP_BASIC_HEADERS_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG;
  properties.headers = {1, &carbon};
  properties.delivery_mode = 2;

  Traffic const traffic{load.precedence};
  auto const began = std::chrono::steady_clock::now();
  std::size_t sent = 0, answered = 0;
  while (answered < load.messages) {
    while (sent != load.messages && sent - answered < load.window) {
      auto const text = traffic.message(load.first + sent++);
      check(amqp_basic_publish(connection, channel, amqp_empty_bytes, bytes(names[0]), 0, 0, &properties,
                               bytes(text)) == AMQP_STATUS_OK,
            "it takes no message");
    }
    answered += await_confirmed(connection, answered);
  }
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - began;
  amqp_connection_close(connection, AMQP_REPLY_SUCCESS);
  amqp_destroy_connection(connection);
  return took.count();
}

}  // namespace torntape::bench::router
