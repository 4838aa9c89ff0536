// The rule files, by name, for scripts/dashboards.
local mixin = import '../mixin.libsonnet';
local demo = mixin { _config+:: { durations: (import 'durations.libsonnet').demo } };
local file(content) = '# Made by scripts/dashboards from the jsonnet files beside it.\n'
                      + std.manifestYamlDoc(content, indent_array_in_object=true, quote_keys=false) + '\n';
{
  'gradus.rules.yml': file(mixin.prometheusRules),
  'gradus.alerts.yml': file(mixin.prometheusAlerts),
  'gradus.rules.demo.yml': file(demo.prometheusRules),
  'gradus.alerts.demo.yml': file(demo.prometheusAlerts),
}
