#pragma once

#include <span>

#include "ladders/ladder.h"
#include "probes/sealed_prober.h"
#include "progress/answer_book.h"

namespace gradus {

/// The items of every task as people read them: prompt and answer of a question in text, the record
/// as it stands of any other.
AnswerBook::Page asked_items(const Ladder& ladder, std::span<const Item> items);

/// What asks the sealed items of the ladder. Errors: kBadConfig for items that cannot be made, or
/// names one that cannot be decoded. `ladder` and `log` outlive it.
Result<SealedProber> sealed_prober(const Ladder& ladder, Decoder& decoder, Log& log);

}  // namespace gradus
