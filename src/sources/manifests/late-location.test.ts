import { expect, test } from "vitest";
import type { Locator } from "../../cluster/resource.ts";
import { readManifestStream } from "./manifest-source.ts";

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

test("documents are located as well after others were read, in any order", async () => {
  const documents = Array.from(
    { length: 30 },
    (_, index) => `kind: K${index}\nmetadata:\n  name: n${index}\nspec:\n  - {a: [1, x]}\n`,
  );
  const locators: Locator[] = [];
  for await (const items of readManifestStream(once(documents.join("---\n")), "all.yaml", ".yaml")) {
    for (const item of items) if (item.kind === "value") locators.push(item.locate);
  }
  const order = [29, 0, 15, 15, 7, 29, 1, 0];
  const lines = order.map((index) => locators[index]?.(["spec", 0, "a", 1])?.line);
  expect(lines).toEqual(order.map((index) => index * 6 + 5));
});
