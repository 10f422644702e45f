#include "router/service/journal.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "router/service/limits.hpp"
#include "router/service/response.hpp"

namespace torntape::service {
namespace {

std::optional<std::string> given(bool has, std::string const& text) {
  return has ? std::optional{text} : std::nullopt;
}

store::Wanted wanted(v1::JournalRequest const& request) {
  return {
      .message_reference_number =
          given(request.has_message_reference_number(), request.message_reference_number()),
      .station_serial_number = given(request.has_station_serial_number(), request.station_serial_number()),
      .date_time_group = given(request.has_date_time_group(), request.date_time_group()),
      .originator = given(request.has_originator(), request.originator()),
      .addressee = given(request.has_addressee(), request.addressee())};
}

std::size_t given_terms(store::Wanted const& wanted) {
  std::size_t count = 0;
  for (auto const* const term : {&wanted.message_reference_number, &wanted.station_serial_number,
                                 &wanted.date_time_group, &wanted.originator, &wanted.addressee})
    if (term->has_value()) ++count;
  return count;
}

// Without its text; false where the store cannot read it.
bool add(store::Store& store, relay::MessageNumber number, v1::JournalResponse& response) {
  auto found = store.message(number);
  auto* const stored = std::get_if<store::Store::Stored>(&found);
  if (stored == nullptr) return false;
  auto& message = *response.add_messages();
  message = to_proto(std::move(*stored));
  message.clear_text();
  return true;
}

}  // namespace

std::variant<v1::JournalResponse, v1::Refusal> search_journal(store::Store& store,
                                                              v1::JournalRequest const& request) {
  relay::MessageNumber before = 0;
  if (!request.before().empty() && (!relay::read(request.before(), before) || before == 0))
    return refusal(v1::REASON_MALFORMED, "`before` is expected to be the `next` of an answer before");
  auto const terms = wanted(request);
  if (store::terms_of(terms).size() != given_terms(terms))
    return refusal(v1::REASON_MALFORMED, "a term of the search is empty");
  auto const most = request.max() == 0 ? found_unless_told : std::min<std::size_t>(request.max(), most_found);
  auto const found = store.search(terms, before, most);
  v1::JournalResponse response;
  std::size_t bytes = 0;
  for (auto const number : found.messages) {
    if (bytes > max_collected) {
      response.set_next(relay::to_string(number + 1));
      return response;
    }
    if (add(store, number, response)) bytes += response.messages().rbegin()->ByteSizeLong();
  }
  if (found.next != 0) response.set_next(relay::to_string(found.next));
  return response;
}

}  // namespace torntape::service
