// Objects, arrays, strings and numbers as YAML that one likes to read: expressions in one piece, names
// first. std.manifestYamlDoc of jsonnet 0.18 quotes every word and takes a hundred times as long.
local first = ['name', 'record', 'alert', 'expr', 'for', 'keep_firing_for'];
local keys(object) = [key for key in first if std.objectHas(object, key)]
                     + [key for key in std.objectFields(object) if !std.member(first, key)];

local scalar(value, indent) =
  if !std.isString(value) then std.toString(value)
  else if std.endsWith(value, '\n') then
    '|\n' + indent + std.strReplace(std.rstripChars(value, '\n'), '\n', '\n' + indent)
  else "'" + std.strReplace(value, "'", "''") + "'";

local without(start, text) = std.substr(text, std.length(start), std.length(text));

// The value behind "key:" or "-" at `indent`, with the blank or line break before it.
local behind(value, indent) =
  if std.isObject(value) then '\n' + mapping(value, indent)
  else if std.isArray(value) then '\n' + std.join('\n', [
    indent + '- ' + (
      if std.isObject(item) then without(indent + '  ', mapping(item, indent + '  '))
      else scalar(item, indent + '  ')
    )
    for item in value
  ])
  else ' ' + scalar(value, indent),
      mapping(object, indent) = std.join('\n', [
  indent + key + ':' + behind(object[key], indent + '  ')
  for key in keys(object)
]);

{
  // A file of one document, under a comment.
  file(comment, object):: '# %s\n%s' % [comment, mapping(object, '')],
}
