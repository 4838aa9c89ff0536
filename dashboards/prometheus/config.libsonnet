// What a site may want to change, in one place.
{
  _config+:: {
    // The job under which Prometheus scrapes gradus; GradusDown watches it.
    gradusJob: 'gradus',
    // Where people find the dashboards and the runbooks that alerts link to.
    grafanaUrl: 'http://localhost:3000',
    runbooksUrl: 'https://gradus.example/docs/runbooks',
    durations: (import 'durations.libsonnet').production,
  },
}
