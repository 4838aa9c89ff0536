#include "ingest/example_batch.h"

namespace gradus {

void ExampleBatch::clear() {
  task.clear();
  weight.clear();
  event_time_ms.clear();
  label.clear();
  row_begin.assign(1, 0);
  slot.clear();
  value.clear();
  arena.clear();
  prompt_begin.clear();
  answer_begin.clear();
  text_end.clear();
  next = {};
  events = {};
}

void ExampleBatch::reserve_like(const ExampleBatch& other) {
  task.reserve(other.task.size());
  weight.reserve(other.weight.size());
  event_time_ms.reserve(other.event_time_ms.size());
  label.reserve(other.label.size());
  row_begin.reserve(other.row_begin.size());
  slot.reserve(other.slot.size());
  value.reserve(other.value.size());
  arena.reserve(other.arena.size());
  prompt_begin.reserve(other.prompt_begin.size());
  answer_begin.reserve(other.answer_begin.size());
  text_end.reserve(other.text_end.size());
}

}  // namespace gradus
