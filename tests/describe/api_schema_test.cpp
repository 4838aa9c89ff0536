#include "describe/api_schema.h"

#include <rapidcheck.h>

#include <nlohmann/json.hpp>

#include "describe/json_writer.h"
#include "describe/progress_json.h"
#include "describe/run_fields.h"
#include "tests/describe/arbitrary_document.h"
#include "tests/describe/view_fixture.h"

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

bool has_type(const Json& value, const std::string& type) {
  if (type == "null") return value.is_null();
  if (type == "boolean") return value.is_boolean();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  return type == "array" ? value.is_array() : type == "object" && value.is_object();
}

bool has_type_of(const Json& schema, const Json& value) {
  const Json& type = schema.at("type");
  if (type.is_string()) return has_type(value, type);
  return std::any_of(type.begin(), type.end(),
                     [&](const Json& each) { return has_type(value, each); });
}

std::string fault_of(const Json& schema, const Json& value, const std::string& path);

std::string fault_of_object(const Json& schema, const Json& value, const std::string& path) {
  if (schema.contains("required"))
    for (const Json& name : schema["required"])
      if (!value.contains(name)) return path + "." + name.get<std::string>() + " is missing";
  for (const auto& [name, member] : value.items()) {
    const bool described = schema.contains("properties") && schema["properties"].contains(name);
    if (!described && !schema.contains("additionalProperties"))
      return path + "." + name + " is not described";
    const Json& of = described ? schema["properties"][name] : schema["additionalProperties"];
    if (auto fault = fault_of(of, member, path + "." + name); !fault.empty()) return fault;
  }
  return {};
}

/// Where a value departs from a schema of the keywords that Gradus uses; empty where it does not.
/// Stricter than the standard: what is not described is a fault.
std::string fault_of(const Json& schema, const Json& value, const std::string& path) {
  if (!has_type_of(schema, value)) return path + " is " + value.dump();
  if (schema.contains("enum") &&
      std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
    return path + " is " + value.dump();
  if (value.is_array())
    for (const Json& each : value)
      if (auto fault = fault_of(schema["items"], each, path + "[]"); !fault.empty()) return fault;
  return value.is_object() ? fault_of_object(schema, value, path) : "";
}

Json schema_of(const char* name) { return Json::parse(api_schema())["$defs"][name]; }

TEST(ApiSchema, DescribesEveryDocument) {
  const Json schema = schema_of("progress");
  EXPECT_TRUE(rc::check([&] {
    ProgressDocument document = test::arbitrary_document(*rc::gen::arbitrary<std::uint64_t>());
    const Json json = write_json([&](FieldVisitor& visit) { fields(visit, document); });
    RC_ASSERT(fault_of(schema, json, "") == "");
  }));
}

TEST(ApiSchema, FindsWhatIsMissingUnknownOrOfAnotherType) {
  const Json schema = schema_of("annotation");
  const Json right = {{"id", 1},        {"step", 2},      {"time", nullptr},
                      {"text", "note"}, {"rearm", false}, {"kind", "note"}};
  EXPECT_EQ(fault_of(schema, right, ""), "");
  Json wrong = right;
  wrong["id"] = "1";
  EXPECT_EQ(fault_of(schema, wrong, ""), ".id is \"1\"");
  wrong = right;
  wrong["kind"] = "fall";
  EXPECT_EQ(fault_of(schema, wrong, ""), ".kind is \"fall\"");
  wrong = right;
  wrong.erase("text");
  EXPECT_EQ(fault_of(schema, wrong, ""), ".text is missing");
  wrong = right;
  wrong["by"] = "me";
  EXPECT_EQ(fault_of(schema, wrong, ""), ".by is not described");
}

using ApiSchemaOfARun = test::ViewFixture;

TEST_F(ApiSchemaOfARun, DescribesTheProgressBeforeAndAfterTheFirstReport) {
  const Json schema = schema_of("progress");
  EXPECT_EQ(fault_of(schema, Json::parse(progress_json(view_)), ""), "");
  publish(report_at(300));
  publish_step(300);
  EXPECT_EQ(fault_of(schema, Json::parse(progress_json(view_)), ""), "");
}

TEST_F(ApiSchemaOfARun, DescribesTheHistory) {
  const std::vector<CurvePoint> points(2);
  const std::vector<VerdictChange> changes(1);
  EXPECT_EQ(fault_of(schema_of("history"), Json::parse(history_json("add1", points, changes)), ""),
            "");
}

}  // namespace
}  // namespace gradus
