// Credentials from a plugin (KEP-541, k8s.io/client-go/plugin/pkg/client/auth/exec): run when needed, kept until the
// expirationTimestamp it gave or until the server refuses them. As in client-go, what is expired on arrival serves the one
// request it was fetched for.

import { isoTime } from "./credential-expiry.ts";
import type { Clock, Credential, CredentialSource } from "./credential.ts";
import { readExecAnswer } from "./exec-answer.ts";
import { execInfo, type ExecPlugin } from "./exec-plugin.ts";
import { runPlugin, type PluginTerminal } from "./run-plugin.ts";

export interface ExecCredentialOptions {
  readonly plugin: ExecPlugin;
  readonly terminal: PluginTerminal;
  readonly now: Clock;
}

/** Concurrent callers share one run of the plugin. */
export function execCredential({ plugin, terminal, now }: ExecCredentialOptions): CredentialSource {
  let cached: Credential | undefined;
  let running: Promise<Credential> | undefined;
  let isWarned = false;
  const isExpired = ({ expiresAt }: Credential): boolean => expiresAt !== undefined && expiresAt <= now();
  const run = async (signal: AbortSignal | undefined): Promise<Credential> => {
    const info = execInfo(plugin, terminal.isInteractive);
    const credential = readExecAnswer(await runPlugin(plugin, info, terminal, signal), plugin);
    if (isExpired(credential) && !isWarned) {
      isWarned = true;
      const date = isoTime(credential.expiresAt ?? 0);
      terminal.onWarning?.({ code: "plugin-expired", arguments: { command: plugin.command, name: plugin.user, date } });
    }
    cached = credential;
    return credential;
  };
  return {
    current: async (signal) => {
      if (cached !== undefined && !isExpired(cached)) return cached;
      running ??= run(signal).finally(() => (running = undefined));
      return running;
    },
    renew: (used) => {
      if (cached === used) cached = undefined;
      return true;
    },
  };
}
