// What a Prometheus configuration scrapes, as far as it can be told without running it: jobs that discover pods or
// endpoints, the namespaces they look in, and which ports their relabelling keeps
// (prometheus.io/docs, "Configuration": kubernetes_sd_config, relabel_config). Read line by line: the parts that matter
// are block YAML wherever people write them.

export interface ScrapeJob {
  readonly role: string;
  /** All without. */
  readonly namespaces: readonly string[] | undefined;
  /** What is kept by the names of things, each whole: of ports, Services, namespaces; all without. */
  readonly portName: RegExp | undefined;
  readonly serviceName: RegExp | undefined;
  readonly namespaceName: RegExp | undefined;
  /** Keeps only what carries the annotation `prometheus.io/scrape`. */
  readonly isAnnotated: boolean;
  /** The targets' addresses are replaced: what is scraped is not what is discovered. */
  readonly isReplaced: boolean;
}

/** Jobs with discovery; none for a text that is no such configuration. Linear. */
export function scrapeJobsIn(text: string): readonly ScrapeJob[] {
  if (!text.includes("kubernetes_sd_configs")) return [];
  return jobBlocks(text).flatMap(jobsIn);
}

/** The elements of `scrape_configs`, by their indentation. */
function jobBlocks(text: string): readonly (readonly string[])[] {
  const blocks: string[][] = [];
  let column = -1;
  let isInside = false;
  for (const line of text.split("\n")) {
    const indent = line.search(/\S/);
    if (indent === -1) continue;
    if (/^\s*scrape_configs:/.test(line)) {
      [isInside, column] = [true, -1];
      continue;
    }
    if (!isInside) continue;
    if (column === -1 && line[indent] === "-") column = indent;
    if (indent < column || (indent === column && line[indent] !== "-")) isInside = false;
    else if (indent === column) blocks.push([line]);
    else blocks.at(-1)?.push(line);
  }
  return blocks;
}

function jobsIn(lines: readonly string[]): readonly ScrapeJob[] {
  const roles = lines.flatMap((line) => /^\s*(?:-\s+)?role:\s*["']?([a-z]+)/.exec(line)?.[1] ?? []);
  const steps = relabelSteps(lines);
  const kept = steps.filter((step) => /action:\s*["']?keep["']?\s*(?:\n|$)/.test(step));
  const names = kept.map(keptNames);
  const isAnnotated = kept.some((step) => /annotation_prometheus_io_(?:scrape|probe)/.test(step));
  const isReplaced = steps.some(
    (step) => /target_label:\s*["']?__address__/.test(step) && !step.includes("annotation_prometheus_io_port"),
  );
  const namespaces = namespacesIn(lines);
  const keptBy = (label: RegExp): RegExp | undefined =>
    names.flatMap((one) => one.find(([name]) => label.test(name))?.[1] ?? [])[0];
  return roles.map((role) => ({
    role,
    namespaces,
    portName: keptBy(/_(?:container|endpoint)_port_name$/),
    serviceName: keptBy(/_service_name$/),
    namespaceName: keptBy(/_namespace$/),
    isAnnotated,
    isReplaced,
  }));
}

/** The elements of `relabel_configs`. */
function relabelSteps(lines: readonly string[]): readonly string[] {
  const start = lines.findIndex((line) => /^\s*(?:-\s+)?relabel_configs:/.test(line));
  const steps: string[] = [];
  let column = -1;
  for (const line of start === -1 ? [] : lines.slice(start + 1)) {
    const indent = line.search(/\S/);
    if (column === -1) column = indent;
    if (indent < column || (indent === column && line[indent] !== "-")) break;
    if (indent === column) steps.push(line);
    else steps.push(`${steps.pop() ?? ""}\n${line}`);
  }
  return steps;
}

/** `namespaces: { names: [a, b] }`, in a row or one a line. */
function namespacesIn(lines: readonly string[]): readonly string[] | undefined {
  const at = lines.findIndex((line) => /^\s*names:/.test(line));
  if (at === -1 || !/^\s*namespaces:\s*$/.test(lines[at - 1] ?? "")) return undefined;
  const inline = /\[([^\]]*)\]/.exec(lines[at] ?? "")?.[1];
  if (inline !== undefined) return inline.split(",").map((name) => name.replaceAll(/["'\s]/g, ""));
  const names: string[] = [];
  for (const line of lines.slice(at + 1)) {
    const name = /^\s*-\s+["']?([a-z0-9-]+)["']?\s*$/.exec(line)?.[1];
    if (name === undefined) break;
    names.push(name);
  }
  return names;
}

/** Labels of a step with what each must be: joined by `;`, as the expression is where it has as many parts. */
function keptNames(step: string): readonly (readonly [label: string, expression: RegExp])[] {
  const labels = [...step.matchAll(/__meta_kubernetes_[a-z_]+/g)].map(([label]) => label);
  const written = /regex:\s*(.*)/.exec(step)?.[1] ?? "";
  const parts = written
    .trim()
    .replaceAll(/^["']|["']$/g, "")
    .split(";");
  if (labels.length === 0 || parts.length !== labels.length) return [];
  return labels.flatMap((label, at) => {
    const expression = expressionOf(parts[at] ?? "");
    return expression === undefined ? [] : [[label, expression] as const];
  });
}

/** Anchored, as Prometheus reads it; names with alternatives and wildcards only. */
function expressionOf(text: string): RegExp | undefined {
  const isPlain = text !== "" && text.length <= 200 && /^[\w|()-]*$/.test(text.replaceAll(/\.[*+]/g, ""));
  if (!isPlain) return undefined;
  try {
    return new RegExp(`^(?:${text})$`);
  } catch {
    return undefined;
  }
}
