// A kustomization, built by the user's own `kustomize` or `kubectl kustomize`, nothing fetched. Built a second time
// through a kustomization of ours that asks for origin annotations, so that each object is traced to its file; what is
// judged, and whose lines are told, is what the user's own command prints.

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import type { SourceItem } from "../../sources/manifests/manifest-source.ts";
import { findProgram } from "../find-program.ts";
import type { Streams } from "../streams.ts";
import { kustomizeOrigins, type OriginFile } from "./kustomize-origin.ts";
import { renderGap } from "./render-gap.ts";
import type { RenderOptions } from "./render-options.ts";
import { renderedItems } from "./rendered-items.ts";
import { runRenderer, type Rendered } from "./run-renderer.ts";

/** @param name the kustomization's folder as the user would write it */
export async function* renderKustomization(
  path: string,
  name: string,
  options: RenderOptions,
  streams: Streams,
): AsyncGenerator<readonly SourceItem[]> {
  const { environment } = streams;
  const kustomize = findProgram("kustomize", environment);
  const kubectl = kustomize === undefined ? findProgram("kubectl", environment) : undefined;
  const program = kustomize ?? kubectl;
  if (program === undefined) {
    yield [renderGap("kustomize", name, { id: "render.kustomize-absent" })];
    return;
  }
  const verb = kustomize === undefined ? "kustomize" : "build";
  const build = (folder: string): Promise<Rendered> =>
    runRenderer("kustomize", program, [verb, folder], { path, name, options, streams });
  const rendered = await build(path);
  if (rendered.kind === "gap") {
    yield [rendered];
    return;
  }
  const origins = await tracedBuild(path, name, build);
  yield* renderedItems(rendered.text, origins);
}

/** Origins are a help: where the second build fails (a component, an older kustomize), the folder is all that is told. */
async function tracedBuild(
  path: string,
  name: string,
  build: (folder: string) => Promise<Rendered>,
): Promise<ReturnType<typeof kustomizeOrigins>> {
  const wrapper = realpathSync(mkdtempSync(join(tmpdir(), "ringwall-kustomize-")));
  try {
    const real = realpathSync(path);
    const resource = relative(wrapper, real).split(sep).join("/");
    const kustomization = JSON.stringify({ resources: [resource], buildMetadata: ["originAnnotations"] });
    writeFileSync(join(wrapper, "kustomization.yaml"), kustomization);
    const traced = await build(wrapper);
    const fileOf = (file: string): OriginFile => {
      const absolute = resolve(wrapper, file);
      return { path: absolute, name: join(name, relative(real, absolute)) };
    };
    return kustomizeOrigins(traced.kind === "text" ? traced.text.toString("utf8") : "", name, fileOf);
  } finally {
    rmSync(wrapper, { recursive: true, force: true });
  }
}
