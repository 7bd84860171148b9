// Runs a renderer once; whatever keeps it from an answer becomes a gap in its own words.

import type { SourceItem } from "../../sources/manifests/manifest-source.ts";
import { runProgram } from "../find-program.ts";
import type { Streams } from "../streams.ts";
import { complaintOf } from "./complaint.ts";
import { offlineEnvironment, wantedNetwork } from "./offline.ts";
import { renderGap, type Renderer } from "./render-gap.ts";
import type { RenderOptions } from "./render-options.ts";

export interface RenderedFolder {
  readonly path: string;
  readonly name: string;
  readonly options: RenderOptions;
  readonly streams: Pick<Streams, "environment" | "signal">;
}

export type Rendered = { readonly kind: "text"; readonly text: Buffer } | Extract<SourceItem, { kind: "gap" }>;

export async function runRenderer(
  renderer: Renderer,
  program: string,
  arguments_: readonly string[],
  { path, name, options, streams }: RenderedFolder,
): Promise<Rendered> {
  const outcome = await runProgram({
    file: program,
    arguments: arguments_,
    directory: path,
    environment: offlineEnvironment(streams.environment),
    timeoutMilliseconds: options.timeoutMilliseconds,
    signal: streams.signal,
  });
  if (outcome.ok) return { kind: "text", text: outcome.stdout };
  const { problem, stderr } = outcome;
  if (problem === "timeout") {
    const seconds = options.timeoutMilliseconds / 1000;
    return renderGap(renderer, name, { id: "render.timeout", arguments: { program: renderer, seconds } });
  }
  if (problem === "too-large")
    return renderGap(renderer, name, { id: "render.too-large", arguments: { program: renderer } });
  const detail = complaintOf(stderr).replaceAll(path, name);
  const id = wantedNetwork(stderr) ? "render.offline" : `${renderer}-not-rendered`;
  return renderGap(renderer, name, { id, arguments: { program: renderer, detail } });
}
