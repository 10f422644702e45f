// Test traffic over HTTP: it is started, looked at, and stopped. And who the caller is, for a page that is to
// know what it may ask for.
#pragma once

#include "router/service/http_call.hpp"

namespace torntape::service {

void tell_caller(HttpCall& call);
void start_traffic(HttpCall& call);
void tell_traffic(HttpCall& call);
void stop_traffic(HttpCall& call);
void tell_traffic_choices(HttpCall& call);

// It files more than a client's rate may allow: that is an operator's. To collect is asked for apart.
[[nodiscard]] Caller::Refused may_make_traffic(Caller& caller);

}  // namespace torntape::service
