#include "router/service/collect_request.hpp"

#include <algorithm>

#include "router/relay/relay.hpp"

namespace torntape::service {
namespace {

// None where it is longer than `longest`, or no time that can pass.
std::optional<relay::Duration> read(google::protobuf::Duration const& duration, relay::Duration longest) {
  if (duration.seconds() < 0 || duration.nanos() < 0 || duration.nanos() > 999'999'999) return std::nullopt;
  if (duration.seconds() > longest.count() / 1'000) return std::nullopt;
  relay::Duration const time{duration.seconds() * 1'000 + duration.nanos() / 1'000'000};
  return time <= longest ? std::optional{time} : std::nullopt;
}

}  // namespace

std::optional<std::string> beyond_limits(v1::CollectRequest const& request) {
  relay::Limits const limits;
  if (request.has_lease() && read(request.lease(), limits.lease).value_or(relay::Duration{}).count() == 0)
    return "the lease is expected to be between 1 ms and 1 hour";
  if (request.has_wait() && !read(request.wait(), limits.wait))
    return "the wait is expected to be between 0 and 60 s";
  if (!v1::Kind_IsValid(request.kind()))
    return "kind " + std::to_string(static_cast<int>(request.kind())) + " is unknown";
  return std::nullopt;
}

relay::Asked asked(v1::CollectRequest const& request, relay::ReaderId reader) {
  relay::Asked out;
  out.reader = reader;
  out.queue = request.queue();
  out.max = std::max(request.max(), 1U);
  relay::Limits const limits;
  if (request.has_lease()) out.lease = read(request.lease(), limits.lease).value_or(out.lease);
  if (request.has_wait()) out.wait = read(request.wait(), limits.wait).value_or(out.wait);
  out.action = request.kind() != v1::KIND_INFO;
  out.info = request.kind() != v1::KIND_ACTION;
  return out;
}

}  // namespace torntape::service
