// The `exec` section of a kubeconfig user, checked, and what the plugin is told in KUBERNETES_EXEC_INFO
// (k8s.io/client-go/pkg/apis/clientauthentication).

import { apiError } from "./api-error.ts";
import type { NamedUser } from "./named-entry.ts";
import { resolveCommand } from "./kubeconfig-file.ts";
import type { ExecEntry } from "./kubeconfig-shape.ts";

const GROUP = "client.authentication.k8s.io";
const VERSIONS: readonly string[] = [`${GROUP}/v1`, `${GROUP}/v1beta1`];
/** The name under which a cluster's extensions hold what its plugin wants to know. */
export const EXEC_EXTENSION = `${GROUP}/exec`;

export type InteractiveMode = "Never" | "IfAvailable" | "Always";

export interface ExecPlugin {
  /** The kubeconfig user, for messages. */
  readonly user: string;
  readonly apiVersion: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly installHint: string;
  readonly interactiveMode: InteractiveMode;
  /** `spec.cluster` of the ExecCredential; absent unless the plugin asked for it. */
  readonly cluster?: Readonly<Record<string, unknown>>;
}

/** Throws `credential-unsupported` for what client-go refuses too. `cluster` is what a plugin may ask to be told. */
export function readExecPlugin(
  user: NamedUser,
  exec: ExecEntry,
  cluster: Readonly<Record<string, unknown>>,
): ExecPlugin {
  const apiVersion = exec.apiVersion ?? "";
  if (!VERSIONS.includes(apiVersion)) {
    const what = apiVersion === "" ? "an exec plugin without apiVersion" : `exec plugin version ${apiVersion}`;
    throw unsupported(user, "apiVersion", what, `use ${VERSIONS.join(" or ")}`);
  }
  const command = exec.command ?? "";
  if (command === "") throw unsupported(user, "command", "an exec plugin without command", "name one");
  const variables = exec.env ?? [];
  if (variables.some((variable) => !variable?.name))
    throw unsupported(user, "env", "an environment variable without name", "name it, or remove it");
  return {
    user: user.name,
    apiVersion,
    command: resolveCommand(user.file, command),
    arguments: (exec.args ?? []).map((argument) => argument ?? ""),
    environment: Object.fromEntries(variables.map((variable) => [variable?.name ?? "", variable?.value ?? ""])),
    installHint: (exec.installHint ?? "").trim(),
    interactiveMode: interactiveModeOf(user, apiVersion, exec.interactiveMode ?? ""),
    ...(exec.provideClusterInfo === true ? { cluster } : {}),
  };
}

/** The value of KUBERNETES_EXEC_INFO. Throws `plugin-needs-terminal` when it must ask and cannot. */
export function execInfo(plugin: ExecPlugin, hasTerminal: boolean): string {
  if (plugin.interactiveMode === "Always" && !hasTerminal) {
    throw apiError("plugin-needs-terminal", { command: plugin.command, name: plugin.user });
  }
  const { apiVersion, cluster } = plugin;
  const interactive = mayAsk(plugin, hasTerminal);
  return JSON.stringify({
    kind: "ExecCredential",
    apiVersion,
    spec: { interactive, ...(cluster === undefined ? {} : { cluster }) },
  });
}

/** Whether the plugin gets the user's terminal as its standard input. */
export function mayAsk(plugin: ExecPlugin, hasTerminal: boolean): boolean {
  return hasTerminal && plugin.interactiveMode !== "Never";
}

function interactiveModeOf(user: NamedUser, apiVersion: string, mode: string): InteractiveMode {
  if (mode === "Never" || mode === "IfAvailable" || mode === "Always") return mode;
  if (mode === "" && apiVersion !== `${GROUP}/v1`) return "IfAvailable";
  const what = mode === "" ? "an exec plugin without interactiveMode" : `interactiveMode ${mode}`;
  throw unsupported(user, "interactiveMode", what, "use Never, IfAvailable or Always");
}

function unsupported({ name, at }: NamedUser, field: string, what: string, instead: string): Error {
  return apiError("credential-unsupported", { place: at("exec", field), name, what, instead });
}
