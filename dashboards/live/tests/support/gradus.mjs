// Runs the real binary; every process started is ended by the one who started it.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const binary =
  process.env.GRADUS_BINARY ??
  new URL("../../../../build/release/gradus", import.meta.url).pathname;

/** What must be done when a suite ends, the last thing first; a test's context has the same after. */
export class Ends {
  #jobs = [];
  after(job) {
    this.#jobs.unshift(job);
  }
  async run() {
    for (const job of this.#jobs) await job();
  }
}

/** An empty directory, removed when the test ends. */
export function temporaryDirectory(test) {
  const path = mkdtempSync(join(tmpdir(), "gradus-live-"));
  test.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A gradus that serves a page: its address, and how to end it. */
export async function startGradus(test, options, listen = "127.0.0.1:0") {
  const log = [];
  const child = spawn(binary, ["demo", ...options, "--listen", listen], {
    stdio: ["ignore", "pipe", "pipe"],
    cwd: temporaryDirectory(test),
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const stop = async (signal = "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
  };
  test.after(() => stop("SIGKILL"));
  const url = await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      log.push(String(chunk));
      const found = /listening on (http:\/\/\S+)/.exec(log.join(""));
      if (found) resolve(found[1]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", reject);
    exited.then((code) => reject(new Error(`gradus ended with ${code}: ${log.join("")}`)));
  });
  return { url, host: new URL(url).host, stop };
}
