// A Go module that can build the commands of k8s.io/kubernetes from the module proxy. That module replaces its staging
// modules by folders of its repository; we replace them by the published modules of the same release.

const DIRECTIVE = /^(?:go|godebug) .*$/gm;
const STAGING_MODULE = /^\s+(k8s\.io\/[a-z0-9-]+) => \.\/staging\//gm;

/**
 * @param template text of `go/kubernetes/go.mod.template`
 * @param version e.g. `1.36.3`
 * @param upstream text of the go.mod of `k8s.io/kubernetes` at that version
 */
export function kubernetesModule(template: string, version: string, upstream: string): string {
  const stagingVersion = version.replace(/^1\./, "v0.");
  const staging = [...upstream.matchAll(STAGING_MODULE)].map(([, name]) => `\t${name} => ${name} ${stagingVersion}`);
  return template
    .replace("${upstream directives}", (upstream.match(DIRECTIVE) ?? []).join("\n"))
    .replace("${version}", version)
    .replace("${staging modules}", staging.join("\n"));
}

/** Linker flags that give a command its version, which `/version` and the policy versions of admission read. */
export function kubernetesLinkerFlags(version: string): string {
  const [major, minor] = version.split(".");
  const values = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor, gitTreeState: "clean" };
  const settings = Object.entries(values).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  return ["-s -w", ...settings].join(" ");
}

/**
 * Build tags of a version. Up to v1.30 cloud providers are compiled in, from a module that no proxy need have; upstream's
 * own tag leaves them out.
 */
export function kubernetesBuildTags(version: string): string {
  return Number(version.split(".")[1]) <= 30 ? "providerless" : "";
}
