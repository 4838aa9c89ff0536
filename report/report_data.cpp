#include "report/report_data.h"

#include <algorithm>

#include "describe/evidence_words.h"
#include "describe/words.h"

namespace gradus {

bool knows_own_steps(const ReportData& data) {
  return std::any_of(data.tasks.begin(), data.tasks.end(),
                     [](const TaskStory& task) { return task.known.own_steps; });
}

std::vector<ReportEvent> report_events(const ReportData& data) {
  using Kind = ReportEvent::Kind;
  std::vector<ReportEvent> events;
  if (data.attempts.size() > 1)
    for (const Attempt& attempt : data.attempts)
      events.push_back({Kind::kAttempt, attempt.step, attempt.time, "", Verdict::kDormant,
                        "attempt " + std::to_string(attempt.number) + " begins" +
                            (attempt.step > 0 ? " from its checkpoint" : "")});
  for (const TaskStory& task : data.tasks)
    for (const VerdictChange& change : task.changes)
      events.push_back({Kind::kVerdict, change.step, change.time, task.now.task, change.to,
                        change_words(change, task.now.target)});
  for (const Annotation& annotation : data.annotations)
    events.push_back({annotation.kind == AnnotationKind::kFault ? Kind::kFault : Kind::kNote,
                      annotation.step, annotation.time, "", Verdict::kDormant,
                      annotation.text + (annotation.rearm ? " (detectors begin anew)" : "")});
  std::stable_sort(events.begin(), events.end(),
                   [](const ReportEvent& a, const ReportEvent& b) { return a.step < b.step; });
  return events;
}

}  // namespace gradus
