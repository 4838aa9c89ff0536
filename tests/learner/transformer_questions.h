#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "ingest/example_batch.h"

namespace gradus::testing {

struct Question {
  std::string_view prompt, answer;
};

/// One question of every task of the arithmetic ladder.
inline constexpr std::array<Question, 17> kQuestions = {{{"copy 407=", "407"},
                                                         {"max 3 9 4=", "9"},
                                                         {"next 99=", "100"},
                                                         {"odd 12=", "0"},
                                                         {"47+5=", "52"},
                                                         {"31-9=", "22"},
                                                         {"12+34=", "46"},
                                                         {"58+67=", "125"},
                                                         {"90-27=", "63"},
                                                         {"314+159=", "473"},
                                                         {"45+67-89=", "23"},
                                                         {"45+67 mod 9=", "4"},
                                                         {"37*8=", "296"},
                                                         {"7*(8-3)=", "35"},
                                                         {"gcd 84 36=", "12"},
                                                         {"9x+50=230,x=", "20"},
                                                         {"1234+9876=", "11110"}}};

inline void add_question(ExampleBatch& batch, Question question, float weight = 1) {
  batch.task.push_back(0);
  batch.weight.push_back(weight);
  batch.event_time_ms.push_back(-1);
  batch.prompt_begin.push_back(static_cast<std::uint32_t>(batch.arena.size()));
  batch.arena += question.prompt;
  batch.answer_begin.push_back(static_cast<std::uint32_t>(batch.arena.size()));
  batch.arena += question.answer;
  batch.text_end.push_back(static_cast<std::uint32_t>(batch.arena.size()));
}

/// `count` questions, every task in turn.
inline ExampleBatch question_batch(std::size_t count, std::size_t first = 0) {
  ExampleBatch batch;
  for (std::size_t i = 0; i < count; ++i) {
    add_question(batch, kQuestions[(first + i) % kQuestions.size()]);
  }
  return batch;
}

}  // namespace gradus::testing
