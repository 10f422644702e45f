// Transfers by libcurl, many at once: what HTTP and SMTP have in common.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <curl/curl.h>

#include "traffic/send/destination.hpp"

namespace torntape::send {

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;
void append(List& list, std::string const& line);

// One transfer, with all that must live as long.
class Transfer {
 public:
  Transfer(std::uint64_t number, std::string body);
  ~Transfer();
  Transfer(Transfer const&) = delete;
  Transfer& operator=(Transfer const&) = delete;

  [[nodiscard]] CURL* handle() { return handle_; }
  [[nodiscard]] std::uint64_t number() const { return number_; }
  // The body is read by libcurl as it goes out.
  void upload();
  // Likewise, as an HTTP POST that goes out once: on a connection that was open already libcurl would begin
  // again by itself when it breaks before an answer, and the message might be there twice.
  void post();
  [[nodiscard]] bool body_begun() const { return read_ != 0; }
  [[nodiscard]] std::string const& answer() const { return answer_; }
  // In words, of a transfer that failed.
  [[nodiscard]] std::string why(CURLcode code) const;

  List headers, recipients;

 private:
  static std::size_t give(char* to, std::size_t size, std::size_t count, void* self);
  static int begin_again(void* self, curl_off_t offset, int origin);
  static std::size_t take(char* from, std::size_t size, std::size_t count, void* self);

  CURL* handle_;
  std::uint64_t number_;
  std::string body_, answer_;
  std::size_t read_ = 0;
  std::array<char, CURL_ERROR_SIZE> error_{};
};

// Works transfers and judges them by a function.
class Transfers {
 public:
  using Judge = std::function<Answer(Transfer&, CURLcode)>;
  explicit Transfers(Judge judge);
  ~Transfers();
  Transfers(Transfers const&) = delete;
  Transfers& operator=(Transfers const&) = delete;

  void begin(std::unique_ptr<Transfer> transfer);
  void work(Time until, std::vector<Answer>& answers);
  [[nodiscard]] std::size_t under_way() const { return transfers_.size(); }

 private:
  Judge judge_;
  CURLM* multi_;
  std::map<CURL*, std::unique_ptr<Transfer>> transfers_;
};

}  // namespace torntape::send
