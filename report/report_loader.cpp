#include "report/report_loader.h"

#include <algorithm>
#include <limits>

#include "base/atomic_file.h"
#include "describe/error_rate_words.h"
#include "describe/progress_file.h"
#include "describe/watch_words.h"

namespace gradus {
namespace {

/// Points that all curves of a report are drawn with: some 130 bytes each, so that it stays below
/// 1 MB.
constexpr std::size_t kPointsInAll = 6000;
constexpr std::size_t kMostPoints = 300;  // of one curve: about one a pixel and a half
constexpr std::size_t kFewestPoints = 12;
constexpr std::size_t kMistakes = 4;
constexpr Step kLastStep = std::numeric_limits<std::int64_t>::max();

Result<ProgressDocument> read_progress_file(const std::filesystem::path& directory) {
  const std::filesystem::path file = directory / ProgressFile::kName;
  std::error_code ignored;
  if (!std::filesystem::is_directory(directory, ignored))
    return fail(ErrorCode::kNotFound, directory.string() +
                                          ": there is no such directory; a run's data directory is "
                                          "expected (data: in its configuration)");
  const auto text = read_whole_file(file);
  if (!text && text.error().code == ErrorCode::kNotFound)
    return fail(ErrorCode::kNotFound, directory.string() +
                                          ": holds no run of this version: there is no " +
                                          std::string(ProgressFile::kName) + " in it");
  if (!text) return tl::unexpected(text.error());
  auto document = read_progress_document(*text);
  if (!document)
    return fail(document.error().code, file.string() + " is damaged: " + document.error().message);
  if (document->format != ProgressFile::kFormat)
    return fail(ErrorCode::kForeign,
                file.string() + ": format " +
                    (document->format ? std::to_string(*document->format) : "unknown") +
                    " of another version of gradus; this one reads format " +
                    std::to_string(ProgressFile::kFormat));
  return document;
}

std::string title_of(const std::vector<std::pair<std::string, std::string>>& titles,
                     const std::string& name) {
  for (const auto& [key, title] : titles)
    if (key == name && !title.empty()) return title;
  return name;
}

/// The moment at which the verdict first became mastered.
std::optional<Moment> first_mastered(const std::vector<VerdictChange>& changes) {
  for (const VerdictChange& change : changes)
    if (change.to == Verdict::kMastered) return Moment{change.step, change.own_step};
  return std::nullopt;
}

/// What a curve says of a task, at the finest that the history keeps.
Result<void> read_curve(const HistoryReader& history, std::size_t points, TaskStory& story) {
  const TaskProgress& now = story.now;
  const auto finest = history.curve(now.task, 0, kLastStep, std::size_t{1} << 20);
  if (!finest) return tl::unexpected(finest.error());
  story.milestones.half = first_reached(*finest, now.floor + (now.target - now.floor) / 2);
  story.milestones.target = first_reached(*finest, now.target);
  story.milestones.mastered = first_mastered(story.changes);
  if (finest->size() <= points) {
    story.curve = *finest;
    return {};
  }
  auto drawn = history.curve(now.task, 0, kLastStep, points);
  if (!drawn) return tl::unexpected(drawn.error());
  story.curve = std::move(*drawn);
  return {};
}

std::vector<Mistake> worst_mistakes(const TaskAnswers& answers) {
  std::vector<Mistake> wrong;
  if (!answers.items || !answers.newest) return wrong;
  const std::size_t count = std::min(answers.items->size(), answers.newest->size());
  for (std::size_t i = 0; i < count; ++i) {
    if (answers.newest->exact(i)) continue;
    const AskedItem& item = (*answers.items)[i];
    wrong.push_back({item.question, item.answer,
                     answers.newest->has_text() ? std::string(answers.newest->answer(i)) : "",
                     answers.newest->q[i]});
  }
  std::stable_sort(wrong.begin(), wrong.end(),
                   [](const Mistake& a, const Mistake& b) { return a.q < b.q; });
  if (wrong.size() > kMistakes) wrong.resize(kMistakes);
  return wrong;
}

Result<void> read_history(const std::filesystem::path& directory, ReportData& data) {
  const auto history = HistoryReader::open(directory);
  if (!history) return tl::unexpected(history.error());
  const auto changes = (*history)->changes();
  if (!changes) return tl::unexpected(changes.error());
  const auto answers = (*history)->answers();
  if (!answers) return tl::unexpected(answers.error());
  const std::size_t points = std::clamp(kPointsInAll / std::max<std::size_t>(1, data.tasks.size()),
                                        kFewestPoints, kMostPoints);
  for (TaskStory& story : data.tasks) {
    for (const auto& [task, change] : *changes)
      if (task == story.now.task) story.changes.push_back(change);
    for (const TaskAnswers& each : *answers)
      if (each.task == story.now.task) story.mistakes = worst_mistakes(each);
    if (auto read = read_curve(**history, points, story); !read) return read;
  }
  auto annotations = (*history)->annotations();
  if (!annotations) return tl::unexpected(annotations.error());
  data.annotations = std::move(*annotations);
  auto attempts = (*history)->attempts();
  if (!attempts) return tl::unexpected(attempts.error());
  data.attempts = std::move(*attempts);
  return {};
}

/// Events stand in the order of their steps, without the faults that lie ahead.
void order_annotations(ReportData& data) {
  std::erase_if(data.annotations,
                [&](const Annotation& each) { return !has_happened(each, data.step); });
  std::stable_sort(data.annotations.begin(), data.annotations.end(),
                   [](const Annotation& a, const Annotation& b) { return a.step < b.step; });
}

}  // namespace

Result<ReportData> load_report(const std::filesystem::path& directory) {
  auto document = read_progress_file(directory);
  if (!document) return tl::unexpected(document.error());
  ReportData data;
  data.run = document->report.run;
  data.ladder = document->report.ladder;
  data.ladder_version = document->report.ladder_version;
  data.headline = document->headline;
  data.error_budget = error_budget_words(document->report);
  data.watch = watch_words(document->report);
  if (document->probing) data.watch += " " + probing_words(*document->probing);
  data.step = document->step;
  data.time = document->report.time;
  data.calibration = document->report.calibration;
  data.learner = document->learner;
  data.stream = document->stream;
  data.origin = std::move(document->origin);
  for (const TierProgress& tier : document->report.tiers)
    data.tiers.push_back({tier, title_of(data.origin.tier_titles, tier.tier)});
  for (TaskProgress& task : document->report.tasks) {
    const std::string title = title_of(data.origin.task_titles, task.task);
    data.tasks.push_back({std::move(task), title, {}, {}, {}, {}});
  }
  if (!data.tasks.empty())
    if (auto read = read_history(directory, data); !read) return tl::unexpected(read.error());
  order_annotations(data);
  return data;
}

}  // namespace gradus
