#include "traffic/generator/stream.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

#include "traffic/generator/draw.hpp"

namespace torntape::generator {

namespace {

using grammar::Profile;

// Messages follow each other by minutes from a day that is fixed: the same seed gives the same bytes.
constexpr std::chrono::sys_days first_day{std::chrono::year{2009} / 8 / 17};
constexpr std::uint64_t most_minutes_apart = 5;
constexpr std::size_t autodin_originator = 7;  // letters, in positions 10 to 16 of its header
constexpr std::uint32_t continuity_cycle = 10'000;
constexpr std::uint64_t most_sections = 3;

std::vector<directory::Station const*> stations_of(directory::Directory const& directory, Plan const& plan) {
  if (plan.from.empty()) return originators(directory);
  return {directory.station(plan.from)};
}

// What is the only choice costs no draw.
template <class Choice, class Weights>
Choice choose(Random& random, Weights const& weights) {
  auto const chosen = [](std::uint32_t weight) { return weight != 0; };
  if (std::ranges::count_if(weights, chosen) == 1)
    return static_cast<Choice>(std::ranges::find_if(weights, chosen) - weights.begin());
  return static_cast<Choice>(random.by_weight(weights));
}

// The channel of a tributary towards its relay (ACP 127(G) 112; in AUTODIN named after the fifth and sixth
// letter of its indicator).
std::string channel_of(std::string_view station, Profile profile) {
  if (profile == Profile::state) return tributary_channel(station);
  constexpr std::size_t fifth = 4;
  std::string channel(profile == Profile::janap128 ? station.substr(fifth, 2)
                                                   : station.substr(station.size() - 2));
  return channel.append("A");
}

// The designator of a circuit towards this relay; the tributary's own where there is no such circuit.
std::string channel_to(directory::Directory const& directory, directory::Relay const* relay,
                       std::string_view called) {
  if (relay != nullptr)
    for (auto const& circuit : directory.network().circuits) {
      if (circuit.second == relay->indicator) return circuit.out_channel;
      if (circuit.first == relay->indicator) return circuit.in_channel;
    }
  auto channel = tributary_channel(called);
  channel.back() = 'O';
  return channel;
}

}  // namespace

std::optional<std::string> objection(directory::Directory const& directory, Plan const& plan) {
  if (directory.network().stations.size() < 2) return "the network has fewer than two stations";
  if (!plan.from.empty() && directory.station(plan.from) == nullptr)
    return "no station '" + plan.from + "' in the network";
  if (plan.like) return Likeness(plan.like->text, plan.like->stamps).objection();
  return {};
}

Stream::Stream(std::shared_ptr<directory::Directory const> directory, Plan plan)
    : directory_(std::move(directory)),
      plan_(std::move(plan)),
      random_(plan_.seed, "messages"),
      minutes_(plan_.seed, "minutes"),
      shapes_(plan_.seed, "shapes"),
      turns_(plan_.seed, "turns"),
      hand_(plan_.seed),
      now_(first_day) {
  if (plan_.like) likeness_.emplace(plan_.like->text, plan_.like->stamps);
  for (auto const* const station : stations_of(*directory_, plan_)) {
    if (station->indicator.size() == autodin_originator) autodin_senders_.push_back(senders_.size());
    senders_.push_back({station});
  }
  auto const stations = directory_->network().stations.size();
  continuity_.resize(stations * stations);
  Random numbers(plan_.seed, "continuity numbers");
  for (auto& number : continuity_) number = static_cast<std::uint32_t>(numbers.below(continuity_cycle));
}

Made const& Stream::next() {
  if (!ready_.empty()) {
    made_ = std::move(ready_.front());
    ready_.pop_front();
    return made_;
  }
  constexpr std::uint64_t whole = 1'000'000;
  auto const share = static_cast<std::uint64_t>(plan_.share * static_cast<double>(whole));
  bool const to_be_broken = !plan_.faults.empty() && turns_.one_in(share, whole);
  if (!to_be_broken || !break_one()) make();
  return made_;
}

void Stream::make() {
  counted_.clear();
  before_ = now_;
  if (likeness_) return make_alike();
  if (sender_ != nullptr && is_going_on())
    go_on(*sender_);
  else
    begin_telegram();
  made_.labels.clear();
  made_.profile = telegram_.profile;
  made_.copy = telegram_.copy;
  made_.form = telegram_.form;
  made_.text = print(telegram_, plan_.mix.content, random_, room_);
}

void Stream::make_alike() {
  auto const& message = likeness_->message();
  made_.labels.clear();
  made_.profile = message.profile;
  made_.copy = message.archive                                       ? Copy::archive
               : message.copy_kind == grammar::CopyKind::web         ? Copy::web
               : message.copy_kind == grammar::CopyKind::abbreviated ? Copy::abbreviated
                                                                     : Copy::relay;
  made_.text = likeness_->next();
}

void Stream::set(std::uint32_t& counter, std::uint32_t value) {
  counted_.emplace_back(&counter, counter);
  counter = value;
}

void Stream::undo() {
  for (auto const& [counter, before] : std::views::reverse(counted_)) *counter = before;
  counted_.clear();
  now_ = before_;
  telegram_.sections = 0;
  if (likeness_) likeness_->back();
}

void Stream::begin_telegram() {
  draw_shape();
  auto& sender = draw_sender();
  sender_ = &sender;
  telegram_.from = sender.station;
  telegram_.time = now_ += std::chrono::minutes{minutes_.below(most_minutes_apart)};
  set(sender.serial, sender.serial + 1);
  telegram_.serial = sender.serial;
  draw(random_, *directory_, plan_.mix, telegram_);
  call_stations();
  number_addressees();
}

// The next section: the same telegram under the next number of its channel (ACP 127(G) 208.f: and with a
// serial of its own; State keeps one).
void Stream::go_on(Sender& sender) {
  ++telegram_.section;
  if (telegram_.profile != Profile::state) set(sender.serial, sender.serial + 1);
  telegram_.serial = sender.serial;
  take_channel_number();
  number_addressees();
}

void Stream::draw_shape() {
  auto& it = telegram_;
  it.profile = choose<Profile>(shapes_, plan_.mix.profiles);
  it.copy = choose<Copy>(shapes_, plan_.mix.copies);
  it.form = run_ ? Form::sectioned : choose<Form>(shapes_, plan_.mix.forms);
  if (it.profile == Profile::janap128 && autodin_senders_.empty()) it.profile = Profile::acp127_us;
  if (!has(it.profile, it.copy)) it.copy = it.profile == Profile::acp126 ? Copy::abbreviated : Copy::relay;
  if (!has(it.profile, it.copy, it.form)) it.form = Form::plaindress;
  it.sections = 0;
  if (it.form == Form::sectioned)
    it.sections = run_ ? 2 : 2 + static_cast<std::uint32_t>(shapes_.below(most_sections - 1));
  it.section = it.sections == 0 ? 0 : 1;
}

Stream::Sender& Stream::draw_sender() {
  if (telegram_.profile == Profile::janap128) return senders_[random_.one_of(autodin_senders_)];
  return senders_[random_.below(senders_.size())];
}

void Stream::call_stations() {
  auto& it = telegram_;
  channel_ = nullptr;
  if (it.copy == Copy::abbreviated) return;
  std::string name;
  if (it.copy == Copy::web) {
    constexpr std::string_view usual = "RUEHWEB";
    auto const& drop = directory_->network().web_drop;
    it.called.assign(1, drop.empty() ? usual : std::string_view(drop));
    name = "XYZ";
  } else if (it.copy == Copy::origin) {
    call_all(*directory_, it);
    name = channel_of(it.from->indicator, it.profile);
  } else {
    auto const* const relay = call_one_leg(shapes_, *directory_, it);
    if (it.called.empty()) call_all(*directory_, it);
    name = channel_to(*directory_, relay, it.called.front());
  }
  channel_ = &channel(std::move(name));
  it.channel = channel_->name;
  take_channel_number();
}

void Stream::take_channel_number() {
  if (channel_ == nullptr) return;
  // State counts to 9999, the others to 999: where both go over one channel, all count so far.
  auto const& profiles = plan_.mix.profiles;
  bool const of_state =
      std::all_of(profiles.begin() + 1, profiles.end(), [](auto weight) { return weight == 0; });
  set(channel_->number, channel_->number % (of_state ? 9'999U : 999U) + 1);
  telegram_.channel_number = channel_->number;
}

// An archive counts for itself: its copies are no transmissions, and nobody looks for those between them.
Stream::Channel& Stream::channel(std::string name) {
  auto const key = telegram_.copy == Copy::archive ? name + '*' : name;
  auto const [entry, is_new] = channels_.try_emplace(key);
  if (is_new) entry->second.name = std::move(name);
  return entry->second;
}

// The numbers drawn say only which addressees have one: it is the next of the originator towards them.
void Stream::number_addressees() {
  auto const& stations = directory_->network().stations;
  auto const from = static_cast<std::size_t>(telegram_.from - stations.data());
  for (auto* const addresses : {&telegram_.action, &telegram_.info})
    for (auto& address : *addresses) {
      if (address.number == 0) continue;
      auto& last =
          continuity_[from * stations.size() + static_cast<std::size_t>(address.station - stations.data())];
      set(last, last % (continuity_cycle - 1) + 1);  // 0000: not numbered
      address.number = last;
    }
}

}  // namespace torntape::generator
