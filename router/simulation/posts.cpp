// The stations: one line to their relay, a printer, an outbox; some work by day only.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "router/relay/transmission.hpp"
#include "router/simulation/digest.hpp"
#include "router/simulation/world.hpp"

namespace torntape::simulation {

namespace {

using grammar::Precedence;

constexpr Duration day{std::chrono::hours{24}};
constexpr Duration printing_lease{std::chrono::hours{1}};
constexpr Duration waits{std::chrono::hours{24 * 366}};

constexpr unsigned bits_of_reader = 24;

Duration time_of_day(Now now) { return now - std::chrono::floor<std::chrono::days>(now); }

bool within(Hours const& hours, Now now) {
  auto const time = time_of_day(now);
  return time >= hours.opens && time < hours.closes;
}

}  // namespace

// An answer tells by its ticket to whom it goes, and whether it is still waited for.
relay::Ticket Simulation::World::ticket(Post const& post) {
  return ++last_ticket_ << bits_of_reader | post.reader;
}

// --- Filing -------------------------------------------------------------------------------------------

// It is finished: from here on its way is measured. A station refuses nothing; its relay may.
void Simulation::World::write(Post& post, std::string text) {
  auto const message = std::make_shared<grammar::Received const>(std::move(text));
  auto const index = ledger_.filed(message->message(), post.station->indicator, clock_.now());
  step(index, post.station->indicator, "writes it");
  auto const& found = checker_.check(message->message());
  auto const error = std::ranges::find(found, grammar::Severity::error, &grammar::Diagnostic::severity);
  if (error != found.end())
    return ledger_.refused(index, clock_.now(), fmt::format("{} ({})", error->message, error->rule));
  post.outbox.push_back({message, index});
  ++writing_;
  file_next(post);
}

// The highest precedence first, and in order of writing within one (RT-70).
void Simulation::World::file_next(Post& post) {
  if (post.sending || post.filed != 0 || post.outbox.empty() || post.cut_off != 0 || !post.site->relay)
    return;
  auto const precedence = [](Post::Written const& written) {
    return relay::routing_precedence(written.message->message());
  };
  auto const next = std::ranges::max_element(post.outbox, {}, precedence);
  std::rotate(post.outbox.begin(), next, next + 1);
  post.sending = true;
  auto const time =
      time_on_line(post.outbox.front().message->bytes().size(), scenario_.stations.millibits_per_second);
  clock_.after(time, [this, &post, life = post.life] {
    if (post.life != life) return;
    auto const& written = post.outbox.front();
    Cause cause;
    cause.message = written.index;
    post.sending = false;
    post.filed = ticket(post);
    handle(*post.site, relay::Filed{post.filed, written.message, digest_of(written.message->bytes())},
           std::move(cause));
  });
}

void Simulation::World::answered(Site& site, relay::Ticket ticket, relay::Refuse const* refuse) {
  auto const reader = ticket & ((relay::Ticket{1} << bits_of_reader) - 1);
  if (reader == 0) return;
  auto& post = *posts_[reader - 1];
  if (ticket != post.filed) return;  // it has been forgotten since, and is filed again
  auto const index = post.outbox.front().index;
  if (refuse != nullptr)
    ledger_.refused(index, clock_.now(), refuse->message);
  else
    step(index, site.name, "accepts it from {}", post.station->indicator);
  post.outbox.erase(post.outbox.begin());
  --writing_;
  post.filed = 0;
  file_next(post);
}

// --- Collecting ---------------------------------------------------------------------------------------

void Simulation::World::ask(Post& post) {
  if (post.asked != 0 || post.printing || post.cut_off != 0 || !post.site->relay) return;
  if (!post.open && !post.called_in) return;
  post.asked = ticket(post);
  relay::Asked asked{post.asked, post.reader, post.station->indicator};
  asked.lease = printing_lease;
  asked.wait = post.open ? waits : Duration::zero();  // who was called in goes when there is no more
  handle(*post.site, asked);
}

void Simulation::World::hand(Site& site, relay::Hand const& hand) {
  auto& post = *posts_[hand.reader - 1];
  if (hand.ticket != post.asked) return;  // it has closed since, and the relay has the copy back
  post.asked = 0;
  if (hand.copies.empty()) {
    if (!post.open) return void(post.called_in = false);
    return ask(post);
  }
  auto const& copy = hand.copies.front();
  auto const& held = site.held.at(copy.id.message);
  post.printing = true;
  auto const time = time_on_line(held->message->bytes().size(), scenario_.stations.millibits_per_second);
  clock_.after(time, [this, &post, id = copy.id, marked = copy.suspected_duplicate, life = post.life] {
    if (post.life == life) printed(post, id, marked);
  });
}

void Simulation::World::printed(Post& post, relay::CopyId copy, bool marked) {
  post.printing = false;
  auto const index = post.site->held.at(copy.message)->index;
  if (index) ledger_.delivered(*index, post.station->indicator, marked, clock_.now());
  if (marked)
    step(index, post.station->indicator, "has it, marked as a suspected duplicate");
  else
    step(index, post.station->indicator, "has it");
  handle(*post.site, relay::Acknowledged{0, {copy}});
  ask(post);
}

// --- Hours --------------------------------------------------------------------------------------------

void Simulation::World::open(Post& post) {
  post.open = true;
  post.called_in = false;
  ask(post);
}

// What is being printed is finished; what is asked is asked no longer.
void Simulation::World::close(Post& post) {
  post.open = false;
  if (std::exchange(post.asked, 0) == 0) return;
  handle(*post.site, relay::ReaderGone{post.reader});
}

// NIACT, or FLASH: somebody comes in out of hours (5 FAH-2 H-420).
void Simulation::World::call_in(Post& post) {
  if (post.open) return;
  clock_.after(scenario_.stations.called_in, [this, &post] {
    if (post.open || std::exchange(post.called_in, true)) return;
    ++ledger_.called_in;
    trace(post.station->indicator, "is called in");
    ask(post);
  });
}

void Simulation::World::keep_hours(Post& post) {
  auto const& hours = scenario_.stations.hours;
  auto const now = clock_.now();
  bool const is_open = within(hours, now);
  if (is_open != post.open) {
    if (is_open)
      open(post);
    else
      close(post);
  }
  auto const midnight = std::chrono::floor<std::chrono::days>(now);
  auto next = Now{midnight} + (is_open ? hours.closes : hours.opens);
  if (next <= now) next += day;
  clock_.at(next, [this, &post] { keep_hours(post); });
}

// Its relay is down, or its line: what is under way begins again later.
void Simulation::World::forget_relay(Post& post) {
  ++post.life;
  post.asked = post.filed = 0;
  post.printing = post.sending = false;
}

}  // namespace torntape::simulation
