#include "report/order_chart.h"

#include <algorithm>
#include <limits>

#include "describe/step_axis.h"
#include "describe/words.h"
#include "report/svg.h"

namespace gradus {
namespace {

constexpr double kWidth = 500, kLeft = 96, kRight = 486, kTop = 8, kRow = 20;
constexpr std::size_t kMostTicks = 12;

class OrderChart {
 public:
  OrderChart(std::span<const TaskStory> tasks, std::span<const OrderEntry> order,
             LearningClock clock)
      : tasks_(tasks), order_(order), clock_(clock), axis_(first_step(), last_step()) {}

  std::string draw() const {
    const bool all = clock_ == LearningClock::kAllExamples;
    const double bottom = kTop + kRow * static_cast<double>(order_.size());
    std::string out = "<svg viewBox=\"0 0 " + coordinate(kWidth) + " " + coordinate(bottom + 38) +
                      "\" role=\"img\" aria-label=\"order of learning against " +
                      (all ? "all examples" : "each task's own examples") + "\">";
    for (const Step step : axis_.ticks(kMostTicks)) {
      out += svg_line(x_of(step), kTop, x_of(step), bottom, "grid");
      out += svg_text(x_of(step), bottom + 14, "tick middle", short_step(step));
    }
    double y = kTop + kRow / 2;
    for (const OrderEntry& entry : order_) {
      out += row(tasks_[entry.task], y);
      y += kRow;
    }
    return out +
           svg_text(
               (kLeft + kRight) / 2, bottom + 32, "axis middle",
               all ? "examples learned, of all tasks" : "examples learned, of the task itself") +
           "</svg>";
  }

 private:
  Step clock_step(const Moment& at) const {
    return clock_ == LearningClock::kAllExamples ? at.step : at.own_step;
  }
  double x_of(Step step) const { return kLeft + axis_.at(step) * (kRight - kLeft); }

  /// The axis spans the milestones, or where there is none all that was learned.
  template <typename Take>
  Step outermost(Step start, Take take) const {
    Step found = start;
    for (const TaskStory& task : tasks_)
      for (const auto& at :
           {task.milestones.half, task.milestones.target, task.milestones.mastered})
        if (at) found = take(found, clock_step(*at));
    return found;
  }
  Step first_step() const {
    constexpr Step kNone = std::numeric_limits<Step>::max();
    const Step found = outermost(kNone, [](Step a, Step b) { return std::min(a, b); });
    return found == kNone ? 1 : std::max<Step>(1, found * 7 / 10);
  }
  Step last_step() const {
    const Step found = outermost(2, [](Step a, Step b) { return std::max(a, b); });
    return found + found / 5;
  }

  std::string row(const TaskStory& task, double y) const {
    const Milestones& milestones = task.milestones;
    std::string out = svg_text(kLeft - 10, y + 4, "name end", task.now.task);
    out += svg_line(kLeft, y, kRight, y, "rule");
    if (!milestones.half) return out + svg_text(kLeft + 6, y + 4, "level", "not halfway");
    double first = x_of(clock_step(*milestones.half)), last = first;
    for (const auto& at : {milestones.target, milestones.mastered})
      if (at) {
        first = std::min(first, x_of(clock_step(*at)));
        last = std::max(last, x_of(clock_step(*at)));
      }
    out += "<g class=\"mark " + std::string(verdict_name(task.now.verdict)) + "\">";
    if (last > first) out += svg_line(first, y, last, y, "span");
    out +=
        moment(task, milestones.half, y, "halfway", "m-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z", "open");
    out += moment(task, milestones.target, y, "at target", "m-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z",
                  "full");
    if (const auto& at = milestones.mastered)
      out += "<g>" + title(task, *at, "mastered") +
             verdict_symbol(Verdict::kMastered, x_of(clock_step(*at)), y) + "</g>";
    return out + "</g>";
  }

  std::string moment(const TaskStory& task, const std::optional<Moment>& at, double y,
                     const char* what, const char* shape, const char* style) const {
    if (!at) return "";
    return "<path class=\"" + std::string(style) + "\" d=\"M" + point(x_of(clock_step(*at)), y) +
           shape + "\">" + title(task, *at, what) + "</path>";
  }

  static std::string title(const TaskStory& task, const Moment& at, const char* what) {
    return "<title>" +
           markup_escaped(task.now.task + " " + what + " after " + with_thousands(at.step) +
                          " examples, " + with_thousands(at.own_step) + " of its own") +
           "</title>";
  }

  std::span<const TaskStory> tasks_;
  std::span<const OrderEntry> order_;
  LearningClock clock_;
  StepAxis axis_;
};

}  // namespace

std::string order_chart(std::span<const TaskStory> tasks, std::span<const OrderEntry> order,
                        LearningClock clock) {
  return OrderChart(tasks, order, clock).draw();
}

}  // namespace gradus
