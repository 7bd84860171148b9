// The `exec` section of a kubeconfig user, checked, and what the plugin is told in KUBERNETES_EXEC_INFO
// (k8s.io/client-go/pkg/apis/clientauthentication).

import { apiError } from "./api-error.ts";
import { isTrue, resolveCommand, textOf, type ExecEntry } from "./kubeconfig-file.ts";

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
  user: string,
  file: string,
  exec: ExecEntry,
  cluster: Readonly<Record<string, unknown>>,
): ExecPlugin {
  const apiVersion = textOf(exec.apiVersion);
  if (!VERSIONS.includes(apiVersion)) {
    throw apiError("credential-unsupported", {
      name: user,
      what: apiVersion === "" ? "an exec plugin without apiVersion" : `exec plugin version ${apiVersion}`,
      instead: `use ${VERSIONS.join(" or ")}`,
    });
  }
  const command = textOf(exec.command);
  if (command === "") {
    throw apiError("credential-unsupported", {
      name: user,
      what: "an exec plugin without command",
      instead: "name one",
    });
  }
  return {
    user,
    apiVersion,
    command: resolveCommand(file, command),
    arguments: (exec.args ?? []).map(textOf),
    environment: Object.fromEntries((exec.env ?? []).map((item) => [textOf(item?.name), textOf(item?.value)])),
    installHint: textOf(exec.installHint).trim(),
    interactiveMode: interactiveModeOf(user, apiVersion, textOf(exec.interactiveMode)),
    ...(isTrue(exec.provideClusterInfo) ? { cluster } : {}),
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

function interactiveModeOf(user: string, apiVersion: string, mode: string): InteractiveMode {
  if (mode === "Never" || mode === "IfAvailable" || mode === "Always") return mode;
  if (mode === "" && apiVersion !== `${GROUP}/v1`) return "IfAvailable";
  throw apiError("credential-unsupported", {
    name: user,
    what: mode === "" ? "an exec plugin without interactiveMode" : `interactiveMode ${mode}`,
    instead: "use Never, IfAvailable or Always",
  });
}
