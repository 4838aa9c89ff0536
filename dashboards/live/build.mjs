// Builds dist/index.html: one file with script and styles inside, no network needed.
//   node build.mjs            writes it
//   node build.mjs --check    fails where the committed file is not what the sources give
import { build } from "esbuild";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const here = new URL(".", import.meta.url);
const output = new URL("dist/index.html", here);
const MOST_GZIP = 120_000;

async function bundle(entry, loader) {
  const result = await build({
    absWorkingDir: here.pathname,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    target: "es2022",
    format: "iife",
    charset: "utf8",
    legalComments: "none",
    loader,
  });
  return result.outputFiles[0].text.trimEnd();
}

// Inside an element, its end tag would end it.
const script = (await bundle("src/main.ts", {})).replaceAll("</script", "<\\/script");
const styles = await bundle("src/styles/index.css", {});
const licence = readFileSync(new URL("node_modules/uplot/LICENSE", here), "utf8").trim();
const template = readFileSync(new URL("src/index.html", here), "utf8");
const page = template
  .replace("/*gradus:styles*/", () => styles)
  .replace("/*gradus:script*/", () => `/* Contains uPlot. ${licence} */\n${script}`);

const size = gzipSync(page, { level: 6 }).length;
if (size > MOST_GZIP) {
  console.error(`index.html: ${size} bytes with gzip, at most ${MOST_GZIP} are allowed`);
  process.exit(1);
}
if (process.argv.includes("--check")) {
  if (readFileSync(output, "utf8") !== page) {
    console.error("dist/index.html is not what src/ gives; run: npm run build");
    process.exit(1);
  }
  console.log(`dist/index.html is up to date, ${size} bytes with gzip`);
} else {
  mkdirSync(new URL("dist/", here), { recursive: true });
  writeFileSync(output, page);
  console.log(`dist/index.html: ${page.length} characters, ${size} bytes with gzip`);
}
