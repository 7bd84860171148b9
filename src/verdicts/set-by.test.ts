import { expect, test } from "vitest";
import type { Path } from "../kubernetes/path.ts";
import { settersOf } from "./set-by.ts";

const object = {
  spec: {
    template: {
      spec: {
        hostPID: true,
        containers: [
          { name: "init", image: "b" },
          { name: "main", image: "a", securityContext: { privileged: true, capabilities: { add: ["SYS_ADMIN"] } } },
        ],
        volumes: [{ name: "root", hostPath: { path: "/", type: "" } }],
      },
    },
  },
};

const entry = (manager: string, time: string | null, podSpec: object): unknown => ({
  manager,
  operation: manager === "kubectl" ? "Apply" : "Update",
  time,
  fieldsType: "FieldsV1",
  fieldsV1: { "f:spec": { "f:template": { "f:spec": podSpec } } },
});

const managedFields = [
  entry("kubectl", "2026-01-01T00:00:00Z", {
    "f:containers": {
      'k:{"name":"main"}': {
        ".": {},
        "f:name": {},
        "f:image": {},
        "f:securityContext": { "f:capabilities": { "f:add": {} } },
      },
    },
    "f:volumes": { ".": {}, 'k:{"name":"root"}': { ".": {}, "f:name": {}, "f:hostPath": { ".": {}, "f:path": {} } } },
  }),
  entry("webhook", "2026-02-01T00:00:00Z", {
    "f:hostPID": {},
    "f:containers": { 'k:{"name":"main"}': { "f:securityContext": { "f:privileged": {} } } },
  }),
  entry("later", "2026-03-01T00:00:00Z", { "f:hostPID": {} }),
  entry("undated", null, { "f:hostPID": {} }),
];
const podSpec = ["spec", "template", "spec"];

test.each<[string, Path, string | undefined]>([
  ["a field of a list's element, found by its key", ["containers", 1, "securityContext", "privileged"], "webhook"],
  ["an element of an atomic list", ["containers", 1, "securityContext", "capabilities", "add", 0], "kubectl"],
  ["a whole object", ["volumes", 0, "hostPath"], "kubectl"],
  ["the last of several", ["hostPID"], "later"],
  ["what nobody set", ["volumes", 0, "hostPath", "type"], undefined],
  ["an element nobody set", ["containers", 0, "image"], undefined],
  ["a field that is not there", ["hostNetwork"], undefined],
])("%s", (_, path, manager) => {
  expect(settersOf(managedFields, object)([...podSpec, ...path])?.manager).toBe(manager);
});

test("operation and time come with the manager", () => {
  expect(settersOf(managedFields, object)([...podSpec, "containers", 1, "image"])).toEqual({
    manager: "kubectl",
    operation: "Apply",
    time: "2026-01-01T00:00:00Z",
  });
});

test.each([null, undefined, "text", [null], [{ manager: 1 }], [{ fieldsV1: [] }], [{ fieldsV1: { "f:spec": 1 } }]])(
  "managedFields that are %j tell nothing",
  (value) => expect(settersOf(value, object)(["spec", "template"])).toBeUndefined(),
);
