#pragma once

#include <span>
#include <vector>

#include "ladders/ladder.h"
#include "probes/sealed_prober.h"
#include "progress/answer_book.h"

namespace gradus {

/// The items of every task as people read them: prompt and answer of a question in text, the record
/// as it stands of any other.
AnswerBook::Page asked_items(const Ladder& ladder, std::span<const Item> items);

/// The sealed items of the ladder, in task order. Errors: kBadConfig for items that cannot be made,
/// and with the line of a question that the items file or an earlier line asks, whatever it calls
/// the right answer: a sealed item that is asked anyway would hide what it is there to show.
Result<std::vector<Item>> sealed_items(const Ladder& ladder);

/// What asks the sealed items of the ladder. Errors: as sealed_items; kBadConfig names one that
/// cannot be decoded. `ladder` and `log` outlive it.
Result<SealedProber> sealed_prober(const Ladder& ladder, Decoder& decoder, Log& log);

}  // namespace gradus
