import { expect, test } from "vitest";
import { runRingwall } from "../../test/formats/run-ringwall.ts";

const explain = async (...arguments_: readonly string[]): Promise<string> =>
  (await runRingwall(["explain", ...arguments_])).stdout;

test("a framework's page says who decides each requirement", async () => {
  const page = await explain("cis-kubernetes");
  expect(page).toMatch(/5\.6\.1 .* a person\n/);
  expect(page).toMatch(/5\.2\.2 +No privileged containers +1 rule\n/);
  expect(page).toMatch(/5\.5\.1 .* 2 rules and a person\n/);
  expect(await explain("nsa-cisa", "--lang", "zh-CN")).toMatch(/encryption-at-rest +Secret 静态加密 +无法从对象判定\n/);
});

test("a requirement's page names its rules, what it contains and what to look at", async () => {
  expect(await explain("pod-security-standards/restricted")).toMatch(
    /With everything of pod-security-standards\/baseline\.[^]*Decided by \d+ rules[^]*workloads\/host-pid /,
  );
  expect(await explain("cis-kubernetes/5.1.7", "--lang", "zh-CN")).toContain("需人工确认：组织为 system:masters");
});

test("a rule's page gives the titles of its requirements", async () => {
  expect(await explain("privileged-container")).toMatch(/cis-kubernetes\/5\.2\.2 +No privileged containers\n/);
  expect(await explain("privileged-container", "--lang", "zh-CN")).toMatch(/cis-kubernetes\/5\.2\.2 +没有特权容器\n/);
});

test("without a topic, every rule and every framework", async () => {
  expect(await explain()).toMatch(/workloads\/privileged-container [^]*Frameworks\n {2}cis-kubernetes /);
});

test("an unknown requirement is a mistake, with the nearest name", async () => {
  const { exit, stderr } = await runRingwall(["explain", "cis-kubernetes/5.2.22"]);
  expect([exit, stderr]).toEqual([2, expect.stringContaining("Did you mean cis-kubernetes/5.2.")]);
});
