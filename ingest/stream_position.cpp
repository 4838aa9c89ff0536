#include "ingest/stream_position.h"

#include <algorithm>

namespace gradus {
namespace {

bool precedes(const PartitionPosition& entry, std::int32_t partition) {
  return entry.partition < partition;
}

}  // namespace

PartitionPosition& StreamPosition::at(std::int32_t partition) {
  const auto place = std::lower_bound(partitions.begin(), partitions.end(), partition, precedes);
  if (place != partitions.end() && place->partition == partition) return *place;
  return *partitions.insert(place, PartitionPosition{.partition = partition});
}

const PartitionPosition* StreamPosition::find(std::int32_t partition) const {
  const auto place = std::lower_bound(partitions.begin(), partitions.end(), partition, precedes);
  return place != partitions.end() && place->partition == partition ? &*place : nullptr;
}

// Field by field: the struct has padding, whose bytes would differ between equal positions.
void StreamPosition::save(ByteWriter& out) const {
  out.put_string(stream);
  out.put<std::uint64_t>(partitions.size());
  for (const PartitionPosition& entry : partitions) {
    out.put(entry.partition);
    out.put(entry.next);
    out.put(entry.last_timestamp_ms);
  }
}

StreamPosition StreamPosition::load(ByteReader& in) {
  StreamPosition position;
  position.stream = in.get_string();
  const auto count = in.get<std::uint64_t>();
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    PartitionPosition entry;
    entry.partition = in.get<std::int32_t>();
    entry.next = in.get<std::int64_t>();
    entry.last_timestamp_ms = in.get<std::int64_t>();
    if (in.ok()) position.partitions.push_back(entry);
  }
  return position;
}

void StreamPosition::save_marks(ByteWriter& out) const {
  out.put_string(origin);
  for (const PartitionPosition& entry : partitions) {
    for (const StreamMark& mark : {entry.last, entry.proved}) {
      out.put(mark.at);
      out.put(mark.digest);
    }
  }
}

void StreamPosition::load_marks(ByteReader& in) {
  origin = in.get_string();
  for (PartitionPosition& entry : partitions) {
    for (StreamMark* mark : {&entry.last, &entry.proved}) {
      mark->at = in.get<std::int64_t>();
      mark->digest = in.get<std::uint64_t>();
    }
  }
}

Result<void> require_stream(const StreamPosition& position, std::string_view identity) {
  if (position.stream.empty() || position.stream == identity) return {};
  return fail(ErrorCode::kForeign, "the checkpoint belongs to the stream '" + position.stream +
                                       "', not to '" + std::string(identity) +
                                       "': use another data directory, or the stream it is for");
}

}  // namespace gradus
