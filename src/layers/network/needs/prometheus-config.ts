// What a Prometheus configuration scrapes, as far as it can be told without running it: jobs that discover pods or
// endpoints, the namespaces they look in, and which ports their relabelling keeps
// (prometheus.io/docs, "Configuration": kubernetes_sd_config, relabel_config).

export interface ScrapeJob {
  readonly role: string;
  /** All without. */
  readonly namespaces: readonly string[] | undefined;
  /** Names of ports that are kept; all without. */
  readonly portName: RegExp | undefined;
  /** Keeps only what carries the annotation `prometheus.io/scrape`. */
  readonly isAnnotated: boolean;
  /** The targets' addresses are replaced: what is scraped is not what is discovered. */
  readonly isReplaced: boolean;
}

/** Jobs with discovery; none for a text that is no such configuration. Linear. */
export function scrapeJobsIn(text: string): readonly ScrapeJob[] {
  if (!text.includes("kubernetes_sd_configs")) return [];
  const jobs: ScrapeJob[] = [];
  for (const part of text.split(/^\s*-\s+(?=job_name:)|^(?=\s*-\s[^\n]*\n(?:\s+[^\n]*\n)*?\s+job_name:)/m)) {
    if (part.includes("kubernetes_sd_configs")) jobs.push(...jobsIn(part));
  }
  return jobs;
}

function jobsIn(part: string): readonly ScrapeJob[] {
  const roles = [...part.matchAll(/^\s*(?:-\s+)?role:\s*["']?([a-z]+)/gm)].map(([, role = ""]) => role);
  const steps = part
    .slice(Math.max(0, part.indexOf("relabel_configs")))
    .split(/^\s*-\s+(?=action:|source_labels:|regex:|target_label:|replacement:|separator:)/m);
  const kept = steps.filter((step) => /action:\s*["']?keep["']?\s*$/m.test(step));
  const portStep = kept.find((step) => /__meta_kubernetes_(?:pod_container_port_name|endpoint_port_name)/.test(step));
  const isAnnotated = kept.some((step) => /annotation_prometheus_io_(?:scrape|probe)/.test(step));
  const isReplaced = steps.some(
    (step) => /target_label:\s*["']?__address__/.test(step) && !/annotation_prometheus_io_port/.test(step),
  );
  const names = namespacesIn(part);
  return roles.map((role) => ({
    role,
    namespaces: names,
    portName: portStep === undefined ? undefined : regexOf(portStep),
    isAnnotated,
    isReplaced,
  }));
}

function namespacesIn(part: string): readonly string[] | undefined {
  const [, inline, listed] =
    /namespaces:\s*\n\s+names:\s*(?:\[([^\]\n]*)\]|\n((?:\s+-\s+\S+\s*(?:\n|$))+))/.exec(part) ?? [];
  if (inline !== undefined) return inline.split(",").map((name) => name.replaceAll(/["'\s]/g, ""));
  return listed?.split("\n").flatMap((line) => /^\s+-\s+["']?([a-z0-9-]+)/.exec(line)?.[1] ?? []);
}

/** Anchored, as Prometheus reads it; the last of labels joined by `;` is the port's. */
function regexOf(step: string): RegExp | undefined {
  const written = /regex:\s*(?:"([^"\n]*)"|'([^'\n]*)'|(\S[^\n]*))/.exec(step);
  const text = (written?.[1] ?? written?.[2] ?? written?.[3] ?? "").trim();
  const [last = ""] = text.split(";").slice(-1);
  if (last === "" || !/^[\w.*+?|()[\]-]{1,100}$/.test(last)) return undefined;
  try {
    return new RegExp(`^(?:${last})$`);
  } catch {
    return undefined;
  }
}
