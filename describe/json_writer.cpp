#include "describe/json_writer.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

class JsonWriter final : public FieldVisitor {
 public:
  using FieldVisitor::value;
  void value(const Field& field, std::string& text) override {
    put(field, text.empty() && !field.null_when.empty() ? Json(nullptr) : Json(text));
  }
  void value(const Field& field, bool& flag) override { put(field, flag); }
  void value(const Field& field, double& number) override { put(field, json_of(number)); }
  void value(const Field& field, Count& count) override { put(field, count); }
  void value(const Field& field, Timestamp& time) override {
    const bool known = time != Timestamp{} || field.null_when.empty();
    put(field, known ? Json(unix_seconds(time)) : Json(nullptr));
  }
  void value(const Field& field, std::optional<std::string>& text) override {
    put(field, text ? Json(*text) : Json(nullptr));
  }
  void value(const Field& field, std::optional<double>& number) override {
    put(field, number ? json_of(*number) : Json(nullptr));
  }
  void value(const Field& field, std::optional<Count>& count) override {
    put(field, count ? Json(*count) : Json(nullptr));
  }
  void value(const Field& field, std::vector<std::uint32_t>& numbers) override {
    put(field, numbers);
  }
  void value(const Field& field, std::span<Count> counts) override {
    Json list = Json::array();
    for (const Count count : counts) list.push_back(count);
    put(field, std::move(list));
  }
  void value(const Field& field, Counts& counts) override { put_named(field, counts); }
  void value(const Field& field, Texts& texts) override { put_named(field, texts); }

  std::optional<std::size_t> choice(const Field& field, std::optional<std::size_t> place,
                                    std::span<const std::string_view> words) override {
    put(field, place ? Json(words[*place]) : Json(nullptr));
    return place;
  }

  Json take() { return std::move(open_.front()); }

 private:
  bool derives() const override { return true; }
  bool open(const Field& field, bool there) override {
    if (!there) put(field, nullptr);
    if (there) begin(field.name, Json::object());
    return there;
  }
  void close() override { end(); }
  std::size_t open_list(const Field& field, std::size_t size) override {
    begin(field.name, Json::array());
    return size;
  }
  void open_element(std::size_t) override { begin({}, Json::object()); }
  void close_element() override { end(); }
  void close_list() override { end(); }

  void put(const Field& field, Json json) {
    open_.back()[std::string(field.name)] = std::move(json);
  }
  template <typename Named>
  void put_named(const Field& field, const Named& named) {
    if (named.empty() && field.absent_when_empty) return;
    Json object = Json::object();
    for (const auto& [name, value] : named) object[name] = value;
    put(field, std::move(object));
  }
  void begin(std::string_view name, Json empty) {
    names_.emplace_back(name);
    open_.push_back(std::move(empty));
  }
  /// Moves what is complete into what holds it.
  void end() {
    Json done = std::move(open_.back());
    open_.pop_back();
    if (open_.back().is_array())
      open_.back().push_back(std::move(done));
    else
      open_.back()[names_.back()] = std::move(done);
    names_.pop_back();
  }

  std::vector<Json> open_{Json::object()};  ///< from the whole to the innermost part
  std::vector<std::string> names_;          ///< of all parts but the whole
};

}  // namespace

Json write_json(const Describe& describe) {
  JsonWriter writer;
  describe(writer);
  return writer.take();
}

}  // namespace gradus
