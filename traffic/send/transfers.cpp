#include "traffic/send/transfers.hpp"

#include <algorithm>
#include <utility>

#include "traffic/send/destinations.hpp"

namespace torntape::send {
namespace {

constexpr std::size_t longest_answer = 4096;
constexpr long most_connections = 16;

void start_library() {
  static bool const started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  static_cast<void>(started);
}

}  // namespace

void append(List& list, std::string const& line) {
  auto* const longer = curl_slist_append(list.get(), line.c_str());
  static_cast<void>(list.release());
  list.reset(longer);
}

Transfer::Transfer(std::uint64_t number, std::string body)
    : handle_{curl_easy_init()}, number_{number}, body_{std::move(body)} {
  using std::chrono::milliseconds;
  curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(milliseconds{patience}.count()));
  curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(2 * milliseconds{patience}.count()));
  curl_easy_setopt(handle_, CURLOPT_ERRORBUFFER, error_.data());
  curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(handle_, CURLOPT_WRITEDATA, this);
}

Transfer::~Transfer() { curl_easy_cleanup(handle_); }

std::string Transfer::why(CURLcode code) const {
  std::string words{error_.data()};
  if (words.empty()) words = curl_easy_strerror(code);
  if (code == CURLE_PEER_FAILED_VERIFICATION) words.append(" (?ca=FILE names an authority to trust)");
  return words;
}

void Transfer::upload() {
  curl_easy_setopt(handle_, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle_, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(handle_, CURLOPT_READDATA, this);
  curl_easy_setopt(handle_, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body_.size()));
}

void Transfer::post() {
  curl_easy_setopt(handle_, CURLOPT_POST, 1L);
  curl_easy_setopt(handle_, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(handle_, CURLOPT_READDATA, this);
  curl_easy_setopt(handle_, CURLOPT_SEEKFUNCTION, begin_again);
  curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body_.size()));
}

int Transfer::begin_again(void* /*self*/, curl_off_t /*offset*/, int /*origin*/) {
  return CURL_SEEKFUNC_FAIL;
}

std::size_t Transfer::give(char* to, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  auto const length = std::min(size * count, transfer.body_.size() - transfer.read_);
  std::ranges::copy_n(transfer.body_.data() + transfer.read_, static_cast<std::ptrdiff_t>(length), to);
  transfer.read_ += length;
  return length;
}

std::size_t Transfer::take(char* from, std::size_t size, std::size_t count, void* self) {
  auto& answer = static_cast<Transfer*>(self)->answer_;
  answer.append(from, std::min(size * count, longest_answer - std::min(longest_answer, answer.size())));
  return size * count;
}

Transfers::Transfers(Judge judge) : judge_{std::move(judge)} {
  start_library();
  multi_ = curl_multi_init();
  curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, most_connections);
}

Transfers::~Transfers() {
  for (auto const& [handle, transfer] : transfers_) curl_multi_remove_handle(multi_, handle);
  transfers_.clear();
  curl_multi_cleanup(multi_);
}

void Transfers::begin(std::unique_ptr<Transfer> transfer) {
  auto* const handle = transfer->handle();
  transfers_.emplace(handle, std::move(transfer));
  curl_multi_add_handle(multi_, handle);
}

void Transfers::work(Time until, std::vector<Answer>& answers) {
  for (;;) {
    int running = 0, left = 0;
    curl_multi_perform(multi_, &running);
    while (auto const* const message = curl_multi_info_read(multi_, &left)) {
      auto* const handle = message->easy_handle;
      auto const result = message->data.result;
      auto const place = transfers_.find(handle);
      if (place == transfers_.end()) continue;
      answers.push_back(judge_(*place->second, result));
      curl_multi_remove_handle(multi_, handle);
      transfers_.erase(place);
    }
    auto const now = std::chrono::steady_clock::now();
    if (!answers.empty() || now >= until) return;
    auto const wait = std::chrono::ceil<std::chrono::milliseconds>(until - now).count();
    curl_multi_poll(multi_, nullptr, 0, static_cast<int>(wait), nullptr);
  }
}

}  // namespace torntape::send
