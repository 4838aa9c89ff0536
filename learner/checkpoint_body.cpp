#include "learner/checkpoint_body.h"

#include <algorithm>
#include <span>

#include "base/bytes.h"

namespace gradus {
namespace {

void put_sums(ByteWriter& out, const LearnSums& sums) {
  for (const std::uint64_t count :
       {sums.examples, sums.updates, sums.correct, sums.non_finite_inputs, sums.non_finite_losses,
        sums.non_finite_gradients, sums.non_finite_weights})
    out.put(count);
  sums.loss.save(out);
  sums.log_loss.save(out);
}

LearnSums get_sums(ByteReader& in, std::uint32_t version) {
  LearnSums sums;
  for (std::uint64_t* count :
       {&sums.examples, &sums.updates, &sums.correct, &sums.non_finite_inputs,
        &sums.non_finite_losses, &sums.non_finite_gradients, &sums.non_finite_weights})
    *count = in.get<std::uint64_t>();
  for (ExactSum* sum : {&sums.loss, &sums.log_loss})
    *sum = version < 3 ? ExactSum(in.get<double>()) : ExactSum::load(in);
  return sums;
}

// By name: a new reason moves the numbers of others.
void put_events(ByteWriter& out, const StreamEvents& events) {
  out.put(static_cast<std::uint32_t>(std::count_if(events.rejected.begin(), events.rejected.end(),
                                                   [](std::uint64_t count) { return count > 0; })));
  for (int i = 0; i < kRejectCount; ++i) {
    const auto reason = static_cast<Reject>(i);
    if (events.of(reason) == 0) continue;
    out.put_string(reject_name(reason));
    out.put(events.of(reason));
  }
  out.put(events.gaps);
  out.put(events.duplicates);
}

StreamEvents get_events(ByteReader& in) {
  StreamEvents events;
  const auto reasons = in.get<std::uint32_t>();
  for (std::uint32_t i = 0; i < reasons && in.ok(); ++i) {
    const auto reason = find_reject(in.get_string());
    if (!reason) in.fail();
    events.of(reason.value_or(Reject::kNone)) = in.get<std::uint64_t>();
  }
  events.gaps = in.get<std::uint64_t>();
  events.duplicates = in.get<std::uint64_t>();
  return events;
}

}  // namespace

std::string encode_checkpoint(const Checkpoint& checkpoint) {
  ByteWriter out;
  out.put_string(checkpoint.run);
  out.put_string(checkpoint.learner);
  out.put(checkpoint.config_hash);
  out.put(checkpoint.step);
  out.put_all(std::span<const Step>(checkpoint.own_steps));
  checkpoint.position.save(out);
  put_sums(out, checkpoint.sums);
  out.put(checkpoint.events_from);
  put_events(out, checkpoint.events);
  out.put_string(checkpoint.state);
  out.put_string(checkpoint.configuration);
  checkpoint.position.save_marks(out);
  return out.take();
}

std::optional<Checkpoint> decode_checkpoint(std::string_view body, std::uint32_t version) {
  ByteReader in(body);
  Checkpoint checkpoint;
  checkpoint.run = in.get_string();
  checkpoint.learner = in.get_string();
  checkpoint.config_hash = in.get<std::uint64_t>();
  checkpoint.step = in.get<Step>();
  checkpoint.own_steps = in.get_all<Step>();
  checkpoint.position = StreamPosition::load(in);
  checkpoint.sums = get_sums(in, version);
  checkpoint.events_from = version < 3 ? checkpoint.step : in.get<Step>();
  if (version >= 3) checkpoint.events = get_events(in);
  checkpoint.state = in.get_string();
  if (in.ok() && !in.at_end()) checkpoint.configuration = in.get_string();
  if (version >= 2) checkpoint.position.load_marks(in);
  if (!in.ok() || !in.at_end()) return std::nullopt;
  return checkpoint;
}

}  // namespace gradus
