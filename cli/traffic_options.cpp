#include "cli/traffic_options.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "cli/choice.hpp"
#include "cli/input.hpp"
#include "cli/nearest.hpp"
#include "cli/network.hpp"
#include "cli/output.hpp"
#include "cli/settings_file.hpp"
#include "cli/value.hpp"
#include "traffic/generator/damage.hpp"
#include "traffic/generator/mix_file.hpp"
#include "validator/sample.hpp"

namespace torntape::cli {
namespace {

using generator::Copy;
using generator::Form;
using generator::TrafficMix;
using grammar::Profile;

template <class T, std::size_t Size>
Choices<T> choices(std::array<std::string_view, Size> const& names) {
  Choices<T> all;
  for (std::size_t i = 0; i != Size; ++i) all.emplace_back(std::string(names[i]), static_cast<T>(i));
  return all;
}

void add_shape(CLI::App& command, TrafficOptions& options) {
  command
      .add_option("--mix", options.mix,
                  "what is made, and how often: a name that --list tells, or a file; state unless given")
      ->option_text("MIX");
  add_choice(command, "--profile", options.profile,
             Choices<Profile>{{"state", Profile::state},
                              {"acp127", Profile::acp127},
                              {"acp127-us", Profile::acp127_us},
                              {"janap128", Profile::janap128},
                              {"acp126", Profile::acp126}},
             "only this profile")
      ->option_text("PROFILE");
  add_choice(command, "--copy-kind", options.copy, choices<Copy>(generator::copy_names), "only such copies")
      ->option_text("KIND");
  add_choice(command, "--form", options.form, choices<Form>(generator::form_names), "only this form")
      ->option_text("FORM");
}

void add_faults(CLI::App& command, TrafficOptions& options) {
  auto* const violate =
      command
          .add_option(
              "--violate", options.violate,
              "break every message: a rule (id, name or family) or a damage that --list tells, each in its "
              "turn; or all")
          ->type_size(1)
          ->allow_extra_args(false)
          ->option_text("RULE,...");
  command
      .add_option("--share", options.plan.share,
                  "of the messages that are to be broken, the rest are good; 1 (all of them) unless given")
      ->check(number_between(0, 1))
      ->needs(violate)
      ->option_text("SHARE");
}

void add_likeness(CLI::App& command, TrafficOptions& options) {
  auto* const like = command
                         .add_option("--like", options.like,
                                     "in place of made-up messages the one in this file, again and again")
                         ->option_text("FILE");
  for (auto const* const other : {"--mix", "--profile", "--copy-kind", "--form", "--from"})
    like->excludes(command.get_option(other));
  command
      .add_option(
          "--set", options.set,
          "what is other in each: dtg=now|next|'170141Z AUG 09', ssn=next|N, mrn=next|N, channel=next|N, "
          "mcn=next; all places that must agree change together")
      ->type_size(1)
      ->allow_extra_args(false)
      ->needs(like)
      ->option_text("KEY=VALUE,...");
}

// "A,B" and "C" are three words; none of them is empty, or the reason stands on standard error.
std::optional<std::vector<std::string>> split(std::string_view option,
                                              std::vector<std::string> const& lists) {
  std::vector<std::string> words;
  for (auto const& list : lists)
    for (std::string_view rest = list;;) {
      auto const comma = rest.find(',');
      words.emplace_back(rest.substr(0, comma));
      if (words.back().empty()) {
        complain(fmt::format("{}: an empty word in '{}'", option, list));
        return std::nullopt;
      }
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  return words;
}

// False, and the reason on standard error, where it cannot be.
bool take_likeness(TrafficOptions const& options, generator::Plan& plan) {
  if (options.like.empty()) return true;
  auto const words = split("--set", options.set);
  if (!words) return false;
  auto read = generator::read_stamps(*words);
  for (auto const& error : read.errors) complain("--set " + error);
  if (!read.errors.empty()) return false;
  read.stamps.clock = [] {
    return std::chrono::floor<std::chrono::minutes>(std::chrono::system_clock::now());
  };
  auto whole = read_whole({options.like, options.like});
  if (whole.failure) {
    complain(*whole.failure);
    return false;
  }
  if (whole.bytes.find_first_not_of(" \t\r\n") == std::string::npos) {
    complain(options.like + ": no message in it");
    return false;
  }
  plan.like = generator::Plan::Like{std::move(whole.bytes), std::move(read.stamps)};
  return true;
}

std::optional<TrafficMix> named(std::string const& name) {
  for (auto const& mix : generator::named_mixes())
    if (name == mix.name) return mix.mix;
  return {};
}

// The mix asked for; none, and the reason on standard error, where it is none.
std::optional<TrafficMix> mix_of(TrafficOptions const& options) {
  if (options.mix.empty()) return TrafficMix{};
  if (auto const mix = named(options.mix)) return mix;
  if (std::filesystem::exists(options.mix)) {
    auto read = generator::read_mix_file(options.mix);
    for (auto const& error : read.errors) complain(error);
    if (read.errors.empty()) return read.mix;
    return {};
  }
  std::vector<std::string> names;
  for (auto const& mix : generator::named_mixes()) names.emplace_back(mix.name);
  complain("no mix and no file '" + options.mix + '\'' + did_you_mean(nearest(options.mix, names)) +
           " (torntape generate --list)");
  return {};
}

// What is asked for alone. A mix that was named must have it; false where it does not.
template <class Weights, class Choice>
bool only(Weights& weights, std::optional<Choice> const& choice, bool mix_is_named) {
  if (!choice) return true;
  auto const at = static_cast<std::size_t>(*choice);
  if (mix_is_named && weights[at] == 0) return false;
  weights.fill(0);
  weights[at] = 1;
  return true;
}

// "the mix 'archive' has no origin messages"; nothing where it has all that is asked for alone.
std::optional<std::string> narrow(TrafficMix& mix, TrafficOptions const& options) {
  auto const named = !options.mix.empty();
  auto const none = [&](std::string_view what) {
    return fmt::format("the mix '{}' has no {} messages; every-form has all there are", options.mix, what);
  };
  if (!only(mix.profiles, options.profile, named)) return none(grammar::name(*options.profile));
  if (!only(mix.copies, options.copy, named))
    return none(generator::copy_names[static_cast<std::size_t>(*options.copy)]);
  if (!only(mix.forms, options.form, named))
    return none(generator::form_names[static_cast<std::size_t>(*options.form)]);
  return std::nullopt;
}

// The five profiles, kinds and forms do not all go together: one that is asked for and can never come is an
// error, not a surprise.
std::optional<std::string> contradiction(TrafficMix const& mix, TrafficOptions const& options) {
  for (std::size_t i = 0; i != mix.profiles.size(); ++i)
    for (std::size_t j = 0; j != mix.copies.size(); ++j)
      for (std::size_t k = 0; k != mix.forms.size(); ++k) {
        auto const profile = static_cast<Profile>(i);
        auto const copy = static_cast<Copy>(j);
        if (mix.profiles[i] == 0 || mix.forms[k] == 0 || (options.copy && mix.copies[j] == 0)) continue;
        if (!has(profile, copy)) continue;
        if (!options.form || has(profile, copy, static_cast<Form>(k))) return {};
      }
  auto const form = options.form ? generator::form_names[static_cast<std::size_t>(*options.form)] : "";
  auto const copy = options.copy ? generator::copy_names[static_cast<std::size_t>(*options.copy)] : "";
  return fmt::format("the profiles asked for have no {}{}{} messages", copy,
                     copy.empty() || form.empty() ? "" : " ", form);
}

// By its own name, not by its family or with all.
bool is_named(generator::Fault const& fault, std::vector<std::string> const& words) {
  return std::ranges::any_of(words, [&](std::string const& word) {
    return word == fault.rule->id || word == fault.rule->name || word == fault.damage;
  });
}

// The faults asked for, less those that do not apply to any profile of the mix: one that was named itself is
// an error, of "all" and of families the others remain.
std::optional<std::string> take_faults(TrafficOptions const& options, std::vector<std::string> const& words,
                                       generator::Plan& plan) {
  auto found = generator::faults_named(words);
  for (auto const& word : found.unknown)
    return "no rule, family or damage '" + word + '\'' +
           did_you_mean(nearest(word, generator::fault_names())) + " (torntape generate --list)";
  auto const fits = [&](generator::Fault const& fault) {
    if (!options.like.empty()) return true;  // its profile is its own
    for (std::size_t i = 0; i != plan.mix.profiles.size(); ++i)
      if (plan.mix.profiles[i] != 0 && applies(fault, static_cast<Profile>(i))) return true;
    return false;
  };
  for (auto const& fault : found.faults) {
    if (fits(fault)) {
      plan.faults.push_back(fault);
      continue;
    }
    if (is_named(fault, words))
      return fmt::format("{} applies to none of the profiles made; try another --profile or --mix every-form",
                         name(fault));
  }
  return {};
}

}  // namespace

void add_traffic_options(CLI::App& command, TrafficOptions& options) {
  command
      .add_option("--network", options.network, "the network file; that of the rules' examples unless given")
      ->option_text("FILE");
  command.add_option("--seed", options.plan.seed, "for everything that chance decides; 1 unless given")
      ->check(whole_number(0))
      ->option_text("S");
  command.add_option("--from", options.plan.from, "all from this station; from any mission unless given")
      ->option_text("RI");
  add_shape(command, options);
  add_faults(command, options);
  add_likeness(command, options);
}

std::vector<std::string> traffic_options_given(CLI::App const& command) {
  std::vector<std::string> given;
  for (auto const* const name : {"--network", "--from", "--mix", "--profile", "--copy-kind", "--form",
                                 "--violate", "--share", "--like", "--set"})
    if (command.get_option(name)->count() != 0) given.emplace_back(name);
  return given;
}

std::string listed_traffic() {
  std::string text = "Mixes:\n";
  for (auto const& mix : generator::named_mixes()) text += fmt::format("  {:<22} {}\n", mix.name, mix.what);
  text += "\nDamages, the rule that tells of each, and its shape:\n";
  for (auto const& damage : generator::damages())
    text += fmt::format("  {:<22} {:<8} {}\n", damage.name, damage.rule, damage.shape);
  return text + "\nRules: torntape rules\n";
}

std::unique_ptr<generator::Stream> made_up_traffic(TrafficOptions const& options, Context const& context) {
  auto const refuse = [](std::string const& why) {
    complain(why);
    return nullptr;
  };
  auto plan = options.plan;
  auto const mix = mix_of(options);
  if (!mix) return nullptr;
  plan.mix = *mix;
  if (auto const why = narrow(plan.mix, options)) return refuse(*why);
  if (auto const why = contradiction(plan.mix, options)) return refuse(*why);
  auto const words = split("--violate", options.violate);
  if (!words) return nullptr;
  if (auto const why = take_faults(options, *words, plan)) return refuse(*why);
  if (!take_likeness(options, plan)) return nullptr;
  auto directory =
      options.network.empty() ? validator::sample_directory() : load_network(options.network, context);
  if (directory == nullptr) return nullptr;
  if (auto const why = generator::objection(*directory, plan))
    return refuse(options.network.empty() ? *why : options.network + ": " + *why);
  return std::make_unique<generator::Stream>(std::move(directory), std::move(plan));
}

bool tell_impossible(generator::Stream const& stream, TrafficOptions const& options) {
  auto const place = options.like.empty() ? "no message of this mix offers" : "this message does not offer";
  auto const words = options.violate.empty() ? std::nullopt : split("--violate", options.violate);
  bool asked_for = false;
  for (auto const& fault : stream.impossible()) {
    complain(fmt::format("{} was not made: {} a place for it", name(fault), place));
    asked_for = asked_for || is_named(fault, *words);
  }
  return !asked_for && (options.violate.empty() || stream.can_break());
}

}  // namespace torntape::cli
