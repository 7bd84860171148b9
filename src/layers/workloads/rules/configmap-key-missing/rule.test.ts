import { expect, test } from "vitest";
import { deploymentOf, judge, objectOf } from "../../../../../test/relation-findings.ts";
import { rule } from "./rule.ts";

const settings = objectOf("ConfigMap", "settings", { data: { "app.yaml": "" }, binaryData: { logo: "" } });
const variable = (key: string, optional?: boolean): object =>
  deploymentOf("web", {
    containers: [
      { name: "main", env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "settings", key, optional } } }] },
    ],
  });
const mounted = (subPath: string, items?: readonly object[]): object =>
  deploymentOf("web", {
    containers: [{ name: "main", volumeMounts: [{ name: "v", mountPath: "/m", subPath }] }],
    volumes: [{ name: "v", configMap: { name: "settings", items } }],
  });

test("data and binaryData have keys; optional ones may be missing", () => {
  expect(judge(rule, [settings, variable("app.yaml"), variable("logo"), variable("gone", true)]).found).toEqual([]);
  const { findings } = judge(rule, [settings, variable("app.yml")]);
  expect(findings.map(({ key, arguments: values }) => [key, values["name"], values["known"]])).toEqual([
    ["settings/app.yml", "settings/app.yml ≈ app.yaml", "app.yaml, logo"],
  ]);
});

test("a subPath names a key, unless items rename the files or it goes deeper", () => {
  expect(judge(rule, [settings, mounted("app.yml")]).found).toEqual(["Deployment/web: settings/app.yml"]);
  expect(judge(rule, [settings, mounted("app.yaml"), mounted("conf/app.yml")]).found).toEqual([]);
  expect(judge(rule, [settings, mounted("app.yml", [{ key: "app.yaml", path: "app.yml" }])]).found).toEqual([]);
});

test("projections are read", () => {
  const sources = [{ configMap: { name: "settings", items: [{ key: "gone", path: "a" }] } }];
  const web = deploymentOf("web", { volumes: [{ name: "v", projected: { sources } }] });
  expect(judge(rule, [settings, web]).found).toEqual(["Deployment/web: settings/gone"]);
});

test("of two ConfigMaps of one name either may have the key; one that is filled later is not judged", () => {
  const overlay = objectOf("ConfigMap", "settings", { data: { extra: "" } });
  expect(judge(rule, [settings, overlay, variable("extra"), variable("logo")]).found).toEqual([]);
  expect(judge(rule, [objectOf("ConfigMap", "settings"), variable("gone")]).tally).toMatchObject({
    "not-applicable": 1,
  });
  expect(judge(rule, [variable("gone")]).tally).toMatchObject({ "not-applicable": 1 });
});
