#include "report/curve_chart.h"

#include <algorithm>
#include <vector>

#include "describe/evidence_words.h"
#include "describe/step_axis.h"
#include "describe/words.h"
#include "report/svg.h"

namespace gradus {
namespace {

constexpr double kWidth = 460, kHeight = 208;
constexpr double kLeft = 30, kRight = 404, kTop = 20, kBottom = 172;
constexpr double kLabelHeight = 11;
constexpr std::size_t kMostTicks = 12;

double y_of(double score) { return kBottom - std::clamp(score, 0.0, 1.0) * (kBottom - kTop); }

/// One drawing under way.
class CurveChart {
 public:
  CurveChart(const TaskStory& task, LearningClock clock)
      : task_(task),
        clock_(clock),
        axis_(clock_step(task.curve.front()), clock_step(task.curve.back())) {}

  std::string draw(std::span<const Annotation> annotations) const {
    return open() + grid() + levels() + bands() + lines() + annotation_marks(annotations) +
           verdict_marks() + "</svg>";
  }

 private:
  template <typename At>
  Step clock_step(const At& at) const {
    return clock_ == LearningClock::kAllExamples ? at.step : at.own_step;
  }
  double x_of(Step step) const { return kLeft + axis_.at(step) * (kRight - kLeft); }

  std::string open() const {
    const bool all = clock_ == LearningClock::kAllExamples;
    return "<svg viewBox=\"0 0 " + coordinate(kWidth) + " " + coordinate(kHeight) +
           "\" role=\"img\" aria-label=\"" + markup_escaped(task_.now.task) + ": score against " +
           (all ? "all examples" : "the task's own examples") + "\">";
  }

  std::string grid() const {
    std::string out;
    for (const double score : {0.0, 0.5, 1.0}) {
      out += svg_line(kLeft, y_of(score), kRight, y_of(score), "grid");
      out += svg_text(kLeft - 5, y_of(score) + 3.5, "tick end",
                      score == 0.5 ? "0.5" : std::to_string(static_cast<int>(score)));
    }
    for (const Step step : axis_.ticks(kMostTicks)) {
      out += svg_line(x_of(step), kTop, x_of(step), kBottom, "grid");
      out += svg_text(x_of(step), kBottom + 14, "tick middle", short_step(step));
    }
    const char* name = clock_ == LearningClock::kAllExamples ? "examples learned, of all tasks"
                                                             : "examples learned, of this task";
    return out + svg_text((kLeft + kRight) / 2, kHeight - 6, "axis middle", name);
  }

  /// Target, floor and chance, their names at the right, moved apart where they lie close.
  std::string levels() const {
    struct Level {
      double score;
      const char* name;
      const char* style;
    };
    std::vector<Level> all = {{task_.now.target, "target", "target"}};
    if (task_.now.floor > 0) all.push_back({task_.now.floor, "floor", "floor"});
    if (task_.now.chance > 0) all.push_back({task_.now.chance, "chance", "chance"});
    std::string out;
    double above = kTop - kLabelHeight;
    for (const Level& level : all) {
      const double y = y_of(level.score);
      above = std::max(above + kLabelHeight, y + 3.5);
      out += svg_line(kLeft, y, kRight, y, level.style);
      out += svg_text(kRight + 5, above, "level", level.name);
    }
    return out;
  }

  template <typename Low, typename High>
  std::string band(const char* style, Low low, High high) const {
    std::string out = "<polygon class=\"" + std::string(style) + "\" points=\"";
    for (const CurvePoint& each : task_.curve)
      out += point(x_of(clock_step(each)), y_of(high(each))) + " ";
    for (auto each = task_.curve.rbegin(); each != task_.curve.rend(); ++each)
      out += point(x_of(clock_step(*each)), y_of(low(*each))) + " ";
    out.back() = '"';
    return out + "/>";
  }

  std::string bands() const {
    std::string out;
    if (task_.known.items)
      out += band(
          "interval", [](const CurvePoint& p) { return p.lower; },
          [](const CurvePoint& p) { return p.upper; });
    const bool several = std::any_of(task_.curve.begin(), task_.curve.end(),
                                     [](const CurvePoint& p) { return p.count > 1; });
    if (several)
      out += band(
          "extremes", [](const CurvePoint& p) { return p.min; },
          [](const CurvePoint& p) { return p.max; });
    return out;
  }

  template <typename Value>
  std::string line(const char* style, Value value) const {
    std::string out = "<polyline class=\"" + std::string(style) + "\" points=\"";
    for (const CurvePoint& each : task_.curve)
      out += point(x_of(clock_step(each)), y_of(value(each))) + " ";
    out.back() = '"';
    return out + "/>";
  }

  std::string lines() const {
    return (task_.known.exact ? line("exact", [](const CurvePoint& p) { return p.exact; }) : "") +
           line("score", [](const CurvePoint& p) { return p.last; });
  }

  std::string verdict_marks() const {
    std::string out;
    for (const VerdictChange& change : task_.changes) {
      const double x = x_of(clock_step(change)), y = y_of(change.score);
      out += "<g class=\"mark " + std::string(verdict_name(change.to)) + "\"><title>" +
             markup_escaped(std::string(verdict_name(change.to)) + " at step " +
                            with_thousands(change.step) + ": " +
                            change_words(change, task_.now.target)) +
             "</title>" + svg_line(x, kTop, x, kBottom, "stem") + verdict_symbol(change.to, x, y) +
             "</g>";
    }
    return out;
  }

  std::string annotation_marks(std::span<const Annotation> annotations) const {
    std::string out;
    for (std::size_t i = 0; i < annotations.size(); ++i) {
      const auto at = moment_of(annotations[i].step);
      if (!at) continue;
      const double x = x_of(clock_step(*at));
      const bool fault = annotations[i].kind == AnnotationKind::kFault;
      out += std::string(fault ? "<g class=\"note fault\">" : "<g class=\"note\">") + "<title>" +
             markup_escaped("step " + with_thousands(annotations[i].step) + ": " +
                            annotations[i].text) +
             "</title>" + svg_line(x, kTop - 4, x, kBottom, "stem") +
             svg_text(x, kTop - 7, "middle", std::to_string(i + 1)) + "</g>";
    }
    return out;
  }

  /// Where an event lies on both clocks of this task; nothing outside the curve.
  std::optional<Moment> moment_of(Step step) const {
    if (step < task_.curve.front().step || step > task_.curve.back().step) return std::nullopt;
    Moment at{step, task_.curve.front().own_step};
    for (const CurvePoint& each : task_.curve)
      if (each.step <= step) at.own_step = each.own_step;
    return at;
  }

  const TaskStory& task_;
  LearningClock clock_;
  StepAxis axis_;
};

}  // namespace

std::string verdict_symbol(Verdict verdict, double x, double y) {
  const auto path = [&](const std::string& data, const std::string& style = "") {
    return "<path" + style + " d=\"M" + point(x, y) + data + "\"/>";
  };
  switch (verdict) {
    case Verdict::kDormant:
      return path("m-3.5,0a3.5,3.5 0 1,0 7,0a3.5,3.5 0 1,0 -7,0z", " class=\"open\"");
    case Verdict::kLearning:
      return path("m0,-5l4.6,8h-9.2z");
    case Verdict::kStalled:
      return path("m-4,-4h8v8h-8z");
    case Verdict::kRegressing:
      return path("m0,5l4.6,-8h-9.2z");
    case Verdict::kMastered:
      return path("m-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z") +
             path("m-2.3,0.1l1.7,1.8l2.9,-3.7", " class=\"tick\"");
  }
  return "";
}

std::string curve_chart(const TaskStory& task, LearningClock clock,
                        std::span<const Annotation> annotations) {
  return task.curve.empty() ? "" : CurveChart(task, clock).draw(annotations);
}

}  // namespace gradus
