import { expect, test } from "vitest";
import { fullRepository, parseImageReference } from "./image-reference.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;

test.each([
  ["nginx", undefined, "nginx", undefined, undefined],
  ["nginx:1.27", undefined, "nginx", "1.27", undefined],
  ["shop/cart", undefined, "shop/cart", undefined, undefined],
  ["localhost/cart", "localhost", "cart", undefined, undefined],
  ["localhost:5000/cart", "localhost:5000", "cart", undefined, undefined],
  ["registry.example.com/shop/cart:1.8", "registry.example.com", "shop/cart", "1.8", undefined],
  [`ghcr.io/a/b_c@${DIGEST}`, "ghcr.io", "a/b_c", undefined, DIGEST],
  [`a.b:1/c:d@${DIGEST}`, "a.b:1", "c", "d", DIGEST],
  ["[::1]:5000/cart:1", "[::1]:5000", "cart", "1", undefined],
])("%s", (text, registry, repository, tag, digest) => {
  expect(parseImageReference(text)).toEqual({ registry, repository, tag, digest });
});

test.each([
  "",
  " nginx",
  "Nginx",
  "nginx:",
  "nginx@sha256:abc",
  "ko://knative.dev/cmd",
  "$(params.image)",
  "a//b",
  "a:b:c",
  "{{ .Values.image }}",
])("%j is no reference", (text) => expect(parseImageReference(text)).toBeUndefined());

test.each([
  ["nginx", "docker.io/library/nginx"],
  ["shop/cart:1", "docker.io/shop/cart"],
  ["index.docker.io/nginx", "docker.io/library/nginx"],
  ["k8s.gcr.io/pause:3.9", "k8s.gcr.io/pause"],
])("%s points to %s", (text, full) => {
  const reference = parseImageReference(text);
  expect(reference && fullRepository(reference)).toBe(full);
});

test("a hostile text takes no time", () => {
  expect(parseImageReference(`${"a-".repeat(2000)}!`)).toBeUndefined();
  expect(parseImageReference("a".repeat(5000))).toBeUndefined();
});
