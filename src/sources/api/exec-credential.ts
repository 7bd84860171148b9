// Credentials from a plugin (KEP-541, k8s.io/client-go/plugin/pkg/client/auth/exec): run when needed, kept until the
// expirationTimestamp it gave or until the server refuses them.

import type { Clock, Credential, CredentialSource } from "./credential.ts";
import { readExecAnswer, type ExecAnswer } from "./exec-answer.ts";
import { execInfo, type ExecPlugin } from "./exec-plugin.ts";
import { runPlugin, type PluginTerminal } from "./run-plugin.ts";

export interface ExecCredentialOptions {
  readonly plugin: ExecPlugin;
  readonly terminal: PluginTerminal;
  /** What the kubeconfig proves besides the plugin. */
  readonly base: Credential;
  readonly now: Clock;
}

/** Concurrent callers share one run of the plugin. */
export function execCredential({ plugin, terminal, base, now }: ExecCredentialOptions): CredentialSource {
  let cached: { readonly credential: Credential; readonly answer: ExecAnswer } | undefined;
  let running: Promise<Credential> | undefined;
  const run = async (signal: AbortSignal | undefined): Promise<Credential> => {
    const info = execInfo(plugin, terminal.isInteractive);
    const answer = readExecAnswer(await runPlugin(plugin, info, terminal, signal), plugin);
    const credential = { ...base, ...answer.credential };
    cached = { credential, answer };
    return credential;
  };
  return {
    current: async (signal) => {
      if (cached !== undefined && now() < cached.answer.expiresAt) return cached.credential;
      running ??= run(signal).finally(() => (running = undefined));
      return running;
    },
    renew: (used) => {
      if (cached?.credential === used) cached = undefined;
      return true;
    },
  };
}
