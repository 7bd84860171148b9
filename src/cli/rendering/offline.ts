// A renderer gets no way to the network: charts and kustomizations may name remote parts, and fetching one is a
// connection that the user did not ask for.

/** Nothing listens on the discard port of this machine. */
const DEAD_PROXY = "http://127.0.0.1:9";

/**
 * The environment a renderer runs in: every proxy variable leads nowhere, Git (which kustomize clones with) may use no
 * transport, and Helm's plugins, programs of their own, are off.
 */
export function offlineEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const kept = Object.entries(environment).filter(([name]) => !/^(?:https?|all|no|ftp)_proxy$/i.test(name));
  return {
    ...Object.fromEntries(kept),
    HTTP_PROXY: DEAD_PROXY,
    HTTPS_PROXY: DEAD_PROXY,
    NO_PROXY: "",
    GIT_ALLOW_PROTOCOL: "",
    GIT_TERMINAL_PROMPT: "0",
    HELM_NO_PLUGINS: "1",
  };
}

/** Whether a renderer's complaint comes from having no network. */
export function wantedNetwork(complaint: string): boolean {
  return complaint.includes(DEAD_PROXY.slice("http://".length)) || /transport '\w+' not allowed/.test(complaint);
}
