// What a message has that few have, told once it is read: rules about it are called only then.
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar {

void note_contents(Message& message);

}  // namespace torntape::grammar
