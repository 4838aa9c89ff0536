#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.h"

namespace gradus {

/// Appends plain values to a byte string in the machine's (little-endian) order: what checkpoints
/// are made of.
class ByteWriter {
 public:
  template <typename T>
  requires std::is_trivially_copyable_v<T>
  void put(const T& value) { out_.append(reinterpret_cast<const char*>(&value), sizeof(T)); }
  /// Length, then the elements.
  template <typename T>
  requires std::is_trivially_copyable_v<T>
  void put_all(std::span<const T> values) {
    put<std::uint64_t>(values.size());
    out_.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
  }
  void put_string(std::string_view text) {
    put_all(std::span<const char>(text.data(), text.size()));
  }

  /// Makes room for so many bytes more at once.
  void reserve(std::size_t bytes) { out_.reserve(out_.size() + bytes); }

  const std::string& bytes() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// Reads back what ByteWriter wrote. A read past the end gives zeros and makes `ok` false for good;
/// never reads outside.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <typename T>
  requires std::is_trivially_copyable_v<T> T get() {
    T value{};
    if (claim(sizeof(T))) {
      std::memcpy(&value, rest_.data(), sizeof(T));
      rest_.remove_prefix(sizeof(T));
    }
    return value;
  }
  /// Fills `values`; false unless exactly that many were written.
  template <typename T>
  requires std::is_trivially_copyable_v<T>
  bool get_exactly(std::span<T> values) {
    if (get<std::uint64_t>() != values.size()) ok_ = false;
    if (!claim(values.size_bytes())) return false;
    copy_out(values);
    return true;
  }
  /// Fills the front of `values` and gives how many were written; nothing where they are too many.
  template <typename T>
  requires std::is_trivially_copyable_v<T> std::optional<std::size_t> get_up_to(
      std::span<T> values) {
    const auto count = get<std::uint64_t>();
    if (count > values.size()) ok_ = false;
    if (!ok_ || !claim(count * sizeof(T))) return std::nullopt;
    copy_out(values.first(count));
    return count;
  }
  template <typename T>
  requires std::is_trivially_copyable_v<T> std::vector<T> get_all() {
    const auto count = get<std::uint64_t>();
    if (count > rest_.size() / sizeof(T)) ok_ = false;
    if (!ok_) return {};
    std::vector<T> values(count);
    copy_out(std::span(values));
    return values;
  }
  std::string get_string() {
    const auto count = get<std::uint64_t>();
    if (!claim(count)) return {};
    std::string text(rest_.substr(0, count));
    rest_.remove_prefix(count);
    return text;
  }

  bool ok() const { return ok_; }
  /// For who reads values that were there and mean nothing.
  void fail() { ok_ = false; }
  bool at_end() const { return rest_.empty(); }

 private:
  bool claim(std::size_t count) {
    if (rest_.size() < count) ok_ = false;
    return ok_;
  }
  template <typename T>
  void copy_out(std::span<T> values) {
    if (values.empty()) return;  // memcpy must not see the null pointer of an empty span
    std::memcpy(values.data(), rest_.data(), values.size_bytes());
    rest_.remove_prefix(values.size_bytes());
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace gradus
