#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

#include "judge/formats/formats.h"
#include "judge/record_reader.h"
#include "judge/wire_reader.h"

namespace gradus {
namespace {

using Type = WireField::Type;

/// The first number of a field that may be packed.
std::optional<std::uint64_t> first_fixed(const WireField& field, std::size_t width) {
  if (field.type != Type::kBytes) return field.value;
  if (field.bytes.size() != width) return std::nullopt;  // several, or none
  return little_endian(field.bytes);
}

/// What was logged as .2616 comes back as such, and not as the nearest float, .26159998774528503.
double shortest(float value) {
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  double read = value;
  std::from_chars(text.data(), end, read);
  return read;
}

/// The half that takes the upper bits of a float.
double bfloat_of(std::uint64_t bits) { return float_of(bits << 16); }

double half_of(std::uint64_t bits) {
  const auto fraction = static_cast<double>(bits & 0x3FF);
  const auto exponent = static_cast<int>(bits >> 10 & 0x1F);
  if (exponent == 0x1F) return NAN;  // infinite or not a number: no score either way
  const double size =
      exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
  return (bits & 0x8000) != 0 ? -size : size;
}

/// TensorProto: its number where it is a scalar of a floating type.
class Tensor {
 public:
  explicit Tensor(std::string_view message) {
    WireReader reader(message);
    while (const auto field = reader.next()) take(*field);
    broken_ = broken_ || reader.broken();
  }

  std::optional<double> scalar() const {
    if (broken_ || !one_element_) return std::nullopt;
    if (!content_.empty()) return from_content();
    return value_;
  }

 private:
  enum DataType : std::uint64_t { kFloat = 1, kDouble = 2, kBfloat16 = 14, kHalf = 19 };

  void take(const WireField& field) {
    constexpr std::uint32_t kTypeField = 1, kShape = 2, kContent = 4, kFloats = 5, kDoubles = 6,
                            kHalves = 13;
    if (field.number == kTypeField) type_ = field.value;
    if (field.number == kShape && field.type == Type::kBytes) read_shape(field.bytes);
    if (field.number == kContent && field.type == Type::kBytes) content_ = field.bytes;
    if (field.number == kFloats)
      if (const auto bits = first_fixed(field, 4)) value_ = shortest(float_of(*bits));
    if (field.number == kDoubles)
      if (const auto bits = first_fixed(field, 8)) value_ = double_of(*bits);
    if (field.number == kHalves) read_half(field);
  }

  void read_half(const WireField& field) {
    std::optional<std::uint64_t> bits = field.value;
    if (field.type == Type::kBytes) bits = WireReader(field.bytes).varint();
    if (bits) value_ = type_ == kBfloat16 ? bfloat_of(*bits) : half_of(*bits);
  }

  /// Scalars have no dimension, or only dimensions of one.
  void read_shape(std::string_view message) {
    constexpr std::uint32_t kDimension = 2, kSize = 1;
    WireReader shape(message);
    while (const auto dimension = shape.next()) {
      if (dimension->number != kDimension) continue;
      std::uint64_t size = 0;
      WireReader reader(dimension->bytes);
      while (const auto field = reader.next())
        if (field->number == kSize) size = field->value;
      one_element_ = one_element_ && size == 1;
    }
  }

  std::optional<double> from_content() const {
    const std::uint64_t bits = little_endian(content_.substr(0, 8));
    if (type_ == kFloat && content_.size() == 4) return shortest(float_of(bits));
    if (type_ == kDouble && content_.size() == 8) return double_of(bits);
    if (type_ == kBfloat16 && content_.size() == 2) return bfloat_of(bits);
    if (type_ == kHalf && content_.size() == 2) return half_of(bits);
    return std::nullopt;
  }

  std::uint64_t type_ = 0;
  std::string_view content_;
  std::optional<double> value_;
  bool one_element_ = true, broken_ = false;
};

/// Summary.Value: a tag with a scalar, or with something else that is not read.
struct SummaryValue {
  std::string_view tag;
  std::optional<double> scalar;
};

SummaryValue value_of(std::string_view message) {
  constexpr std::uint32_t kTag = 1, kSimple = 2, kTensor = 8;
  SummaryValue value;
  WireReader reader(message);
  while (const auto field = reader.next()) {
    if (field->number == kTag && field->type == Type::kBytes) value.tag = field->bytes;
    if (field->number == kSimple && field->type == Type::kFixed32)
      value.scalar = shortest(float_of(field->value));
    if (field->number == kTensor && field->type == Type::kBytes)
      value.scalar = Tensor(field->bytes).scalar();
  }
  if (reader.broken()) value.scalar.reset();
  return value;
}

/// Whether the events of a file could be read, and what was passed over.
struct Passed {
  std::uint64_t others = 0;  // histograms, images, texts
};

Timestamp time_of(double seconds) {
  constexpr double kLatest = 9e9;  // beyond, nanoseconds overflow
  if (!(seconds > 0 && seconds < kLatest)) return {};
  return Timestamp(
      std::chrono::duration_cast<Timestamp::duration>(std::chrono::duration<double>(seconds)));
}

/// Event: the scalars of its summary become rows.
void read_event(const RecordReader::Record& record, CurveCollector& rows, Passed& passed) {
  constexpr std::uint32_t kTime = 1, kStep = 2, kSummary = 5, kValue = 1;
  Timestamp time{};
  double step = 0;
  std::string_view summary;
  WireReader event(record.data);
  while (const auto field = event.next()) {
    if (field->number == kTime && field->type == Type::kFixed64)
      time = time_of(double_of(field->value));
    if (field->number == kStep && field->type == Type::kVarint)
      step = static_cast<double>(static_cast<std::int64_t>(field->value));
    if (field->number == kSummary && field->type == Type::kBytes) summary = field->bytes;
  }
  WireReader values(summary);
  while (const auto field = values.next()) {
    if (field->number != kValue || field->type != Type::kBytes) continue;
    const SummaryValue value = value_of(field->bytes);
    if (value.scalar && !value.tag.empty())
      rows.add({.task = value.tag, .tier = {}, .step = step, .score = *value.scalar, .time = time},
               record.number);
    else
      ++passed.others;
  }
  if (event.broken() || values.broken())
    rows.reject(record.number, "no event of TensorBoard, though its checksum holds");
}

}  // namespace

bool is_tensorboard(std::string_view bytes) {
  // A text whose first twelve bytes fit each other is next to impossible.
  const auto first = RecordReader(bytes).next();
  return first && first->state != RecordReader::State::kBadLength && bytes.size() >= 12;
}

Result<void> read_tensorboard(std::string_view bytes, const std::string& file,
                              CurveCollector& rows) {
  using State = RecordReader::State;
  RecordReader reader(bytes);
  Passed passed;
  while (!rows.hopeless()) {
    const auto record = reader.next();
    if (!record) break;
    const std::string at = "at byte " + std::to_string(record->position);
    switch (record->state) {
      case State::kGood:
        read_event(*record, rows, passed);
        break;
      case State::kBadData:
        rows.reject(record->number, "damaged: its checksum does not hold (" + at + ")");
        break;
      case State::kBadLength:
        if (record->number == 1)
          return fail(ErrorCode::kBadConfig, file +
                                                 ": no TensorBoard event file: its first record "
                                                 "has no valid length");
        rows.reject(record->number, "damaged: its length is wrong (" + at + "); the other " +
                                        std::to_string(bytes.size() - record->position) +
                                        " bytes cannot be read");
        break;
      case State::kCutOff:
        rows.reject(record->number,
                    "the file ends within it (" + at + "): still being written, or cut off");
        break;
    }
  }
  if (passed.others > 0)
    rows.note(std::to_string(passed.others) +
              " values that are no scalars (histograms, images, texts) are not used");
  return {};
}

}  // namespace gradus
