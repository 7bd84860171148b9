// A chart, rendered by the user's own `helm template`: hooks, tests and CRDs with it, nothing fetched.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readDocument } from "../../sources/manifests/read-document.ts";
import type { SourceItem } from "../../sources/manifests/manifest-source.ts";
import { findProgram } from "../find-program.ts";
import type { Streams } from "../streams.ts";
import { runRenderer } from "./run-renderer.ts";
import { renderedItems } from "./rendered-items.ts";
import type { RenderOptions } from "./render-options.ts";
import { renderGap } from "./render-gap.ts";

/** @param name the chart's folder as the user would write it */
export async function* renderChart(
  path: string,
  name: string,
  options: RenderOptions,
  streams: Streams,
): AsyncGenerator<readonly SourceItem[]> {
  const chart = chartOf(join(path, "Chart.yaml"));
  if (chart.type === "library") {
    // Nothing is created from it: its templates are parts of other charts, and are judged there.
    yield [renderGap("helm", name, { id: "render.helm-library" }, true)];
    return;
  }
  const helm = findProgram("helm", streams.environment);
  if (helm === undefined) {
    yield [renderGap("helm", name, { id: "render.helm-absent" })];
    return;
  }
  const { namespace, minor, valuesFiles, sets } = options;
  const arguments_ = [
    "template",
    releaseName(chart.name),
    path,
    "--include-crds",
    "--namespace",
    namespace,
    "--kube-version",
    `v1.${minor}.0`,
    ...valuesFiles.flatMap((file) => ["--values", file]),
    ...sets.flatMap((pair) => ["--set", pair]),
  ];
  const rendered = await runRenderer("helm", helm, arguments_, { path, name, options, streams });
  if (rendered.kind === "gap") yield [rendered];
  else {
    const sources = sourcesOf(rendered.text.toString("utf8"), name);
    yield* renderedItems(rendered.text, (_, line) => ({
      file: sources.findLast((source) => source.line <= line)?.file ?? join(name, "Chart.yaml"),
    }));
  }
}

interface ChartFacts {
  readonly name: string;
  readonly type: string;
}

/** What is wrong with a Chart.yaml, Helm says better. */
function chartOf(file: string): ChartFacts {
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch {
    // Helm will say why.
  }
  const [first] = readDocument({ kind: "document", file, format: "yaml", text, firstLine: 1, firstColumn: 1 });
  const value: unknown = first?.kind === "value" ? first.value : undefined;
  const field = (name: string): string => {
    const found = value !== null && typeof value === "object" ? (value as Record<string, unknown>)[name] : undefined; // any object has string keys
    return typeof found === "string" ? found : "";
  };
  return { name: field("name"), type: field("type") };
}

/** The chart's own name: what most installations are called, so that findings keep their identity in the cluster. */
function releaseName(chart: string): string {
  return /^[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?$/.test(chart) ? chart : "release-name";
}

interface Source {
  /** Of the rendered text, 1-based. */
  readonly line: number;
  readonly file: string;
}

/** Helm puts `# Source: CHART/templates/x.yaml` after the `---` of each object; a template cannot forge that pair. */
export function sourcesOf(text: string, name: string): readonly Source[] {
  const sources: Source[] = [];
  let isStart = false;
  for (const [index, line] of text.split("\n").entries()) {
    const match = isStart ? /^# Source: [^/]+\/(.+)$/.exec(line) : null;
    const path = match?.[1]?.trimEnd();
    if (path !== undefined && !path.split("/").includes(".."))
      sources.push({ line: index + 1, file: join(name, path) });
    isStart = line === "---";
  }
  return sources;
}
