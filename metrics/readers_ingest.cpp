#include <string>

#include "ingest/lag.h"
#include "ingest/record.h"
#include "metrics/readers.h"

namespace gradus {
namespace {

double watermark(std::int64_t offset) { return static_cast<double>(offset); }

}  // namespace

void read_decode_errors(const MetricsView& view, SeriesWriter& out) {
  for (int i = 0; i < kRejectCount; ++i) {
    const auto reason = static_cast<Reject>(i);
    if (reason == Reject::kNone || reason == Reject::kTombstone) continue;
    out.add(static_cast<double>(view.ingest.rejected[static_cast<std::size_t>(i)]),
            {reject_name(reason)});
  }
}

void read_skipped(const MetricsView& view, SeriesWriter& out) {
  const auto tombstones = view.ingest.rejected[static_cast<std::size_t>(Reject::kTombstone)];
  out.add(static_cast<double>(tombstones), {reject_name(Reject::kTombstone)});
}

void read_dead_letters(const MetricsView& view, SeriesWriter& out) {
  out.add(static_cast<double>(view.ingest.dead_letters_delivered), {"delivered"});
  out.add(static_cast<double>(view.ingest.dead_letters_failed), {"failed"});
}

void read_next_offsets(const MetricsView& view, SeriesWriter& out) {
  for (const PartitionPosition& position : view.learner.position.partitions) {
    out.add(static_cast<double>(position.next), {std::to_string(position.partition)});
  }
}

void read_high_watermarks(const MetricsView& view, SeriesWriter& out) {
  for (const SourceFacts::Partition& partition : view.ingest.source.partitions) {
    if (partition.high_watermark < 0) continue;
    out.add(watermark(partition.high_watermark), {std::to_string(partition.partition)});
  }
}

void read_lags(const MetricsView& view, SeriesWriter& out) {
  for (const SourceFacts::Partition& partition : view.ingest.source.partitions) {
    const auto lag = lag_of(partition, view.learner.position);
    if (lag) out.add(static_cast<double>(*lag), {std::to_string(partition.partition)});
  }
}

void read_assigned_partitions(const MetricsView& view, SeriesWriter& out) {
  out.add(static_cast<double>(view.ingest.source.partitions.size()));
}

void read_brokers_up(const MetricsView& view, SeriesWriter& out) {
  out.add(view.ingest.source.brokers_up);
}

void read_client_errors(const MetricsView& view, SeriesWriter& out) {
  for (const auto& [code, count] : view.ingest.source.client_errors) {
    out.add(static_cast<double>(count), {code});
  }
}

void read_broker_rtts(const MetricsView& view, SeriesWriter& out) {
  const SourceFacts& source = view.ingest.source;
  if (source.broker_rtt_p50 >= 0) out.add(source.broker_rtt_p50, {"p50"});
  if (source.broker_rtt_p99 >= 0) out.add(source.broker_rtt_p99, {"p99"});
}

}  // namespace gradus
