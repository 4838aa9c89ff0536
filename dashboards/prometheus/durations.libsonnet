// How long, how far back and how much: the only place with the durations of rules and alerts. The first
// column is for production, with a scrape every 15 s. The second is for demonstrations and tests, with a
// scrape and an evaluation every second: there a fault has to be told within half a minute.
local table = {
  // name                  production  demo   what it is
  flowWindow:              ['5m',      '15s'],  // window of the learner's rates
  lagWindow:               ['5m',      '15s'],  // window of the rate that turns a lag into seconds

  stalledFor:              ['10m',     '2s'],
  regressingFor:           ['15m',     '2s'],
  tooSlowFor:              ['30m',     '5s'],
  // How long an alert keeps firing after its verdict changed or disappeared; longer than downFor.
  verdictKeep:             ['10m',     '15s'],
  // The same for a diverged learner, a silent stream, a stuck thread: somebody waits for their end, so little more.
  faultKeep:               ['3m',      '15s'],
  divergedWindow:          ['5m',      '15s'],
  probeStaleFor:           ['5m',      '10s'],
  probeFailingWindow:      ['15m',     '1m'],
  noDataSeconds:           [300,       8],
  noDataFor:               ['2m',      '1s'],
  lagGrowingWindow:        ['15m',     '30s'],
  lagGrowingSeconds:       [60,        20],     // the least lag in seconds that is worth a look
  lagGrowingFor:           ['15m',     '15s'],
  deadLettersWindow:       ['10m',     '30s'],
  deadLettersFor:          ['10m',     '5s'],
  deliveryFailingWindow:   ['5m',      '30s'],
  offsetGapWindow:         ['10m',     '30s'],
  checkpointStaleFor:      ['5m',      '10s'],
  checkpointFailingWindow: ['10m',     '30s'],
  historyFailingWindow:    ['10m',     '30s'],
  threadStuckSeconds:      [60,        20],
  threadStuckFor:          ['1m',      '5s'],
  // Longer than the 5 s for which Prometheus, just started, does not look at its targets yet.
  downFor:                 ['2m',      '10s'],
};
{
  production: { [name]: table[name][0] for name in std.objectFields(table) },
  demo: { [name]: table[name][1] for name in std.objectFields(table) },
}
