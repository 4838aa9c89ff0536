// Generates src/api.ts, the types of the API's answers, from api.schema.json.
//   node types.mjs            writes it
//   node types.mjs --check    fails where the committed file is not what the schema gives
import { readFileSync, writeFileSync } from "node:fs";
import { compile } from "json-schema-to-typescript";

const here = new URL(".", import.meta.url);
const output = new URL("src/api.ts", here);
const BANNER = "// Generated from api.schema.json by `npm run types`; do not edit.\n";

const pascal = (name) => name.charAt(0).toUpperCase() + name.slice(1);

/** The description of a member, with its unit and when it is null. */
function told({ description, unit, null_when: nullWhen }) {
  const notes = [unit && `Unit: ${unit}.`, nullWhen && `Null: ${nullWhen}.`].filter(Boolean);
  return [description, ...notes].join("\n");
}

/** Any number may be null where it is not finite. The figures that the page shows are finite where
 *  no `null_when` says otherwise, so for the page such a number is just a number. */
const numberType = ({ type, null_when: nullWhen }) =>
  Array.isArray(type) && type[0] === "number" && !nullWhen ? "number" : type;

function prepared(schema) {
  const { properties, items } = schema;
  const out = { ...schema };
  if (schema.description) out.description = told(schema);
  if (schema.type) out.type = numberType(schema);
  if (items) out.items = prepared(items);
  if (properties) {
    out.properties = Object.fromEntries(
      Object.entries(properties).map(([name, member]) => [name, prepared(member)]),
    );
  }
  return out;
}

const { $defs: answers } = JSON.parse(readFileSync(new URL("api.schema.json", here), "utf8"));
const types = [BANNER];
for (const [name, schema] of Object.entries(answers)) {
  const answer = { ...prepared(schema), title: pascal(name), description: `${schema.title}.` };
  const options = {
    additionalProperties: false,
    bannerComment: "",
    ignoreMinAndMaxItems: true,
    style: { printWidth: 100 },
  };
  types.push(await compile(answer, pascal(name), options));
}
const text = types.join("\n");
if (process.argv.includes("--check")) {
  if (readFileSync(output, "utf8") !== text) {
    console.error("src/api.ts is not what api.schema.json gives; run: npm run types");
    process.exit(1);
  }
} else {
  writeFileSync(output, text);
}
