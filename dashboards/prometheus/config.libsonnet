// What a site may want to change, in one place.
{
  _config+:: {
    // The job under which Prometheus scrapes gradus; GradusDown watches it.
    gradusJob: 'gradus',
    // Where people reach the gradus that an alert is about; each serves its live page and its runbooks. A template of
    // Prometheus, by default the address that it scrapes. Set it where people need another one, say behind a proxy.
    gradusUrl: 'http://{{ or $labels.instance "localhost:9630" }}',
    // Runbooks elsewhere, such as in a wiki: each at this address, then / and the name of its alert.
    runbooksUrl: self.gradusUrl + '/runbooks',
    // Grafana, where these dashboards are: each alert then has a link to one of them too, `grafana_url`.
    grafanaUrl: '',
    durations: (import 'durations.libsonnet').production,
  },
}
