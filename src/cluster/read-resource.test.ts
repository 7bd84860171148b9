import { expect, test } from "vitest";
import { readObject } from "./read-resource.ts";

const id = (value: unknown): unknown => {
  const read = readObject(value, "home");
  return read.kind === "object" ? [read.id.group, read.id.kind, read.id.namespace, read.id.name] : read.kind;
};

test.each<[unknown, unknown]>([
  [{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "a" } }, ["apps", "Deployment", "home", "a"]],
  [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "a", namespace: "ignored" } }, ["", "Namespace", "", "a"]],
  [{ apiVersion: "v1", kind: "Pod", metadata: { generateName: "a-" } }, ["", "Pod", "home", "a-*"]],
  [{ apiVersion: "v1", kind: "Pod", metadata: null }, ["", "Pod", "home", ""]],
  [{ apiVersion: "v1", kind: "Pod", metadata: { name: "a", namespace: "" } }, ["", "Pod", "home", "a"]],
  [{ apiVersion: "v1", metadata: {} }, "invalid"],
  [{ kind: "Pod" }, "invalid"],
  [{ apiVersion: 1, kind: "Pod" }, "invalid"],
  [{ apiVersion: "v1", kind: "Pod", metadata: { name: 1 } }, "invalid"],
  [{ apiVersion: "v1", kind: "Pod", metadata: "x" }, "invalid"],
  [{ apiVersion: "v1", kind: "Pod", metadata: { labels: { a: true } } }, "invalid"],
  [{ services: {} }, "not-kubernetes"],
  [null, "not-kubernetes"],
  ["text", "not-kubernetes"],
  [[1], "not-kubernetes"],
])("%j reads as %j", (value, expected) => expect(id(value)).toEqual(expected));
