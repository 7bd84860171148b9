// A kustomization, built by the user's own `kustomize` or `kubectl kustomize`, nothing fetched. Built through a
// kustomization of ours that asks for kustomize's origin annotations, so that each object is traced to its file.

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import type { SourceItem } from "../../sources/manifests/manifest-source.ts";
import { findProgram } from "../find-program.ts";
import type { Streams } from "../streams.ts";
import { originReader } from "./kustomize-origin.ts";
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

  const wrapper = realpathSync(mkdtempSync(join(tmpdir(), "ringwall-kustomize-")));
  try {
    const folder = relative(wrapper, realpathSync(path)).split(sep).join("/");
    writeFileSync(
      join(wrapper, "kustomization.yaml"),
      JSON.stringify({ resources: [folder], buildMetadata: ["originAnnotations"] }),
    );
    let rendered = await build(wrapper);
    // What cannot be a resource of another (a component), or an older kustomize: as it is, in its own words.
    if (rendered.kind === "gap") rendered = await build(path);
    if (rendered.kind === "gap") yield [rendered];
    else {
      const originOf = originReader(name, (file) => nameOf(resolve(wrapper, file), path, name));
      yield* renderedItems(rendered.text, originOf);
    }
  } finally {
    rmSync(wrapper, { recursive: true, force: true });
  }
}

/** A file as the user would write it, given how they write the kustomization's folder. */
function nameOf(file: string, path: string, name: string): { readonly path: string; readonly name: string } {
  return { path: file, name: join(name, relative(realpathSync(path), file)) };
}
