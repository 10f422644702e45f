#include <atomic>
#include <chrono>
#include <stdexcept>

#include <fmt/format.h>
#include <nats/nats.h>

#include "bench/router/engines.hpp"
#include "bench/router/traffic.hpp"

namespace torntape::bench::router {
namespace {

void check(natsStatus status) {
  if (status != NATS_OK) throw std::runtime_error(std::string{"JetStream: "} + natsStatus_GetText(status));
}

void add_stream(jsCtx* js, char const* name, char const* subject) {
  jsStreamConfig config;
  check(jsStreamConfig_Init(&config));
  config.Name = name;
  config.Subjects = &subject;
  config.SubjectsLen = 1;
  config.Storage = js_FileStorage;
  check(js_AddStream(nullptr, js, &config, nullptr, nullptr));
}

}  // namespace

// One stream of bodies and one of references, a subject an addressee: what costs this engine least.
double jetstream(Load const& load) {
  natsConnection* connection = nullptr;
  check(natsConnection_ConnectTo(&connection, load.where.c_str()));
  std::atomic<bool> refused{false};
  jsOptions options;
  check(jsOptions_Init(&options));
  options.PublishAsync.MaxPending = static_cast<std::int64_t>(load.window * (1 + addressees));
  options.PublishAsync.StallWait = 60'000;
  options.PublishAsync.ErrHandlerClosure = &refused;
  options.PublishAsync.ErrHandler = [](jsCtx*, jsPubAckErr*, void* closure) {
    *static_cast<std::atomic<bool>*>(closure) = true;
  };
  jsCtx* js = nullptr;
  check(natsConnection_JetStream(&js, connection, &options));
  add_stream(js, "BODY", "body");
  add_stream(js, "QUEUE", "queue.*");
  Traffic const traffic{load.precedence};
  auto const publish = [js](std::string const& subject, std::string const& bytes) {
    check(js_PublishAsync(js, subject.c_str(), bytes.data(), static_cast<int>(bytes.size()), nullptr));
  };
  auto const began = std::chrono::steady_clock::now();
  for (std::size_t n = 0; n != load.messages; ++n) {
    publish("body", traffic.message(load.first + n));
    for (std::size_t i = 0; i != addressees; ++i)
      publish(fmt::format("queue.{}", queue(i)), fmt::format("{} {}", n, i == 0 ? "action" : "info"));
  }
  check(js_PublishAsyncComplete(js, nullptr));
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - began;
  if (refused) throw std::runtime_error("JetStream refused a message");
  jsCtx_Destroy(js);
  natsConnection_Destroy(connection);
  nats_Close();
  return took.count();
}

}  // namespace torntape::bench::router
