// The switch's replies → the schema's responses.
#pragma once

#include <string_view>

#include <torntape/v1/network.pb.h>
#include <torntape/v1/switch.pb.h>

#include "directory/network.hpp"
#include "router/service/reply.hpp"
#include "router/store/store.hpp"

namespace torntape::service {

[[nodiscard]] v1::SubmitResponse to_proto(relay::Accept const& accept);
[[nodiscard]] v1::Refusal to_proto(relay::Refuse const& refuse);
[[nodiscard]] v1::Refusal to_proto(Unsaved const& unsaved);
// `directory` names the stations; null in an open switch.
[[nodiscard]] v1::QueuesResponse to_proto(Queues const& queues, directory::Directory const* directory);
[[nodiscard]] v1::CopyStatus to_proto(relay::CopyStatus const& status);
// A copy without its message.
[[nodiscard]] v1::Copy to_proto(relay::HandedCopy const& copy);
// The heading is read again from the text.
[[nodiscard]] v1::Message to_proto(store::Store::Stored stored);
[[nodiscard]] v1::Reception reception(relay::Envelope const& envelope);
// A message and what became of it, at the relay `here`.
[[nodiscard]] v1::MessageResponse to_proto(store::Store::Stored stored, Statuses const& statuses,
                                           directory::Directory const* directory, std::string_view here);
// `queues` says which circuits are up; null in an open switch.
[[nodiscard]] v1::NetworkResponse network_to_proto(directory::Directory const* directory,
                                                   std::string_view here, Queues const& queues);

[[nodiscard]] v1::Refusal refusal(v1::Reason reason, std::string_view message);
[[nodiscard]] v1::Refusal refusal(store::Store::Missing missing, std::string_view id);

}  // namespace torntape::service
