// Alerts. A warning wants a look today, a critical one an act now. Verdicts are decided inside gradus, from
// evidence with a stated rate of false alarms; the rules here only report them.
{
  local config = $._config,
  local d = config.durations,
  local task = '{{ $labels.task }} ({{ $labels.tier }} tier, run {{ $labels.run }})',
  // What the label set of an alert does not hold is asked for; nothing is said where there is no answer.
  local slope_now =
    '{{ with printf "gradus_progress_slope_per_doubling{job=%q, instance=%q, run=%q, task=%q}" $labels.job $labels.instance $labels.run $labels.task | query }}'
    + ' It moves by {{ . | first | value | printf "%+.3f" }} per doubling.{{ end }}',
  local ask(query) = '{{ with printf "' + query + '" $labels.job $labels.instance $labels.run | query }}',
  local stream_now =
    ask('instance:gradus_learner_loss:mean%s{job=%%q, instance=%%q, run=%%q}' % d.flowWindow)
    + ' New examples cost {{ . | first | value | printf "%.2f" }} nats each.{{ end }}'
    + '{{ with printf "sum(increase(gradus_ingest_decode_errors_total{job=%q, instance=%q, reason!=\'tombstone\'}[' + d.flowWindow + '])) > 0" $labels.job $labels.instance | query }}'
    + ' {{ . | first | value | printf "%.0f" }} records were rejected recently.{{ end }}',
  // Where to look: on the live page of the gradus that the alert is about, and in Grafana where a site has it.
  local of_task = {
    page: '/#task-{{ $labels.task }}',
    grafana: '/d/gradus-tiers?var-job={{ $labels.job }}&var-run={{ $labels.run }}&var-task={{ $labels.task }}',
  },
  local of_run = { page: '/', grafana: '/d/gradus-overview?var-job={{ $labels.job }}&var-run={{ $labels.run }}' },
  local of_job = { page: '/', grafana: '/d/gradus-overview?var-job={{ $labels.job }}' },
  local of_stream = { page: '/', grafana: '/d/gradus-ingest?var-job={{ $labels.job }}&var-topic={{ $labels.topic }}' },
  local of_all = { page: '/', grafana: '/d/gradus-overview' },

  local alert(name, severity, expr, look, summary, description, wait='0m', keep=null) = {
    alert: name,
    expr: expr,
    'for': wait,
    [if keep != null then 'keep_firing_for']: keep,
    labels: { severity: severity },
    annotations: {
      summary: summary,
      description: description,
      runbook_url: '%s/%s' % [config.runbooksUrl, name],
      dashboard_url: config.gradusUrl + look.page,
      [if config.grafanaUrl != '' then 'grafana_url']: config.grafanaUrl + look.grafana,
    },
  },

  prometheusAlerts+:: {
    groups+: [
      {
        name: 'gradus.progress.alerts',
        // Alerts on single tasks keep firing for longer than GradusDown waits. A process that ends takes its verdicts
        // with it, and its tasks must not be reported as recovered; by then GradusDown inhibits these alerts. Alerts on
        // the learner, the stream and the threads outlast that wait too, so GradusDown is reported before they end.
        rules: [
          // Only while data flows: without data nothing is learned, and GradusNoData says why.
          alert(
            'GradusLearningStalled', 'warning', |||
              max by (job, instance, run, tier, task) (gradus_progress_verdict{verdict="stalled"}) == 1
              and on (job, instance, run) instance:gradus_learner_examples:rate%s > 0
            ||| % d.flowWindow,
            of_task,
            'A task has stopped learning',
            'The score of ' + task + ' has stopped rising before its target, while examples keep coming.' + slope_now + stream_now,
            d.stalledFor, d.verdictKeep,
          ),
          alert(
            'GradusLearningRegressing', 'warning',
            'max by (job, instance, run, tier, task) (gradus_progress_verdict{verdict="regressing"}) == 1',
            of_task,
            'A task is being forgotten',
            'The score of ' + task + ' is falling.' + slope_now + stream_now,
            d.regressingFor, d.verdictKeep,
          ),
          alert(
            'GradusLearningRegressing', 'critical', |||
              max by (job, instance, run, tier, task) (gradus_progress_forgetting_ratio) > 0.15
              and on (job, instance, run, tier, task) gradus_progress_verdict{verdict="regressing"} == 1
            |||,
            of_task,
            'A task has lost much of what it had learned',
            'The score of ' + task + ' is falling and is {{ $value | printf "%.2f" }} below its best.',
            d.regressingFor, d.verdictKeep,
          ),
          // Learning, but not towards its target: a score that levels off below it. Silent while forecasts of the run are
          // not calibrated, and while the slope, at its upper end, would reach the target within one more doubling.
          alert(
            'GradusLearningTooSlow', 'warning', |||
              max by (job, instance, run, tier, task) (gradus_progress_belief_ever_ratio) < 0.05
              and on (job, instance, run, tier, task) gradus_progress_verdict{verdict="learning"} == 1
              and on (job, instance, run) gradus_progress_forecast_calibrated == 1
              and on (job, instance, run, tier, task)
                gradus_probe_score_ratio + gradus_progress_slope_per_doubling_upper < gradus_probe_target_ratio
            |||,
            of_task,
            'A task learns too slowly to reach its target',
            'The chance that ' + task + ' ever reaches its target is {{ if lt $value 0.01 }}below 1%{{ else }}{{ $value | humanizePercentage }}{{ end }}.' + slope_now,
            d.tooSlowFor, d.verdictKeep,
          ),
          alert(
            'GradusLearnerDiverged', 'critical', |||
              sum by (job, instance, run) (increase(gradus_learner_non_finite_total[%s])) > 0
              or max by (job, instance, run) (gradus_learner_diverged) == 1
            ||| % d.divergedWindow,
            of_run,
            'The learner has diverged',
            'The learner of run {{ $labels.run }} answers worse than a constant would, or has met numbers that are not finite.',
            keep=d.faultKeep,
          ),
        ],
      },
      {
        name: 'gradus.probe.alerts',
        rules: [
          alert(
            'GradusProbeStale', 'warning',
            'task:gradus_probe_age:intervals > 3',
            of_task,
            'A task is no longer probed',
            'The last score of ' + task + ' is {{ $value | humanize }} times as old as it may become.',
            d.probeStaleFor,
          ),
          // A probe that is skipped for its cost is normal, and comes later.
          alert(
            'GradusProbeFailing', 'warning', |||
              sum by (job, instance, run, tier, task) (
                increase(gradus_probe_runs_total{outcome=~"error|timeout"}[%s])
              ) > 2
            ||| % d.probeFailingWindow,
            of_task,
            'Probes of a task fail',
            'Probes of ' + task + ' fail or take longer than ten seconds.',
          ),
        ],
      },
      {
        name: 'gradus.ingest.alerts',
        rules: [
          alert(
            'GradusNoData', 'critical',
            'time() - max by (job, instance, topic) (gradus_ingest_last_message_timestamp_seconds) > %d' % d.noDataSeconds,
            of_stream,
            'The stream has fallen silent',
            'No message of topic {{ $labels.topic }} has come for {{ $value | humanizeDuration }}.',
            d.noDataFor, d.faultKeep,
          ),
          alert(
            'GradusConsumerLagGrowing', 'warning', |||
              deriv(topic:gradus_ingest_consumer_lag_messages:sum[%(lagGrowingWindow)s]) > 0
              and topic:gradus_ingest_consumer_lag_messages:sum > 10000
              and topic:gradus_ingest_consumer_lag_seconds:estimate > %(lagGrowingSeconds)d
            ||| % d,
            of_stream,
            'The learner falls behind its stream',
            'The lag of topic {{ $labels.topic }} grows by {{ $value | humanize }} messages a second.',
            d.lagGrowingFor,
          ),
          alert(
            'GradusDeadLettersRising', 'warning', |||
              sum by (job, instance, topic) (rate(gradus_ingest_dead_letters_total[%(deadLettersWindow)s]))
              / (sum by (job, instance, topic) (rate(gradus_ingest_messages_total[%(deadLettersWindow)s])) > 0)
              > 0.01
            ||| % d,
            of_stream,
            'Many records cannot be learned',
            '{{ $value | humanizePercentage }} of the records of topic {{ $labels.topic }} become dead letters.',
            d.deadLettersFor,
          ),
          alert(
            'GradusDeadLetterDeliveryFailing', 'critical', |||
              sum by (job, instance, topic) (
                increase(gradus_ingest_dead_letters_total{outcome="failed"}[%s])
              ) > 0
            ||| % d.deliveryFailingWindow,
            of_stream,
            'Dead letters are lost',
            'Bad records of topic {{ $labels.topic }} cannot be kept as dead letters.',
          ),
          alert(
            'GradusOffsetGap', 'warning',
            'sum by (job, instance, topic) (increase(gradus_ingest_offset_gaps_total[%s])) > 0' % d.offsetGapWindow,
            of_stream,
            'Records are missing from the stream',
            'The offsets of topic {{ $labels.topic }} jump: records were removed before they were learned.',
          ),
        ],
      },
      {
        name: 'gradus.process.alerts',
        rules: [
          alert(
            // Only while examples come: without any, the last checkpoint holds all that was learned.
            'GradusCheckpointStale', 'warning', |||
              time() - gradus_checkpoint_last_success_timestamp_seconds > 3 * gradus_checkpoint_interval_seconds
              and on (job, instance) sum by (job, instance) (instance:gradus_learner_examples:rate%s) > 0
            ||| % d.flowWindow,
            of_job,
            'No checkpoint for a long time',
            'The last good checkpoint of {{ $labels.instance }} is {{ $value | humanizeDuration }} old.',
            d.checkpointStaleFor,
          ),
          alert(
            'GradusCheckpointFailing', 'warning', |||
              sum by (job, instance) (increase(gradus_checkpoint_writes_total{outcome="failed"}[%s])) > 0
            ||| % d.checkpointFailingWindow,
            of_job,
            'Checkpoints cannot be written',
            'Checkpoints of {{ $labels.instance }} fail.',
          ),
          alert(
            'GradusHistoryFailing', 'warning', |||
              sum by (job, instance) (increase(gradus_history_write_failures_total[%s])) > 0
            ||| % d.historyFailingWindow,
            of_job,
            'The history cannot be written',
            'Scores and verdicts of {{ $labels.instance }} wait in memory: history.db cannot be written.',
          ),
          alert(
            'GradusThreadStuck', 'critical',
            'time() - gradus_thread_heartbeat_timestamp_seconds > %d' % d.threadStuckSeconds,
            of_job,
            'A thread has stopped',
            'The {{ $labels.thread }} thread of {{ $labels.instance }} has given no sign of life for {{ $value | humanizeDuration }}.',
            d.threadStuckFor, d.faultKeep,
          ),
          alert(
            'GradusDown', 'critical', |||
              up{job="%(job)s"} == 0
              or absent(up{job="%(job)s"})
            ||| % { job: config.gradusJob },
            of_job,
            'Gradus does not answer',
            'Prometheus cannot scrape {{ if $labels.instance }}{{ $labels.instance }}{{ else }}any gradus{{ end }}.'
            + ' Its runbook is in docs/runbooks of the sources too.',
            d.downFor,
          ),
          // A dead-man's switch: what receives it raises the alarm when it stops coming.
          alert(
            'GradusWatchdog', 'none', 'vector(1)',
            of_all,
            'Alerting works',
            'This alert always fires. When it stops, Prometheus or Alertmanager no longer works.',
          ),
        ],
      },
    ],
  },
}
