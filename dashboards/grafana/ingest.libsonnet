// The stream: what comes, what is refused, how far behind the learner is.
local g = import 'grafana.libsonnet';

local rate(metric, by='topic', extra='') = 'sum by (%s) (rate(%s[$__rate_interval]))' % [by, g.of_topic(metric, extra)];
local gained(metric, by='topic', extra='') = 'sum by (%s) (increase(%s[$__rate_interval]))' % [by, g.of_topic(metric, extra)];

local headline = [4, [
  [4, g.stat('Messages', 'Messages taken from the stream.', 'sum(rate(%s[$__rate_interval]))' % g.of_topic('gradus_ingest_messages_total'), 'cps', 'no stream')],
  [4, g.stat('Bytes', 'Payload taken from the stream.', 'sum(rate(%s[$__rate_interval]))' % g.of_topic('gradus_ingest_bytes_total'), 'Bps', 'no stream')],
  [4, g.figure(
    'Last message', 'Time since the last message was received.',
    'time() - max(%s)' % g.of_topic('gradus_ingest_last_message_timestamp_seconds'), 's', 'no stream',
  ) + g.decimals(0) + g.thresholds(g.colors.mastered, [[60, g.colors.stalled], [300, g.colors.regressing]])],
  [4, g.stat('Lag', 'Messages of the topic that are not learned yet.', 'sum(%s)' % g.of_topic('topic:gradus_ingest_consumer_lag_messages:sum'), 'short', 'no topic')],
  [4, g.stat('Lag in time', 'How long the learner would need for its lag at the rate at which it reads.', 'max(%s)' % g.of_topic('topic:gradus_ingest_consumer_lag_seconds:estimate'), 's', 'no topic')],
  [4, g.figure(
    'Refused', 'The share of the messages that could not be decoded.',
    'sum(rate(%s[$__rate_interval])) / sum(rate(%s[$__rate_interval]))' % [g.of_topic('gradus_ingest_decode_errors_total'), g.of_topic('gradus_ingest_messages_total')], 'percentunit', 'no messages',
  ) + g.decimals(2) + g.thresholds(g.colors.mastered, [[0.001, g.colors.stalled], [0.01, g.colors.regressing]])],
]];

local flow = [9, [
  [12, g.curves(
    'From message to example', 'Messages taken from the stream and examples made of them; what lies between was refused or skipped.',
    [g.query(rate('gradus_ingest_messages_total'), 'messages {{topic}}', 'A'), g.query(rate('gradus_ingest_examples_total'), 'examples {{topic}}', 'B')], 'cps', 'no stream',
  ) + g.min(0)],
  [12, g.curves(
    'Delay of the events', 'Time from a record\'s own timestamp to the moment when it is learned: p50, p90 and p99.',
    [g.quantile(q[0], g.of_topic('gradus_ingest_event_delay_seconds_bucket'), q[1], q[2]) for q in [[0.5, 'p50', 'A'], [0.9, 'p90', 'B'], [0.99, 'p99', 'C']]], 's', 'records carry no time',
  ) + g.min(0)],
]];

local refused = [8, [
  [8, g.curves('Refused', 'Messages that could not be decoded, by reason.', [g.query(rate('gradus_ingest_decode_errors_total', 'reason'), '{{reason}}')], 'cps', 'no stream') + g.min(0) + g.custom({ stacking: { mode: 'normal', group: 'A' }, fillOpacity: 40, lineWidth: 1 })],
  [8, g.curves('Dead letters', 'Refused messages that were kept, or could not be.', [g.query(rate('gradus_ingest_dead_letters_total', 'outcome'), '{{outcome}}')], 'cps', 'no stream') + g.min(0)
      + g.override('failed', { color: { mode: 'fixed', fixedColor: g.colors.regressing } })],
  [8, g.curves('Skipped', 'Messages left out on purpose, by reason.', [g.query(rate('gradus_ingest_skipped_total', 'reason'), '{{reason}}')], 'cps', 'no stream') + g.min(0)],
]];

local waiting = [8, [
  [8, g.panel(
    'heatmap', 'Delay of the events, spread', 'How many records were learned so long after their own timestamp.',
    [g.query('sum by (le) (increase(%s[$__rate_interval]))' % g.of_topic('gradus_ingest_event_delay_seconds_bucket'), '{{le}}') + { format: 'heatmap' }], 's', 'records carry no time',
  ) + g.options({ calculate: false, color: { mode: 'scheme', scheme: 'Blues', steps: 32 }, yAxis: { unit: 's' }, cellGap: 0, legend: { show: true }, tooltip: { mode: 'single' } })],
  [8, g.curves('Waiting for the learner', 'The share of the time in which the reader waits for the learner: near 1, the learner is what limits the rate.', [g.query('rate(%s[$__rate_interval])' % g.of('gradus_ingest_backpressure_seconds_total'), '{{instance}}')], 'percentunit', 'no stream') + g.range(0, 1)],
  [8, g.curves(
    'Read ahead', 'Messages that wait in the client, and their bytes (right).',
    [
      g.query('sum by (topic) (%s)' % g.of_topic('gradus_ingest_prefetch_messages'), 'messages {{topic}}', 'A'),
      g.query('sum by (topic) (%s)' % g.of_topic('gradus_ingest_prefetch_bytes'), 'bytes {{topic}}', 'B'),
    ], 'short', 'no topic',
  ) + g.min(0) + {
    fieldConfig+: { overrides+: [{
      matcher: { id: 'byRegexp', options: '/^bytes/' },
      properties: [{ id: 'unit', value: 'bytes' }, { id: 'custom.axisPlacement', value: 'right' }],
    }] },
  }],
]];

local kafka = g.section('Kafka', [
  [8, [
    [8, g.curves('Lag by partition', 'Messages of each partition that are not learned yet.', [g.query('sum by (topic, partition) (%s)' % g.of_topic('gradus_ingest_consumer_lag_messages'), '{{topic}} {{partition}}')], 'short', 'no topic')
        + g.min(0) + g.custom({ stacking: { mode: 'normal', group: 'A' }, fillOpacity: 40, lineWidth: 1 })],
    [8, g.curves(
      'Offsets', 'The next offset to learn and the end of each partition: the distance is the lag.',
      [
        g.query('max by (topic, partition) (%s)' % g.of_topic('gradus_ingest_next_offset'), 'next {{topic}} {{partition}}', 'A'),
        g.query('max by (topic, partition) (%s)' % g.of_topic('gradus_ingest_high_watermark_offset'), 'end {{topic}} {{partition}}', 'B'),
      ], 'short', 'no topic',
    )],
    [8, g.curves(
      'Gaps, duplicates and resets', 'Jumps of the offsets, messages dropped because they had been learned already, and positions that the broker no longer has.',
      [
        g.query(gained('gradus_ingest_offset_gaps_total'), 'gaps {{topic}}', 'A'),
        g.query(gained('gradus_ingest_offset_duplicates_total'), 'duplicates {{topic}}', 'B'),
        g.query(gained('gradus_ingest_offset_resets_total'), 'resets {{topic}}', 'C'),
      ], 'none', 'no stream',
    ) + g.min(0) + g.decimals(0)],
  ]],
  [8, [
    [8, g.curves('Round trip', 'Time from a request to the broker to its answer, over the client\'s last statistics window.', [g.query('max by (instance, stat) (%s)' % g.of('gradus_ingest_broker_rtt_seconds'), '{{stat}} {{instance}}')], 's', 'no broker') + g.min(0)],
    [8, g.curves(
      'Brokers and partitions', 'Brokers that are connected, and partitions that are read.',
      [g.query(g.of('gradus_ingest_brokers_up'), 'brokers {{instance}}', 'A'), g.query(g.of_topic('gradus_ingest_assigned_partitions'), 'partitions {{topic}}', 'B')], 'none', 'no topic',
    ) + g.min(0) + g.decimals(0)],
    [8, g.curves('Errors of the client', 'Errors that librdkafka reports, by their name.', [g.query('sum by (code) (rate(%s[$__rate_interval])) or on () label_replace(vector(0), "code", "none", "", "")' % g.of('gradus_ingest_client_errors_total'), '{{code}}')], 'cps', 'none') + g.min(0)],
  ]],
  [8, [[24, g.curves('Age of the newest record', 'Time since the timestamp of the last record that was learned.', [g.query('time() - max by (topic) (%s)' % g.of_topic('gradus_ingest_last_event_timestamp_seconds'), '{{topic}}')], 's', 'no stream') + g.min(0)]]],
]);

g.quiet(g.dashboard(
  'gradus-ingest', 'Gradus / Ingest',
  'The stream: its rate, its lag, what is refused, and the broker behind it.',
  [g.job, g.instance, g.topic],
  [headline, flow, refused, waiting],
  [kafka],
))
