#include "ladders/generators/arithmetic_record.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace gradus::arithmetic {

RecordWriter::RecordWriter(std::string_view task)
    : head_(R"({"task":")" + std::string(task) + R"(","prompt":")") {}

void RecordWriter::write(const Question& question, int answer, std::string& record) const {
  PromptText digits;
  digits << answer;
  record.assign(head_).append(question.prompt.view());
  record.append(R"(=","answer":")").append(digits.view()).append("\"}");
}

std::string no_such(std::string_view what, std::string_view name,
                    std::span<const std::string_view> names) {
  std::string message = "no " + std::string(what) + " \"" + std::string(name) + "\"";
  const std::string_view nearest = nearest_name(name, names);
  if (!nearest.empty()) message += "; did you mean " + std::string(nearest) + "?";
  return message;
}

Result<void> check_tasks(const Ladder& ladder) {
  std::vector<std::string_view> names;
  for (const ArithmeticTask& kind : tasks()) names.push_back(kind.name);
  for (const Task& task : ladder.tasks) {
    const auto known = std::find(names.begin(), names.end(), task.name);
    if (known == names.end()) {
      return fail(ErrorCode::kBadConfig,
                  "generator arithmetic: " + no_such("task", task.name, names));
    }
    const std::size_t most = tasks()[static_cast<std::size_t>(known - names.begin())].most_items;
    if (task.items > most) {
      return fail(ErrorCode::kBadConfig, "generator arithmetic: task " + task.name +
                                             " can have at most " + std::to_string(most) +
                                             " items, not " + std::to_string(task.items));
    }
  }
  return {};
}

}  // namespace gradus::arithmetic
