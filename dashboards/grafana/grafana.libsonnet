// The parts of a Grafana dashboard (classic model, schema 39) that Gradus uses, and its own look: words and
// colours of the verdicts, bands, places counted and never written.
{
  local g = self,

  source:: { type: 'prometheus', uid: '${datasource}' },

  // Selectors: of a process, and of what belongs to a run.
  of(metric, extra=''):: '%s{job=~"$job", instance=~"$instance"%s}' % [metric, extra],
  of_run(metric, extra=''):: g.of(metric, ', run=~"$run"' + extra),
  of_topic(metric, extra=''):: g.of(metric, ', topic=~"$topic"' + extra),

  // Prometheus sorts by the labels, Grafana keeps that order: the place in the ladder comes first.
  in_order(expr, places, by='tier, task')::
    'max by (place, %s) (%s * on (job, instance, run, tier, task) group_left (place) %s)' % [by, expr, places],
  tiers_in_order(expr, places)::
    'max by (place, tier) (%s * on (job, instance, run, tier) group_left (place) %s)' % [expr, places],

  // A query over time, one for the end of the time range, and one for a table.
  query(expr, legend='', ref='A'):: {
    datasource: g.source,
    editorMode: 'code',
    expr: expr,
    legendFormat: legend,
    range: true,
    refId: ref,
  },
  now(expr, legend='', ref='A'):: g.query(expr, legend, ref) + { instant: true, range: false },
  cells(expr, ref='A'):: g.now(expr, '', ref) + { format: 'table' },
  quantile(q, metric, legend, ref):: g.query(
    'histogram_quantile(%s, sum by (le) (rate(%s[$__rate_interval])))' % [q, metric], legend, ref
  ),

  panel(type, title, description, targets, unit, missing):: {
    type: type,
    title: title,
    description: description,
    datasource: g.source,
    targets: targets,
    fieldConfig: { defaults: { unit: unit, noValue: missing }, overrides: [] },
    options: {},
  },
  stat(title, description, expr, unit, missing)::
    g.panel('stat', title, description, [g.query(expr, title)], unit, missing)
    + g.thresholds('text', [])
    + g.options({ graphMode: 'area', colorMode: 'value', reduceOptions: { calcs: ['lastNotNull'] } }),
  // A number without a curve behind it, read once.
  figure(title, description, expr, unit, missing)::
    g.stat(title, description, expr, unit, missing) + { targets: [g.now(expr, title)] } + g.options({ graphMode: 'none' }),
  curves(title, description, targets, unit, missing='no data')::
    g.panel('timeseries', title, description, targets, unit, missing)
    + g.custom({ lineWidth: 2, fillOpacity: 0, showPoints: 'auto', pointSize: 4, spanNulls: false })
    + g.options({
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'multi', sort: 'desc' },
    }),
  states(title, description, expr, legend, missing)::
    g.panel('state-timeline', title, description, [g.query(expr, legend)], 'none', missing)
    + g.verdicts
    + g.custom({ fillOpacity: 80, lineWidth: 0 })
    + g.options({ showValue: 'auto', mergeValues: true, rowHeight: 0.85, legend: { displayMode: 'list', placement: 'bottom', showLegend: true } }),
  table(title, description, targets, missing)::
    g.panel('table', title, description, targets, 'none', missing) + g.options({ showHeader: true, cellHeight: 'sm' }),
  bars(title, description, expr, legend, unit, missing)::
    g.panel('bargauge', title, description, [g.now(expr, legend)], unit, missing)
    + g.options({
      orientation: 'horizontal',
      displayMode: 'basic',
      valueMode: 'text',
      text: { titleSize: 12, valueSize: 16 },
      sizing: 'manual',
      minVizHeight: 14,
      maxVizHeight: 24,
      minVizWidth: 8,
      reduceOptions: { calcs: ['lastNotNull'] },
    }),

  decimals(n):: { fieldConfig+: { defaults+: { decimals: n } } },
  min(n):: { fieldConfig+: { defaults+: { min: n } } },
  range(min, max):: { fieldConfig+: { defaults+: { min: min, max: max } } },
  custom(c):: { fieldConfig+: { defaults+: { custom+: c } } },
  options(o):: { options+: o },
  log:: g.custom({ scaleDistribution: { type: 'log', log: 10 } }),
  legend_table(calcs):: g.options({ legend: { displayMode: 'table', placement: 'right', showLegend: true, calcs: calcs } }),
  color(name):: { fieldConfig+: { defaults+: { color: { mode: 'fixed', fixedColor: name } } } },
  thresholds(first, steps):: {
    fieldConfig+: {
      defaults+: {
        color: { mode: 'thresholds' },
        thresholds: { mode: 'absolute', steps: [{ color: first, value: null }] + [{ value: s[0], color: s[1] } for s in steps] },
      },
    },
  },
  words(list):: {
    fieldConfig+: { defaults+: { mappings: [{
      type: 'value',
      options: {
        [list[i][0]]: { text: list[i][1], color: list[i][2], index: i }
        for i in std.range(0, std.length(list) - 1)
      },
    }] } },
  },
  override(name, properties):: {
    fieldConfig+: { overrides+: [{
      matcher: { id: 'byName', options: name },
      properties: [{ id: key, value: properties[key] } for key in std.objectFields(properties)],
    }] },
  },
  override_like(pattern, properties):: {
    fieldConfig+: { overrides+: [{
      matcher: { id: 'byRegexp', options: pattern },
      properties: [{ id: key, value: properties[key] } for key in std.objectFields(properties)],
    }] },
  },
  // A chance is never said to be none or certain.
  chances:: { fieldConfig+: { defaults+: { mappings: [
    { type: 'range', options: { from: 0, to: 0.00499, result: { text: 'below 1 %', index: 0 } } },
    { type: 'range', options: { from: 0.99501, to: 1, result: { text: 'above 99 %', index: 1 } } },
  ] } } },
  repeat(variable, per_row):: { repeat: variable, repeatDirection: 'h', maxPerRow: per_row },

  // The verdicts by their code, in colours that the colour-blind can tell apart (Okabe and Ito 2008).
  colors:: { dormant: '#999999', learning: '#56B4E9', stalled: '#E69F00', regressing: '#D55E00', mastered: '#009E73' },
  local verdict_words = [
    [std.toString(i), ['dormant', 'learning', 'stalled', 'regressing', 'mastered'][i], g.colors[['dormant', 'learning', 'stalled', 'regressing', 'mastered'][i]]]
    for i in std.range(0, 4)
  ],
  verdicts:: g.words(verdict_words) + g.thresholds(g.colors.dormant, [
    [i, verdict_words[i][2]]
    for i in std.range(1, 4)
  ]),
  verdict_mapping:: g.words(verdict_words).fieldConfig.defaults.mappings,

  // Series named upper, score, lower, target and chance, as a curve in its band.
  band::
    local plain = { color: { mode: 'fixed', fixedColor: g.colors.learning }, 'custom.lineWidth': 0, 'custom.showPoints': 'never', 'custom.hideFrom': { legend: true, tooltip: false, viz: false } };
    local line(color, dash) = { color: { mode: 'fixed', fixedColor: color }, 'custom.lineWidth': 1, 'custom.showPoints': 'never', 'custom.lineStyle': { fill: 'dash', dash: dash } };
    g.override('upper', plain + { 'custom.fillBelowTo': 'lower', 'custom.fillOpacity': 30 })
    + g.override('lower', plain)
    + g.override('score', { color: { mode: 'fixed', fixedColor: g.colors.learning } })
    + g.override('target', line(g.colors.mastered, [8, 4]))
    + g.override('chance', line(g.colors.dormant, [2, 4])),

  variable(name, label, query, all='.+'):: {
    name: name,
    label: label,
    type: 'query',
    datasource: g.source,
    definition: query,
    query: { query: query, refId: name },
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: all,
    current: { text: 'All', value: '$__all' },
  },
  one:: { multi: false, includeAll: false, allValue:: null, current: {} },
  job:: g.variable('job', 'Job', 'label_values(gradus_run_info, job)'),
  instance:: g.variable('instance', 'Instance', 'label_values(gradus_run_info{job=~"$job"}, instance)'),
  run:: g.variable('run', 'Run', 'label_values(gradus_run_info{job=~"$job", instance=~"$instance"}, run)'),
  topic:: g.variable('topic', 'Topic', 'label_values(gradus_ingest_messages_total{job=~"$job", instance=~"$instance"}, topic)'),
  tier:: g.variable('tier', 'Tier', 'label_values(gradus_probe_items{job=~"$job", instance=~"$instance", run=~"$run"}, tier)'),
  task:: g.variable('task', 'Task', 'label_values(gradus_probe_items{job=~"$job", instance=~"$instance", run=~"$run", tier=~"$tier"}, task)'),

  annotation(name, color, expr, title, text):: {
    name: name,
    enable: true,
    iconColor: color,
    datasource: g.source,
    expr: expr,
    step: '15s',
    titleFormat: title,
    textFormat: text,
  },
  // Marks where something begins, one for each: what differs from an interval ago.
  local risen(counter) = '%s > %s offset $__interval' % [counter, counter],
  local firing = g.of('ALERTS', ', alertname=~"Gradus.+", alertname!="GradusWatchdog", alertstate="firing"'),
  annotations:: [
    g.annotation(
      'Alerts', g.colors.regressing, '%s unless %s offset $__interval' % [firing, firing],
      '{{alertname}}', '{{severity}} {{run}} {{tier}} {{task}} {{topic}}'
    ),
    g.annotation(
      'Mastered', g.colors.mastered, risen(g.of('gradus_progress_events_total', ', type="mastered"')),
      'mastered', '{{run}} {{tier}} {{task}}'
    ),
    // The first seconds of a process: two intervals, so that one scrape falls into them.
    g.annotation(
      'Starts', g.colors.dormant,
      '%s and on (job, instance) time() - %s < 2 * $__interval_ms / 1000' % [g.of('gradus_run_info'), g.of('process_start_time_seconds')],
      'run starts', '{{run}} {{learner}} {{topic}}'
    ),
    g.annotation(
      'Declared', g.colors.stalled, risen(g.of('gradus_progress_annotations_total')),
      'annotation', '{{run}}'
    ),
  ],
  // Where every panel would carry the marks of all tasks, they are left to be switched on.
  quiet(dashboard):: dashboard {
    annotations: { list: [mark + (if mark.name == 'Mastered' then { enable: false } else {}) for mark in g.annotations] },
  },

  // Rows of [height, [[width, panel], ...]] and sections made by `section`, from the top down.
  section(title, rows):: { title: title, rows: rows },
  local place(rows, top) = std.foldl(
    function(so_far, row) {
      y: so_far.y + row[0],
      panels: so_far.panels + std.foldl(
        function(line, cell) {
          x: line.x + cell[0],
          panels: line.panels + [cell[1] + { gridPos: { x: line.x, y: so_far.y, w: cell[0], h: row[0] } }],
        }, row[1], { x: 0, panels: [] }
      ).panels,
    }, rows, { y: top, panels: [] }
  ),
  // Sections are closed at first, with their panels inside: those stand where they would if all were open.
  local place_sections(sections, top) = std.foldl(
    function(so_far, section)
      local inner = place(section.rows, so_far.inside + 1);
      {
        y: so_far.y + 1,
        inside: inner.y,
        panels: so_far.panels + [{
          type: 'row',
          title: section.title,
          collapsed: true,
          gridPos: { x: 0, y: so_far.y, w: 24, h: 1 },
          panels: inner.panels,
        }],
      },
    sections, { y: top, inside: top, panels: [] }
  ),
  local numbered(panels, first) = std.foldl(
    function(so_far, panel)
      local inner = numbered(std.get(panel, 'panels', []), so_far.next + 1);
      {
        next: inner.next,
        panels: so_far.panels + [panel + { id: so_far.next } + (if panel.type == 'row' then { panels: inner.panels } else {})],
      },
    panels, { next: first, panels: [] }
  ),
  dashboard(uid, title, description, variables, rows, sections=[])::
    local open = place(rows, 0);
    {
      uid: uid,
      id: null,
      title: title,
      description: description,
      tags: ['gradus'],
      editable: false,
      timezone: 'utc',
      graphTooltip: 1,
      schemaVersion: 39,
      version: 1,
      time: { from: 'now-1h', to: 'now' },
      refresh: '15s',
      links: [{ type: 'dashboards', tags: ['gradus'], title: 'Gradus', asDropdown: false, includeVars: true, keepTime: true }],
      templating: { list: [{ name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus', current: {} }] + variables },
      annotations: { list: g.annotations },
      panels: numbered(open.panels + place_sections(sections, open.y).panels, 1).panels,
    },
}
