import { expect, test } from "vitest";
import type { Finding } from "../verdicts/finding.ts";
import { partText } from "./evidence-text.ts";

const finding = (key: string, values: Finding["arguments"]): Finding =>
  ({ key, arguments: values, evidence: [{ path: ["spec", "serviceName"], value: key }] }) as unknown as Finding; // all that is read

test("names that come near what is missing stand beside it", () => {
  expect(partText(finding("web-templats", { similar: "web-templates" }))).toBe("web-templats ≈ web-templates");
  expect(partText(finding("settings/app.yml", { similar: "app.yaml" }))).toBe("app.yml ≈ app.yaml");
  expect(partText(finding("gone", { similar: "–" }))).toBe("gone");
  expect(partText(finding("gone", {}))).toBe("gone");
});
