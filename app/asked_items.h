#pragma once

#include <span>

#include "ladders/ladder.h"
#include "progress/answer_book.h"

namespace gradus {

/// The items of every task as people read them: prompt and answer of a question in text, the record
/// as it stands of any other.
AnswerBook::Page asked_items(const Ladder& ladder, std::span<const Item> items);

}  // namespace gradus
