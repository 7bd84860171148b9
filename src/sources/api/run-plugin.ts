// Runs a credential plugin and collects what it prints.

import { spawn } from "node:child_process";
import { apiError, firstLine, wordsOf } from "./api-error.ts";
import { mayAsk, type ExecPlugin } from "./exec-plugin.ts";
import type { Environment } from "./kubeconfig.ts";

/** What the plugin may use of the terminal that Ringwall was started in. */
export interface PluginTerminal {
  /** Whether standard input is a terminal that a person sits at. */
  readonly isInteractive: boolean;
  /** The environment the plugin inherits. */
  readonly environment: Environment;
  /** What the plugin says to the user ("open this page and enter ABCD"), as it says it. */
  readonly onMessage?: ((text: string) => void) | undefined;
  /** For plugins that ask nobody. Default 60 s. */
  readonly timeoutMilliseconds?: number | undefined;
}

const DEFAULT_TIMEOUT_MILLISECONDS = 60_000;
const LONGEST_OUTPUT_BYTES = 1_000_000;

/** Its standard output. Throws `plugin-not-found`, `plugin-failed` or `plugin-timeout`; one plugin runs at most once. */
export function runPlugin(
  plugin: ExecPlugin,
  info: string,
  terminal: PluginTerminal,
  signal: AbortSignal | undefined,
): Promise<string> {
  const asks = mayAsk(plugin, terminal.isInteractive);
  const timeoutMilliseconds = terminal.timeoutMilliseconds ?? DEFAULT_TIMEOUT_MILLISECONDS;
  const about = { command: plugin.command, name: plugin.user };
  return new Promise((resolve, reject) => {
    const child = spawn(plugin.command, plugin.arguments, {
      env: { ...terminal.environment, ...plugin.environment, KUBERNETES_EXEC_INFO: info },
      stdio: [asks ? "inherit" : "ignore", "pipe", "pipe"],
      ...(signal === undefined ? {} : { signal }),
    });
    const timer = asks
      ? undefined
      : setTimeout(() => fail("plugin-timeout", { seconds: timeoutMilliseconds / 1000 }), timeoutMilliseconds);
    const fail = (code: "plugin-timeout" | "plugin-failed", values: Record<string, string | number>) => {
      child.kill();
      child.stdout?.destroy();
      child.stderr?.destroy();
      reject(apiError(code, { ...about, ...values }));
    };
    const output: Buffer[] = [];
    let outputBytes = 0;
    let complaint = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      output.push(chunk);
      outputBytes += chunk.length;
      if (outputBytes > LONGEST_OUTPUT_BYTES)
        fail("plugin-failed", { outcome: "output too long", words: "more than 1 MB" });
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-4000);
      terminal.onMessage?.(text);
    });
    child.on("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(startFailure(plugin, error));
    });
    child.on("close", (exitCode, killSignal) => {
      clearTimeout(timer);
      if (exitCode === 0) resolve(Buffer.concat(output).toString("utf8"));
      else {
        const outcome = exitCode === null ? `ended by ${killSignal}` : `exit code ${exitCode}`;
        reject(apiError("plugin-failed", { ...about, outcome, words: firstLine(complaint) || "it said nothing" }));
      }
    });
  });
}

function startFailure(plugin: ExecPlugin, error: NodeJS.ErrnoException): Error {
  const about = { command: plugin.command, name: plugin.user };
  if (error.code === "ABORT_ERR")
    return apiError("plugin-failed", { ...about, outcome: "interrupted", words: "" }, error);
  if (error.code !== "ENOENT")
    return apiError("plugin-failed", { ...about, outcome: "not started", words: wordsOf(error) }, error);
  const hint = plugin.installHint === "" ? "" : ` ${plugin.installHint.replace(/\s+/g, " ")}`;
  return apiError("plugin-not-found", { ...about, hint }, error);
}
