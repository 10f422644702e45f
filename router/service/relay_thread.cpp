#include "router/service/relay_thread.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "router/service/intake.hpp"
#include "router/service/limits.hpp"

namespace torntape::service {
namespace {

void set_ticket(relay::Event& event, relay::Ticket ticket) {
  std::visit(
      [ticket](auto& e) {
        if constexpr (requires { e.ticket; }) e.ticket = ticket;
      },
      event);
}

relay::ReaderId reader_of(relay::Event const& event) {
  auto const* const asked = std::get_if<relay::Asked>(&event);
  return asked != nullptr ? asked->reader : 0;
}

relay::Refuse no_such_queue(std::string const& name) {
  return {.ticket = 0, .reason = relay::Refused::not_found, .message = "no such queue: " + name};
}

Reply reply(relay::Relay const& relay, QueuesAsked const& asked) {
  if (!asked.queue) return Queues{relay.queues(), relay.circuits()};
  auto queue = relay.queue(*asked.queue);
  if (!queue) return no_such_queue(*asked.queue);
  Queues one;
  one.queues.push_back(std::move(*queue));
  return one;
}

Reply reply(relay::Relay const& relay, PeekAsked const& asked) {
  return Peeked{relay.peek(asked.queue, asked.max, asked.action, asked.info)};
}

Reply reply(relay::Relay const& relay, StatusAsked const& asked) {
  Statuses statuses;
  auto const& envelope = asked.envelope;
  for (std::size_t i = 0; i != envelope.copies.size(); ++i) {
    relay::CopyId const id{envelope.number, static_cast<std::uint16_t>(i)};
    statuses.copies.push_back(relay.status(id, envelope.copies[i]));
  }
  return statuses;
}

relay::Ticket ticket_of(relay::Action const& action) {
  return std::visit(
      [](auto const& a) -> relay::Ticket {
        if constexpr (requires { a.ticket; })
          return a.ticket;
        else
          return 0;
      },
      action);
}

}  // namespace

RelayThread::RelayThread(Site site, store::Store& store, Clock clock)
    : site_{std::move(site)}, store_{store}, clock_{std::move(clock)} {}

RelayThread::~RelayThread() { finish(); }

std::optional<store::Failure> RelayThread::start() {
  auto failure = rebuild();
  if (failure && !failure->passes) return failure;
  if (failure) {
    failure_ = failure->message;
    spdlog::warn("not ready: {}", failure_);
    if (!site_.primed.empty())
      spdlog::warn("--prime counts at the first start of a relay: it is passed over, the store is not new");
  }
  committer_ = std::make_unique<Committer>(store_, [this] {
    {
      std::scoped_lock const lock{mutex_};
      failed_ = true;
    }
    pushed_.notify_one();
  });
  thread_ = std::thread{[this] { run(); }};
  return std::nullopt;
}

void RelayThread::push(std::variant<relay::Event, Question> asked, Answer answer) {
  {
    std::scoped_lock const lock{mutex_};
    if (!finishing_) {
      inputs_.push_back({std::move(asked), std::move(answer)});
      answer = nullptr;
    }
  }
  if (answer) return answer(Unsaved{"the switch is closing"});
  pushed_.notify_one();
}

void RelayThread::finish() {
  {
    std::scoped_lock const lock{mutex_};
    finishing_ = true;
  }
  pushed_.notify_one();
  if (thread_.joinable()) thread_.join();
  if (committer_) committer_->finish();
}

void RelayThread::run() {
  if (relay_) begin();
  for (;;) {
    auto inputs = take_inputs();
    bool const last = inputs.empty() && [this] {
      std::scoped_lock const lock{mutex_};
      return finishing_ && inputs_.empty();
    }();
    if (last) break;
    bool const able = ready();
    for (auto& input : inputs)
      if (able && holding_)
        take_if_held(std::move(input));
      else if (able)
        take(std::move(input));
      else if (input.answer)  // nobody waits for an answer to some events
        input.answer(Unsaved{failure_});
    if (!holding_) {
      tick_if_due();
      prune_if_due();
    }
    ask_store_if_lost();
  }
  Decided end{.life = life_, .records = {}, .owed = {}};
  drop_questions(std::nullopt, end.owed);
  committer_->push(std::move(end));
}

// Waits for an input, a failed commit, the relay's own time, or the end.
std::vector<RelayThread::Input> RelayThread::take_inputs() {
  auto const until = due();
  std::unique_lock lock{mutex_};
  auto const called = [this] { return finishing_ || failed_ || !inputs_.empty(); };
  if (until)
    pushed_.wait_for(lock, *until - clock_(), called);
  else
    pushed_.wait(lock, called);
  failed_ = false;
  return std::exchange(inputs_, {});
}

// Whether there is a relay to decide: the one we have, unless its life has ended.
bool RelayThread::ready() {
  if (relay_ && committer_->life() == life_) return true;
  auto const failure = rebuild();
  if (failure && std::exchange(failure_, failure->message) != failure->message)
    spdlog::warn("not ready: {}", failure_);
  if (failure) return false;
  if (holding_)
    spdlog::warn("NATS is away: filings are held in the outbox; all else waits");
  else
    spdlog::info("ready");
  failure_.clear();
  begin();
  return true;
}

// What is handed out and sent, another switch of this relay would have to know of.
void RelayThread::take_if_held(Input input) {
  auto const* const event = std::get_if<relay::Event>(&input.asked);
  auto const standing = store_.standing();
  if (event == nullptr || (std::holds_alternative<relay::Filed>(*event) && standing && !standing->full))
    return take(std::move(input));
  if (input.answer)
    input.answer(Unsaved{fmt::format("{}: {}",
                                     standing && standing->full ? "the outbox is full, and NATS is away"
                                                                : "only filings are taken while NATS is away",
                                     standing ? standing->trouble : "")});
}

// What was accepted while NATS was away, and another switch was quicker: it comes like any other message, and
// is known where it was filed elsewhere meanwhile.
void RelayThread::file_again() {
  auto const left = std::make_shared<std::size_t>(0);  // not yet durable; of the commit thread
  auto messages = store_.astray();
  *left = messages.size();
  for (auto& [number, message] : messages) {
    auto const hash = digest(message->bytes());
    auto const settle = [this, left, was = number](Reply const& reply) {
      if (auto const* const accepted = std::get_if<relay::Accept>(&reply)) {
        spdlog::warn("message {}, accepted here while NATS was away, is message {} of the relay", was,
                     accepted->number);
        if (--*left == 0) store_.filed_again();
      } else if (auto const* const refused = std::get_if<relay::Refuse>(&reply)) {
        spdlog::error("message {}, accepted here while NATS was away, stays in the outbox: {}", was,
                      refused->message);
      }
    };
    decide(relay::Filed{.ticket = 0, .message = std::move(message), .digest = hash}, settle);
  }
}

// From now on the relay knows the time. What the store has may have been routed by another network file.
void RelayThread::begin() {
  if (holding_) return;
  if (site_.routes)
    decide(relay::NetworkChanged{.ticket = 0, .routes = site_.routes}, nullptr);
  else
    decide(relay::Tick{}, nullptr);
  file_again();
}

std::optional<store::Failure> RelayThread::rebuild() {
  able_ = false;
  relay_.reset();
  for (auto& [ticket, waiting] : std::exchange(waiting_, {}))
    waiting.answer(Unsaved{"the switch lost its place; ask again"});
  for (auto& [circuit, line] : std::exchange(lines_, {}))
    line.answer(Unsaved{"the switch lost its place; connect again"});
  auto const life = committer_ ? committer_->life() : life_;
  auto fresh = std::make_unique<relay::Relay>(site_.routes, site_.here, site_.limits);
  auto failure = store_.replay([&fresh](relay::Record const& record) { fresh->apply(record); });
  if (failure) return failure;
  auto const standing = store_.standing();
  holding_ = standing && standing->holding;
  if (!committer_)  // at the first start
    for (auto const& [circuit, number] : site_.primed) fresh->prime(circuit, number);
  relay_ = std::move(fresh);
  life_ = life;
  able_ = true;
  return std::nullopt;
}

void RelayThread::take(Input input) {
  if (auto* const event = std::get_if<relay::Event>(&input.asked))
    decide(std::move(*event), std::move(input.answer));
  else
    look(std::get<Question>(input.asked), std::move(input.answer));
}

void RelayThread::decide(relay::Event event, Answer answer) {
  auto const ticket = ++last_ticket_;
  set_ticket(event, ticket);
  if (auto const* const up = std::get_if<relay::CircuitUp>(&event))
    connect(*up, std::move(answer));
  else if (answer)
    waiting_.emplace(ticket, Waiting{std::move(answer), reader_of(event)});
  outcome_.clear();
  relay_->handle(event, clock_(), outcome_);
  if (auto const* const changed = std::get_if<relay::NetworkChanged>(&event)) adopt(*changed);
  Decided decided{.life = life_, .records = std::move(outcome_.commit), .owed = {}, .lines = {}};
  if (auto const* const up = std::get_if<relay::CircuitUp>(&event))
    decided.lines.push_back({up->circuit, true});
  for (auto& action : outcome_.then) {
    if (auto* const accept = std::get_if<relay::Accept>(&action); accept != nullptr && holding_)
      accept->notes.emplace_back("held on the disk of this switch until NATS is back");
    decided.owed.push_back(owed(std::move(action)));
  }
  if (auto const* const gone = std::get_if<relay::ReaderGone>(&event))
    drop_questions(gone->reader, decided.owed);
  if (auto const* const down = std::get_if<relay::CircuitDown>(&event))
    if (auto const line = lines_.find(down->circuit); line != lines_.end() && line->second.id == down->line) {
      lines_.erase(line);
      decided.lines.push_back({down->circuit, false});
    }
  bool const empty = decided.records.empty() && decided.owed.empty() && decided.lines.empty();
  if (!empty) committer_->push(std::move(decided));
}

// A look goes the way of the outcomes, so that it never tells what is not yet durable.
void RelayThread::look(Question const& question, Answer answer) {
  auto found = reply_to(question);
  Decided decided{.life = life_, .records = {}, .owed = {}};
  decided.owed.push_back({std::move(answer), std::move(found)});
  committer_->push(std::move(decided));
}

// An open switch has any queue one asks for: it may be empty yet.
Reply RelayThread::reply_to(Question const& question) const {
  if (auto const* const peek = std::get_if<PeekAsked>(&question); peek != nullptr && site_.routes)
    if (!relay_->queue(peek->queue)) return no_such_queue(peek->queue);
  return std::visit([this](auto const& asked) { return reply(*relay_, asked); }, question);
}

// A connection of a circuit that is there no longer is over.
void RelayThread::adopt(relay::NetworkChanged const& changed) {
  if (!std::holds_alternative<relay::Done>(outcome_.then.front())) return;
  site_.routes = changed.routes;
  auto const circuits = relay_->circuits();
  std::erase_if(lines_, [&](auto& entry) {
    auto& [name, line] = entry;
    if (std::ranges::find(circuits, name, &relay::CircuitStatus::name) != circuits.end()) return false;
    line.answer(Unsaved{"the circuit is no longer in the network"});
    return true;
  });
}

// A circuit has one connection: the one before, if it still stands, is told that it is over.
void RelayThread::connect(relay::CircuitUp const& up, Answer answer) {
  auto& line = lines_[up.circuit];
  if (line.answer) line.answer(Unsaved{"the circuit was connected anew"});
  line = {up.line, std::move(answer)};
}

// Pairs an action with whoever waits for it.
Owed RelayThread::owed(relay::Action action) {
  Owed found{.answer = [](Reply const&) {}, .reply = {}};
  if (auto* const alarm = std::get_if<relay::Alarm>(&action)) {
    found.answer = [text = std::move(alarm->message)](Reply const&) { spdlog::warn("{}", text); };
    return found;
  }
  if (auto const waiting = waiting_.extract(ticket_of(action)))
    found.answer = std::move(waiting.mapped().answer);
  std::visit(
      [&](auto& a) {
        if constexpr (requires { a.line; })
          if (auto const line = lines_.find(a.circuit); line != lines_.end() && line->second.id == a.line)
            found.answer = line->second.answer;
        if constexpr (!std::is_same_v<std::decay_t<decltype(a)>, relay::Alarm>) found.reply = std::move(a);
      },
      action);
  return found;
}

// The relay has dropped the questions of a reader that is gone: answers them with nothing.
void RelayThread::drop_questions(std::optional<relay::ReaderId> reader, std::vector<Owed>& owed) {
  std::erase_if(waiting_, [&](auto& entry) {
    auto& waiting = entry.second;
    if (reader && waiting.reader != *reader) return false;
    owed.push_back({std::move(waiting.answer), relay::Hand{}});
    return true;
  });
}

std::optional<relay::Now> RelayThread::due() const {
  auto due = relay_ && !holding_ ? relay_->wake_at() : std::nullopt;
  if (relay_ && !holding_ && site_.retention && (!due || prune_at_ < *due)) due = prune_at_;
  auto const look = clock_() + relay::Duration{relay_ ? look_at_store : retry_store};
  if ((!relay_ || store_.standing()) && (!due || look < *due)) due = look;
  return due;
}

// Another switch may have taken over while there was nothing to commit. The commit thread is asked, so that
// what was decided before comes to its end before the relay is rebuilt.
void RelayThread::ask_store_if_lost() {
  if (!relay_) return;
  auto const standing = store_.standing();
  if (!standing || (holding_ ? standing->holding : standing->owner)) return;
  able_ = false;
  Decided asked{.life = life_, .records = {}, .owed = {}};
  asked.ask_store = true;
  committer_->push(std::move(asked));
}

// A few messages at a time, so that nobody waits for it.
void RelayThread::prune_if_due() {
  auto const now = clock_();
  if (!site_.retention || !relay_ || prune_at_ > now) return;
  auto settled = store_.settled_before(now - *site_.retention, prune_from_, max_looked_at_to_prune);
  prune_from_ = settled.next;
  prune_at_ = now + (settled.next == 0 ? relay::Duration{prune_every} : relay::Duration{prune_pause});
  if (!settled.messages.empty()) decide(relay::Expired{std::move(settled.messages)}, nullptr);
}

void RelayThread::tick_if_due() {
  auto const due = relay_ ? relay_->wake_at() : std::nullopt;
  if (due && *due <= clock_()) decide(relay::Tick{}, nullptr);
}

}  // namespace torntape::service
