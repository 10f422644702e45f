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

}  // namespace torntape::cli
