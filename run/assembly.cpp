#include "run/assembly.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "describe/words.h"
#include "history/restore.h"
#include "ingest/dead_letter_file.h"
#include "ingest/kafka_dead_letters.h"
#include "ladders/ladder_file.h"
#include "metrics/exposition.h"
#include "probes/task_items.h"
#include "run/asked_items.h"
#include "run/fixed_configuration.h"
#include "run/memory_estimate.h"
#include "run/probing.h"
#include "run/resumed_history.h"
#include "run/run_facts.h"

namespace gradus {
namespace {

constexpr std::size_t kQueuedBatches = 32;

tl::unexpected<Error> unknown_learner(const Config& config) {
  return fail(ErrorCode::kBadConfig,
              "learner.kind: unknown learner '" + config.learner + "'; see gradus list learners");
}

Result<void> make_ladder(const LearnerKind& kind, RunParts& parts) {
  if (parts.config.ladder.empty()) return {};
  auto ladder = load_ladder(parts.config.ladder);
  const bool unread = !ladder && (ladder.error().code == ErrorCode::kNotFound ||
                                  ladder.error().code == ErrorCode::kIo);
  if (unread)
    return tl::unexpected(parts.config.root_options.refused("ladder", ladder.error().message));
  if (!ladder) return tl::unexpected(ladder.error());
  parts.ladder = tasks_for(kind, *ladder);
  if (parts.ladder->tasks.empty())
    return fail(ErrorCode::kBadConfig,
                "learner '" + parts.config.learner + "' can take none of the tasks of ladder '" +
                    parts.config.ladder +
                    "': they have free answers; try the learner 'transformer'");
  return {};
}

Result<void> make_learner(const LearnerKind& kind, const RunRequest& request, RunParts& parts) {
  LearnerSetup setup;
  setup.seed = parts.config.seed;
  setup.rate_change_from = request.rate_change_from;
  setup.rate_change_factor = request.rate_change_factor;
  setup.rate_change_until = request.rate_change_until;
  Options& options = parts.config.learner_options;
  // A choice task needs as many classes as its longest list of answers, unless the user says more.
  std::size_t choices = 0;
  if (parts.ladder && kind.input == InputKind::kSparse)
    for (const Task& task : parts.ladder->tasks) choices = std::max(choices, task.choices.size());
  if (choices > 0 && !options.has("classes"))
    options.set("classes", std::to_string(std::max<std::size_t>(choices, 2)), "ladder");
  // Before it is made: what is too large for the machine must not be tried out.
  const MemoryEstimate memory = estimate_memory(parts.config, kind, parts.ladder);
  if (auto fits = check_memory(memory, parts.config); !fits) return fits;
  auto learner = kind.make(options, setup);
  if (!learner) return tl::unexpected(learner.error());
  if (auto known = options.finish(); !known) return known;
  parts.learner = std::move(*learner);
  return {};
}

SourceSetup source_setup(const RunRequest& request, const RunParts& parts, Clock& clock, Log& log) {
  SourceSetup setup;
  setup.run = parts.config.run;
  setup.until_end = request.until_end;
  setup.seed = parts.config.seed;
  setup.ladder = parts.ladder ? &*parts.ladder : nullptr;
  setup.changes = request.changes;
  setup.clock = &clock;
  setup.log = &log;
  return setup;
}

Result<void> make_stream(const RunRequest& request, RunParts& parts, Clock& clock, Log& log) {
  Config& config = parts.config;
  const Ladder* ladder = parts.ladder ? &*parts.ladder : nullptr;
  const FormatKind& format = *find_format(config.format);
  Options item_options = config.format_options;
  auto decoder = format.make(parts.learner->input(), ladder, config.format_options);
  if (!decoder) return tl::unexpected(decoder.error());
  if (auto known = config.format_options.finish(); !known) return known;
  auto item_decoder = format.make(parts.learner->input(), ladder, item_options);
  if (!item_decoder) return tl::unexpected(item_decoder.error());
  parts.decoder = std::move(*decoder);
  parts.item_decoder = std::move(*item_decoder);

  const SourceSetup setup = source_setup(request, parts, clock, log);
  auto source = find_source(config.source)->make(config.source_options, setup);
  if (!source) return tl::unexpected(source.error());
  if (auto known = config.source_options.finish(); !known) return known;
  if (config.source == "file") {
    const std::string path = config.source_options.text("path", "");
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
      return tl::unexpected(config.source_options.refused("path", "there is no file " + path));
    if (std::filesystem::is_directory(path, ignored))
      return tl::unexpected(
          config.source_options.refused("path", path + " is a directory; a file is expected"));
  }
  parts.source = std::move(*source);
  return {};
}

/// The items of the ladder, each of them one that the learner can be asked, and all of them within
/// limits.memory. They belong to the
/// configuration: what is wrong with them is wrong before anything is learned.
Result<std::vector<Item>> make_items(const RunParts& parts) {
  auto items = ladder_items(*parts.ladder);
  if (!items) return fail(ErrorCode::kBadConfig, items.error().message);
  MemoryEstimate memory =
      estimate_memory(parts.config, *find_learner(parts.config.learner), parts.ladder);
  for (std::size_t task = 0; task < parts.ladder->tasks.size(); ++task) {
    const auto decoded =
        TaskItems::decode(*parts.ladder, static_cast<TaskIndex>(task), *items, *parts.item_decoder);
    if (!decoded) return fail(ErrorCode::kBadConfig, decoded.error().message);
    count_items(*decoded, parts.ladder->tasks[task], memory);
  }
  if (auto fits = check_memory(memory, parts.config); !fits) return tl::unexpected(fits.error());
  return items;
}

Result<void> make_dead_letters(const RunRequest& request, RunParts& parts, Clock& clock, Log& log) {
  Config& config = parts.config;
  if (config.ingest.on_error != OnError::kDeadLetter) return {};
  if (config.source == "kafka") {
    auto made =
        make_kafka_dead_letters(config.source_options, source_setup(request, parts, clock, log));
    if (!made) return tl::unexpected(made.error());
    parts.dead_letters = std::move(*made);
    return {};
  }
  auto made = DeadLetterFile::open(config.data / "dead_letters.jsonl", config.run, clock);
  if (!made) return tl::unexpected(made.error());
  parts.dead_letters = std::move(*made);
  return {};
}

Result<void> resume(const RunRequest& request, RunParts& parts, const std::string& fixed) {
  const Config& config = parts.config;
  parts.checkpoints.emplace(config.data);
  auto loaded = parts.checkpoints->load(config.run, config.learner, fnv1a_64(fixed), fixed);
  if (!loaded) return tl::unexpected(loaded.error());
  if (*loaded && request.fresh)
    return fail(ErrorCode::kBadConfig,
                config.data.string() + " already holds run '" + config.run + "' at step " +
                    std::to_string((*loaded)->step) +
                    "; leave out --fresh to go on, or choose another data directory");
  parts.resumed = std::move(*loaded);
  if (parts.resumed) {
    ByteReader state(parts.resumed->state);
    if (auto done = parts.learner->load(state); !done) return done;
  }
  if (!request.keep_checkpoints) parts.checkpoints.reset();
  return {};
}

/// The faults of a request where the learner meets them: at the beginning of the update that has
/// their step, since a stream that falls silent within it ends there.
std::vector<Annotation> faults_of(const LearnerKind& kind, const RunRequest& request) {
  const Step update = std::max<Step>(1, kind.minibatch);
  std::vector<Annotation> faults = request.faults;
  for (Annotation& each : faults) each.step -= each.step % update;
  return faults;
}

Result<void> make_progress(const LearnerKind& kind, const RunRequest& request, RunParts& parts,
                           Clock& clock, Log& log) {
  const Config& config = parts.config;
  auto items = make_items(parts);
  if (!items) return tl::unexpected(items.error());
  auto history = History::open(config.data, config.run);
  if (!history) return tl::unexpected(history.error());
  parts.history = std::move(*history);
  const Timestamp now = clock.now();
  const auto attempt =
      resume_history(*parts.history, parts.resumed,
                     CheckpointStore(config.data).saved_at().value_or(now), now, log);
  if (!attempt) return tl::unexpected(attempt.error());
  if (auto kept = parts.history->plan_faults(faults_of(kind, request), parts.resumed_step()); !kept)
    return kept;
  auto reader = HistoryReader::open(config.data);
  if (!reader) return tl::unexpected(reader.error());
  parts.history_reader = std::move(*reader);

  TrackerOptions options;
  options.run = config.run;
  options.attempt = *attempt;
  options.false_alarms_per_run = config.false_alarms_per_run;
  options.planned_probes = config.planned_probes;
  options.profile = config.profile;
  parts.tracker = std::make_unique<Tracker>(*parts.ladder, options);
  if (auto restored = restore_tracker(*parts.tracker, *parts.ladder, *parts.history); !restored)
    return restored;

  auto prober = Prober::make(*parts.ladder, *items, *parts.item_decoder,
                             prober_options(kind, parts), clock, log);
  if (!prober) return tl::unexpected(prober.error());
  parts.prober = std::move(*prober);
  const auto scores = parts.history->scores();
  if (!scores) return tl::unexpected(scores.error());
  parts.prober->resume(*scores);
  auto sealed = sealed_prober(*parts.ladder, *parts.item_decoder, log);
  if (!sealed) return tl::unexpected(sealed.error());
  parts.sealed.emplace(std::move(*sealed));
  auto kept = parts.history->answers();
  if (!kept) return tl::unexpected(kept.error());
  parts.answers.emplace(asked_items(*parts.ladder, *items));
  parts.answers->restore(*kept, *parts.tracker->report());
  parts.probe_loop = std::make_unique<ProbeLoop>(
      ProbeLoopParts{*parts.prober, *parts.sealed, *parts.tracker, *parts.history, *parts.answers,
                     parts.snapshots, parts.annotations, parts.slots,
                     parts.waits ? &parts.probed : nullptr},
      clock, log);
  return {};
}

void warn_of_series_limit(const RunParts& parts, Log& log) {
  const auto probes =
      parts.prober ? std::make_shared<const ProbeStats>(parts.prober->stats()) : nullptr;
  const SeriesOutlook outlook =
      series_outlook(parts.facts, parts.ladder ? &*parts.ladder : nullptr, probes);
  if (outlook.left_out.empty()) return;
  std::string names;
  for (const std::string& name : outlook.left_out) names += (names.empty() ? "" : ", ") + name;
  log.warning("metrics", "metrics.max_series is " + std::to_string(parts.facts.max_series) +
                             ", this run has " + std::to_string(outlook.series) +
                             " series: /metrics leaves out " + names);
}

void note_skipping(const RunParts& parts, Log& log) {
  if (!parts.resumed || parts.config.source != "stdin") return;
  const PartitionPosition* read = parts.resumed->position.find(0);
  if (read == nullptr || read->next == 0) return;
  log.info("ingest", "stdin: skipping the first " +
                         with_thousands(static_cast<std::uint64_t>(read->next)) +
                         " lines, which the checkpoint has read; they must be sent again and are "
                         "compared; for another text give another data directory");
}

void note_left_out(const RunParts& parts, Log& log) {
  if (!parts.ladder || parts.ladder->left_out.empty()) return;
  std::string names;
  for (const std::string& name : parts.ladder->left_out)
    names += (names.empty() ? "" : ", ") + name;
  log.info("app", "learner '" + parts.config.learner + "' cannot take these tasks of ladder '" +
                      parts.ladder->name + "', whose answers are free: " + names +
                      "; they are left out");
}

void make_loops(const LearnerKind& kind, const RunRequest& request, const std::string& fixed,
                RunParts& parts, Clock& clock, Log& log) {
  const Config& config = parts.config;
  StreamPosition start;
  start.stream = parts.source->identity();
  if (parts.resumed) start = parts.resumed->position;
  LearnerLoopOptions learner;
  learner.run = config.run;
  learner.learner = config.learner;
  learner.config_hash = fnv1a_64(fixed);
  learner.configuration = fixed;
  learner.tasks = parts.ladder ? parts.ladder->tasks.size() : 0;
  learner.checkpoint_every =
      std::chrono::duration_cast<Duration>(std::chrono::duration<double>(config.checkpoint_every));
  learner.max_examples = request.max_examples;
  learner.probes_per_doubling = config.probes_per_doubling;
  IngestOptions ingest = config.ingest;
  ingest.minibatch = kind.minibatch;
  if (parts.waits && parts.ladder) wait_for_probes(parts, learner, ingest);
  parts.ingest_loop = std::make_unique<IngestLoop>(std::move(ingest), *parts.source, *parts.decoder,
                                                   parts.dead_letters.get(), start, parts.queue,
                                                   parts.committed, parts.slots.ingest, clock, log);
  parts.learner_loop = std::make_unique<LearnerLoop>(
      learner, *parts.learner, parts.checkpoints ? &*parts.checkpoints : nullptr, parts.resumed,
      parts.queue, parts.snapshots, parts.committed, parts.slots.learner, clock, log);
}

}  // namespace

Ladder tasks_for(const LearnerKind& kind, const Ladder& ladder) {
  const bool questions = std::any_of(ladder.tasks.begin(), ladder.tasks.end(),
                                     [](const Task& task) { return !task.choices.empty(); });
  if (kind.input == InputKind::kText || !questions) return ladder;
  std::vector<bool> keep;
  for (const Task& task : ladder.tasks) keep.push_back(!task.choices.empty());
  return select_tasks(ladder, keep);
}

Result<void> check_parts(Config config) {
  SystemClock clock;
  Log log(LogFormat::kText, LogLevel::kError, clock);
  RunRequest request;
  request.config = config;
  const LearnerKind* kind = find_learner(config.learner);
  if (kind == nullptr) return unknown_learner(config);
  RunParts parts(std::move(config), kQueuedBatches);
  if (auto done = make_ladder(*kind, parts); !done) return done;
  if (auto done = make_learner(*kind, request, parts); !done) return done;
  if (auto done = make_stream(request, parts, clock, log); !done) return done;
  if (!parts.ladder) return {};
  if (auto items = make_items(parts); !items) return tl::unexpected(items.error());
  return sealed_prober(*parts.ladder, *parts.item_decoder, log).map([](const auto&) {});
}

Result<std::unique_ptr<RunParts>> assemble(RunRequest request, Clock& clock, Log& log) {
  const LearnerKind* kind = find_learner(request.config.learner);
  if (kind == nullptr) return unknown_learner(request.config);
  auto lock = FileLock::acquire(request.config.data);
  if (!lock && lock.error().code == ErrorCode::kIo)
    return fail(ErrorCode::kIo,
                request.config.root_options.refused("data", lock.error().message).message);
  if (!lock) return tl::unexpected(lock.error());
  auto parts = std::make_unique<RunParts>(request.config, kQueuedBatches);
  parts->lock.emplace(std::move(*lock));
  if (auto done = make_ladder(*kind, *parts); !done) return tl::unexpected(done.error());
  if (auto done = make_learner(*kind, request, *parts); !done) return tl::unexpected(done.error());
  if (auto done = make_stream(request, *parts, clock, log); !done)
    return tl::unexpected(done.error());
  parts->waits = waits_for_probes(request, *parts);
  const std::string fixed =
      fixed_configuration(parts->config, parts->ladder ? &*parts->ladder : nullptr, *parts->source);
  if (auto done = resume(request, *parts, fixed); !done) return tl::unexpected(done.error());

  parts->facts =
      run_facts(parts->config, parts->source->topic(), hex(fnv1a_64(fixed)), clock.now());
  parts->facts.has_checkpoints = parts->checkpoints.has_value();
  if (parts->ladder)
    if (auto done = make_progress(*kind, request, *parts, clock, log); !done)
      return tl::unexpected(done.error());
  if (auto done = make_dead_letters(request, *parts, clock, log); !done)
    return tl::unexpected(done.error());
  warn_of_series_limit(*parts, log);
  note_left_out(*parts, log);
  make_loops(*kind, request, fixed, *parts, clock, log);
  const StreamPosition start =
      parts->resumed ? parts->resumed->position : StreamPosition{parts->source->identity(), {}};
  note_skipping(*parts, log);
  if (auto done = parts->source->open(start); !done) return tl::unexpected(done.error());
  return parts;
}

}  // namespace gradus
