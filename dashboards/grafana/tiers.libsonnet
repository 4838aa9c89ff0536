// One run's ladder, task by task.
local g = import 'grafana.libsonnet';

local of_task(metric, extra='') = g.of_run(metric, ', tier=~"$tier", task=~"$task"' + extra);
local of_tier(metric) = g.of_run(metric, ', tier=~"$tier"');
local by_task(expr) = 'max by (tier, task) (%s)' % expr;
local share = '%s / %s' % [of_task('gradus_probe_score_ratio'), of_task('gradus_probe_target_ratio')];

local in_order(expr) = g.in_order(expr, of_task('task:gradus_tier_task_order:place'));
local tiers_in_order(expr) = g.tiers_in_order(expr, of_tier('tier:gradus_tier_task_order:place'));

local verdicts = [13, [[24, g.states(
  'Verdict of each task',
  'Dormant: no growth proven yet, too few probes or too small a rise. Learning: the score rises. Stalled: it has stopped rising short of its target. Regressing: it falls. Mastered: the target is reached.',
  in_order(of_task('task:gradus_progress_verdict:code')), '{{tier}} {{task}}', 'no verdicts yet',
)]]];

local held_up = [12, [
  [8, g.bars(
    'Furthest from its target', 'In each tier, the task that has reached the least of its target: what the tier waits for.',
    'sort(bottomk by (tier) (1, max by (tier, task) (%s)))' % share, '{{tier}} {{task}}', 'percentunit', 'no scores yet',
  ) + g.range(0, 1) + g.decimals(0) + g.thresholds(g.colors.stalled, [[1, g.colors.mastered]])],
  [16, g.table(
    'Tasks', 'The latest score of each task with its 95 % band, its best, its target, how old it is, and the example at which it last rose.',
    [
      g.cells(in_order(of_task('task:gradus_progress_verdict:code')), 'A'),
      g.cells(by_task(of_task('gradus_probe_score_ratio')), 'B'),
      g.cells(by_task(of_task('gradus_probe_score_lower_ratio')), 'C'),
      g.cells(by_task(of_task('gradus_probe_score_upper_ratio')), 'D'),
      g.cells(by_task(of_task('gradus_probe_best_ratio')), 'E'),
      g.cells(by_task(of_task('gradus_probe_target_ratio')), 'F'),
      g.cells(by_task(of_task('gradus_probe_items')), 'G'),
      g.cells(by_task('time() - ' + of_task('gradus_probe_last_success_timestamp_seconds')), 'H'),
      g.cells(by_task(of_task('gradus_progress_last_improvement_examples')), 'I'),
    ], 'no tasks',
  ) + {
    transformations: [
      { id: 'merge', options: {} },
      { id: 'organize', options: {
        excludeByName: { Time: true },
        indexByName: { tier: 0, task: 1, 'Value #A': 2, 'Value #B': 3, 'Value #C': 4, 'Value #D': 5, 'Value #E': 6, 'Value #F': 7, 'Value #G': 8, 'Value #H': 9, 'Value #I': 10 },
        renameByName: { 'Value #A': 'verdict', 'Value #B': 'score', 'Value #C': 'from', 'Value #D': 'to', 'Value #E': 'best', 'Value #F': 'target', 'Value #G': 'items', 'Value #H': 'probed', 'Value #I': 'last rose at' },
      } },
    ],
  } + g.options({ sortBy: [{ displayName: 'place', desc: false }] }) + g.decimals(2)
   // Of Grafana 11 and of later ones.
   + g.override('place', { 'custom.hidden': true, 'custom.hideFrom': { legend: true, tooltip: true, viz: true } })
   + g.override('tier', { 'custom.width': 110 })
   + g.override('task', { 'custom.width': 90 })
   + std.foldl(function(all, name) all + g.override(name, { 'custom.width': 68 }), ['from', 'to', 'best', 'target'], {})
   + g.override('verdict', { 'custom.width': 90, mappings: g.verdict_mapping, 'custom.cellOptions': { type: 'color-text' }, decimals: 0 })
   + g.override('score', { min: 0, max: 1, color: { mode: 'fixed', fixedColor: g.colors.learning }, 'custom.cellOptions': { type: 'gauge', mode: 'basic' }, 'custom.width': 140 })
   + g.override('items', { 'custom.width': 68, unit: 'short', decimals: 0 })
   + g.override('probed', { 'custom.width': 100, unit: 's', decimals: 0, displayName: 'probed ago' })
   + g.override('last rose at', { unit: 'short', decimals: 1, displayName: 'last rose at' })],
]];

local curves = [10, [[6, g.curves(
  '$task',
  'The mean probability given to the right answers, with its 95 % band, its target and what chance would give.',
  [
    g.query('max(%s)' % of_task('gradus_probe_score_upper_ratio'), 'upper', 'A'),
    g.query('max(%s)' % of_task('gradus_probe_score_ratio'), 'score', 'B'),
    g.query('max(%s)' % of_task('gradus_probe_score_lower_ratio'), 'lower', 'C'),
    g.query('max(%s)' % of_task('gradus_probe_target_ratio'), 'target', 'D'),
    g.query('max(%s)' % of_task('gradus_probe_chance_ratio'), 'chance', 'E'),
  ], 'percentunit', 'no scores yet',
) + g.range(0, 1) + g.band + g.repeat('task', 4)]]];

local forecasts = [10, [
  [6, g.curves(
    'Chance to reach the target', 'The probability that each task ever reaches its target, at most twelve doublings ahead. Nothing is foretold of a dormant task; see how forecasts came out before you trust one.',
    [g.query(in_order(of_task('gradus_progress_belief_ever_ratio')), '{{task}}')], 'percentunit', 'no forecasts yet',
  ) + g.range(0, 1) + g.chances],
  [6, g.bars(
    'Chance within one doubling', 'The probability that a task reaches its target before the examples learned have doubled once more; of tasks that are not mastered.',
    'sort(max by (tier, task) (%s and on (job, instance, run, tier, task) %s == 0))'
    % [of_task('gradus_progress_belief_ratio'), of_task('gradus_progress_verdict', ', verdict="mastered"')], '{{tier}} {{task}}', 'percentunit', 'nothing foretold',
  ) + g.range(0, 1) + g.decimals(0) + g.chances + g.thresholds(g.colors.learning, [])],
  [6, g.bars(
    'Time to the target', 'At the present rate of examples: the median, if the task gets there. No bar where no way leads there or the target is reached.',
    'sort(max by (tier, task) (%s > 0 < +Inf))' % of_task('task:gradus_progress_eta_seconds:estimate'), '{{tier}} {{task}}', 's', 'nothing foretold',
  ) + g.min(0) + g.thresholds(g.colors.learning, [])],
  [6, g.curves(
    'Forecasts beside what happened', 'Mean squared error (Brier score) of the chances to reach the target within one doubling: 0 is perfect, 0.25 is a coin. Below twenty resolved forecasts it says little.',
    [
      g.query('max by (forecaster) (%s)' % g.of_run('gradus_progress_forecast_brier_ratio', ', doublings="1"'), '{{forecaster}}', 'A'),
      g.query('max by (run) (increase(%s[$__range]))' % g.of_run('gradus_progress_forecasts_resolved_total', ', doublings="1"'), 'resolved', 'B'),
    ], 'none', 'none resolved yet',
  ) + g.min(0) + g.decimals(2)
   + g.override('resolved', { 'custom.axisPlacement': 'right', decimals: 0, unit: 'short', color: { mode: 'fixed', fixedColor: g.colors.dormant }, 'custom.lineStyle': { fill: 'dash', dash: [4, 4] } })],
]];

local facets = [8, [
  [8, g.bars(
    'Bottleneck of each task', 'The lowest facet of each task that has facets: what it waits for.',
    'sort(max by (task, facet) (%s))' % of_task('gradus_progress_bottleneck_ratio'), '{{task}}: {{facet}}', 'percentunit', 'no facets',
  ) + g.range(0, 1) + g.decimals(0) + g.thresholds(g.colors.stalled, [[0.9, g.colors.mastered]])],
  [8, g.curves(
    'Examples to the target', 'How many more examples each task needs, if it gets there: the median and the ends of an interval of 80 %, where they are below 10^12; a logarithmic axis.',
    [
      g.query(in_order('(%s >= 1 < 1e12)' % of_task('gradus_progress_examples_to_target_lower')), '{{task}} 10 %', 'A'),
      g.query(in_order('(%s >= 1 < 1e12)' % of_task('gradus_progress_examples_to_target')), '{{task}}', 'B'),
      g.query(in_order('(%s >= 1 < 1e12)' % of_task('gradus_progress_examples_to_target_upper')), '{{task}} 90 %', 'C'),
    ], 'short', 'nothing foretold',
  ) + g.log
   + g.override_like('/ (10|90) %$/', { color: { mode: 'fixed', fixedColor: g.colors.dormant }, 'custom.lineWidth': 1, 'custom.showPoints': 'never', 'custom.lineStyle': { fill: 'dash', dash: [2, 4] }, 'custom.hideFrom': { legend: true, tooltip: false, viz: false } })],
  [8, g.curves(
    'Intervals that held', 'Of the intervals of 80 % whose task got there, how many did so inside.',
    [g.query('max by (outcome) (increase(%s[$__range]))' % g.of_run('gradus_progress_forecast_intervals_total'), '{{outcome}}')], 'none', 'none resolved yet',
  ) + g.min(0) + g.decimals(0) + g.custom({ stacking: { mode: 'normal', group: 'A' }, fillOpacity: 40, lineWidth: 1 })],
]];

local rates = [9, [
  [8, g.curves(
    'Gain per doubling', 'The score that one doubling of the examples learned brings at the present rate.',
    [g.query(by_task(of_task('gradus_progress_slope_per_doubling')), '{{task}}')], 'none', 'not known yet',
  ) + g.decimals(2)],
  [8, g.curves(
    'Lost since the best', 'How far each score lies below its best.',
    [g.query(by_task(of_task('gradus_progress_forgetting_ratio')), '{{task}}')], 'percentunit', 'no scores yet',
  ) + g.min(0)],
  [8, g.curves(
    'Examples of each task', 'The tasks\' own clocks: a skill whose examples are rare is late for that reason alone.',
    [g.query('sum by (tier, task) (rate(%s[$__rate_interval]))' % of_task('gradus_learner_task_examples_total'), '{{task}}')], 'cps', 'no examples',
  ) + g.min(0) + g.custom({ stacking: { mode: 'normal', group: 'A' }, fillOpacity: 40, lineWidth: 1 })],
]];

local tiers = g.section('Tiers', [
  [8, [
    [8, g.curves(
      'Chance of each tier within one doubling', 'The probability that all tasks of a tier are at their targets before the examples learned have doubled once more: at least what it is if their skills are independent, at most what it is if they come together. None while a task is dormant.',
      [
        g.query(tiers_in_order(of_tier('gradus_tier_belief_lower_ratio')), '{{tier}} at least', 'A'),
        g.query(tiers_in_order(of_tier('gradus_tier_belief_upper_ratio')), '{{tier}} at most', 'B'),
      ], 'percentunit', 'nothing foretold',
    ) + g.range(0, 1) + g.chances],
    [8, g.states(
      'Tier to watch', 'The first tier that is neither mastered nor wholly dormant: where learning happens now.', tiers_in_order(of_tier('gradus_tier_frontier')), '{{tier}}', 'no verdicts yet',
    ) + g.words([['0', 'not now', g.colors.dormant], ['1', 'watch', g.colors.learning]])],
    [8, g.curves(
      'Gap to the sealed items', 'Score of the probed items minus that of sealed ones of the same kind, asked once a doubling, with its interval. Wholly above 0, the probed items are known better than their kind: the score is too high.',
      [
        g.query(by_task(of_task('gradus_progress_sealed_gap_ratio')), '{{task}}', 'A'),
        g.query(by_task(of_task('gradus_progress_sealed_gap_lower_ratio')), '{{task}} lower', 'B'),
        g.query(by_task(of_task('gradus_progress_sealed_gap_upper_ratio')), '{{task}} upper', 'C'),
      ], 'percentunit', 'no sealed items asked yet',
    ) + g.range(-1, 1) + g.decimals(0)
     + g.override_like('/ (lower|upper)$/', { color: { mode: 'fixed', fixedColor: g.colors.dormant }, 'custom.lineWidth': 1, 'custom.showPoints': 'never', 'custom.lineStyle': { fill: 'dash', dash: [2, 4] }, 'custom.hideFrom': { legend: true, tooltip: false, viz: false } })],
  ]],
  [8, [
    [8, g.curves(
      'Tasks by verdict', 'How many tasks have each verdict.',
      [g.query('sum by (verdict) (%s)' % of_tier('gradus_tier_tasks'), '{{verdict}}')], 'none', 'no verdicts yet',
    ) + g.min(0) + g.decimals(0) + g.custom({ stacking: { mode: 'normal', group: 'A' }, fillOpacity: 60, lineWidth: 0, lineInterpolation: 'stepAfter', showPoints: 'never' })
     + std.foldl(function(all, verdict) all + g.override(verdict, { color: { mode: 'fixed', fixedColor: g.colors[verdict] } }), std.objectFields(g.colors), {})],
    [8, g.curves('Score of each tier', 'The mean of the latest scores of the tier\'s tasks.', [g.query(tiers_in_order(of_tier('gradus_tier_score_ratio')), '{{tier}}')], 'percentunit', 'no scores yet') + g.range(0, 1)],
    [8, g.states(
      'Tier mastered', 'Whether every task of the tier is mastered.', tiers_in_order(of_tier('gradus_tier_mastered')), '{{tier}}', 'no verdicts yet',
    ) + g.words([['0', 'not yet', g.colors.dormant], ['1', 'mastered', g.colors.mastered]])],
  ]],
]);

local probes = g.section('Probes', [
  [8, [
    [8, g.curves(
      'Age of the scores', 'The age of each task\'s score in units of the longest time allowed; above 3 an alert fires.',
      [g.query(by_task(of_task('task:gradus_probe_age:intervals')), '{{task}}')], 'none', 'no probes',
    ) + g.min(0) + g.decimals(1)],
    [8, g.curves(
      'Probes', 'Probe runs by outcome; one is skipped when its turn would cost more than the budget.',
      [g.query('sum by (outcome) (rate(%s[$__rate_interval]))' % of_task('gradus_probe_runs_total'), '{{outcome}}')], 'ops', 'no probes',
    ) + g.min(0)],
    [8, g.curves(
      'Time of a probe', 'The time that nine of ten probes stay below, by tier.',
      [g.query('histogram_quantile(0.9, sum by (tier, le) (rate(%s[$__rate_interval])))' % of_tier('gradus_probe_duration_seconds_bucket'), '{{tier}}')], 's', 'no probes',
    ) + g.min(0)],
  ]],
  [8, [
    [8, g.curves(
      'Share of the machine', 'Processor time that probes take: of the whole machine since the start, and of one core now.',
      [
        g.query('max by (run) (%s)' % g.of_run('gradus_probe_cpu_share_ratio'), 'of the machine since the start', 'A'),
        g.query('sum by (run) (rate(%s[$__rate_interval]))' % g.of_run('gradus_probe_cpu_seconds_total'), 'of one core now', 'B'),
      ], 'percentunit', 'no probes',
    ) + g.min(0)],
    [8, g.curves('Snapshots missed', 'Snapshots that a newer one replaced before they were probed.', [g.query('sum by (run) (increase(%s[$__rate_interval]))' % g.of_run('gradus_probe_snapshots_missed_total'), '{{run}}')], 'none', 'no probes') + g.min(0) + g.decimals(0)],
    [8, g.curves(
      'Examples at the newest score', 'The examples that had been learned at the last probe of each task.',
      [g.query(by_task(of_task('gradus_probe_last_success_examples')), '{{task}}')], 'short', 'no probes',
    ) + g.min(0)],
  ]],
  [8, [
    [12, g.curves(
      'Probes per doubling', 'How densely each task has been probed recently; below 20 per doubling, most stalls are missed.',
      [g.query(by_task(of_task('gradus_progress_probes_per_doubling')), '{{task}}')], 'none', 'no probes',
    ) + g.min(0) + g.decimals(0)],
    [12, g.curves(
      'Tasks whose alarms are armed', 'How many tasks have had enough probes for a stall or a fall to be found, by tier.',
      [g.query('sum by (tier) (%s)' % of_tier('gradus_progress_armed'), '{{tier}}')], 'none', 'no probes',
    ) + g.min(0) + g.decimals(0)],
  ]],
  [8, [
    [12, g.curves(
      'Time allowed between probes', 'The longest time between probes of a task by schedule and budget.',
      [g.query(by_task(of_task('gradus_probe_interval_seconds')), '{{task}}')], 's', 'no probes',
    ) + g.min(0)],
    [12, g.curves(
      'Time since a score last rose', 'Time since the last significant improvement of each task.',
      [g.query(by_task('time() - ' + of_task('gradus_progress_last_improvement_timestamp_seconds')), '{{task}}')], 's', 'no scores yet',
    ) + g.min(0)],
  ]],
]);

g.quiet(g.dashboard(
  'gradus-tiers', 'Gradus / Tiers and progress',
  'One run\'s ladder task by task: verdicts, curves with bands, and what holds each tier up.',
  [g.job, g.instance, g.run + g.one, g.tier, g.task],
  [verdicts, held_up, forecasts, facets, curves, rates],
  [tiers, probes],
))
