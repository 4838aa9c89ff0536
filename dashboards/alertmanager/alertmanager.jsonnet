// An Alertmanager that pages for what is critical, tells the rest, and keeps quiet about what another alert explains.
local yaml = import '../prometheus/yaml.libsonnet';
local webhook(url) = { webhook_configs: [{ url: url, send_resolved: true }] };

local alertmanager(times) = {
  route: {
    receiver: 'operator',
    // One notification for a tier, not one for each of its tasks.
    group_by: ['alertname', 'job', 'instance', 'run', 'tier'],
    group_wait: times.wait,
    group_interval: times.interval,
    repeat_interval: times.repeat,
    routes: [
      { matchers: ['alertname = GradusWatchdog'], receiver: 'watchdog', group_wait: '0s', group_interval: '1m', repeat_interval: '50s' },
      { matchers: ['severity = critical'], receiver: 'pager', group_wait: times.critical_wait },
    ],
  },
  inhibit_rules: [
    // Without data, a process or a sound learner nothing is learned: one alert is enough.
    {
      source_matchers: ['alertname =~ "GradusNoData|GradusLearnerDiverged|GradusDown"'],
      target_matchers: ['alertname =~ "GradusLearningStalled|GradusLearningRegressing|GradusLearningTooSlow|GradusProbeStale"'],
      equal: ['job', 'instance'],
    },
    {
      source_matchers: ['severity = critical'],
      target_matchers: ['severity = warning'],
      equal: ['alertname', 'job', 'instance', 'run', 'tier', 'task'],
    },
  ],
  receivers: times.receivers,
};

local file(comment, content) = yaml.file('Made by scripts/dashboards from the jsonnet file beside it.\n# ' + comment, content);
{
  'alertmanager.yml': file(
    'An example: put your own receivers in place of the three webhooks.',
    alertmanager({
      wait: '30s',
      critical_wait: '10s',
      interval: '5m',
      repeat: '4h',
      receivers: [
        { name: 'operator' } + webhook('http://127.0.0.1:9631/'),
        { name: 'pager' } + webhook('http://127.0.0.1:9631/'),
        // A service outside of this network that raises the alarm when the calls stop.
        { name: 'watchdog' } + webhook('http://127.0.0.1:9631/'),
      ],
    })
  ),
  'alertmanager.demo.yml': file(
    'For demonstrations: everything at once to scripts/webhook, without the dead-man\'s switch.',
    alertmanager({
      wait: '1s',
      critical_wait: '0s',
      interval: '1s',
      repeat: '1h',
      receivers: [
        { name: 'operator' } + webhook('http://127.0.0.1:9631/'),
        { name: 'pager' } + webhook('http://127.0.0.1:9631/'),
        { name: 'watchdog' },
      ],
    })
  ),
}
