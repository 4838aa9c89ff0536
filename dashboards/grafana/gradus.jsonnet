// The dashboard files, by name, for scripts/dashboards.
local dashboards = (import 'dashboards.libsonnet').grafanaDashboards;
{ [name]: std.manifestJsonEx(dashboards[name], ' ') + '\n' for name in std.objectFields(dashboards) }
