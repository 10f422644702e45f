#include "router/relay/identity.hpp"

#include "grammar/identity.hpp"

namespace torntape::relay {

std::string identity(grammar::Message const& message) { return grammar::identity(message); }

bool suspected_duplicate(grammar::Message const& message) { return grammar::suspected_duplicate(message); }

}  // namespace torntape::relay
