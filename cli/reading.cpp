#include "cli/reading.hpp"

#include "cli/choice.hpp"

namespace torntape::cli {

using grammar::CopyKind;
using grammar::Profile;

void add_reading_choices(CLI::App& command, grammar::Settings& settings) {
  add_choice(command, "--profile", settings.profile,
             Choices<Profile>{{"state", Profile::state},
                              {"acp127", Profile::acp127},
                              {"acp127-us", Profile::acp127_us},
                              {"janap128", Profile::janap128},
                              {"acp126", Profile::acp126}},
             "the family of rules, told from the text unless given")
      ->option_text("PROFILE");
  add_choice(command, "--copy-kind", settings.copy_kind,
             Choices<CopyKind>{{"origin", CopyKind::origin},
                               {"relay", CopyKind::relay},
                               {"web", CopyKind::web},
                               {"abbrev", CopyKind::abbreviated}},
             "the stage at which the copy was taken, told from the text unless given")
      ->option_text("KIND");
}

namespace {

using Codings = Choices<grammar::Coding>;

Codings captures() {
  using grammar::Alphabet;
  constexpr auto tight = grammar::ita2::Packing::tight;
  return {{"ita2", {.alphabet = Alphabet::ita2}},
          {"ita2-packed", {.alphabet = Alphabet::ita2, .packing = tight}},
          {"ita2-us", {.alphabet = Alphabet::ita2_us}},
          {"ita2-us-packed", {.alphabet = Alphabet::ita2_us, .packing = tight}},
          {"ia5", {.alphabet = Alphabet::ia5}}};
}

}  // namespace

CLI::Option* add_alphabet_choice(CLI::App& command, std::optional<grammar::Coding>& coding) {
  Codings choices{{"text", {}}};
  for (auto const& choice : captures()) choices.push_back(choice);
  return add_choice(command, "--alphabet", coding, choices,
                    "what the octets of the input are; unless given, text, or ITA2 where that is certain")
      ->option_text("ALPHABET");
}

CLI::Option* add_target_alphabet_choice(CLI::App& command, std::optional<grammar::Coding>& coding) {
  return add_choice(command, "--to", coding, captures(),
                    "write the octets of a circuit, with its functions, in this alphabet")
      ->option_text("ALPHABET");
}

}  // namespace torntape::cli
