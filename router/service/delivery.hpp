// Puts copies on the wire. A message is read and serialised once and its bytes are shared by its copies.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "router/relay/event.hpp"
#include "router/store/store.hpp"

namespace torntape::service {

// Messages in their wire form, those used last kept at hand. Any thread.
class Messages {
 public:
  Messages(store::Store& store, std::size_t max_bytes) : store_{store}, max_bytes_{max_bytes} {}

  // A serialised torntape.v1.Message; null where the store cannot read it.
  [[nodiscard]] std::shared_ptr<std::string const> serialised(relay::MessageNumber number);

 private:
  struct Kept {
    relay::MessageNumber number;
    std::shared_ptr<std::string const> bytes;
  };

  [[nodiscard]] std::shared_ptr<std::string const> find(relay::MessageNumber number);
  void keep(relay::MessageNumber number, std::shared_ptr<std::string const> bytes);

  store::Store& store_;
  std::size_t max_bytes_;
  std::mutex mutex_;
  std::list<Kept> kept_;  // used last first
  std::unordered_map<relay::MessageNumber, std::list<Kept>::iterator> places_;
  std::size_t bytes_ = 0;
};

// A serialised torntape.v1.Response to a CollectRequest, with as many of the copies as fit.
struct Collected {
  std::string response;
  std::size_t copies = 0;              // how many were dealt with
  std::vector<relay::CopyId> left;     // for another time
  std::vector<relay::CopyId> damaged;  // dealt with by their ids alone
};
[[nodiscard]] Collected collected(std::uint64_t id, std::span<relay::HandedCopy const> copies,
                                  Messages& messages, std::size_t max_bytes);

}  // namespace torntape::service
