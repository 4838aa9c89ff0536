// What the page costs: node tests/measure.mjs URL SECONDS
// Prints the time of the first paint (median of five loads) and the share of one core that all of
// Chromium's processes take while the page is open; Linux only.
import { readFileSync, readdirSync } from "node:fs";
import { chromium } from "playwright-core";

const [url, seconds] = [process.argv[2], Number(process.argv[3] ?? 60)];
const executablePath = process.env.GRADUS_CHROMIUM ?? "/usr/bin/chromium";
const TICKS_PER_SECOND = 100; // USER_HZ

function childrenOf(root) {
  const parents = new Map();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
      parents.set(Number(pid), { parent: Number(fields[1]), ticks: +fields[11] + +fields[12] });
    } catch {
      // it has ended meanwhile
    }
  }
  const belongs = (pid) => pid === root || (parents.has(pid) && belongs(parents.get(pid).parent));
  return [...parents].filter(([pid]) => pid !== root && belongs(pid));
}

const cpuSeconds = () =>
  childrenOf(process.pid).reduce((sum, [, { ticks }]) => sum + ticks, 0) / TICKS_PER_SECOND;

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
const paints = [];
for (let i = 0; i < 5; ++i) {
  await page.goto(url);
  await page.locator(".card canvas").first().waitFor();
  paints.push(
    await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime),
  );
}
paints.sort((a, b) => a - b);
console.log(`first paint: ${paints.map(Math.round).join(" ")} ms, median ${Math.round(paints[2])}`);

await new Promise((resolve) => setTimeout(resolve, 5000));
const before = cpuSeconds();
await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
const share = (cpuSeconds() - before) / seconds;
const heap = await page.evaluate(() => performance.memory?.usedJSHeapSize ?? 0);
console.log(
  `open for ${seconds} s: ${(100 * share).toFixed(1)} % of one core, heap ${(heap / 1e6).toFixed(1)} MB`,
);
await browser.close();
