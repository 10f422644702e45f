// tcp://127.0.0.1:12727: a circuit's far end, for any number of callers. Port 0 is any free one.
//
//   code=ita2   octets of a circuit (docs/alphabets.md)
#include <array>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "grammar/alphabets/capture.hpp"
#include "grammar/alphabets/coding.hpp"
#include "grammar/circuit_framing.hpp"
#include "traffic/receive/listener.hpp"
#include "traffic/send/codings.hpp"

namespace torntape::receive {
namespace {

constexpr std::size_t longest_message = std::size_t{4} << 20U;

class Circuit;

class Caller : public std::enable_shared_from_this<Caller> {
 public:
  Caller(Socket socket, grammar::Coding coding, std::function<void(std::string)> take)
      : socket_{std::move(socket)},
        coding_{coding},
        decoder_{coding},
        framer_{{.alphabet = coding.alphabet, .most = longest_message}},
        take_{std::move(take)} {}

  void read() {
    socket_.async_read_some(boost::asio::buffer(buffer_),
                            [self = shared_from_this()](boost::system::error_code error, std::size_t size) {
                              if (error == boost::asio::error::operation_aborted) return;
                              self->feed({self->buffer_.data(), size});
                              if (error) return self->flush();
                              self->read();
                            });
  }
  // Whatever has gathered.
  void flush() {
    framer_.flush();
    give();
  }

 private:
  void feed(std::string_view octets) {
    std::string tape;
    if (coding_.alphabet == grammar::Alphabet::text)
      tape = octets;
    else
      decoder_.decode(octets, tape);
    framer_.feed(tape);
    give();
  }
  void give() {
    while (auto const frame = framer_.next()) {
      if (coding_.alphabet == grammar::Alphabet::text)
        take_(std::string{frame->bytes} + '\n');
      else
        take_(std::string{grammar::Capture{frame->bytes, coding_.alphabet}.text()} + '\n');
    }
  }

  Socket socket_;
  grammar::Coding coding_;
  grammar::TapeDecoder decoder_;
  grammar::CircuitFramer framer_;
  std::function<void(std::string)> take_;
  std::array<char, std::size_t{64} * 1024> buffer_{};
};

class Circuit final : public Listener {
 public:
  explicit Circuit(grammar::Coding coding) : coding_{coding} {}
  void finish(std::vector<Receipt>& receipts) override {
    for (auto const& weak : callers_)
      if (auto const caller = weak.lock()) caller->flush();
    for (auto& receipt : came_) receipts.push_back(std::move(receipt));
    came_.clear();
  }

 private:
  void accepted(Socket socket) override {
    auto const take = [this](std::string text) { came_.push_back({std::move(text)}); };
    auto const caller = std::make_shared<Caller>(std::move(socket), coding_, take);
    std::erase_if(callers_, [](auto const& weak) { return weak.expired(); });
    callers_.push_back(caller);
    caller->read();
  }

  grammar::Coding coding_;
  std::vector<std::weak_ptr<Caller>> callers_;
};

}  // namespace

Opened open_circuit(send::Address const& address) {
  auto const coding = send::coding_named(address.option("code", "text"));
  if (!coding) return send::no_such_coding(address.option("code"));
  return listening<Circuit>(address, *coding);
}

}  // namespace torntape::receive
