// The dashboard files, by name, for scripts/dashboards.
(import 'dashboards.libsonnet').grafanaDashboards
