#include "describe/json_schema.h"

#include <nlohmann/json.hpp>

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

Json object_schema() {
  return {{"type", "object"}, {"properties", Json::object()}, {"required", Json::array()}};
}

/// Meets one element of each list, and what may be missing as if it were there.
class SchemaWriter final : public FieldVisitor {
 public:
  using FieldVisitor::value;
  void value(const Field& field, std::string&) override { put(field, {{"type", "string"}}); }
  void value(const Field& field, bool&) override { put(field, {{"type", "boolean"}}); }
  void value(const Field& field, double&) override { put(field, {{"type", {"number", "null"}}}); }
  void value(const Field& field, Count&) override { put(field, count()); }
  void value(const Field& field, Timestamp&) override { put(field, {{"type", "number"}}); }
  void value(const Field& field, std::optional<std::string>&) override {
    put(field, {{"type", "string"}});
  }
  void value(const Field& field, std::optional<double>&) override {
    put(field, {{"type", {"number", "null"}}});
  }
  void value(const Field& field, std::optional<Count>&) override { put(field, count()); }
  void value(const Field& field, std::vector<std::uint32_t>&) override {
    put(field, {{"type", "array"}, {"items", count()}});
  }
  void value(const Field& field, std::span<Count> counts) override {
    put(field, {{"type", "array"},
                {"items", count()},
                {"minItems", counts.size()},
                {"maxItems", counts.size()}});
  }
  void value(const Field& field, Counts&) override {
    put(field, {{"type", "object"}, {"additionalProperties", count()}});
  }
  void value(const Field& field, Texts&) override {
    put(field, {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}});
  }

  std::optional<std::size_t> choice(const Field& field, std::optional<std::size_t> place,
                                    std::span<const std::string_view> words) override {
    Json all = Json::array();
    for (const std::string_view word : words) all.push_back(word);
    if (!field.null_when.empty()) all.push_back(nullptr);
    put(field, {{"type", "string"}, {"enum", std::move(all)}});
    return place;
  }

  Json take() { return std::move(open_.front()); }

 private:
  static Json count() { return {{"type", "integer"}, {"minimum", 0}}; }

  bool derives() const override { return true; }
  bool open(const Field& field, bool) override {
    fields_.push_back(field);
    open_.push_back(object_schema());
    return true;
  }
  void close() override {
    Json done = std::move(open_.back());
    open_.pop_back();
    const Field field = fields_.back();
    fields_.pop_back();
    put(field, std::move(done));
  }
  std::size_t open_list(const Field& field, std::size_t) override {
    fields_.push_back(field);
    return 1;
  }
  void open_element(std::size_t) override { open_.push_back(object_schema()); }
  void close_element() override {}
  void close_list() override {
    Json element = std::move(open_.back());
    open_.pop_back();
    const Field field = fields_.back();
    fields_.pop_back();
    put(field, {{"type", "array"}, {"items", std::move(element)}});
  }

  void put(const Field& field, Json schema) {
    Json member = {{"description", field.about}};
    if (!field.unit.empty()) member["unit"] = field.unit;
    if (!field.null_when.empty()) {
      member["null_when"] = field.null_when;
      if (schema["type"].is_string()) schema["type"] = {schema["type"], "null"};
    }
    member.update(schema);
    const std::string name(field.name);
    if (!field.absent_when_empty) open_.back()["required"].push_back(name);
    open_.back()["properties"][name] = std::move(member);
  }

  std::vector<Json> open_{object_schema()};  ///< from the whole to the innermost part
  std::vector<Field> fields_;                ///< of the open objects and lists
};

}  // namespace

Json json_schema(const Describe& describe) {
  SchemaWriter writer;
  describe(writer);
  return writer.take();
}

}  // namespace gradus
