// How the learning stands, at a glance; what holds it up below.
local g = import 'grafana.libsonnet';

local mastered = 'sum(%s)' % g.of_run('gradus_progress_verdict', ', verdict="mastered"');
local tasks = 'count(%s)' % g.of_run('gradus_progress_verdict', ', verdict="mastered"');

local in_order(expr) = g.tiers_in_order(expr, g.of_run('tier:gradus_tier_task_order:place'));

local headline = [4, [
  [4, g.figure(
    'Learner',
    'Whether the learner is sound: diverged means that it answers worse than a constant would, or has met numbers that are not finite.',
    'max(%s)' % g.of_run('gradus_learner_diverged'), 'none', 'no learner',
  ) + g.words([['0', 'sound', g.colors.mastered], ['1', 'diverged', g.colors.regressing]])],
  [4, g.figure(
    'Alerts', 'Alerts of gradus that fire now.',
    'count(%s) or vector(0)' % g.of('ALERTS', ', alertname=~"Gradus.+", alertname!="GradusWatchdog", alertstate="firing"'), 'none', 'none',
  ) + g.thresholds(g.colors.mastered, [[1, g.colors.regressing]])],
  [4, g.figure(
    'Mastered', 'The share of all tasks whose score has reached its target.',
    '%s / %s' % [mastered, tasks], 'percentunit', 'no tasks',
  ) + g.decimals(0) + g.thresholds('text', [[1, g.colors.mastered]])],
  [4, g.stat(
    'Examples', 'Examples that the learner takes in.',
    'sum(rate(%s[$__rate_interval]))' % g.of_run('gradus_learner_examples_total'), 'cps', 'no learner',
  )],
  [4, g.stat(
    'Loss', 'The mean loss of an example before it is learned, in nats.',
    'sum(rate(%s[$__rate_interval])) / sum(rate(%s[$__rate_interval]))'
    % [g.of_run('gradus_learner_prequential_loss_total'), g.of_run('gradus_learner_examples_total')], 'none', 'no examples',
  ) + g.decimals(3)],
  [4, g.stat(
    'Lag', 'Messages of the stream that are not learned yet; only a topic has a lag.',
    'sum(%s and on (job, instance) %s)' % [g.of('gradus_ingest_consumer_lag_messages'), g.of_run('gradus_run_info')], 'short', 'no topic',
  )],
]];

local ladder = [
  [8, [[24, g.states(
    'Verdict of each tier',
    'A tier is mastered when all of its tasks are. Otherwise it shows the gravest verdict among the tasks that are not: dormant, learning, stalled, regressing.',
    in_order(g.of_run('tier:gradus_progress_verdict:code')), '{{tier}}', 'no verdicts yet',
  )]]],
  [13, [
    [12, g.curves(
      'Score of each tier', 'The mean of the latest scores of the tier\'s tasks.',
      [g.query(in_order(g.of_run('gradus_tier_score_ratio')), '{{tier}}')], 'percentunit', 'no scores yet',
    ) + g.range(0, 1) + g.legend_table(['lastNotNull'])],
    [12, g.bars(
      'Score against target', 'How much of its target each task has reached; full and green is mastered.',
      'sort_desc(max by (task) (%s / %s))' % [g.of_run('gradus_probe_score_ratio'), g.of_run('gradus_probe_target_ratio')],
      '{{task}}', 'percentunit', 'no scores yet',
    ) + g.range(0, 1) + g.decimals(0) + g.thresholds(g.colors.learning, [[1, g.colors.mastered]])],
  ]],
  [8, [
    [12, g.curves(
      'Loss and accuracy of the next example',
      'Before an example is learned it is predicted: the mean loss (left, in nats) and the share that is right (right).',
      [
        g.query('sum(rate(%s[$__rate_interval])) / sum(rate(%s[$__rate_interval]))'
                % [g.of_run('gradus_learner_prequential_loss_total'), g.of_run('gradus_learner_examples_total')], 'loss', 'A'),
        g.query('sum(rate(%s[$__rate_interval])) / sum(rate(%s[$__rate_interval]))'
                % [g.of_run('gradus_learner_prequential_correct_total'), g.of_run('gradus_learner_examples_total')], 'right', 'B'),
      ], 'none', 'no examples',
    ) + g.min(0) + {
      fieldConfig+: { overrides+: [{
        matcher: { id: 'byName', options: 'right' },
        properties: [{ id: 'unit', value: 'percentunit' }, { id: 'custom.axisPlacement', value: 'right' }, { id: 'max', value: 1 }],
      }] },
    }],
    [12, g.curves(
      'Changes of verdicts', 'How many verdicts change, by what they change to.',
      [g.query('sum by (type) (increase(%s[$__rate_interval]))' % g.of_run('gradus_progress_events_total'), '{{type}}')], 'none', 'no verdicts yet',
    ) + { interval: '1m' } + g.min(0) + g.decimals(0) + g.custom({ drawStyle: 'bars', fillOpacity: 60, lineWidth: 0, stacking: { mode: 'normal', group: 'A' } })
     + g.override('improved', { color: { mode: 'fixed', fixedColor: g.colors.learning } })
     + g.override('recovered', { color: { mode: 'fixed', fixedColor: '#0072B2' } })
     + g.override('stalled', { color: { mode: 'fixed', fixedColor: g.colors.stalled } })
     + g.override('regressed', { color: { mode: 'fixed', fixedColor: g.colors.regressing } })
     + g.override('mastered', { color: { mode: 'fixed', fixedColor: g.colors.mastered } })],
  ]],
];

local learner = g.section('Learner', [
  [8, [
    [8, g.curves('Examples', 'Examples learned.', [g.query('sum(rate(%s[$__rate_interval]))' % g.of_run('gradus_learner_examples_total'), 'examples')], 'cps', 'no learner') + g.min(0)],
    [8, g.curves(
      'Time of an update', 'The time that one mini-batch takes: half of them take less than p50, one in a hundred more than p99.',
      [g.quantile(0.5, g.of_run('gradus_learner_update_duration_seconds_bucket'), 'p50', 'A'), g.quantile(0.99, g.of_run('gradus_learner_update_duration_seconds_bucket'), 'p99', 'B')],
      's', 'no updates',
    ) + g.min(0)],
    [8, g.curves('Updates', 'Mini-batches learned.', [g.query('sum(rate(%s[$__rate_interval]))' % g.of_run('gradus_learner_updates_total'), 'updates')], 'ops', 'no updates') + g.min(0)],
  ]],
  [8, [
    [8, g.curves(
      'Norms', 'Euclidean norms of the newest gradient and of the parameters: both rise without end where a learner diverges.',
      [g.query(g.of_run('gradus_learner_gradient_norm'), 'gradient', 'A'), g.query(g.of_run('gradus_learner_weight_norm'), 'parameters', 'B')], 'none', 'not known of this learner',
    ) + g.log + g.decimals(2)],
    [8, g.curves('Learning rate', 'The step size in use.', [g.query(g.of_run('gradus_learner_learning_rate'), 'learning rate')], 'none', 'not known of this learner') + g.min(0) + g.decimals(5)],
    [8, g.curves(
      'Numbers that are not finite', 'NaN or infinite values met, by where.',
      [g.query('sum by (where) (increase(%s[$__rate_interval]))' % g.of_run('gradus_learner_non_finite_total'), '{{where}}')], 'none', 'no learner',
    ) + g.min(0) + g.decimals(0)],
  ]],
  [4, [
    [12, g.figure('Parameters', 'Parameters of the model.', 'max(%s)' % g.of_run('gradus_learner_parameters'), 'short', 'no learner')],
    [12, g.figure('Memory of the model', 'Bytes that the model takes.', 'max(%s)' % g.of_run('gradus_learner_state_bytes'), 'bytes', 'no learner')],
  ]],
]);

local checkpoints = g.section('Checkpoints', [
  [8, [
    [6, g.curves(
      'Age of the newest checkpoint', 'Time since the last good checkpoint, beside the interval that is configured.',
      [
        g.query('time() - ' + g.of('gradus_checkpoint_last_success_timestamp_seconds'), 'age {{instance}}', 'A'),
        g.query(g.of('gradus_checkpoint_interval_seconds'), 'interval {{instance}}', 'B'),
      ], 's', 'keeps none',
    ) + g.min(0)],
    [6, g.curves('Examples in it', 'The examples that the last good checkpoint contains.', [g.query(g.of_run('gradus_checkpoint_last_success_examples'), 'examples')], 'short', 'keeps none') + g.min(0)],
    [6, g.curves(
      'Time to write one', 'Half of the checkpoints take less than p50, one in a hundred more than p99.',
      [g.quantile(0.5, g.of('gradus_checkpoint_duration_seconds_bucket'), 'p50', 'A'), g.quantile(0.99, g.of('gradus_checkpoint_duration_seconds_bucket'), 'p99', 'B')], 's', 'none in this range',
    ) + { interval: '5m' } + g.min(0)],
    [6, g.curves(
      'Size and failures', 'The size of the newest checkpoint, and how many could not be written; the same of the history, with the scores that wait in memory until it can be, and those that were lost.',
      [
        g.query(g.of('gradus_checkpoint_size_bytes'), 'size {{instance}}', 'A'),
        g.query('sum by (instance) (increase(%s[$__rate_interval]))' % g.of('gradus_checkpoint_writes_total', ', outcome="failed"'), 'failed {{instance}}', 'B'),
        g.query('sum by (instance) (increase(%s[$__rate_interval]))' % g.of('gradus_history_write_failures_total'), 'failed, history {{instance}}', 'C'),
        g.query(g.of('gradus_history_scores_waiting'), 'scores waiting {{instance}}', 'D'),
        g.query('sum by (instance) (increase(%s[$__rate_interval]))' % g.of('gradus_history_scores_dropped_total'), 'scores lost {{instance}}', 'E'),
      ], 'bytes', 'keeps none',
    ) + g.min(0) + {
      fieldConfig+: { overrides+: [{
        matcher: { id: 'byRegexp', options: '/^(failed|scores)/' },
        properties: [{ id: 'unit', value: 'none' }, { id: 'custom.axisPlacement', value: 'right' }, { id: 'decimals', value: 0 }, { id: 'color', value: { mode: 'fixed', fixedColor: g.colors.regressing } }],
      }] },
    }],
  ]],
]);

local process = g.section('Process', [
  [8, [
    [6, g.curves('Processor', 'Cores in use.', [g.query('rate(%s[$__rate_interval])' % g.of('process_cpu_seconds_total'), '{{instance}}')], 'none', 'not known of this system') + g.min(0) + g.decimals(2)],
    [6, g.curves(
      'Memory', 'Resident memory, and what the process has reserved.',
      [g.query(g.of('process_resident_memory_bytes'), 'resident {{instance}}', 'A'), g.query(g.of('process_virtual_memory_bytes'), 'virtual {{instance}}', 'B')], 'bytes', 'not known of this system',
    ) + g.min(0)],
    [6, g.curves(
      'Files and threads', 'Open file descriptors, as many as there may be, and threads.',
      [
        g.query(g.of('process_open_fds'), 'open {{instance}}', 'A'),
        g.query(g.of('process_max_fds'), 'at most {{instance}}', 'B'),
        g.query(g.of('process_threads'), 'threads {{instance}}', 'C'),
      ], 'none', 'not known of this system',
    ) + g.log + g.decimals(0)],
    [6, g.curves('Last sign of life', 'Time since each thread that has work gave a sign of life.', [g.query('time() - ' + g.of('gradus_thread_heartbeat_timestamp_seconds'), '{{thread}}')], 's', 'no threads') + g.min(0)],
  ]],
  [8, [
    [6, g.curves('Requests', 'HTTP requests served, by route and status.', [g.query('sum by (path, code) (rate(%s[$__rate_interval])) > 0' % g.of('gradus_http_requests_total'), '{{path}} {{code}}')], 'reqps', 'no requests') + g.min(0)],
    [6, g.curves(
      'Time to render the metrics', 'Half of the pages take less than p50, one in a hundred more than p99.',
      [g.quantile(0.5, g.of('gradus_metrics_render_duration_seconds_bucket'), 'p50', 'A'), g.quantile(0.99, g.of('gradus_metrics_render_duration_seconds_bucket'), 'p99', 'B')], 's', 'no scrapes',
    ) + g.min(0)],
    [6, g.curves(
      'Log lines and series left out', 'Log lines by level, and label sets that the limit of series has left out.',
      [
        g.query('sum by (level) (rate(%s[$__rate_interval]))' % g.of('gradus_log_messages_total'), '{{level}}', 'A'),
        g.query('sum(rate(%s[$__rate_interval]))' % g.of('gradus_metrics_series_dropped_total'), 'series left out', 'B'),
      ], 'cps', 'no log',
    ) + g.min(0)],
    [6, g.table(
      'Versions', 'What runs.', [g.cells('max by (instance, version, revision, compiler, librdkafka) (%s)' % g.of('gradus_build_info'))], 'not there',
    ) + { transformations: [{ id: 'organize', options: { excludeByName: { Time: true, Value: true }, indexByName: { version: 0, revision: 1, librdkafka: 2, compiler: 3, instance: 4 } } }] }],
  ]],
]);

g.dashboard(
  'gradus-overview', 'Gradus / Overview',
  'How the learning of one run stands: the verdict and score of each tier, the loss of the stream, and what carries them.',
  [g.job, g.instance, g.run + g.one],
  [headline] + ladder,
  [learner, checkpoints, process],
)
