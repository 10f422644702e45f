#include "router/store/engine.hpp"

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nats/nats.h>

namespace torntape::store {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::string_view plain_scheme = "nats://", tls_scheme = "tls://";
constexpr auto bucket = "TORNTAPE";
constexpr milliseconds call_time{2'000};    // of one call of the engine
constexpr milliseconds start_time{15'000};  // within which a cluster has found its leaders
constexpr milliseconds pause_before_retry{50};
constexpr std::size_t most_overhead = 1'024;  // of an entry: its headers

// What the library gives is given back to it.
template <auto destroy>
struct Destroy {
  void operator()(auto* held) const { destroy(held); }
};
template <class Held, auto destroy>
using Owned = std::unique_ptr<Held, Destroy<destroy>>;

using Options = Owned<natsOptions, natsOptions_Destroy>;
using Connection = Owned<natsConnection, natsConnection_Destroy>;
using Context = Owned<jsCtx, jsCtx_Destroy>;
using Message = Owned<natsMsg, natsMsg_Destroy>;
using Subscription = Owned<natsSubscription, natsSubscription_Destroy>;
using Acknowledgement = Owned<jsPubAck, jsPubAck_Destroy>;
using StreamInfo = Owned<jsStreamInfo, jsStreamInfo_Destroy>;
using Bucket = Owned<kvStore, kvStore_Destroy>;
using BucketEntry = Owned<kvEntry, kvEntry_Destroy>;
using MetaData = Owned<jsMsgMetaData, jsMsgMetaData_Destroy>;

// libnats says where in its source it noticed: "(conn.c:1234): No server available for connection".
std::string_view without_place(std::string_view detail) {
  if (!detail.starts_with('(')) return detail;
  auto const end = detail.find("): ");
  return end == std::string_view::npos ? detail : detail.substr(end + 3);
}

Failure failure(natsStatus status) {
  natsStatus last = NATS_OK;
  auto const* const detail = nats_GetLastError(&last);
  std::string words = natsStatus_GetText(status);
  auto const said = last == status && detail != nullptr ? without_place(detail) : "";
  if (!said.empty() && said != words) words.append(": ").append(said);
  return {fmt::format("NATS JetStream: {}", words), true};
}

// It may work again in a moment: no answer, or no leader yet.
bool passes(natsStatus status, jsErrCode error) {
  switch (status) {
    case NATS_TIMEOUT:
    case NATS_NO_RESPONDERS:
    case NATS_CONNECTION_CLOSED:
    case NATS_CONNECTION_DISCONNECTED:
    case NATS_NO_SERVER:
    case NATS_IO_ERROR:
    case NATS_STALE_CONNECTION:
      return true;
    default:
      return error == JSClusterNotAvailErr || error == JSClusterNoPeersErr ||
             error == JSClusterNotLeaderErr || error == JSClusterPeerNotMemberErr ||
             error == JSInsufficientResourcesErr;
  }
}

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace

bool is_engine_address(std::string_view text) {
  return text.starts_with(plain_scheme) || text.starts_with(tls_scheme);
}

std::variant<EngineAddress, Failure> read_engine_address(std::string_view text) {
  auto const wrong = [&](std::string_view why) {
    return Failure{fmt::format(
        "'{}' is no address of NATS: {}; expected nats://HOST[:PORT],…[/NAME], or tls://…", text, why)};
  };
  if (text.find('@') != std::string_view::npos)
    return Failure{
        "a password in the address of NATS is seen by whoever looks at the processes of this machine: put "
        "USER:PASSWORD into a file, and name it by --store-credentials"};
  if (!is_engine_address(text)) return wrong("it does not begin with nats:// or tls://");
  EngineAddress address;
  address.tls = text.starts_with(tls_scheme);
  auto const scheme = address.tls ? tls_scheme : plain_scheme;
  auto hosts = text.substr(scheme.size());
  if (auto const slash = hosts.find_last_of('/');
      slash != std::string_view::npos && !hosts.substr(0, slash + 1).ends_with("//")) {
    address.log = hosts.substr(slash + 1);
    hosts = hosts.substr(0, slash);
    if (!is_name(address.log)) return wrong("a name has letters, digits, - and _");
  }
  while (!hosts.empty() || address.servers.empty()) {
    auto const comma = std::min(hosts.find(','), hosts.size());
    auto host = hosts.substr(0, comma);
    if (host.starts_with(scheme)) host.remove_prefix(scheme.size());
    if (host.empty()) return wrong("a host is missing");
    if (host.find('/') != std::string_view::npos) return wrong("one name, after the last host");
    address.servers.push_back(std::string(scheme).append(host));
    hosts.remove_prefix(std::min(comma + 1, hosts.size()));
  }
  return address;
}

class Engine::Client {
 public:
  Client(EngineAddress const& address, Connection connection, Context context)
      : hosts(address.servers.size()),
        log(address.log),
        stream(fmt::format("TORNTAPE-{}", address.log)),
        subject(fmt::format("torntape.{}.log", address.log)),
        claim_subject(fmt::format("$KV.{}.{}", bucket, address.log)),
        connection_(std::move(connection)),
        context_(std::move(context)) {}

  [[nodiscard]] natsConnection* connection() const { return connection_.get(); }
  [[nodiscard]] jsCtx* context() const { return context_.get(); }

  [[nodiscard]] natsStatus make_stream(unsigned replicas, jsErrCode& error) const;
  [[nodiscard]] natsStatus make_bucket(unsigned replicas);
  // Once.
  [[nodiscard]] Written publish(std::string const& to, std::string_view bytes, char const* condition,
                                std::uint64_t expected, std::string const& id, milliseconds time,
                                bool& again) const;

  std::size_t hosts;
  std::string log, stream, subject, claim_subject;
  Subscription reading;
  Bucket writers;

 private:
  Connection connection_;
  Context context_;
};

Engine::Engine(std::unique_ptr<Client> client) : client_(std::move(client)) {}
Engine::~Engine() = default;

namespace {

// Over TLS the certificate of a server must be for the name or the number by which it is called.
natsStatus set_access(natsOptions* options, EngineAddress const& address) {
  auto const& access = address.access;
  auto status = NATS_OK;
  auto const set = [&status](bool wanted, auto const& call) {
    if (status == NATS_OK && wanted) status = call();
  };
  set(address.tls, [&] { return natsOptions_SetSecure(options, true); });
  set(!access.authorities.empty(),
      [&] { return natsOptions_LoadCATrustedCertificates(options, access.authorities.c_str()); });
  set(!access.certificate.empty(), [&] {
    return natsOptions_LoadCertificatesChain(options, access.certificate.c_str(), access.key.c_str());
  });
  set(!access.credentials.empty(),
      [&] { return natsOptions_SetUserCredentialsFromFiles(options, access.credentials.c_str(), nullptr); });
  set(!access.user.empty(),
      [&] { return natsOptions_SetUserInfo(options, access.user.c_str(), access.password.c_str()); });
  return status;
}

}  // namespace

Engine::Opened Engine::connect(EngineAddress const& address, std::string const& called) {
  std::vector<char const*> servers;
  servers.reserve(address.servers.size());
  for (auto const& server : address.servers) servers.push_back(server.c_str());
  natsOptions* made = nullptr;
  auto status = natsOptions_Create(&made);
  Options const options(made);
  auto const set = [&status](natsStatus done) {
    if (status == NATS_OK) status = done;
  };
  set(natsOptions_SetServers(made, servers.data(), static_cast<int>(servers.size())));
  set(natsOptions_SetName(made, called.c_str()));
  set(natsOptions_SetTimeout(made, call_time.count()));
  set(natsOptions_SetMaxReconnect(made, -1));
  set(natsOptions_SetReconnectWait(made, 250));
  set(natsOptions_SetReconnectJitter(made, 100, 100));
  set(natsOptions_SetPingInterval(made, 2'000));
  set(natsOptions_SetMaxPingsOut(made, 2));
  // The library would print what goes wrong; who calls is told of it.
  set(natsOptions_SetErrorHandler(
      made, [](natsConnection*, natsSubscription*, natsStatus, void*) {}, nullptr));
  set(natsOptions_SetFailRequestsOnDisconnect(made, true));
  set(set_access(made, address));
  natsConnection* connected = nullptr;
  if (status == NATS_OK) status = natsConnection_Connect(&connected, made);
  Connection connection(connected);
  jsCtx* context = nullptr;
  if (status == NATS_OK) {
    jsOptions js;
    jsOptions_Init(&js);
    js.Wait = call_time.count();
    status = natsConnection_JetStream(&context, connected, &js);
  }
  Context owned(context);
  if (status != NATS_OK)
    return Failure{
        fmt::format("cannot reach {}: {}", fmt::join(address.servers, ", "), failure(status).message), true};
  return std::unique_ptr<Engine>(
      new Engine(std::make_unique<Client>(address, std::move(connection), std::move(owned))));
}

natsStatus Engine::Client::make_stream(unsigned replicas, jsErrCode& error) const {
  jsStreamInfo* found = nullptr;
  auto status = js_GetStreamInfo(&found, context(), stream.c_str(), nullptr, &error);
  StreamInfo const info(found);
  if (status == NATS_OK && (replicas == 0 || found->Config->Replicas == static_cast<std::int64_t>(replicas)))
    return status;
  jsStreamConfig config;
  jsStreamConfig_Init(&config);
  auto const* to = subject.c_str();
  config.Name = stream.c_str();
  config.Description = "the log of a switch of torntape";
  config.Subjects = &to;
  config.SubjectsLen = 1;
  config.Storage = js_FileStorage;
  config.Replicas = replicas != 0 ? replicas : hosts >= 3 ? 3 : 1;
  if (status == NATS_OK) {
    config.Duplicates = found->Config->Duplicates;
    return js_UpdateStream(nullptr, context(), &config, nullptr, &error);
  }
  if (status != NATS_NOT_FOUND) return status;
  return js_AddStream(nullptr, context(), &config, nullptr, &error);
}

natsStatus Engine::Client::make_bucket(unsigned replicas) {
  kvStore* made = nullptr;
  auto status = js_KeyValue(&made, context(), bucket);
  if (status == NATS_NOT_FOUND) {
    kvConfig config;
    kvConfig_Init(&config);
    config.Bucket = bucket;
    config.Description = "which switch of torntape writes which log";
    config.History = 1;
    config.StorageType = js_FileStorage;
    config.Replicas = static_cast<int>(replicas != 0 ? replicas : hosts >= 3 ? 3 : 1);
    status = js_CreateKeyValue(&made, context(), &config);
  }
  if (status == NATS_OK) writers.reset(made);
  return status;
}

std::optional<Failure> Engine::prepare(unsigned replicas) {
  auto const until = Clock::now() + start_time;
  for (;;) {
    jsErrCode error{};
    auto status = client_->make_stream(replicas, error);
    auto why = status == NATS_OK ? Failure{} : failure(status);
    if (status == NATS_OK) {
      status = client_->make_bucket(replicas);
      if (status == NATS_OK) return std::nullopt;
      why = failure(status);
    }
    // What two switches make at the same time, one of them finds made.
    if (Clock::now() > until || (!passes(status, error) && Clock::now() > until - start_time + call_time))
      return why;
    std::this_thread::sleep_for(4 * pause_before_retry);
  }
}

bool Engine::has_log() {
  jsErrCode error{};
  jsStreamInfo* found = nullptr;
  auto const status = js_GetStreamInfo(&found, client_->context(), client_->stream.c_str(), nullptr, &error);
  StreamInfo const info(found);
  return status == NATS_OK;
}

bool Engine::connected() const {
  return natsConnection_Status(client_->connection()) == NATS_CONN_STATUS_CONNECTED;
}

std::string Engine::server() const {
  std::array<char, 256> url{};
  if (natsConnection_GetConnectedUrl(client_->connection(), url.data(), url.size()) != NATS_OK) return {};
  return url.data();
}

std::size_t Engine::most_bytes() const {
  auto const most = natsConnection_GetMaxPayload(client_->connection());
  return most > static_cast<std::int64_t>(2 * most_overhead) ? static_cast<std::size_t>(most) - most_overhead
                                                             : most_overhead;
}

std::variant<Engine::LogState, Failure> Engine::state() {
  jsErrCode error{};
  jsStreamInfo* found = nullptr;
  auto const status = js_GetStreamInfo(&found, client_->context(), client_->stream.c_str(), nullptr, &error);
  StreamInfo const info(found);
  if (status == NATS_NOT_FOUND)
    return Failure{fmt::format("the log {} is gone from NATS", client_->stream), true};
  if (status != NATS_OK) return failure(status);
  return LogState{std::to_string(found->Created), found->State.FirstSeq, found->State.LastSeq,
                  found->State.Bytes};
}

Engine::Written Engine::Client::publish(std::string const& to, std::string_view bytes, char const* condition,
                                        std::uint64_t expected, std::string const& id, milliseconds time,
                                        bool& again) const {
  natsMsg* made = nullptr;
  auto status = natsMsg_Create(&made, to.c_str(), nullptr, bytes.data(), static_cast<int>(bytes.size()));
  Message const message(made);
  // By hand: the library leaves out a condition of 0.
  if (status == NATS_OK) status = natsMsgHeader_Set(made, condition, std::to_string(expected).c_str());
  if (status == NATS_OK && !id.empty()) status = natsMsgHeader_Set(made, "Nats-Msg-Id", id.c_str());
  jsPubOptions options;
  jsPubOptions_Init(&options);
  options.MaxWait = std::max<std::int64_t>(time.count(), 1);
  jsErrCode error{};
  jsPubAck* acknowledged = nullptr;
  if (status == NATS_OK) status = js_PublishMsg(&acknowledged, context(), made, &options, &error);
  Acknowledgement const owned(acknowledged);
  if (status == NATS_OK) return acknowledged->Sequence;
  if (error == JSStreamWrongLastSequenceErr) return Conflict{};
  again = passes(status, error);
  return failure(status);
}

Engine::Written Engine::append(std::string_view bytes, std::uint64_t last, std::string const& id,
                               milliseconds patience) {
  auto const until = Clock::now() + patience;
  for (;;) {
    auto const left = std::chrono::ceil<milliseconds>(until - Clock::now());
    bool again = false;
    auto written = client_->publish(client_->subject, bytes, "Nats-Expected-Last-Sequence", last, id,
                                    std::min(left, call_time), again);
    if (!again || Clock::now() + pause_before_retry > until) return written;
    std::this_thread::sleep_for(pause_before_retry);
  }
}

std::variant<Engine::Entry, Failure> Engine::read(std::uint64_t sequence) {
  jsErrCode error{};
  natsMsg* found = nullptr;
  auto const status =
      js_GetMsg(&found, client_->context(), client_->stream.c_str(), sequence, nullptr, &error);
  Message const message(found);
  if (status != NATS_OK) return failure(status);
  return Entry{sequence, {natsMsg_GetData(found), static_cast<std::size_t>(natsMsg_GetDataLength(found))}};
}

std::optional<Failure> Engine::drop_before(std::uint64_t sequence) {
  jsOptions options;
  jsOptions_Init(&options);
  options.Wait = call_time.count();
  options.Stream.Purge.Sequence = sequence;
  jsErrCode error{};
  auto const status = js_PurgeStream(client_->context(), client_->stream.c_str(), &options, &error);
  return status == NATS_OK ? std::nullopt : std::optional(failure(status));
}

std::optional<Failure> Engine::read_from(std::uint64_t sequence) {
  client_->reading.reset();
  jsSubOptions options;
  jsSubOptions_Init(&options);
  options.Stream = client_->stream.c_str();
  options.Ordered = true;
  options.Config.DeliverPolicy = js_DeliverByStartSequence;
  options.Config.OptStartSeq = sequence;
  jsErrCode error{};
  natsSubscription* made = nullptr;
  auto status =
      js_SubscribeSync(&made, client_->context(), client_->subject.c_str(), nullptr, &options, &error);
  client_->reading.reset(made);
  if (status == NATS_OK) status = natsSubscription_SetPendingLimits(made, -1, -1);
  return status == NATS_OK ? std::nullopt : std::optional(failure(status));
}

void Engine::stop_reading() { client_->reading.reset(); }

std::variant<std::optional<Engine::Entry>, Failure> Engine::next(milliseconds time) {
  natsMsg* found = nullptr;
  auto status = natsSubscription_NextMsg(&found, client_->reading.get(), time.count());
  Message const message(found);
  if (status == NATS_TIMEOUT) return std::optional<Entry>{};
  jsMsgMetaData* meta = nullptr;
  if (status == NATS_OK) status = natsMsg_GetMetaData(&meta, found);
  MetaData const owned(meta);
  if (status != NATS_OK) return failure(status);
  return std::optional<Entry>(
      Entry{meta->Sequence.Stream,
            {natsMsg_GetData(found), static_cast<std::size_t>(natsMsg_GetDataLength(found))}});
}

std::variant<Engine::Claim, Failure> Engine::claim() {
  kvEntry* found = nullptr;
  auto const status = kvStore_Get(&found, client_->writers.get(), client_->log.c_str());
  BucketEntry const entry(found);
  if (status == NATS_NOT_FOUND) return Claim{};
  if (status != NATS_OK) return failure(status);
  return Claim{
      {static_cast<char const*>(kvEntry_Value(found)), static_cast<std::size_t>(kvEntry_ValueLen(found))},
      kvEntry_Revision(found)};
}

Engine::Written Engine::claim(std::string const& writer, std::uint64_t revision) {
  bool again = false;
  return client_->publish(client_->claim_subject, writer, "Nats-Expected-Last-Subject-Sequence", revision, {},
                          milliseconds{1'000}, again);
}

}  // namespace torntape::store
