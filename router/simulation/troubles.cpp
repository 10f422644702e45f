// What goes wrong, and when.
#include <utility>
#include <variant>

#include "router/simulation/world.hpp"

namespace torntape::simulation {

void Simulation::World::set_troubles() {
  for (auto const& trouble : scenario_.troubles) std::visit([this](auto const& what) { set(what); }, trouble);
}

void Simulation::World::set(CircuitClosed const& closed) {
  auto& on = line(closed.circuit);
  clock_.at(time(closed.at), [this, &on] {
    ++on.closed;
    break_line(on);
  });
  clock_.at(time(closed.until), [this, &on] {
    --on.closed;
    reconnect_later(on);
  });
}

void Simulation::World::set(Garbles const& garbles) {
  auto& on = line(garbles.circuit);
  for (auto* const direction : {&on.out, &on.in}) {
    auto const before = direction->quality;
    clock_.at(time(garbles.at), [direction, garbles] {
      direction->quality.changed_per_million = garbles.changed_per_million;
      direction->quality.lost_per_million = garbles.lost_per_million;
    });
    clock_.at(time(garbles.until), [direction, before] { direction->quality = before; });
  }
}

void Simulation::World::set(RelayCrash const& crash) {
  auto& site = sites_.find(crash.relay)->second;
  clock_.at(time(crash.at), [this, &site, lasts = crash.lasts] { this->crash(site, lasts); });
}

void Simulation::World::set(StationCutOff const& cut_off) {
  auto& at = post(cut_off.station);
  clock_.at(time(cut_off.at), [this, &at] {
    trace(at.station->indicator, "is cut off");
    ++at.cut_off;
    forget_relay(at);
    handle(*at.site, relay::ReaderGone{at.reader});
  });
  clock_.at(time(cut_off.until), [this, &at] {
    if (--at.cut_off != 0) return;
    trace(at.station->indicator, "is back");
    ask(at);
    file_next(at);
  });
}

}  // namespace torntape::simulation
