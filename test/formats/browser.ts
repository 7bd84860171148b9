// A page in a real Chromium, driven over its DevTools protocol. Tests that need one are skipped by name without it.

import { spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "vitest";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

export interface Page {
  readonly open: (file: string) => Promise<void>;
  /** The value of an expression, promises awaited. */
  readonly evaluate: <T>(expression: string) => Promise<T>;
  readonly resize: (width: number) => Promise<void>;
  readonly prefer: (scheme: "light" | "dark") => Promise<void>;
  /** What went wrong in the page so far: exceptions and console entries. */
  readonly complaints: () => readonly string[];
  /** Every address asked for so far. */
  readonly requests: () => readonly string[];
  readonly close: () => Promise<void>;
}

function findChromium(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(":");
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A test that needs a browser; skipped by name, with the reason in its name, where there is none. */
export function testWithBrowser(name: string, run: () => Promise<void>): void {
  const isMissing = findChromium() === undefined;
  test.skipIf(isMissing)(isMissing ? `${name} (there is no Chromium)` : name, run);
}

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, never>;
  readonly result?: never;
  readonly error?: { readonly message: string };
}

export async function openPage(): Promise<Page> {
  const profile = mkdtempSync(join(tmpdir(), "ringwall-chromium-"));
  const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"];
  const child = spawn(findChromium() ?? "chromium", [...flags, `--user-data-dir=${profile}`, "about:blank"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const address = await new Promise<string>((found, failed) => {
    let text = "";
    child.once("error", failed);
    child.once("exit", () => failed(new Error(`Chromium ended: ${text}`)));
    child.stderr.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const match = /DevTools listening on (ws:\/\/\S+)/.exec(text);
      if (match?.[1] !== undefined) found(match[1]);
    });
  });
  const socket = new WebSocket(address);
  await new Promise((opened, failed) => {
    socket.addEventListener("open", opened);
    socket.addEventListener("error", () => failed(new Error("no connection to Chromium")));
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  const events: Answer[] = [];
  let loaded = (): void => {};
  let next = 0;
  socket.addEventListener("message", ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer; // the DevTools protocol
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
    else events.push(answer);
    if (answer.method === "Page.loadEventFired") loaded();
  });
  const ask = async (method: string, params: object, sessionId?: string): Promise<Record<string, never>> => {
    const id = ++next;
    const answer = await new Promise<Answer>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result ?? {};
  };
  const { targetId } = await ask("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await ask("Target.attachToTarget", { targetId, flatten: true });
  const send = (method: string, params: object = {}) => ask(method, params, sessionId);
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await send(`${domain}.enable`);
  const named = (name: string): readonly unknown[] =>
    events.filter(({ method }) => method === name).map(({ params }) => params);
  return {
    open: async (file) => {
      const done = new Promise<void>((resolve) => {
        loaded = resolve;
      });
      await send("Page.navigate", { url: `file://${file}` });
      await done;
    },
    evaluate: async (expression) => {
      const { result, exceptionDetails } = await send("Runtime.evaluate", {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return (result as unknown as { value: never }).value; // the caller says what its expression gives
    },
    resize: async (width) => {
      await send("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: 1, mobile: false });
    },
    prefer: async (value) => {
      await send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
    },
    complaints: () =>
      [...named("Runtime.exceptionThrown"), ...named("Log.entryAdded"), ...named("Runtime.consoleAPICalled")].map(
        (one) => JSON.stringify(one),
      ),
    requests: () => named("Network.requestWillBeSent").map((one) => (one as { request: { url: string } }).request.url), // the protocol
    close: async () => {
      socket.close();
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
