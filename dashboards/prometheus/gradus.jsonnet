// The rule files, by name, for scripts/dashboards.
local yaml = import 'yaml.libsonnet';
local mixin = import '../mixin.libsonnet';
local demo = mixin { _config+:: { durations: (import 'durations.libsonnet').demo } };
local file(content) = yaml.file('Made by scripts/dashboards from the jsonnet files beside it.', content);
{
  'gradus.rules.yml': file(mixin.prometheusRules),
  'gradus.alerts.yml': file(mixin.prometheusAlerts),
  'gradus.rules.demo.yml': file(demo.prometheusRules),
  'gradus.alerts.demo.yml': file(demo.prometheusAlerts),
}
