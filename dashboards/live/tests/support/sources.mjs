// The modules of the page, as Node can import them.
import { build } from "esbuild";

/** The exports of src/NAME.ts. */
export async function source(name) {
  const result = await build({
    absWorkingDir: new URL("../../", import.meta.url).pathname,
    entryPoints: [`src/${name}.ts`],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
  });
  const text = Buffer.from(result.outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${text}`);
}
