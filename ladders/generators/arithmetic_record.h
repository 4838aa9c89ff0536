#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ladders/generators/arithmetic_tasks.h"
#include "ladders/ladder.h"

namespace gradus::arithmetic {

/// Writes the questions of one task as records: one line of JSON without line end.
class RecordWriter {
 public:
  explicit RecordWriter(std::string_view task);
  /// Replaces `record`; `answer` is the question's own or a false one.
  void write(const Question& question, int answer, std::string& record) const;

 private:
  std::string head_;
};

/// "no task "add5"; did you mean add4?"
std::string no_such(std::string_view what, std::string_view name,
                    std::span<const std::string_view> names);

/// Errors: kBadConfig for a task that is none of these, or that is to have more items than it can.
Result<void> check_tasks(const Ladder& ladder);

}  // namespace gradus::arithmetic
