#include "describe/api_schema.h"

#include <nlohmann/json.hpp>

#include "describe/change_fields.h"
#include "describe/json_schema.h"
#include "describe/run_fields.h"

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

template <typename Type>
Json schema_of() {
  Type value;
  return json_schema([&](FieldVisitor& visit) { fields(visit, value); });
}

/// The answers by name, each with what a reader of the document should know of it.
Json definitions() {
  const auto titled = [](const char* title, Json schema) {
    Json out = {{"title", title}};
    out.update(schema);
    return out;
  };
  return {{"progress", titled("The answer of /api/v1/progress and the event `progress`",
                              schema_of<ProgressDocument>())},
          {"history", titled("The answer of /api/v1/history", schema_of<HistoryDocument>())},
          {"change", titled("The event `change`", schema_of<TaskChange>())},
          {"annotation", titled("An annotation, as POST /api/v1/annotations answers it",
                                schema_of<Annotation>())}};
}

/// "number", or the words that a text is one of.
std::string type_words(const Json& member) {
  if (member.contains("enum")) {
    std::string out;
    for (const Json& word : member["enum"])
      if (word.is_string()) out += (out.empty() ? "`" : ", `") + word.get<std::string>() + "`";
    return out;
  }
  const Json& type = member["type"];
  return type.is_array() ? type[0].get<std::string>() : type.get<std::string>();
}

void add_rows(const Json& schema, const std::string& prefix, std::string& table) {
  for (const auto& [name, member] : schema["properties"].items()) {
    const bool list = member.contains("items") && member["items"].contains("properties");
    const std::string path = prefix + name + (list ? "[]" : "");
    table += "| `" + path + "` | " + type_words(member) + " | " + member.value("unit", "") + " | " +
             member.value("null_when", "") + " | " + member["description"].get<std::string>() +
             " |\n";
    if (list) add_rows(member["items"], path + ".", table);
    if (member.contains("properties")) add_rows(member, path + ".", table);
  }
}

}  // namespace

std::string api_schema() {
  const Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                       {"title", "The answers of Gradus"},
                       {"$ref", "#/$defs/progress"},
                       {"$defs", definitions()}};
  return schema.dump();
}

std::string api_document() {
  std::string out = R"(# API

Every figure that the API answers. This file is generated from the descriptions in `describe/`
(`task_fields.cpp`, `change_fields.cpp`, `forecast_fields.cpp`, `run_fields.cpp`): change those,
then run the tests with `GRADUS_UPDATE_GOLDEN=1`. `/api/v1/schema` serves the same as JSON Schema.

- A member is null where the fourth column says so, and a number is null where it is not finite.
- Times are seconds since 1970. A step is a number of examples learned.
- New versions add members; they do not rename or remove any.
)";
  const Json answers = definitions();
  for (const auto& [name, schema] : answers.items()) {
    out += "\n## " + schema["title"].get<std::string>() + "\n\n";
    out += "| member | type | unit | null when | meaning |\n|---|---|---|---|---|\n";
    add_rows(schema, "", out);
  }
  return out;
}

}  // namespace gradus
