// Recording rules, named level:metric:operations after the finest label that is left.
local verdicts = ['dormant', 'learning', 'stalled', 'regressing', 'mastered'];

{
  local d = $._config.durations,

  prometheusRules+:: {
    groups+: [
      {
        name: 'gradus.learner.rules',
        rules: [
          {
            record: 'instance:gradus_learner_examples:rate' + d.flowWindow,
            expr: 'sum by (job, instance, run) (rate(gradus_learner_examples_total[%s]))' % d.flowWindow,
          },
          {
            record: 'instance:gradus_learner_loss:mean' + d.flowWindow,
            expr: |||
              sum by (job, instance, run) (rate(gradus_learner_prequential_loss_total[%(flowWindow)s]))
              / sum by (job, instance, run) (rate(gradus_learner_examples_total[%(flowWindow)s]))
            ||| % d,
          },
        ],
      },
      {
        name: 'gradus.ingest.rules',
        rules: [
          {
            record: 'topic:gradus_ingest_consumer_lag_messages:sum',
            expr: 'sum by (job, instance, topic) (gradus_ingest_consumer_lag_messages)',
          },
          {
            // How long the learner would need for its lag at the rate at which it reads now.
            record: 'topic:gradus_ingest_consumer_lag_seconds:estimate',
            expr: |||
              topic:gradus_ingest_consumer_lag_messages:sum
              / (sum by (job, instance, topic) (rate(gradus_ingest_messages_total[%(lagWindow)s])) > 0)
            ||| % d,
          },
        ],
      },
      {
        name: 'gradus.progress.rules',
        rules: [
          {
            // The age of the last score as a multiple of the longest time that is allowed.
            record: 'task:gradus_probe_age:intervals',
            expr: '(time() - gradus_probe_last_success_timestamp_seconds) / gradus_probe_interval_seconds',
          },
          {
            // How long the learner would need for its target at the rate at which it learns now.
            record: 'task:gradus_progress_eta_seconds:estimate',
            expr: |||
              gradus_progress_examples_to_target
              / on (job, instance, run) group_left () (instance:gradus_learner_examples:rate%s > 0)
            ||| % d.flowWindow,
          },
          {
            // A tier gets there with its slowest task.
            record: 'tier:gradus_progress_eta_seconds:estimate',
            expr: 'max by (job, instance, run, tier) (task:gradus_progress_eta_seconds:estimate)',
          },
          {
            // The place in the ladder as a label: Prometheus sorts by labels, Grafana shows its order. From 101
            // on, so that the places sort as text.
            record: 'task:gradus_tier_task_order:place',
            expr: 'count_values by (job, instance, run, tier, task) ("place", 100 + gradus_tier_task_order)',
          },
          {
            record: 'tier:gradus_tier_task_order:place',
            expr: |||
              count_values by (job, instance, run, tier) (
                "place", 100 + min by (job, instance, run, tier) (gradus_tier_task_order)
              )
            |||,
          },
          {
            // 0 dormant, 1 learning, 2 stalled, 3 regressing, 4 mastered.
            record: 'task:gradus_progress_verdict:code',
            expr: 'max by (job, instance, run, tier, task) (\n  %s\n)\n' % std.join('\n  or ', [
              '%d * (gradus_progress_verdict{verdict="%s"} == 1)' % [code, verdicts[code]]
              for code in std.range(0, 4)
            ]),
          },
          {
            // Mastered when all of its tasks are; otherwise the highest code of those that are not.
            record: 'tier:gradus_progress_verdict:code',
            expr: |||
              max by (job, instance, run, tier) (task:gradus_progress_verdict:code < 4)
              or max by (job, instance, run, tier) (task:gradus_progress_verdict:code)
            |||,
          },
        ],
      },
    ],
  },
}
