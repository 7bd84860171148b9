// Runs a credential plugin and collects what it prints.

import { spawn } from "node:child_process";
import { apiError, firstLine, wordsOf, type ApiError } from "./api-error.ts";
import type { ConnectionWarning } from "./connection-warning.ts";
import { mayAsk, type ExecPlugin } from "./exec-plugin.ts";
import { systemCode } from "./file-failure.ts";
import type { Environment } from "./kubeconfig.ts";
import { HAS_PROCESS_GROUPS, endProcesses, killProcesses, type StartedProcess } from "./process-group.ts";

/** What the plugin may use of the terminal that Ringwall was started in. */
export interface PluginTerminal {
  /** Whether standard input is a terminal that a person sits at. */
  readonly isInteractive: boolean;
  /** The environment the plugin inherits. */
  readonly environment: Environment;
  /** What the plugin says to the user ("open this page and enter ABCD"), as it says it. */
  readonly onMessage?: ((text: string) => void) | undefined;
  /** Once, when a plugin has neither ended nor said a word for a second. */
  readonly onWaiting?: ((notice: ConnectionWarning) => void) | undefined;
  readonly onWarning?: ((warning: ConnectionWarning) => void) | undefined;
  /** How long it may take. Default 60 s, and no limit for a plugin that may ask the user. */
  readonly timeoutMilliseconds?: number | undefined;
}

const DEFAULT_TIMEOUT_MILLISECONDS = 60_000;
const QUIET_MILLISECONDS = 1000;
/** How long the output of a plugin that has ended is waited for: what it left behind may hold it open. */
const LINGER_MILLISECONDS = 1000;
const LONGEST_OUTPUT_BYTES = 1_000_000;

type Outcome =
  | { readonly kind: "ended"; readonly exitCode: number | null; readonly killSignal: NodeJS.Signals | null }
  | { readonly kind: "not-started"; readonly error: Error }
  | { readonly kind: "timeout" | "interrupted" | "too-long" };

/**
 * Its standard output. Throws `plugin-not-found`, `plugin-failed`, `plugin-failed-aloud` or `plugin-timeout`. A plugin that
 * is given up is ended with all it started, before this settles.
 */
export async function runPlugin(
  plugin: ExecPlugin,
  info: string,
  terminal: PluginTerminal,
  signal: AbortSignal | undefined,
): Promise<string> {
  const asks = mayAsk(plugin, terminal.isInteractive);
  const milliseconds = terminal.timeoutMilliseconds ?? (asks ? undefined : DEFAULT_TIMEOUT_MILLISECONDS);
  // Out of its group, a plugin that asks would lose the terminal.
  const leadsGroup = HAS_PROCESS_GROUPS && !asks;
  const child = spawn(plugin.command, plugin.arguments, {
    env: { ...terminal.environment, ...plugin.environment, KUBERNETES_EXEC_INFO: info },
    stdio: [asks ? "inherit" : "ignore", "pipe", "pipe"],
    detached: leadsGroup,
    windowsHide: true,
  });
  const started: StartedProcess = { child, leadsGroup };
  const onExit = (): void => killProcesses(started); // a second Control-C ends us at once
  process.once("exit", onExit);
  const output: Buffer[] = [];
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-4000);
    terminal.onMessage?.(text);
  });
  const quiet = setTimeout(() => {
    const about = { command: plugin.command, name: plugin.user };
    if (complaint === "") terminal.onWaiting?.({ code: "plugin-waiting", arguments: about });
  }, QUIET_MILLISECONDS);
  const outcome = await outcomeOf(started, output, milliseconds, signal);
  clearTimeout(quiet);
  if (outcome.kind === "timeout" || outcome.kind === "interrupted" || outcome.kind === "too-long")
    await endProcesses(started);
  process.off("exit", onExit);
  child.stdout?.destroy();
  child.stderr?.destroy();
  if (complaint !== "" && !complaint.endsWith("\n")) terminal.onMessage?.("\n");
  if (outcome.kind === "ended" && outcome.exitCode === 0) return Buffer.concat(output).toString("utf8");
  throw failureOf(plugin, outcome, (milliseconds ?? 0) / 1000, complaint, terminal.onMessage !== undefined);
}

function outcomeOf(
  { child }: StartedProcess,
  output: Buffer[],
  milliseconds: number | undefined,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  return new Promise((resolve) => {
    let isSettled = false;
    const settle = (outcome: Outcome): void => {
      isSettled = true;
      for (const timer of timers) clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      resolve(outcome);
    };
    const timers: NodeJS.Timeout[] = [];
    const onAbort = (): void => settle({ kind: "interrupted" });
    if (milliseconds !== undefined) timers.push(setTimeout(() => settle({ kind: "timeout" }), milliseconds));
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener("abort", onAbort, { once: true });
    let outputBytes = 0;
    child.stdout?.on("data", (chunk: Buffer) => {
      output.push(chunk);
      outputBytes += chunk.length;
      if (outputBytes > LONGEST_OUTPUT_BYTES) settle({ kind: "too-long" });
    });
    child.once("error", (error) => settle({ kind: "not-started", error }));
    child.once("exit", (exitCode, killSignal) => {
      if (!isSettled)
        timers.push(setTimeout(() => settle({ kind: "ended", exitCode, killSignal }), LINGER_MILLISECONDS));
    });
    child.once("close", (exitCode, killSignal) => settle({ kind: "ended", exitCode, killSignal }));
  });
}

function failureOf(
  plugin: ExecPlugin,
  outcome: Outcome,
  seconds: number,
  complaint: string,
  isHeard: boolean,
): ApiError {
  const about = { command: plugin.command, name: plugin.user };
  const failed = (how: string, words: string) => apiError("plugin-failed", { ...about, outcome: how, words });
  switch (outcome.kind) {
    case "timeout":
      return apiError("plugin-timeout", { ...about, seconds });
    case "interrupted":
      return failed("interrupted", "by you");
    case "too-long":
      return failed("output too long", "more than 1 MB");
    case "not-started":
      return startFailure(plugin, outcome.error);
    case "ended": {
      const how = outcome.exitCode === null ? `ended by ${outcome.killSignal}` : `exit code ${outcome.exitCode}`;
      const words = firstLine(complaint);
      if (isHeard && words !== "") return apiError("plugin-failed-aloud", { ...about, outcome: how });
      return failed(how, words || "it said nothing");
    }
  }
}

function startFailure(plugin: ExecPlugin, error: Error): ApiError {
  const about = { command: plugin.command, name: plugin.user };
  const code = systemCode(error);
  if (code === "EACCES" || code === "EPERM") return apiError("plugin-not-executable", about, error);
  if (code !== "ENOENT")
    return apiError("plugin-failed", { ...about, outcome: "not started", words: wordsOf(error) }, error);
  const hint = plugin.installHint === "" ? "" : ` ${plugin.installHint.replace(/\s+/g, " ")}`;
  return apiError("plugin-not-found", { ...about, hint }, error);
}
