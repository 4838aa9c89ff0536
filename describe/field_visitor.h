#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace gradus {

/// One member of a JSON object of the API, with all that is said of it.
struct Field {
  std::string_view name;
  std::string_view unit;           ///< empty: none
  std::string_view null_when;      ///< empty: never null
  std::string_view about;          ///< one sentence
  bool absent_when_empty = false;  ///< the member is left out where it holds nothing
};

/// Meets each member of a figure in the order of the JSON. A type is described once, by a function
/// `fields(FieldVisitor&, Type&)`; the writer, the reader and the schema are visitors. The reader
/// leaves a value as it is where its member is missing, null or of another type, since another
/// version may know more or less; a writer changes nothing.
class FieldVisitor {
 public:
  using Count = std::uint64_t;
  using Counts = std::vector<std::pair<std::string, Count>>;
  using Texts = std::vector<std::pair<std::string, std::string>>;

  virtual ~FieldVisitor() = default;

  /// Empty text and no time are null where the field has a rule for null.
  virtual void value(const Field& field, std::string& value) = 0;
  virtual void value(const Field& field, bool& value) = 0;
  virtual void value(const Field& field, double& value) = 0;
  virtual void value(const Field& field, Count& value) = 0;
  virtual void value(const Field& field, Timestamp& value) = 0;
  virtual void value(const Field& field, std::optional<std::string>& value) = 0;
  virtual void value(const Field& field, std::optional<double>& value) = 0;
  virtual void value(const Field& field, std::optional<Count>& value) = 0;
  virtual void value(const Field& field, std::vector<std::uint32_t>& value) = 0;
  virtual void value(const Field& field, std::span<Count> value) = 0;
  virtual void value(const Field& field, Counts& value) = 0;
  virtual void value(const Field& field, Texts& value) = 0;

  template <std::integral Whole>
  void value(const Field& field, Whole& value) {
    auto count = static_cast<Count>(value);
    this->value(field, count);
    value = static_cast<Whole>(count);
  }

  /// A value that is null unless `known`.
  template <typename Value>
  void value_if(bool known, const Field& field, Value& value) {
    std::optional<Value> copy;
    if (known) copy = value;
    this->value(field, copy);
    if (copy) value = *copy;
  }

  /// A member of `owner`, null without one.
  template <typename Owner, typename Value>
  void part(const Field& field, std::optional<Owner>& owner, Value Owner::*member) {
    std::optional<Value> copy;
    if (owner) copy = (*owner).*member;
    value(field, copy);
    if (copy && !owner) owner.emplace();
    if (copy) (*owner).*member = *copy;
  }

  /// What follows from the other members: `make` is called by those who write.
  template <typename Make>
  void derived(const Field& field, const Make& make) {
    if (!derives()) return;
    auto made = make();
    value(field, made);
  }

  /// An enumerator whose values count from 0, by its word.
  template <typename Word>
  void word(const Field& field, Word& value, std::string_view (*name_of)(Word), std::size_t words) {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < words; ++i) names.push_back(name_of(static_cast<Word>(i)));
    if (const auto found = choice(field, static_cast<std::size_t>(value), names))
      value = static_cast<Word>(*found);
  }

  /// The place of a word among `words`; null without one.
  virtual std::optional<std::size_t> choice(const Field& field, std::optional<std::size_t> value,
                                            std::span<const std::string_view> words) = 0;

  /// An object; null unless `there`. Returns whether it is there.
  template <typename Members>
  bool object(const Field& field, bool there, const Members& members) {
    if (!open(field, there)) return false;
    members();
    close();
    return true;
  }

  template <typename Type>
  void object(const Field& field, Type& value) {
    object(field, true, [&] { fields(*this, value); });
  }

  template <typename Type>
  void object(const Field& field, std::optional<Type>& value) {
    const bool there = value.has_value();
    if (!open(field, there)) return;
    if (!value) value.emplace();
    fields(*this, *value);
    close();
  }

  template <typename Type>
  void list(const Field& field, std::vector<Type>& values) {
    values.resize(open_list(field, values.size()));
    elements(std::span<Type>(values));
  }

  /// A list of a fixed length; what a document lists beyond it is not read.
  template <typename Type>
  void list(const Field& field, std::span<Type> values) {
    elements(values.first(std::min(values.size(), open_list(field, values.size()))));
  }

 protected:
  virtual bool derives() const = 0;
  virtual bool open(const Field& field, bool there) = 0;
  virtual void close() = 0;
  /// Returns how many elements will be met.
  virtual std::size_t open_list(const Field& field, std::size_t size) = 0;
  virtual void open_element(std::size_t index) = 0;
  virtual void close_element() = 0;
  virtual void close_list() = 0;

 private:
  template <typename Type>
  void elements(std::span<Type> values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      open_element(i);
      fields(*this, values[i]);
      close_element();
    }
    close_list();
  }
};

/// Calls `fields` of some value with the visitor.
using Describe = std::function<void(FieldVisitor&)>;

}  // namespace gradus
