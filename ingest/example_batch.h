#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/record.h"
#include "ingest/stream_events.h"
#include "ingest/stream_position.h"
#include "ladders/ladder.h"

namespace gradus {

/// The columns that a learner reads.
enum class InputKind : std::uint8_t {
  kSparse,  ///< CSR of hashed slot and value, with a numeric label
  kText,    ///< prompt and answer as characters
};

/// What a learner accepts, told to the decoder once at set-up.
struct InputSpec {
  InputKind kind = InputKind::kSparse;
  unsigned bits = 18;  ///< sparse: slots are below 2^bits
  /// Sparse: labels are class indices 0..classes-1; 0: any finite number.
  std::uint32_t classes = 0;
  /// Text: says whether the learner can take a question; null where it takes all.
  Reject (*check_text)(std::string_view prompt, std::string_view answer) = nullptr;
  /// Text: what is wrong with a question that `check_text` refused; null where there is no
  /// `check_text`.
  std::string (*explain_text)(std::string_view prompt, std::string_view answer) = nullptr;
};

/// Decoded examples as a structure of arrays; only the columns of one InputKind are filled.
/// Shapes: n examples; row_begin (n+1,), slot and value (nnz,); prompt_begin, answer_begin (n,) and
/// text_end (n,) into arena. Threads: one owner at a time; moved through the queue. Cost: no
/// allocation per example once the columns have grown.
struct ExampleBatch {
  std::vector<TaskIndex> task;
  std::vector<float> weight;
  std::vector<std::int64_t> event_time_ms;  ///< -1 where unknown

  std::vector<float> label;                 ///< sparse: class index or number
  std::vector<std::uint32_t> row_begin{0};  ///< sparse
  std::vector<std::uint32_t> slot;          ///< sparse
  std::vector<float> value;                 ///< sparse

  std::string arena;                        ///< text: prompts and answers, one after the other
  std::vector<std::uint32_t> prompt_begin;  ///< text
  std::vector<std::uint32_t> answer_begin;  ///< text
  std::vector<std::uint32_t> text_end;      ///< text

  /// Where the stream goes on after the last record that this batch consumed, rejected ones
  /// included.
  StreamPosition next;
  /// What was met on the way from the batch before.
  StreamEvents events;

  std::size_t size() const { return task.size(); }
  bool empty() const { return task.empty(); }
  std::string_view prompt(std::size_t i) const {
    return std::string_view(arena).substr(prompt_begin[i], answer_begin[i] - prompt_begin[i]);
  }
  std::string_view answer(std::size_t i) const {
    return std::string_view(arena).substr(answer_begin[i], text_end[i] - answer_begin[i]);
  }
  /// Forgets all examples and keeps the memory.
  void clear();
  /// Makes room for as many examples as `other` holds, so that filling it again allocates nothing.
  void reserve_like(const ExampleBatch& other);
};

}  // namespace gradus
