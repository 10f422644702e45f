#include "router/store/pages.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace torntape::store {

namespace {

// The format of LMDB 0.9 on 64 bits (mdb.c: MDB_page, MDB_node, MDB_db, MDB_meta).
constexpr std::uint32_t magic = 0xBEEFC0DE, version = 1;
constexpr std::uint64_t none = ~std::uint64_t{0};
constexpr std::size_t page_head = 16, node_head = 8, meta_size = 136;
constexpr unsigned branch = 1, leaf = 2, overflow = 4, meta = 8;  // flags of a page
constexpr unsigned big = 1, subtree = 2;                          // flags of a node
constexpr unsigned deepest = 32;                                  // MDB's CURSOR_STACK

struct Tree {  // MDB_db
  std::uint32_t page_size;
  std::uint16_t flags, depth;
  std::uint64_t branches, leaves, overflows, entries, root;
};
static_assert(sizeof(Tree) == 48);

struct Meta {  // MDB_meta
  std::uint32_t magic, version;
  std::uint64_t address, map_size;
  std::array<Tree, 2> trees;  // of free pages, of tables
  std::uint64_t last_page, transaction;
};
static_assert(sizeof(Meta) == meta_size);

// A file mapped at the length that it has.
class Mapped {
 public:
  explicit Mapped(std::filesystem::path const& file) {
    auto const descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status{};
    if (descriptor < 0 || ::fstat(descriptor, &status) != 0) error_ = errno;
    size_ = static_cast<std::size_t>(status.st_size);
    if (error_ == 0 && size_ > 0) {
      auto* const at = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, descriptor, 0);
      if (at == MAP_FAILED)
        error_ = errno;
      else
        bytes_ = static_cast<char const*>(at);
    }
    if (descriptor >= 0) ::close(descriptor);
  }
  Mapped(Mapped const&) = delete;
  Mapped& operator=(Mapped const&) = delete;
  ~Mapped() {
    if (bytes_ != nullptr) ::munmap(const_cast<char*>(bytes_), size_);
  }
  [[nodiscard]] int error() const { return error_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  template <class T>
  [[nodiscard]] T at(std::size_t offset) const {  // the caller sees to it that it lies inside
    T value;
    std::memcpy(&value, bytes_ + offset, sizeof value);
    return value;
  }

 private:
  char const* bytes_ = nullptr;
  std::size_t size_ = 0;
  int error_ = 0;
};

using Damage = std::optional<std::string>;

class Walk {
 public:
  Walk(Mapped const& file, Meta const& last)
      : file_(file), size_(last.trees[0].page_size), pages_(last.last_page + 1), seen_(pages_, false) {}

  // All pages of a tree; `tables`: its entries are trees themselves.
  Damage tree(Tree const& tree, bool tables) {
    if (tree.root == none) return std::nullopt;
    if (tree.depth == 0 || tree.depth > deepest) return fmt::format("a tree has depth {}", tree.depth);
    return page(tree.root, tree.depth, tables);
  }

 private:
  // `height`: 1 at the leaves.
  Damage page(std::uint64_t number, unsigned height, bool tables) {
    if (auto damage = claim(number, 1)) return damage;
    auto const at = number * size_;
    auto const flags = file_.at<std::uint16_t>(at + 10);
    auto const expected = height == 1 ? leaf : branch;
    if (file_.at<std::uint64_t>(at) != number || (flags & (branch | leaf | overflow | meta)) != expected)
      return fmt::format("page {} is not what it should be", number);
    auto const lower = file_.at<std::uint16_t>(at + 12), upper = file_.at<std::uint16_t>(at + 14);
    if (lower < page_head || lower > upper || upper > size_ || (lower - page_head) % 2 != 0)
      return out_of_bounds(number);
    auto const count = (lower - page_head) / 2;
    if (count == 0) return fmt::format("page {} is empty", number);
    for (std::size_t i = 0; i < count; ++i) {
      auto const node = file_.at<std::uint16_t>(at + page_head + 2 * i);
      if (node < upper || node + node_head > size_) return out_of_bounds(number);
      auto damage = height == 1 ? entry(number, node, tables) : below(number, node, height, tables);
      if (damage) return damage;
    }
    return std::nullopt;
  }

  Damage below(std::uint64_t number, std::size_t node, unsigned height, bool tables) {
    auto const at = number * size_ + node;
    if (node + node_head + file_.at<std::uint16_t>(at + 6) > size_) return out_of_bounds(number);
    auto const child =
        std::uint64_t{file_.at<std::uint32_t>(at)} | std::uint64_t{file_.at<std::uint16_t>(at + 4)} << 32U;
    return page(child, height - 1, tables);
  }

  Damage entry(std::uint64_t number, std::size_t node, bool tables) {
    auto const at = number * size_ + node;
    std::size_t const length = file_.at<std::uint32_t>(at);
    auto const flags = file_.at<std::uint16_t>(at + 4);
    auto const data = node + node_head + file_.at<std::uint16_t>(at + 6);
    auto const here = (flags & big) != 0 ? sizeof(std::uint64_t) : length;
    if (data + here > size_) return out_of_bounds(number);
    if ((flags & ~(big | subtree)) != 0 || ((flags & subtree) != 0) != tables ||
        (tables && length != sizeof(Tree)))
      return fmt::format("page {} holds an entry of another kind", number);
    if (tables) return tree(file_.at<Tree>(number * size_ + data), false);
    return (flags & big) == 0 ? std::nullopt : run(file_.at<std::uint64_t>(number * size_ + data), length);
  }

  // An entry too long for a leaf has pages of its own.
  Damage run(std::uint64_t number, std::size_t length) {
    if (auto damage = claim(number, 1)) return damage;
    auto const at = number * size_;
    auto const count = file_.at<std::uint32_t>(at + 12);
    if (file_.at<std::uint64_t>(at) != number || (file_.at<std::uint16_t>(at + 10) & overflow) == 0 ||
        count == 0 || std::size_t{count} * size_ < page_head + length)
      return fmt::format("page {} is not what it should be", number);
    return count == 1 ? std::nullopt : claim(number + 1, count - 1);
  }

  // Pages lie in the file and belong to one place.
  Damage claim(std::uint64_t number, std::uint64_t count) {
    if (number < 2 || number >= pages_ || count > pages_ - number || (number + count) * size_ > file_.size())
      return fmt::format("page {} lies beyond the end of the file: it is cut short, or the page is damaged",
                         number + count - 1);
    for (auto one = number; one < number + count; ++one) {
      if (seen_[one]) return fmt::format("page {} is used twice", one);
      seen_[one] = true;
    }
    return std::nullopt;
  }

  static Damage out_of_bounds(std::uint64_t number) {
    return fmt::format("page {} has entries beyond its end", number);
  }

  Mapped const& file_;
  std::size_t size_;
  std::uint64_t pages_;
  std::vector<bool> seen_;
};

bool sound(Meta const& one, std::size_t file_size) {
  auto const size = one.trees[0].page_size;
  return one.magic == magic && (one.version & 0xFFU) == version && size >= 512 && size <= 65'536 &&
         (size & (size - 1)) == 0 && one.last_page >= 1 && one.last_page < (std::uint64_t{1} << 48U) / size &&
         2 * std::size_t{size} <= file_size;
}

}  // namespace

Damage damage_in_pages(std::filesystem::path const& file) {
  Mapped const mapped(file);
  if (mapped.error() != 0) return std::generic_category().message(mapped.error());
  if (mapped.size() < page_head + meta_size) return fmt::format("{} bytes are no store", mapped.size());
  auto const first = mapped.at<Meta>(page_head);
  if (!sound(first, mapped.size())) return "its first page is none of LMDB";
  auto const second = mapped.at<Meta>(first.trees[0].page_size + page_head);
  if (!sound(second, mapped.size()) || second.trees[0].page_size != first.trees[0].page_size)
    return "its second page is none of LMDB";
  auto const& last = first.transaction < second.transaction ? second : first;
  // More pages than the file could hold many times over: not to be given memory.
  if (last.last_page / 16 > mapped.size() / last.trees[0].page_size + 65'536)
    return "it is cut short, or its first pages are damaged";
  Walk walk(mapped, last);
  if (auto damage = walk.tree(last.trees[1], true)) return damage;
  return walk.tree(last.trees[0], false);
}

}  // namespace torntape::store
