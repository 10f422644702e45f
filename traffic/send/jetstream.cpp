// nats://127.0.0.1:4222/telegrams: published on a subject that a JetStream stream keeps, each message
// acknowledged by it. Nats-Msg-Id is the key of the message: what is sent again within the stream's window (2
// minutes, unless it says otherwise) is not there twice.
//
//   stream=NAME   is made, with files, if it is not there
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <google/protobuf/struct.pb.h>
#include <nats/nats.h>

#include "traffic/send/connecting.hpp"
#include "traffic/send/destinations.hpp"
#include "wire/json.hpp"

namespace torntape::send {
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
using Options = std::unique_ptr<natsOptions, Destroy<natsOptions_Destroy>>;
using Subscription = std::unique_ptr<natsSubscription, Destroy<natsSubscription_Destroy>>;
using Context = std::unique_ptr<jsCtx, Destroy<jsCtx_Destroy>>;
using NatsMessage = std::unique_ptr<natsMsg, Destroy<natsMsg_Destroy>>;

// Acknowledgements, from a thread of the library.
class Inbox {
 public:
  // The next; null where none came until then.
  [[nodiscard]] NatsMessage next(Time until) {
    std::unique_lock lock{mutex_};
    if (!came_.wait_until(lock, until, [this] { return !messages_.empty(); })) return nullptr;
    auto first = std::move(messages_.front());
    messages_.pop_front();
    return first;
  }
  // The library's thread comes no more.
  void await_end() {
    std::unique_lock lock{mutex_};
    came_.wait(lock, [this] { return ended_; });
    ended_ = false;
    messages_.clear();
  }

  static void take(natsConnection*, natsSubscription*, natsMsg* message, void* self) {
    auto& inbox = *static_cast<Inbox*>(self);
    std::lock_guard const lock{inbox.mutex_};
    inbox.messages_.emplace_back(message);
    inbox.came_.notify_one();
  }
  static void end(void* self) {
    auto& inbox = *static_cast<Inbox*>(self);
    std::lock_guard const lock{inbox.mutex_};
    inbox.ended_ = true;
    inbox.came_.notify_one();
  }

 private:
  bool ended_ = false;
  std::mutex mutex_;
  std::condition_variable came_;
  std::deque<NatsMessage> messages_;
};

// {"stream":"OUT","seq":7}, or {"error":{"code":503,"description":"…"}}.
Answer judge(std::uint64_t number, natsMsg* message) {
  google::protobuf::Struct json;
  auto const length = static_cast<std::size_t>(natsMsg_GetDataLength(message));
  if (wire::from_json({natsMsg_GetData(message), length}, json))
    return {number, Result::unknown, "what came is no acknowledgement of JetStream"};
  auto const& fields = json.fields();
  auto const error = fields.find("error");
  if (error == fields.end()) return {number, Result::confirmed};
  auto const& told = error->second.struct_value().fields();
  auto const words =
      told.contains("description") ? told.at("description").string_value() : std::string{"refused"};
  auto const full = told.contains("code") && told.at("code").number_value() == 503;
  return {number, full ? Result::not_taken : Result::refused, words};
}

class JetStream final : public Connecting {
 public:
  JetStream(Address const& address, std::string subject)
      : url_{fmt::format("nats://{}:{}", address.host, address.port == 0 ? 4222 : address.port)},
        user_{address.user},
        password_{address.password},
        subject_{std::move(subject)},
        stream_{address.option("stream")} {}

  ~JetStream() override { disconnect(); }

  void hand_over(Outgoing const& outgoing) override {
    auto const reply = fmt::format("{}.{}", inbox_, outgoing.number);
    natsMsg* made = nullptr;
    auto status = natsMsg_Create(&made, subject_.c_str(), reply.c_str(), outgoing.text.data(),
                                 static_cast<int>(outgoing.text.size()));
    NatsMessage const message{made};
    if (status == NATS_OK) status = natsMsgHeader_Set(made, "Nats-Msg-Id", outgoing.key.c_str());
    if (status == NATS_OK) status = natsConnection_PublishMsg(connection_.get(), made);
    if (status == NATS_MAX_PAYLOAD) {
      at_once_.push_back({outgoing.number, Result::refused, "longer than the server takes"});
      return;
    }
    under_way_[outgoing.number] = std::chrono::steady_clock::now() + patience;
    if (status != NATS_OK) broken_ = natsStatus_GetText(status);
  }

  void flush() override {
    if (connection_) natsConnection_FlushTimeout(connection_.get(), milliseconds{patience}.count());
  }

  void work(Time until, std::vector<Answer>& answers) override {
    std::ranges::move(at_once_, std::back_inserter(answers));
    at_once_.clear();
    if (!up()) return std::this_thread::sleep_until(until);
    take(until, answers);
    while (!answers.empty() && take(std::chrono::steady_clock::now(), answers)) {
    }
    auto const closed =
        natsConnection_IsClosed(connection_.get()) || natsConnection_IsReconnecting(connection_.get());
    if (closed && broken_.empty()) broken_ = "the server has closed the connection";
    if (!broken_.empty()) return break_off(answers);
    give_up_late(answers);
  }

  [[nodiscard]] bool knows_repeats() const override { return true; }

 private:
  // One acknowledgement; false where none came until then.
  bool take(Time until, std::vector<Answer>& answers) {
    auto const message = received_.next(until);
    if (!message) return false;
    std::string_view const subject{natsMsg_GetSubject(message.get())};
    auto const number = std::strtoull(subject.substr(subject.rfind('.') + 1).data(), nullptr, 10);
    if (under_way_.erase(number) == 0) return true;
    if (natsMsg_IsNoResponders(message.get())) {
      // Where the stream was there before it may come back.
      answers.push_back(
          {number, kept_some_ ? Result::not_taken : Result::refused, "no stream keeps this subject"});
      return true;
    }
    answers.push_back(judge(number, message.get()));
    kept_some_ = kept_some_ || answers.back().result == Result::confirmed;
    return true;
  }

  void give_up_late(std::vector<Answer>& answers) {
    auto const now = std::chrono::steady_clock::now();
    for (auto at = under_way_.begin(); at != under_way_.end();) {
      auto const late = at->second <= now;
      if (late) answers.push_back({at->first, Result::unknown, "no acknowledgement within 10 s"});
      at = late ? under_way_.erase(at) : std::next(at);
    }
  }

  void break_off(std::vector<Answer>& answers) {
    auto const why = std::exchange(broken_, {});
    for (auto const& [number, deadline] : under_way_)
      answers.push_back({number, Result::unknown, "connection lost: " + why});
    under_way_.clear();
    disconnect();
    lost(why);
  }

  void disconnect() {
    if (connection_) natsConnection_Close(connection_.get());
    if (acknowledgements_) received_.await_end();
    acknowledgements_.reset();
    connection_.reset();
  }

  std::string connect() override {
    disconnect();
    natsOptions* made = nullptr;
    if (natsOptions_Create(&made) != NATS_OK) return "no memory";
    Options const options{made};
    natsOptions_SetURL(made, url_.c_str());
    natsOptions_SetAllowReconnect(made, false);  // a repeat is ours to send, under the same key
    natsOptions_SetTimeout(made, milliseconds{patience}.count());
    natsOptions_SetNoRandomize(made, true);
    if (!user_.empty()) natsOptions_SetUserInfo(made, user_.c_str(), password_.c_str());
    natsConnection* connection = nullptr;
    auto status = natsConnection_Connect(&connection, made);
    connection_.reset(connection);
    if (status != NATS_OK) return fmt::format("{}: {}", url_, natsStatus_GetText(status));
    if (auto why = find_stream(); !why.empty()) return why;
    return listen();
  }

  std::string listen() {
    natsInbox* inbox = nullptr;
    if (natsInbox_Create(&inbox) != NATS_OK) return "no memory";
    inbox_ = inbox;
    natsInbox_Destroy(inbox);
    natsSubscription* subscription = nullptr;
    auto const status = natsConnection_Subscribe(&subscription, connection_.get(), (inbox_ + ".*").c_str(),
                                                 Inbox::take, &received_);
    if (status != NATS_OK) return natsStatus_GetText(status);
    acknowledgements_.reset(subscription);
    natsSubscription_SetOnCompleteCB(subscription, Inbox::end, &received_);
    return {};
  }

  // A server that has just started may not know its streams yet.
  std::string find_stream() {
    if (stream_.empty()) return {};
    jsCtx* made = nullptr;
    if (natsConnection_JetStream(&made, connection_.get(), nullptr) != NATS_OK) return "no JetStream";
    Context const context{made};
    jsStreamInfo* info = nullptr;
    jsErrCode error{};
    if (js_GetStreamInfo(&info, made, stream_.c_str(), nullptr, &error) == NATS_OK) {
      jsStreamInfo_Destroy(info);
      return {};
    }
    jsStreamConfig config;
    jsStreamConfig_Init(&config);
    char const* subject = subject_.c_str();
    config.Name = stream_.c_str();
    config.Subjects = &subject;
    config.SubjectsLen = 1;
    config.Storage = js_FileStorage;
    auto const status = js_AddStream(nullptr, made, &config, nullptr, &error);
    if (status == NATS_OK) return {};
    return fmt::format("stream {} cannot be made: {}", stream_, natsStatus_GetText(status));
  }

  std::string url_, user_, password_, subject_, stream_, inbox_, broken_;
  Inbox received_;
  Connection connection_;
  Subscription acknowledgements_;
  bool kept_some_ = false;
  std::map<std::uint64_t, Time> under_way_;  // and when an answer is late
  std::vector<Answer> at_once_;
};

}  // namespace

Opened open_jetstream(Address const& address) {
  auto subject = address.path.empty() ? std::string{} : address.path.substr(1);
  if (subject.empty()) return fmt::format("{}: on which subject? nats://HOST:PORT/SUBJECT", address.text);
  return std::make_unique<JetStream>(address, std::move(subject));
}

}  // namespace torntape::send
