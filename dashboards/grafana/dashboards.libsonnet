// The dashboards by file name.
{
  grafanaDashboards+:: {
    'gradus-ingest.json': import 'ingest.libsonnet',
    'gradus-overview.json': import 'overview.libsonnet',
    'gradus-runs.json': import 'runs.libsonnet',
    'gradus-tiers.json': import 'tiers.libsonnet',
  },
}
