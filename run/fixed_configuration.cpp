#include "run/fixed_configuration.h"

#include <map>
#include <string_view>

namespace gradus {

std::string fixed_configuration(const Config& config, const Ladder* ladder, const Source& source) {
  std::map<std::string, std::string> lines;
  for (const Options::Asked& option : config.learner_options.asked())
    lines["learner." + option.key] = option.value;
  lines["learner.kind"] = config.learner;
  lines["learner.seed"] = std::to_string(config.seed);
  lines["stream.format"] = config.format;
  lines["stream"] = source.identity();
  if (ladder != nullptr) {
    lines["ladder"] = ladder->name + " version " + std::to_string(ladder->version);
    std::string& tasks = lines["ladder.tasks"];
    for (const Task& task : ladder->tasks) tasks += (tasks.empty() ? "" : " ") + task.name;
  }
  std::string text;
  for (const auto& [key, value] : lines) text.append(key).append("=").append(value).append("\n");
  return text;
}

std::string hex(std::uint64_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out(16, '0');
  for (auto digit = out.rbegin(); digit != out.rend(); ++digit, value >>= 4)
    *digit = kDigits[value & 15];
  return out;
}

}  // namespace gradus
