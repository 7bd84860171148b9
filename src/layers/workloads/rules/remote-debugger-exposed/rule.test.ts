import { expect, test } from "vitest";
import { everyContainer, evidenceOf, keysOf, podOf } from "../../../../../test/pod-findings.ts";
import { rule } from "./rule.ts";

const count = (word: string): number => evidenceOf(rule, podOf({ containers: [{ name: "a", args: [word] }] })).length;

test("variables and words of every kind of container are read", () => {
  expect(
    keysOf(rule, podOf(everyContainer({ env: [{ name: "NODE_OPTIONS", value: "--inspect=0.0.0.0:9229" }] }))),
  ).toEqual(["init", "sidecar", "main", "debug"]);
});

test.each([
  "-Xrunjdwp:transport=dt_socket,server=y,address=0.0.0.0:5005",
  "node --inspect-brk=0.0.0.0 server.js",
  "python -m debugpy --listen 0.0.0.0:5678 app.py",
  "dlv exec /app --headless --listen=:2345 --api-version=2",
])("%s is open", (word) => expect(count(word)).toBe(1));

test.each([
  "-agentlib:jdwp=transport=dt_socket,server=y,address=127.0.0.1:5005",
  "-agentlib:jdwp=transport=dt_socket,server=n,address=*:5005",
  "node --inspect server.js",
  "server --listen=0.0.0.0:8080",
])("%s is not", (word) => expect(count(word)).toBe(0));
