import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cacheRoot, existingBinary } from "./build.ts";
import { cacheName } from "./components.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ringwall-assets-"));
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("KUBEBUILDER_ASSETS serves the programs of the envtest convention, where no version is asked for", () => {
  for (const name of ["etcd", "kube-apiserver", "kubectl", "kwok"]) writeFileSync(join(folder, name), "");
  expect(existingBinary("etcd")).toBeUndefined();
  vi.stubEnv("KUBEBUILDER_ASSETS", folder);
  expect(existingBinary("etcd")).toBe(join(folder, "etcd"));
  expect(existingBinary("kubectl")).toBe(join(folder, "kubectl"));
  expect(existingBinary("kubectl", "1.36.3")).toBeUndefined();
  expect(existingBinary("kwok")).toBeUndefined();
});

test("binaries are cached outside the checkout, by version and by what they are built from", () => {
  expect(cacheRoot()).toBe(join(folder, "cache", "ringwall", "servers"));
  expect(cacheName("kube-apiserver", "1.36.3")).toMatch(/^kube-apiserver-1\.36\.3-[0-9a-f]{12}$/);
});
