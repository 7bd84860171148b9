// The report of the example shop, from the real source through the real rules.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { RULES } from "../../src/controls/registry.generated.ts";
import { createRun } from "../../src/controls/run.ts";
import { NEWEST_KNOWN_MINOR } from "../../src/kubernetes/kubernetes-version.ts";
import { sortFindings, type Report } from "../../src/report/report.ts";
import { readManifestStream } from "../../src/sources/manifests/manifest-source.ts";
import { REPOSITORY } from "./run-ringwall.ts";

const FOLDER = "examples/shop/insecure";

export async function shopReport(): Promise<Report> {
  const run = createRun({
    rules: RULES,
    minor: NEWEST_KNOWN_MINOR,
    defaultNamespace: "default",
    isInScope: () => true,
  });
  for (const name of readdirSync(join(REPOSITORY, FOLDER)).sort()) {
    const file = `${FOLDER}/${name}`;
    for await (const items of readManifestStream(bytesOf(file), file, ".yaml")) {
      for (const item of items) {
        if (item.kind === "gap") run.addGap(item.gap);
        else run.add(item.value, item.locate, { kind: "file", file });
      }
    }
  }
  const result = run.finish();
  return {
    version: "0.1.0",
    target: { kind: "files", names: [FOLDER], kubernetes: `v1.${NEWEST_KNOWN_MINOR}` },
    elapsedMilliseconds: 100,
    run: result,
    findings: sortFindings(result.findings),
    rules: RULES,
    failOn: "high",
  };
}

async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  yield readFileSync(join(REPOSITORY, file));
}
