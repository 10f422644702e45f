// How a stream breaks what it makes.
#include <algorithm>
#include <string>

#include "grammar/parser.hpp"
#include "traffic/generator/stream.hpp"
#include "validator/continuity/run.hpp"
#include "validator/number.hpp"

namespace torntape::generator {

namespace {

using grammar::Severity;

// So many messages are tried before a fault is given up.
constexpr int most_attempts = 3'000;

grammar::Settings settings_of(Made const& made) {
  grammar::Settings settings;
  settings.profile = made.profile;
  if (made.copy == Copy::origin) settings.copy_kind = grammar::CopyKind::origin;
  return settings;
}

bool is_in_force(Fault const& fault, grammar::Message const& message) {
  return validator::severity(*fault.rule, message.profile, message.copy_kind, message.archive) !=
         Severity::off;
}

void sign(Label& label, Fault const& fault) {
  label.rule = fault.rule->id;
  label.damage = fault.damage;
}

}  // namespace

// The next fault that finds a message with a place for it. False where all have been given up: those that no
// message had a place for. One that has been made before has its turn again, as where the numbers of a
// channel must come round first.
bool Stream::break_one() {
  auto& faults = plan_.faults;
  if (sender_ != nullptr && is_going_on()) {  // what has begun is not exchanged for another message
    make();
    if (auto const& fault = faults[turn_ % faults.size()]; fault.violate != nullptr && violate(fault))
      ++turn_;
    return true;
  }
  while (!faults.empty()) {
    auto const which = turn_ % faults.size();
    if (break_one(faults[which])) {
      found_place_.insert(name(faults[which]));
      ++turn_;
      return true;
    }
    if (found_place_.contains(name(faults[which]))) return ++turn_, false;
    impossible_.push_back(faults[which]);
    faults.erase(faults.begin() + static_cast<std::ptrdiff_t>(which));
  }
  return false;
}

bool Stream::break_one(Fault const& fault) {
  for (int attempt = 0; attempt != most_attempts; ++attempt) {
    if (fault.violate_run != nullptr) {
      if (violate_run(fault)) return true;
    } else {
      make();
      if (violate(fault)) return true;
    }
    undo();
  }
  return false;
}

// The message at hand.
bool Stream::violate(Fault const& fault) {
  if (!applies(fault, made_.profile)) return false;
  validator::Draft draft(made_.text, settings_of(made_));
  if (!is_in_force(fault, draft.message()) || !fault.violate(draft, hand_)) return false;
  // A capture of ITA2 is no text that could stand among others.
  if (draft.settings().alphabet != grammar::Alphabet::text || draft.text() == made_.text) return false;
  if (!is_in_force(fault, draft.message())) return false;
  grammar::Parser parser;
  auto label = difference(parser.parse(made_.text, settings_of(made_)), draft.text());
  sign(label, fault);
  made_.labels.push_back(std::move(label));
  made_.text = draft.text();
  return true;
}

// A message in two sections, then two more of the same originator to the same addressees, on one channel.
bool Stream::make_run(std::vector<std::string>& good) {
  if (likeness_) return false;
  constexpr int messages = 4;
  constexpr std::chrono::minutes apart{7};
  run_ = true;
  make();
  run_ = false;
  if (telegram_.sections == 0 || channel_ == nullptr) return false;
  good.push_back(made_.text);
  for (int i = 1; i != messages; ++i) {
    if (is_going_on()) {
      go_on(*sender_);
    } else {
      telegram_.form = Form::plaindress;
      telegram_.sections = telegram_.section = 0;
      telegram_.time = now_ += apart;
      set(sender_->serial, sender_->serial + 1);
      telegram_.serial = sender_->serial;
      take_channel_number();
      number_addressees();
    }
    made_.text = print(telegram_, plan_.mix.content, random_, room_);
    good.push_back(made_.text);
  }
  return true;
}

bool Stream::violate_run(Fault const& fault) {
  std::vector<std::string> good;
  if (likeness_) return static_cast<void>(likeness_->next()), false;  // which the caller takes back
  if (!make_run(good) || !applies(fault, made_.profile)) return false;
  std::string all;
  for (auto const& text : good) all.append(text);
  validator::Run run(all, settings_of(made_));
  if (run.size() != good.size() || !is_in_force(fault, run[0].message())) return false;
  if (!fault.violate_run(run, hand_)) return false;
  bool told = false;
  for (std::size_t i = 0; i != run.size(); ++i) {
    Made made = made_;
    made.text = run[i].text();
    made.labels.clear();
    grammar::Parser parser;
    if (!told && (i >= good.size() || made.text != good[i])) {
      auto label = difference(parser.parse(i < good.size() ? std::string_view(good[i]) : std::string_view()),
                              made.text);
      sign(label, fault);
      label.run = run.size();
      label.place = i;
      made.labels.push_back(std::move(label));
      told = true;
    }
    ready_.push_back(std::move(made));
  }
  if (!told) {
    ready_.clear();
    return false;
  }
  // The channel goes on from the number it has come to.
  auto const number = run[run.size() - 1].message().transmission_identification.sequence_number;
  if (channel_ != nullptr) channel_->number = validator::number_of(number).value_or(channel_->number);
  made_ = std::move(ready_.front());
  ready_.pop_front();
  return true;
}

}  // namespace torntape::generator
