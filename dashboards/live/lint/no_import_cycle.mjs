// ESLint rule: no module imports itself through others. Unlike import/no-cycle it counts
// `import type` too, because types that need each other tie modules together just as firmly.
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import ts from "typescript";

const importsByFile = new Map();

/** The file that a relative import names; null for a package. */
function target(file, specifier) {
  if (!specifier.startsWith(".")) return null;
  const path = resolve(dirname(file), specifier);
  return [`${path}.ts`, path].find((each) => existsSync(each)) ?? null;
}

function importsOf(file) {
  const known = importsByFile.get(file);
  if (known) return known;
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, true);
  const found = importedFiles.map(({ fileName }) => target(file, fileName)).filter(Boolean);
  importsByFile.set(file, found);
  return found;
}

/** The shortest chain of imports from one file to another; null where none exists. */
function chain(from, to) {
  const reached = new Map([[from, null]]);
  for (const file of reached.keys()) {
    if (file === to) {
      const path = [];
      for (let at = file; at !== null; at = reached.get(at)) path.unshift(at);
      return path;
    }
    for (const next of importsOf(file)) if (!reached.has(next)) reached.set(next, file);
  }
  return null;
}

export default {
  meta: {
    type: "problem",
    schema: [],
    messages: { cycle: "import cycle: {{files}}" },
  },
  create(context) {
    const check = (node) => {
      const next = node.source && target(context.filename, node.source.value);
      const back = next && chain(next, context.filename);
      if (!back) return;
      const files = [context.filename, ...back].map((file) => file.replace(/^.*\//, ""));
      context.report({ node, messageId: "cycle", data: { files: files.join(" -> ") } });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};
