#include "describe/progress_file.h"

#include <nlohmann/json.hpp>

#include "base/atomic_file.h"
#include "describe/json_writer.h"
#include "describe/progress_json.h"
#include "describe/run_fields.h"

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kSecondsBetweenWrites = 10;

}  // namespace

void ProgressFile::hand_over_when_due(const RunView& view, double seconds) {
  if (seconds < due_) return;
  due_ = seconds + kSecondsBetweenWrites;
  static_cast<void>(waiting_.try_push(content(view)));  // full: the disk is slower than that
}

void ProgressFile::run(const std::stop_token& stop, Log& log) {
  while (const auto next = waiting_.pop(stop))
    if (const auto written = write_file_atomically(path_, *next); !written)
      log.sampled(LogLevel::kError, "app", "progress_file", written.error().message);
}

Result<void> ProgressFile::write(const RunView& view) const {
  return write_file_atomically(path_, content(view));
}

std::string ProgressFile::content(const RunView& view) const {
  ProgressDocument origin;
  origin.format = kFormat;
  origin.origin = {.version = view.facts.version,
                   .revision = view.facts.revision,
                   .compiler = view.facts.compiler,
                   .librdkafka = view.facts.librdkafka,
                   .instructions = view.facts.instructions,
                   .seed = seed_,
                   .start = view.facts.start,
                   .configuration = configuration_};
  Json document = write_json([&](FieldVisitor& visit) { origin_fields(visit, origin); });
  document.update(Json::parse(progress_json(view), nullptr, false));
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gradus
