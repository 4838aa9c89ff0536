#pragma once

#include <span>
#include <string>
#include <vector>

#include "report/report_data.h"

namespace gradus {

/// The stream while the evidence of a change gathered, and what was declared then: "120,000
/// examples in 43 s, predicted at 0.42 nats each (0.40 before); 12 records rejected; 1 restart".
/// Empty where the stream was not watched.
std::string stream_words(const VerdictChange& change, std::span<const Annotation> annotations);

/// The items that a change lost: "12+34= 46, now 47"; empty where they are not known.
std::string lost_words(const VerdictChange& change);

/// An alarm of a task with all that is known of it.
struct ExplainedAlarm {
  Step step = 0;
  Verdict to = Verdict::kDormant;
  std::string words;   ///< what the verdict rests on
  std::string stream;  ///< of its window
  std::string lost;    ///< items
};

/// The newest stalls and falls of a task, in order; six at most.
std::vector<ExplainedAlarm> explained_alarms(const TaskStory& task,
                                             std::span<const Annotation> annotations);

}  // namespace gradus
