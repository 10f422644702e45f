// The insides of a relay: filing.cpp decides on what is filed, relaying.cpp on what comes and goes over
// circuits, alternates.cpp on what goes round one, rerouting.cpp on what is routed anew, notices.cpp on what
// originators are told, setting_aside.cpp on dead letters, collecting.cpp on what readers ask for and give
// back, relay.cpp has the rest.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "router/relay/calls.hpp"
#include "router/relay/circuits.hpp"
#include "router/relay/distribution.hpp"
#include "router/relay/filings.hpp"
#include "router/relay/holdings.hpp"
#include "router/relay/leases.hpp"
#include "router/relay/questions.hpp"
#include "router/relay/relay.hpp"
#include "router/relay/repeats.hpp"
#include "router/relay/service_message.hpp"

namespace torntape::relay {

class Relay::State {
 public:
  State(std::shared_ptr<network::Routes const> routes, std::string here, Limits limits);

  void replay(Accepted const& accepted) { admit(accepted.envelope); }
  void replay(Handed const& handed) { holdings_.note_attempt(handed.copy, handed.attempt); }
  void replay(Settled const& settled) {
    if (open(settled.copy)) settle(settled.copy);
  }
  void replay(Refiled const&) {}
  void replay(Numbered const& numbered);
  void replay(Transmitted const& transmitted);
  void replay(Recalled const&) {}  // the store forgets that it was sent
  void replay(Heard const& heard);
  void replay(Closure const& closure);
  void replay(Moved const& moved);
  void replay(Pruned const&) {}

  void handle(Event const& event, Now now, Outcome& outcome);
  void on(Filed const& filed, Now now, Outcome& outcome);
  void on(Asked const& asked, Now now, Outcome& outcome);
  void on(Acknowledged const& acknowledged, Now now, Outcome& outcome);
  void on(Released const& released, Now now, Outcome& outcome);
  void on(ReaderGone const& gone, Now now, Outcome& outcome);
  void on(CircuitUp const& up, Now now, Outcome& outcome);
  void on(CircuitDown const& down, Now now, Outcome& outcome);
  void on(CircuitClosed const& closed, Now now, Outcome& outcome);
  void on(CircuitOpened const& opened, Now now, Outcome& outcome);
  void on(Arrived const& arrived, Now now, Outcome& outcome);
  void on(Sent const& sent, Now now, Outcome& outcome);
  void on(Broken const& broken, Now now, Outcome& outcome);
  void on(NetworkChanged const& changed, Now now, Outcome& outcome);
  void on(Rerouted const& rerouted, Now now, Outcome& outcome);
  void on(SetAside const& aside, Now now, Outcome& outcome);
  void on(Expired const& expired, Now now, Outcome& outcome);
  void on(Tick const& tick, Now now, Outcome& outcome);

  [[nodiscard]] std::optional<Now> wake_at() const;
  [[nodiscard]] std::vector<QueueDepth> queues() const;
  [[nodiscard]] std::optional<QueueDepth> queue(std::string_view name) const;
  [[nodiscard]] CopyStatus status(CopyId id, EnvelopeCopy const& copy) const;
  [[nodiscard]] std::vector<CircuitStatus> circuits() const;
  void prime(std::string_view circuit, ChannelNumber next);
  [[nodiscard]] Holdings const& holdings() const { return holdings_; }

 private:
  using Queues = std::set<std::string, std::less<>>;

  // Filing (filing.cpp).
  [[nodiscard]] bool answered_as_repeated(Filed const& filed, Outcome& outcome) const;
  [[nodiscard]] Distribution distribution_of(grammar::Message const& message) const;
  [[nodiscard]] std::optional<std::string> unroutable(Distribution const& distribution) const;
  [[nodiscard]] std::optional<std::string> no_room(std::vector<EnvelopeCopy> const& copies) const;
  [[nodiscard]] Envelope envelope_of(grammar::Received const& received, Digest const& digest,
                                     Distribution const& distribution, Now now) const;
  [[nodiscard]] Accept accept_of(Ticket ticket, Envelope const& envelope) const;
  // Filed where all is taken: what cannot be delivered waits for an operator.
  void keep(Arrived const& filed, Now now, Outcome& outcome);
  // Takes it in, and gets its copies going.
  void accept(Envelope envelope, grammar::SharedMessage message, Now now, Outcome& outcome);
  void admit(Envelope const& envelope);

  // Relaying (relaying.cpp).
  [[nodiscard]] Direct direct(Circuit const& circuit, Now now) const;
  void hear(Circuit& circuit, Arrived const& arrived, Now now, Outcome& outcome);
  void report_gap(Circuit& circuit, ChannelNumber expected, ChannelNumber number, Now now, Outcome& outcome);
  [[nodiscard]] bool took_as_service(Circuit& circuit, Arrived const& arrived, Now now, Outcome& outcome);
  void act(Circuit& circuit, FlashReceipt const& receipt, Now now, Outcome& outcome);
  void act(Circuit& circuit, OpenNumber const& open, Now now, Outcome& outcome);
  void act(Circuit& circuit, LastHeard const& last, Now now, Outcome& outcome);
  void act(Circuit& circuit, LastSent const& last, Now now, Outcome& outcome);
  void act(Circuit&, ForTheOperator const&, Now, Outcome&) {}
  void set_closed(Ticket ticket, std::string const& name, bool closed, Now now, Outcome& outcome);
  void relay(Circuit& circuit, Arrived const& arrived, Now now, Outcome& outcome);
  void tell_last_heard(Circuit& circuit, Now now);
  void refuse(Circuit& circuit, grammar::Message const& message, Now now) const;
  [[nodiscard]] std::size_t take_out_repeated(Circuit const& circuit, grammar::Message const& message,
                                              std::vector<Called>& set) const;
  void file_duplicate(Circuit& circuit, grammar::Message const& message, std::size_t repeated, Now now,
                      Outcome& outcome);
  [[nodiscard]] std::vector<Intercepted> take_out_circling(Circuit const& circuit,
                                                           grammar::Message const& message,
                                                           std::vector<Called>& set) const;
  [[nodiscard]] std::string way_of_circle(Circuit const& circuit, std::string_view indicator) const;
  // Sends what is next, if the circuit is free.
  void send_next(Circuit& circuit, Now now, Outcome& outcome);
  void send_service(Circuit& circuit, Now now, Outcome& outcome);
  void send_copy(Circuit& circuit, CopyId copy, Now now, Outcome& outcome);
  // A copy of this precedence waits: it may break in (RT-71 to RT-73).
  void preempt(Circuit& circuit, grammar::Precedence precedence, Now now, Outcome& outcome);
  void recall(CopyId copy, Outcome& outcome);
  void put_back(CopyId copy);  // of a copy that was sent: it waits again
  void settle_received(std::vector<CopyId> const& copies, Outcome& outcome);
  // What time brings: the far end does not tell, a receipt does not come, a line is idle.
  void look_after(Circuit& circuit, Now now, Outcome& outcome);
  void look_after_receipts(Circuit& circuit, Now now, Outcome& outcome);

  // What goes round a circuit (alternates.cpp).
  [[nodiscard]] bool relieved(Circuit const& circuit) const;
  [[nodiscard]] bool usable(std::string_view circuit) const;
  [[nodiscard]] WayRound const* way_round(Circuit const& normal, CopyId copy) const;
  [[nodiscard]] std::optional<CopyId> next_for(Circuit const& circuit) const;
  // The copy waits: it leaves, if it may now, by its circuit or round it.
  void get_going(CopyId copy, Now now, Outcome& outcome);
  void get_going(Circuit& circuit, Now now, Outcome& outcome);
  void declare_out(Circuit& circuit, std::string_view why, Now now, Outcome& outcome);
  void begin_round(Circuit& circuit, std::string_view why, Now now, Outcome& outcome);
  void await_outage(Circuit& circuit, Now now) const;

  // Routing anew (rerouting.cpp).
  void place(CopyId copy, std::vector<EnvelopeCopy> const& into);
  void move(CopyId copy, std::vector<EnvelopeCopy> into, Outcome& outcome);
  [[nodiscard]] Distribution routed_anew(CopyId copy, std::vector<std::string> const& called,
                                         std::string received_over) const;
  [[nodiscard]] bool ends_here(directory::Network const& network, Circuit const& circuit) const;
  void end(Circuit& circuit, Now now, Outcome& outcome);
  void route_anew(std::string const& queue, Outcome& outcome);
  [[nodiscard]] bool is_misrouted(CopyId copy, std::string const& to) const;
  [[nodiscard]] std::variant<std::vector<EnvelopeCopy>, Refuse> rerouted_as(CopyId copy,
                                                                            std::string const& to) const;

  // Dead letters (setting_aside.cpp).
  void keep_dead_letters(Envelope const& envelope);
  [[nodiscard]] std::variant<std::vector<EnvelopeCopy>, Refuse> put_back_as(CopyId copy,
                                                                            std::string const& to) const;

  // Notices (notices.cpp).
  void give_notice(grammar::Message const& message, Distribution const& distribution, Now now,
                   Outcome& outcome);
  void tell_right_indicator(std::string const& identity, std::string const& right, Now now, Outcome& outcome);
  void originate(std::string text, Now now, Outcome& outcome);

  // Handing out (collecting.cpp).
  [[nodiscard]] bool known_queue(std::string_view name) const;
  [[nodiscard]] bool station_here(std::string_view name) const;
  [[nodiscard]] bool handed_any(Asked const& asked, Now now, Outcome& outcome);
  void serve(std::string_view queue, Now now, Outcome& outcome);
  void serve(Queues const& queues, Now now, Outcome& outcome);
  [[nodiscard]] bool open(CopyId id) const;
  [[nodiscard]] bool known(CopyId id) const;
  [[nodiscard]] bool on_circuit(CopyId id) const;
  [[nodiscard]] std::optional<Refuse> refused_among(Ticket ticket, std::vector<CopyId> const& copies) const;
  [[nodiscard]] std::string why_not_held(CopyId id) const;
  [[nodiscard]] Queues give_back(std::vector<CopyId> const& copies);
  void settle(CopyId id);

  // Looks.
  [[nodiscard]] directory::Directory const* directory() const;
  void count_handed_out(QueueDepth& depth, CopyId id) const;

  std::shared_ptr<network::Routes const> routes_;  // null of an open switch
  std::string here_;
  Limits limits_;
  MessageNumber next_ = 1;
  Holdings holdings_;
  Filings filings_;
  Repeats repeats_;
  Leases leases_;
  Questions questions_;
  Circuits circuits_;
  Calls calls_;
  bool begun_ = false;             // the time is known
  std::vector<CopyId> came_back_;  // by this event: they wait again
};

}  // namespace torntape::relay
