// The linter refuses what it is there to refuse.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ESLint, Linter } from "eslint";
import tseslint from "typescript-eslint";
import noImportCycle from "../lint/no_import_cycle.mjs";

const project = new ESLint({ cwd: fileURLToPath(new URL("..", import.meta.url)) });

/** The rules that a text breaks as the content of a file of the page. */
async function broken(filePath, text) {
  const [{ messages }] = await project.lintText(text, { filePath });
  return messages.map((each) => each.ruleId ?? each.message);
}

/** What the rule against cycles says of each file, by name. */
function cycles(t, files) {
  const folder = mkdtempSync(join(tmpdir(), "gradus-lint-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "src"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, "src", name), text);
  const linter = new Linter({ cwd: folder });
  const config = {
    files: ["**/*.ts"],
    languageOptions: { parser: tseslint.parser },
    plugins: { gradus: { rules: { "no-import-cycle": noImportCycle } } },
    rules: { "gradus/no-import-cycle": "error" },
  };
  const said = (name) =>
    linter.verify(files[name], [config], { filename: join(folder, "src", name) });
  return Object.fromEntries(
    Object.keys(files).map((name) => [name, said(name).map((each) => each.message)]),
  );
}

test("names of functions, variables and members are camelCase", async () => {
  const naming = "@typescript-eslint/naming-convention";
  assert.deepEqual(await broken("src/words.ts", "export const shortStep = 1;\n"), []);
  assert.deepEqual(await broken("src/words.ts", "export const MOST_POINTS = 1;\n"), []);
  assert.deepEqual(await broken("src/words.ts", "export const short_step = 1;\n"), [naming]);
  assert.deepEqual(await broken("src/words.ts", "export const kStep = 1;\n"), [naming]);
  assert.deepEqual(await broken("src/words.ts", "export interface A {\n  own_step: 1;\n}\n"), [
    naming,
  ]);
});

test("members of the API keep the names that the server gives them", async () => {
  for (const file of ["src/model.ts", "src/api.ts"])
    assert.deepEqual(await broken(file, "export interface A {\n  own_step: 1;\n}\n"), []);
});

test("an import cycle is named, even one of types only", (t) => {
  const found = cycles(t, {
    "a.ts": 'import type { B } from "./b";\nexport type A = B;\n',
    "b.ts": 'export * from "./c";\nexport type B = 1;\n',
    "c.ts": 'import type { A } from "./a";\nexport type C = A;\n',
    "d.ts": 'import type { A } from "./a";\nexport type D = A;\n',
  });
  assert.deepEqual(found, {
    "a.ts": ["import cycle: a.ts -> b.ts -> c.ts -> a.ts"],
    "b.ts": ["import cycle: b.ts -> c.ts -> a.ts -> b.ts"],
    "c.ts": ["import cycle: c.ts -> a.ts -> b.ts -> c.ts"],
    "d.ts": [],
  });
});

test("a module that imports itself is a cycle", (t) => {
  const found = cycles(t, { "a.ts": 'import type { A } from "./a";\nexport type B = A;\n' });
  assert.deepEqual(found["a.ts"], ["import cycle: a.ts -> a.ts"]);
});
