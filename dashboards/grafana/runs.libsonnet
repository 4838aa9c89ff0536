// Runs side by side.
local g = import 'grafana.libsonnet';

local of_task(metric, extra='') = g.of_run(metric, ', tier=~"$tier", task=~"$task"' + extra);
local per_example(metric) = 'sum by (run) (rate(%s[$__rate_interval])) / sum by (run) (rate(%s[$__rate_interval]))' % [g.of_run(metric), g.of_run('gradus_learner_examples_total')];

local runs = [7, [[24, g.table(
  'Runs', 'What each run is, how much it has learned, and how far it came.',
  [
    g.cells('max by (run, learner, topic, config_hash) (%s)' % g.of_run('gradus_run_info'), 'A'),
    g.cells('max by (run) (%s)' % of_task('gradus_probe_last_success_examples'), 'B'),
    g.cells('sum by (run) (%s)' % of_task('gradus_progress_verdict', ', verdict="mastered"'), 'C'),
    g.cells('count by (run) (%s)' % of_task('gradus_probe_items'), 'D'),
    g.cells('avg by (run) (%s)' % of_task('gradus_probe_score_ratio'), 'E'),
    g.cells('max by (run) (%s)' % g.of_run('gradus_learner_parameters'), 'F'),
  ], 'no runs',
) + {
  transformations: [
    { id: 'joinByField', options: { byField: 'run', mode: 'outer' } },
    { id: 'organize', options: {
      excludeByName: { Time: true, 'Time 1': true, 'Time 2': true, 'Time 3': true, 'Time 4': true, 'Time 5': true, 'Time 6': true, 'Value #A': true },
      renameByName: { 'Value #B': 'examples', 'Value #C': 'mastered', 'Value #D': 'tasks', 'Value #E': 'mean score', 'Value #F': 'parameters', config_hash: 'configuration' },
    } },
  ],
} + g.override('examples', { unit: 'short', decimals: 1 })
 + g.override('parameters', { unit: 'short', decimals: 0 })
 + g.override('mean score', { unit: 'percentunit', decimals: 1, min: 0, max: 1, color: { mode: 'fixed', fixedColor: g.colors.learning }, 'custom.cellOptions': { type: 'gauge', mode: 'basic' } })]]];

local reached = [10, [
  [12, g.table(
    'Examples until mastered', 'The examples that each run had learned when a task was first seen mastered within the time shown: fewer is better.',
    [g.cells('min by (place, run, task) (min_over_time((%s and on (job, instance, run, tier, task) %s == 1)[$__range:$__interval]) * on (job, instance, run, tier, task) group_left (place) %s)'
             % [of_task('gradus_probe_last_success_examples'), of_task('gradus_progress_verdict', ', verdict="mastered"'), of_task('task:gradus_tier_task_order:place')])], 'not yet',
  ) + { transformations: [{ id: 'sortBy', options: { sort: [{ field: 'place' }] } }, { id: 'groupingToMatrix', options: { columnField: 'run', rowField: 'task', valueField: 'Value' } }] }
   + { fieldConfig+: { defaults+: { unit: 'short' } } } + g.decimals(1)],
  [12, g.curves(
    'Score of each run', 'The mean score of the chosen tasks.',
    [g.query('avg by (run) (%s)' % of_task('gradus_probe_score_ratio'), '{{run}}')], 'percentunit', 'no scores yet',
  ) + g.range(0, 1)],
]];

local streams = [9, [
  [8, g.curves('Loss of the next example', 'The mean loss of an example before it is learned, in nats.', [g.query(per_example('gradus_learner_prequential_loss_total'), '{{run}}')], 'none', 'no examples') + g.min(0) + g.decimals(2)],
  [8, g.curves('Right before it is learned', 'The share of the examples that were predicted right before they were learned.', [g.query(per_example('gradus_learner_prequential_correct_total'), '{{run}}')], 'percentunit', 'no examples') + g.range(0, 1)],
  [8, g.curves('Examples', 'Examples learned.', [g.query('sum by (run) (rate(%s[$__rate_interval]))' % g.of_run('gradus_learner_examples_total'), '{{run}}')], 'cps', 'no learner') + g.min(0)],
]];

local tasks = [9, [[8, g.curves(
  '$task', 'The score of this task in each run, with its target.',
  [
    g.query('max by (run) (%s)' % of_task('gradus_probe_score_ratio'), '{{run}}', 'A'),
    g.query('max(%s)' % of_task('gradus_probe_target_ratio'), 'target', 'B'),
  ], 'percentunit', 'no scores yet',
) + g.range(0, 1)
 + g.override('target', { color: { mode: 'fixed', fixedColor: g.colors.mastered }, 'custom.lineWidth': 1, 'custom.showPoints': 'never', 'custom.lineStyle': { fill: 'dash', dash: [8, 4] } })
 + g.repeat('task', 3)]]];

g.quiet(g.dashboard(
  'gradus-runs', 'Gradus / Runs compared',
  'Runs side by side: how far each came, after how many examples, and at what loss.',
  [g.job, g.instance, g.run, g.tier, g.task],
  [runs, reached, streams, tasks],
))
