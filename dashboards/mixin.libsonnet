// All that Prometheus and Grafana need, as a monitoring mixin: prometheusRules, prometheusAlerts and grafanaDashboards, set up
// by _config. Import it beside other mixins and change what differs:
//
//   (import 'gradus/dashboards/mixin.libsonnet') + { _config+:: { gradusJob: 'learners', grafanaUrl: 'https://grafana.lan' } }
(import 'prometheus/config.libsonnet')
+ (import 'prometheus/rules.libsonnet')
+ (import 'prometheus/alerts.libsonnet')
+ (import 'grafana/dashboards.libsonnet')
