#include "router/service/protobuf_session.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>
#include <torntape/v1/switch.pb.h>

#include "router/service/caller.hpp"
#include "router/service/collect_request.hpp"
#include "router/service/delivery.hpp"
#include "router/service/intake.hpp"
#include "router/service/journal.hpp"
#include "router/service/limits.hpp"
#include "router/service/permission.hpp"
#include "router/service/queue_name.hpp"
#include "router/service/response.hpp"
#include "router/service/subscription.hpp"
#include "router/service/wrong_tokens.hpp"
#include "wire/delimited.hpp"

namespace torntape::service {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// A request under way.
struct Pending {
  std::uint64_t id = 0;
  v1::Request::VerbCase verb = v1::Request::VERB_NOT_SET;
  std::size_t bytes = 0;                         // of its frame
  bool filing = false;                           // counted among the bytes being filed
  std::shared_ptr<store::Store::Stored> stored;  // of a MessageRequest
  std::shared_ptr<std::vector<relay::CopyId> const> copies =
      {};  // of an AcknowledgeRequest, a ReleaseRequest
};

// Copies of a queue that are sent as they come, under the id of the request.
struct Subscribed {
  Subscribed(std::uint64_t of, relay::Asked asked, std::uint32_t granted,
             asio::any_io_executor const& executor)
      : id{of}, question{std::move(asked)}, credit{granted, question.lease}, lease_ends{executor} {}

  std::uint64_t id;
  relay::Asked question;
  Subscription credit;
  asio::steady_timer lease_ends;  // of the first copy that is out, where there is no credit
  bool asking = false;            // until what comes of it is ready to be written
  bool over = false;
};
using SharedSubscribed = std::shared_ptr<Subscribed>;

// A submission that waits to be judged, or is being judged. Whoever takes it answers it.
struct Filing {
  Pending pending;
  std::string text;
  std::atomic<bool> taken{false};

  [[nodiscard]] bool take() { return !taken.exchange(true); }
};

// An answer that may be long; put together only when there is room for it.
using LongAnswer = std::function<std::string()>;

PeekAsked peek_asked(v1::CollectRequest const& request) {
  auto const most = relay::Limits{}.copies_handed;
  return {.queue = request.queue(),
          .max = std::clamp<std::size_t>(request.max(), 1, most),
          .action = request.kind() != v1::KIND_INFO,
          .info = request.kind() != v1::KIND_ACTION};
}

// The id that cannot be read, if there is one.
std::optional<std::string> read_ids(google::protobuf::RepeatedPtrField<std::string> const& texts,
                                    std::vector<relay::CopyId>& ids) {
  for (auto const& text : texts)
    if (!relay::read(text, ids.emplace_back())) return text;
  return std::nullopt;
}

// What was asked is done.
void done(v1::Request::VerbCase verb, v1::Response& response) {
  if (verb == v1::Request::kAcknowledge)
    response.mutable_acknowledge();
  else if (verb == v1::Request::kRelease)
    response.mutable_release();
  else if (verb == v1::Request::kReroute)
    response.mutable_reroute();
  else if (verb == v1::Request::kCloseCircuit)
    response.mutable_close_circuit();
  else
    response.mutable_open_circuit();
}

class Session final : public Connection, public std::enable_shared_from_this<Session> {
 public:
  Session(std::unique_ptr<Stream> stream, Floor& floor, relay::ReaderId reader, std::function<void()> ended)
      : stream_{std::move(stream)},
        floor_{floor},
        reader_{reader},
        ended_{std::move(ended)},
        caller_{floor.guard, stream_->names()},
        intake_{floor.directory.shared(), floor.admission},
        judging_{asio::make_strand(floor.judges)},
        room_{stream_->get_executor(), asio::steady_timer::time_point::max()},
        output_{stream_->get_executor(), asio::steady_timer::time_point::max()},
        deadline_{stream_->get_executor()},
        credential_due_{stream_->get_executor()} {}

  void start();
  void drain() override;
  void abort() override;

 private:
  using Self = std::shared_ptr<Session>;

  // The two halves of a connection (CONTRIBUTING.md says how coroutines are written here).
  static asio::awaitable<void> receive(Self self);
  static asio::awaitable<void> take_frames(Self self);
  static asio::awaitable<void> transmit(Self self);
  static asio::awaitable<void> write_all(Self self);

  void spawn(asio::awaitable<void> half);
  void want_credential();
  void half_over(std::exception_ptr const& exception);

  // Requests.
  void take(std::string_view frame);
  void take(v1::Request request, std::size_t bytes);
  void authenticate(v1::AuthenticateRequest const& request, Pending const& pending);
  [[nodiscard]] Caller::Refused refused(v1::Request const& request);
  void obey(v1::Request request, Pending pending);
  void submit(v1::Request request, Pending pending);
  void judge(Filing& filing);
  [[nodiscard]] Judged judged(std::string text);
  void refuse_waiting_filings();
  void ask_queues(v1::QueuesRequest const& request, Pending pending);
  void collect(v1::CollectRequest request, Pending pending);
  void settle_copies(v1::Request const& request, Pending pending);
  void reroute(v1::RerouteRequest const& request, Pending pending);
  void subscribe(v1::SubscribeRequest const& request, Pending const& pending);
  void ask_on(SharedSubscribed const& subscribed);
  void push(SharedSubscribed const& subscribed, Reply reply);
  [[nodiscard]] Pending pushed(SharedSubscribed const& subscribed);
  void back(std::vector<relay::CopyId> const& copies);
  void end(SharedSubscribed const& subscribed);
  void tell_message(v1::MessageRequest const& request, Pending pending);
  void search(v1::JournalRequest const& request, Pending pending);
  void handle(relay::Event event, Pending pending);
  void ask(Question question, Pending pending);
  [[nodiscard]] Answer answer_on_strand(Pending pending);

  // Answers.
  void reply(Pending const& pending, Reply reply);
  void hand(Pending const& pending, std::vector<relay::HandedCopy> copies, bool leased);
  [[nodiscard]] Collected fill(std::uint64_t id, std::vector<relay::HandedCopy> const& copies, bool leased);
  void tell(Pending const& pending, Statuses const& statuses);
  void refuse(Pending const& pending, v1::Refusal refusal);
  void answer(Pending const& pending, v1::Response response);
  void answer_long(Pending const& pending, LongAnswer long_answer);
  void refuse_frame(v1::Reason reason, std::string_view message);
  void settled(Pending const& pending);
  void build_long_answers();

  // State.
  [[nodiscard]] bool has_room() const;
  [[nodiscard]] bool all_answered() const;
  [[nodiscard]] std::size_t unwritten() const { return out_.size() + writing_.size(); }
  void discard_input();
  void reader_gone();
  void close_after(std::chrono::seconds delay);
  void close();

  std::unique_ptr<Stream> stream_;
  Floor& floor_;
  relay::ReaderId reader_;
  std::function<void()> ended_;
  Caller caller_;
  Intake intake_;                                           // used on `judging_` alone
  asio::strand<asio::thread_pool::executor_type> judging_;  // one after the other, in order of arrival
  std::deque<std::shared_ptr<Filing>> filings_;
  asio::steady_timer room_;      // wakes `receive`
  asio::steady_timer output_;    // wakes `transmit`
  asio::steady_timer deadline_;  // of a write, or of the other end's closing
  asio::steady_timer credential_due_;
  unsigned wrong_tokens_ = 0;

  wire::DelimitedReader frames_{max_request};
  std::array<char, read_size> read_buffer_;  // not cleared: an idle connection has no page of it
  bool discarding_ = false;                  // what still comes in is thrown away
  bool read_ended_ = false;                  // no more bytes will come
  bool draining_ = false;
  bool broken_ = false;  // nothing can be written any more
  bool gone_ = false;    // the relay was told that the reader is gone
  std::size_t unanswered_ = 0;
  std::size_t unanswered_bytes_ = 0;
  std::deque<std::pair<Pending, LongAnswer>> long_answers_;
  std::vector<SharedSubscribed> subscriptions_;
  std::string out_;      // answers to be written
  std::string writing_;  // answers being written
  int halves_ = 0;
};

// --- Life ---------------------------------------------------------------------------------------------

void Session::start() {
  asio::post(stream_->get_executor(), [self = shared_from_this()] {
    self->halves_ = 2;
    self->want_credential();
    self->spawn(receive(self));
    self->spawn(transmit(self));
  });
}

// Whoever does not say who they are keeps no place.
void Session::want_credential() {
  if (!caller_.known()) return;
  credential_due_.expires_after(first_credential);
  credential_due_.async_wait([self = shared_from_this()](error_code cancelled) {
    if (!cancelled && self->caller_.known()) self->close();
  });
}

void Session::spawn(asio::awaitable<void> half) {
  asio::co_spawn(
      stream_->get_executor(), std::move(half),
      [self = shared_from_this()](std::exception_ptr const& exception) { self->half_over(exception); });
}

void Session::half_over(std::exception_ptr const& exception) {
  if (exception) {
    spdlog::error("a connection ends for want of memory or by a fault of the switch");
    broken_ = true;
    close();
  }
  if (--halves_ != 0) return;
  close();
  ended_();
}

void Session::drain() {
  asio::post(stream_->get_executor(), [self = shared_from_this()] {
    self->draining_ = true;
    self->refuse_waiting_filings();
    self->reader_gone();
    self->output_.cancel();
  });
}

void Session::abort() {
  asio::post(stream_->get_executor(), [self = shared_from_this()] { self->close(); });
}

void Session::close() {
  stream_->close();
  deadline_.cancel();
  credential_due_.cancel();
  room_.cancel();
  output_.cancel();
  broken_ = true;
  refuse_waiting_filings();
}

void Session::close_after(std::chrono::seconds delay) {
  deadline_.expires_after(delay);
  deadline_.async_wait([self = shared_from_this()](error_code cancelled) {
    if (!cancelled) self->close();
  });
}

// Ends the leases of this session and drops its questions.
void Session::reader_gone() {
  if (std::exchange(gone_, true)) return;
  for (auto const& subscribed : std::vector{subscriptions_}) end(subscribed);
  floor_.house.handle(relay::ReaderGone{reader_}, nullptr);
}

// --- Receiving ----------------------------------------------------------------------------------------

asio::awaitable<void> Session::receive(Self self) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  auto const space = asio::buffer(self->read_buffer_);
  while (!self->broken_) {
    auto const size = co_await self->stream_->async_read_some(space, token);
    if (error) break;
    if (self->discarding_) continue;
    self->frames_.feed({self->read_buffer_.data(), size});
    auto frames = take_frames(self);
    co_await std::move(frames);
  }
  if (error && error != asio::error::eof) self->broken_ = true;
  self->read_ended_ = true;
  self->reader_gone();
  self->output_.cancel();
}

// Waits before each frame until there is room for one more request.
asio::awaitable<void> Session::take_frames(Self self) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  while (!self->broken_ && !self->discarding_) {
    if (!self->has_room()) {
      co_await self->room_.async_wait(token);
      continue;
    }
    auto const frame = self->frames_.next();
    if (frame.state == wire::FrameState::partial) break;
    if (frame.state == wire::FrameState::whole)
      self->take(frame.bytes);
    else if (frame.state == wire::FrameState::over_limit)
      self->refuse_frame(v1::REASON_TOO_LARGE, "the frame is longer than 4 MiB");
    else
      self->refuse_frame(v1::REASON_MALFORMED, "the length of the frame is no varint");
  }
}

bool Session::has_room() const {
  return unanswered_ < max_unanswered && unanswered_bytes_ < max_unanswered_bytes &&
         unwritten() < max_unwritten;
}

// What still comes in is read and thrown away, so that the last answer is not lost to a reset.
void Session::discard_input() {
  discarding_ = true;
  reader_gone();
  output_.cancel();
}

void Session::take(std::string_view frame) {
  v1::Request request;
  if (request.ParseFromArray(frame.data(), static_cast<int>(frame.size())))
    take(std::move(request), frame.size());
  else
    refuse_frame(v1::REASON_MALFORMED, "the frame is no Request");
}

void Session::take(v1::Request request, std::size_t bytes) {
  Pending pending;
  pending.id = request.id();
  pending.verb = request.verb_case();
  pending.bytes = bytes;
  ++unanswered_;
  unanswered_bytes_ += bytes;
  if (draining_) return refuse(pending, refusal(v1::REASON_CLOSING, "the switch is closing"));
  if (request.has_authenticate()) return authenticate(request.authenticate(), pending);
  if (auto why = refused(request)) return refuse(pending, std::move(*why));
  obey(std::move(request), std::move(pending));
}

// Who guesses is cut off.
void Session::authenticate(v1::AuthenticateRequest const& request, Pending const& pending) {
  bool const shown = caller_.show(request.token());
  if (auto why = caller_.known(); why && !shown) {
    tell_wrong_token(stream_->peer());
    refuse(pending, std::move(*why));
    if (++wrong_tokens_ == max_wrong_tokens) discard_input();
    return;
  }
  credential_due_.cancel();
  v1::Response response;
  response.mutable_authenticate()->set_name(caller_.name());
  answer(pending, std::move(response));
}

// As far as it can be told before a queue or a copy is looked up.
Caller::Refused Session::refused(v1::Request const& request) {
  if (auto why = caller_.admitted()) return why;
  switch (request.verb_case()) {
    case v1::Request::kSubmit:
      return caller_.may(Verb::file);
    case v1::Request::kQueues:
    case v1::Request::kMessage:
      return caller_.may(Verb::look);
    case v1::Request::kJournal:
      return caller_.may_with_all_queues(Verb::look);
    case v1::Request::kCollect:
      return caller_.may(request.collect().peek() ? Verb::look : Verb::collect);
    case v1::Request::kSubscribe:
    case v1::Request::kAcknowledge:
    case v1::Request::kRelease:
      return caller_.may(Verb::collect);
    case v1::Request::kReroute:
      return caller_.may(Verb::operate, relay::intercept_queue);
    case v1::Request::kCloseCircuit:
      return caller_.may(Verb::operate, relay::circuit_queue(request.close_circuit().circuit()));
    case v1::Request::kOpenCircuit:
      return caller_.may(Verb::operate, relay::circuit_queue(request.open_circuit().circuit()));
    case v1::Request::kAuthenticate:
    case v1::Request::VERB_NOT_SET:
      break;
  }
  return std::nullopt;
}

void Session::obey(v1::Request request, Pending pending) {
  switch (request.verb_case()) {
    case v1::Request::kSubmit:
      return submit(std::move(request), std::move(pending));
    case v1::Request::kQueues:
      return ask_queues(request.queues(), std::move(pending));
    case v1::Request::kCollect:
      return collect(request.collect(), std::move(pending));
    case v1::Request::kSubscribe:
      return subscribe(request.subscribe(), pending);
    case v1::Request::kAcknowledge:
    case v1::Request::kRelease:
      return settle_copies(request, std::move(pending));
    case v1::Request::kMessage:
      return tell_message(request.message(), std::move(pending));
    case v1::Request::kJournal:
      return search(request.journal(), std::move(pending));
    case v1::Request::kReroute:
      return reroute(request.reroute(), std::move(pending));
    case v1::Request::kCloseCircuit:
      return handle(relay::CircuitClosed{.ticket = 0, .circuit = request.close_circuit().circuit()},
                    std::move(pending));
    case v1::Request::kOpenCircuit:
      return handle(relay::CircuitOpened{.ticket = 0, .circuit = request.open_circuit().circuit()},
                    std::move(pending));
    case v1::Request::kAuthenticate:
    case v1::Request::VERB_NOT_SET:
      break;
  }
  refuse(pending, refusal(v1::REASON_MALFORMED, "the request has no verb that this switch knows"));
}

void Session::submit(v1::Request request, Pending pending) {
  if (floor_.filing_bytes + pending.bytes > max_filing_bytes)
    return refuse(pending, refusal(v1::REASON_FULL, "too much is being filed; try again"));
  floor_.filing_bytes += pending.bytes;
  pending.filing = true;
  auto filing = std::make_shared<Filing>();
  filing->pending = std::move(pending);
  filing->text = std::move(*request.mutable_submit()->mutable_text());
  while (!filings_.empty() && filings_.front()->taken) filings_.pop_front();
  filings_.push_back(filing);
  asio::post(judging_, [self = shared_from_this(), filing] { self->judge(*filing); });
}

// On a thread of the judges: however long a message takes to judge, its connection and the others go on.
void Session::judge(Filing& filing) {
  if (!filing.take()) return;
  ++floor_.judging;
  if (floor_.before_judging) floor_.before_judging();
  auto found = judged(std::move(filing.text));
  --floor_.judging;  // before the answer: whoever has it may take the judgement for ended
  if (auto* const refusal = std::get_if<v1::Refusal>(&found)) {
    floor_.metrics.count(*refusal);
    asio::post(stream_->get_executor(), [self = shared_from_this(), pending = filing.pending,
                                         refusal = std::move(*refusal)] { self->refuse(pending, refusal); });
  } else {
    handle(to_file(std::move(found)), filing.pending);
  }
}

Judged Session::judged(std::string text) {
  try {
    intake_.look_up_in(floor_.directory.shared());
    return intake_.judge(std::move(text));
  } catch (std::exception const& error) {
    spdlog::error("a message could not be judged: {}", error.what());
    return refusal(v1::REASON_FULL, "the message could not be judged; try again");
  }
}

void Session::refuse_waiting_filings() {
  for (auto const& filing : std::exchange(filings_, {})) {
    if (!filing->take()) continue;
    if (!broken_) ++floor_.refused_at_stop;
    refuse(filing->pending, refusal(v1::REASON_CLOSING, "the switch is closing"));
  }
}

void Session::ask_queues(v1::QueuesRequest const& request, Pending pending) {
  QueuesAsked question;
  if (request.has_queue()) {
    auto name = queue_name(request.queue(), floor_.directory.get());
    if (auto* const refused = std::get_if<v1::Refusal>(&name)) return refuse(pending, std::move(*refused));
    question.queue = std::move(std::get<std::string>(name));
    if (auto why = caller_.may(Verb::look, *question.queue)) return refuse(pending, std::move(*why));
  }
  ask(std::move(question), std::move(pending));
}

void Session::collect(v1::CollectRequest request, Pending pending) {
  if (auto const why = beyond_limits(request)) return refuse(pending, refusal(v1::REASON_MALFORMED, *why));
  auto name = queue_name(request.queue(), floor_.directory.get());
  if (auto* const refused = std::get_if<v1::Refusal>(&name)) return refuse(pending, std::move(*refused));
  request.set_queue(std::move(std::get<std::string>(name)));
  auto const verb = request.peek() ? Verb::look : Verb::collect;
  if (auto why = caller_.may(verb, request.queue())) return refuse(pending, std::move(*why));
  if (request.peek())
    ask(peek_asked(request), std::move(pending));
  else
    handle(asked(request, reader_), std::move(pending));
}

void Session::settle_copies(v1::Request const& request, Pending pending) {
  bool const done = request.has_acknowledge();
  auto const& texts = done ? request.acknowledge().copy_ids() : request.release().copy_ids();
  std::vector<relay::CopyId> ids;
  if (auto const unread = read_ids(texts, ids))
    return refuse(pending, refusal(v1::REASON_NOT_FOUND, "no such copy: " + *unread));
  if (auto why = may_settle(caller_, floor_.house.store(), ids)) return refuse(pending, std::move(*why));
  if (!subscriptions_.empty()) pending.copies = std::make_shared<std::vector<relay::CopyId> const>(ids);
  if (done)
    handle(relay::Acknowledged{.ticket = 0, .copies = std::move(ids)}, std::move(pending));
  else
    handle(relay::Released{.ticket = 0, .copies = std::move(ids)}, std::move(pending));
}

void Session::reroute(v1::RerouteRequest const& request, Pending pending) {
  relay::Rerouted rerouted{.ticket = 0, .copies = {}, .to = request.routing_indicator()};
  if (auto const unread = read_ids(request.copy_ids(), rerouted.copies))
    return refuse(pending, refusal(v1::REASON_NOT_FOUND, "no such copy: " + *unread));
  handle(std::move(rerouted), std::move(pending));
}

void Session::tell_message(v1::MessageRequest const& request, Pending pending) {
  using store::Store;
  relay::MessageNumber number = 0;
  auto found = relay::read(request.id(), number)
                   ? floor_.house.store().message(number)
                   : std::variant<Store::Stored, Store::Missing>{Store::Missing::unknown};
  auto* const stored = std::get_if<Store::Stored>(&found);
  if (stored == nullptr) return refuse(pending, refusal(std::get<Store::Missing>(found), request.id()));
  if (auto why = may_look_at(caller_, stored->envelope)) return refuse(pending, std::move(*why));
  StatusAsked question{stored->envelope};
  pending.stored = std::make_shared<Store::Stored>(std::move(*stored));
  ask(std::move(question), std::move(pending));
}

// Texts are read: on a thread of the judges.
void Session::search(v1::JournalRequest const& request, Pending pending) {
  asio::post(judging_, [self = shared_from_this(), request, pending = std::move(pending)] {
    auto found = std::make_shared<std::variant<v1::JournalResponse, v1::Refusal>>(
        search_journal(self->floor_.house.store(), request));
    asio::post(self->stream_->get_executor(), [self, pending, found] {
      if (auto* const refused = std::get_if<v1::Refusal>(found.get()))
        return self->refuse(pending, std::move(*refused));
      v1::Response response;
      *response.mutable_journal() = std::move(std::get<v1::JournalResponse>(*found));
      self->answer(pending, std::move(response));
    });
  });
}

void Session::handle(relay::Event event, Pending pending) {
  auto answer = answer_on_strand(std::move(pending));
  floor_.house.handle(std::move(event), std::move(answer));
}

void Session::ask(Question question, Pending pending) {
  auto answer = answer_on_strand(std::move(pending));
  floor_.house.ask(std::move(question), std::move(answer));
}

Answer Session::answer_on_strand(Pending pending) {
  auto shared = std::make_shared<Pending>(std::move(pending));
  return [self = shared_from_this(), shared](Reply reply) {
    asio::post(self->stream_->get_executor(), [self, shared, reply = std::move(reply)]() mutable {
      self->reply(*shared, std::move(reply));
    });
  };
}

// --- Subscriptions ------------------------------------------------------------------------------------

void Session::subscribe(v1::SubscribeRequest const& request, Pending const& pending) {
  v1::CollectRequest collect;
  collect.set_kind(request.kind());
  if (request.has_lease()) *collect.mutable_lease() = request.lease();
  collect.mutable_wait()->set_seconds(subscription_silent.count());
  if (auto const why = beyond_limits(collect)) return refuse(pending, refusal(v1::REASON_MALFORMED, *why));
  auto name = queue_name(request.queue(), floor_.directory.get());
  if (auto* const refused = std::get_if<v1::Refusal>(&name)) return refuse(pending, std::move(*refused));
  collect.set_queue(std::move(std::get<std::string>(name)));
  if (auto why = caller_.may(Verb::collect, collect.queue())) return refuse(pending, std::move(*why));
  if (subscriptions_.size() == max_subscriptions)
    return refuse(pending, refusal(v1::REASON_FULL, "a connection has 100 subscriptions at most"));
  auto const credit = std::min(request.credit() == 0 ? credit_unless_told : request.credit(), most_credit);
  auto const subscribed =
      std::make_shared<Subscribed>(pending.id, asked(collect, reader_), credit, stream_->get_executor());
  subscriptions_.push_back(subscribed);
  v1::Response response;
  response.mutable_subscribe()->set_credit(credit);
  answer(pending, std::move(response));
  ask_on(subscribed);
}

// One question at a time, for as many copies as there is credit, and the next once its copies are ready to be
// written: who takes nothing is handed nothing more. Without credit it goes on when a copy comes back or its
// lease ends.
void Session::ask_on(SharedSubscribed const& subscribed) {
  if (subscribed->asking || subscribed->over || gone_ || broken_) return;
  if (auto why = caller_.may(Verb::collect, subscribed->question.queue)) {  // no longer
    end(subscribed);
    return refuse(pushed(subscribed), std::move(*why));
  }
  auto const wanted = subscribed->credit.wanted(std::chrono::steady_clock::now());
  if (wanted == 0) {
    subscribed->lease_ends.expires_at(*subscribed->credit.next_end());
    subscribed->lease_ends.async_wait([self = shared_from_this(), subscribed](error_code cancelled) {
      if (!cancelled) self->ask_on(subscribed);
    });
    return;
  }
  subscribed->asking = true;
  auto question = subscribed->question;
  question.max = wanted;
  floor_.house.handle(std::move(question), [self = shared_from_this(), subscribed](Reply reply) {
    asio::post(self->stream_->get_executor(), [self, subscribed, reply = std::move(reply)]() mutable {
      self->push(subscribed, std::move(reply));
    });
  });
}

void Session::push(SharedSubscribed const& subscribed, Reply reply) {
  if (gone_) return;  // and so are its leases
  auto* const handed = std::get_if<relay::Hand>(&reply);
  if (handed == nullptr) {
    end(subscribed);
    return this->reply(pushed(subscribed), std::move(reply));
  }
  auto copies = std::make_shared<std::vector<relay::HandedCopy> const>(std::move(handed->copies));
  std::vector<relay::CopyId> ids;
  for (auto const& copy : *copies) ids.push_back(copy.id);
  if (auto why = caller_.may(Verb::collect, subscribed->question.queue)) {  // no longer
    if (!ids.empty()) floor_.house.handle(relay::Released{.ticket = 0, .copies = std::move(ids)}, nullptr);
    end(subscribed);
    return refuse(pushed(subscribed), std::move(*why));
  }
  subscribed->credit.sent(ids, std::chrono::steady_clock::now());
  answer_long(pushed(subscribed), [this, subscribed, copies] {
    auto built = fill(subscribed->id, *copies, true);
    subscribed->credit.back(built.left);
    subscribed->credit.back(built.damaged);  // nobody will acknowledge them
    subscribed->asking = false;
    ask_on(subscribed);
    return std::move(built.response);
  });
}

// An answer that nobody waits for by its request.
Pending Session::pushed(SharedSubscribed const& subscribed) {
  ++unanswered_;
  Pending pending;
  pending.id = subscribed->id;
  return pending;
}

// What was acknowledged or released on this connection is out no longer.
void Session::back(std::vector<relay::CopyId> const& copies) {
  for (auto const& subscribed : std::vector{subscriptions_})
    if (subscribed->credit.back(copies)) ask_on(subscribed);
}

void Session::end(SharedSubscribed const& subscribed) {
  subscribed->over = true;
  subscribed->lease_ends.cancel();
  std::erase(subscriptions_, subscribed);
}

// --- Answering ----------------------------------------------------------------------------------------

void Session::reply(Pending const& pending, Reply reply) {
  v1::Response response;
  if (auto const* const accept = std::get_if<relay::Accept>(&reply))
    *response.mutable_submit() = to_proto(*accept);
  else if (auto* const handed = std::get_if<relay::Hand>(&reply))
    return hand(pending, std::move(handed->copies), true);
  else if (auto* const peeked = std::get_if<Peeked>(&reply))
    return hand(pending, std::move(peeked->copies), false);
  else if (auto const* const statuses = std::get_if<Statuses>(&reply))
    return tell(pending, *statuses);
  else if (auto* const queues = std::get_if<Queues>(&reply))
    *response.mutable_queues() = to_proto(queues_of(caller_, std::move(*queues)), floor_.directory.get());
  else if (auto const* const refused = std::get_if<relay::Refuse>(&reply))
    *response.mutable_refusal() = to_proto(*refused);
  else if (auto const* const unsaved = std::get_if<Unsaved>(&reply))
    *response.mutable_refusal() = to_proto(*unsaved);
  else
    done(pending.verb, response);
  answer(pending, std::move(response));
  if (pending.copies && std::holds_alternative<relay::Done>(reply)) back(*pending.copies);
}

void Session::hand(Pending const& pending, std::vector<relay::HandedCopy> copies, bool leased) {
  auto shared = std::make_shared<std::vector<relay::HandedCopy> const>(std::move(copies));
  answer_long(pending,
              [this, id = pending.id, shared, leased] { return fill(id, *shared, leased).response; });
}

// Copies that do not fit into one answer go back to their place.
Collected Session::fill(std::uint64_t id, std::vector<relay::HandedCopy> const& copies, bool leased) {
  auto built = collected(id, copies, floor_.messages, max_collected);
  if (leased && !built.left.empty())
    floor_.house.handle(relay::Released{.ticket = 0, .copies = built.left}, nullptr);
  return built;
}

void Session::tell(Pending const& pending, Statuses const& statuses) {
  answer_long(pending, [this, id = pending.id, statuses, stored = pending.stored] {
    v1::Response response;
    response.set_id(id);
    *response.mutable_message() =
        to_proto(std::move(*stored), statuses, floor_.directory.get(), floor_.house.here());
    return response.SerializeAsString();
  });
}

void Session::refuse(Pending const& pending, v1::Refusal refusal) {
  v1::Response response;
  *response.mutable_refusal() = std::move(refusal);
  answer(pending, std::move(response));
}

// The stream cannot be followed any further: says why, and reads no more requests.
void Session::refuse_frame(v1::Reason reason, std::string_view message) {
  v1::Response response;
  *response.mutable_refusal() = refusal(reason, message);
  wire::append_delimited(response, out_);
  discard_input();
}

void Session::answer(Pending const& pending, v1::Response response) {
  settled(pending);
  if (broken_) return;
  response.set_id(pending.id);
  wire::append_delimited(response, out_);
  output_.cancel();
}

void Session::answer_long(Pending const& pending, LongAnswer long_answer) {
  if (broken_) return settled(pending);
  long_answers_.emplace_back(pending, std::move(long_answer));
  output_.cancel();
}

void Session::build_long_answers() {
  while (!long_answers_.empty() && unwritten() < max_unwritten) {
    auto const [pending, build] = std::move(long_answers_.front());
    long_answers_.pop_front();
    auto const response = build();
    wire::append_delimited(response, out_);
    settled(pending);
  }
}

void Session::settled(Pending const& pending) {
  --unanswered_;
  unanswered_bytes_ -= pending.bytes;
  if (pending.filing) floor_.filing_bytes -= pending.bytes;
  room_.cancel();
}

// --- Transmitting -------------------------------------------------------------------------------------

bool Session::all_answered() const {
  bool const last = read_ended_ || draining_ || discarding_;
  return last && unanswered_ == 0 && out_.empty();
}

asio::awaitable<void> Session::transmit(Self self) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  while (!self->broken_ && !self->all_answered()) {
    self->build_long_answers();
    if (self->out_.empty()) {
      co_await self->output_.async_wait(token);
      continue;
    }
    self->writing_.swap(self->out_);
    auto writing = write_all(self);
    co_await std::move(writing);
    self->writing_.clear();
    self->room_.cancel();
  }
  self->room_.cancel();
  self->discard_input();
  if (self->broken_ || self->read_ended_) co_return self->close();
  self->close_after(linger);
  auto ending = self->stream_->end();
  co_await std::move(ending);
}

// In pieces, so that a client that takes nothing is told from one that is slow.
asio::awaitable<void> Session::write_all(Self self) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  std::size_t written = 0;
  while (!self->broken_ && written != self->writing_.size()) {
    auto const left = std::string_view{self->writing_}.substr(written);
    auto const piece = asio::buffer(left.data(), std::min(left.size(), write_size));
    self->close_after(write_stall);
    written += co_await self->stream_->async_write_some(piece, token);
    if (error) self->broken_ = true;
  }
  self->deadline_.cancel();
}

}  // namespace

std::shared_ptr<Connection> start_protobuf_session(std::unique_ptr<Stream> stream, Floor& floor,
                                                   relay::ReaderId reader, std::function<void()> ended) {
  auto session = std::make_shared<Session>(std::move(stream), floor, reader, std::move(ended));
  session->start();
  return session;
}

}  // namespace torntape::service
