// nats://127.0.0.1:4222/telegrams: all that a stream keeps of a subject, acknowledged once it is kept here.
//
//   durable=NAME   a consumer that goes on where it stopped; without it, all from the beginning
//   core=yes       no stream: what is published from now on
#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <nats/nats.h>

#include "traffic/receive/receiver.hpp"
#include "traffic/send/destinations.hpp"

namespace torntape::receive {
namespace {

using std::chrono::milliseconds;

template <auto destroy>
struct Destroy {
  template <class T>
  void operator()(T* thing) const {
    destroy(thing);
  }
};
using Connection = std::unique_ptr<natsConnection, Destroy<natsConnection_Destroy>>;
using Context = std::unique_ptr<jsCtx, Destroy<jsCtx_Destroy>>;
using Subscription = std::unique_ptr<natsSubscription, Destroy<natsSubscription_Destroy>>;
using NatsMessage = std::unique_ptr<natsMsg, Destroy<natsMsg_Destroy>>;

constexpr std::size_t most_at_once = 256;

class JetStream final : public Receiver {
 public:
  JetStream(send::Address const& address, std::string subject)
      : text_{address.text},
        url_{fmt::format("nats://{}:{}", address.host, address.port == 0 ? 4222 : address.port)},
        user_{address.user},
        password_{address.password},
        subject_{std::move(subject)},
        durable_{address.option("durable")},
        core_{address.is_yes("core")} {}
  ~JetStream() override {
    unkept_.clear();
    subscription_.reset();
    context_.reset();
    connection_.reset();
  }

  [[nodiscard]] std::string connect() {
    natsOptions* options = nullptr;
    if (natsOptions_Create(&options) != NATS_OK) return "no memory";
    std::unique_ptr<natsOptions, Destroy<natsOptions_Destroy>> const owned{options};
    natsOptions_SetURL(options, url_.c_str());
    natsOptions_SetMaxReconnect(options, -1);
    natsOptions_SetReconnectWait(options, 200);
    natsOptions_SetTimeout(options, milliseconds{send::patience}.count());
    if (!user_.empty()) natsOptions_SetUserInfo(options, user_.c_str(), password_.c_str());
    natsConnection* connection = nullptr;
    auto const status = natsConnection_Connect(&connection, options);
    connection_.reset(connection);
    if (status != NATS_OK) return fmt::format("{}: {}", url_, natsStatus_GetText(status));
    return subscribe();
  }

  void work(Time until, std::vector<Receipt>& receipts) override {
    for (auto const& message : unkept_)
      if (!core_) natsMsg_Ack(message.get(), nullptr);
    unkept_.clear();
    while (unkept_.size() < most_at_once) {
      auto const wait = std::chrono::ceil<milliseconds>((unkept_.empty() ? until : Time{}) -
                                                        std::chrono::steady_clock::now());
      natsMsg* came = nullptr;
      auto const status =
          natsSubscription_NextMsg(&came, subscription_.get(), std::max<std::int64_t>(1, wait.count()));
      if (status != NATS_OK) {
        trouble_ = status == NATS_TIMEOUT ? "" : natsStatus_GetText(status);
        return;
      }
      receipts.push_back(
          {std::string(natsMsg_GetData(came), static_cast<std::size_t>(natsMsg_GetDataLength(came)))});
      unkept_.emplace_back(came);
    }
  }
  void finish(std::vector<Receipt>&) override {
    for (auto const& message : unkept_)
      if (!core_) natsMsg_AckSync(message.get(), nullptr, nullptr);
    unkept_.clear();
  }
  [[nodiscard]] std::string where() const override { return text_; }
  [[nodiscard]] std::string trouble() const override { return trouble_; }

 private:
  std::string subscribe() {
    natsSubscription* subscription = nullptr;
    natsStatus status = NATS_OK;
    jsErrCode error{};
    if (core_) {
      status = natsConnection_SubscribeSync(&subscription, connection_.get(), subject_.c_str());
      // What is published from now on comes: the server knows of it.
      if (status == NATS_OK)
        status = natsConnection_FlushTimeout(connection_.get(), milliseconds{send::patience}.count());
    } else {
      jsCtx* context = nullptr;
      status = natsConnection_JetStream(&context, connection_.get(), nullptr);
      context_.reset(context);
      jsSubOptions options;
      jsSubOptions_Init(&options);
      options.ManualAck = true;
      if (!durable_.empty()) options.Config.Durable = durable_.c_str();
      if (status == NATS_OK)
        status = js_SubscribeSync(&subscription, context, subject_.c_str(), nullptr, &options, &error);
    }
    subscription_.reset(subscription);
    if (status == NATS_OK) return {};
    return fmt::format("{}: no stream keeps '{}' ({}); ?core=yes takes what is published without one", text_,
                       subject_, natsStatus_GetText(status));
  }

  std::string text_, url_, user_, password_, subject_, durable_, trouble_;
  bool core_;
  Connection connection_;
  Context context_;
  Subscription subscription_;
  std::vector<NatsMessage> unkept_;
};

}  // namespace

Opened open_jetstream(send::Address const& address) {
  auto subject = address.path.empty() ? std::string{} : address.path.substr(1);
  if (subject.empty()) return fmt::format("{}: which subject? nats://HOST:PORT/SUBJECT", address.text);
  auto receiver = std::make_unique<JetStream>(address, std::move(subject));
  if (auto why = receiver->connect(); !why.empty()) return why;
  return receiver;
}

}  // namespace torntape::receive
