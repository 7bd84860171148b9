import fc from "fast-check";
import { expect, test } from "vitest";
import { attachManagedFields, detachManagedFields, parseKeepingManagedFields } from "./managed-fields.ts";

interface Parsed {
  readonly metadata?: { readonly [field: string]: unknown } | null;
}

/** Cut out, detached and put back: the object as it was. */
function roundTrip(text: string): unknown {
  const object = parseKeepingManagedFields(text) as Parsed; // what the tests below write
  return attachManagedFields(object, detachManagedFields(object.metadata));
}

test("managedFields stay text, whatever is in their strings", () => {
  const managedFields = [
    { manager: 'a"b\\', fieldsV1: { "f:spec": { 'k:{"name":"}]"}': {} } } },
    { manager: "]}],", subresource: '[\\"' },
  ];
  const text = JSON.stringify({ metadata: { name: "a", managedFields }, spec: { x: [1] } });
  const object = parseKeepingManagedFields(text) as Parsed; // as written above
  expect(object.metadata?.["managedFields"]).toBe(JSON.stringify(managedFields));
  expect(roundTrip(text)).toEqual(JSON.parse(text));
});

test.each([
  { metadata: { name: "a" } },
  { metadata: { managedFields: [] } },
  { metadata: { annotations: { x: '"managedFields":[' }, managedFields: [{ manager: "m" }] } },
  { spec: { template: { metadata: { managedFields: [1] } } }, metadata: { name: "a" } },
  { spec: { managedFields: [1] }, metadata: { name: "a", managedFields: [{ manager: "m" }] } },
  { metadata: null, managedFields: [2] },
])("%j comes back as it was", (value) => {
  expect(roundTrip(JSON.stringify(value))).toEqual(value);
});

test("what is no JSON is none with managedFields cut out of it either", () => {
  for (const text of [
    "",
    "{",
    '{"metadata":{"managedFields":[',
    '{"metadata":{"managedFields":["]}}',
    '"managedFields":[1]',
  ])
    expect(() => parseKeepingManagedFields(text)).toThrow(SyntaxError);
});

test("managedFields that are no JSON are left out of what is put together", () => {
  expect(attachManagedFields({ metadata: { name: "a" } }, "[{]")).toEqual({ metadata: { name: "a" } });
});

test("any object comes back as it was", () => {
  const managers = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), { maxLength: 3 });
  const objects = fc.record({
    kind: fc.string(),
    metadata: fc.record({
      name: fc.string(),
      annotations: fc.dictionary(fc.string(), fc.string()),
      managedFields: managers,
    }),
    spec: fc.jsonValue({ maxDepth: 3 }),
  });
  fc.assert(
    fc.property(objects, (object) => {
      const text = JSON.stringify(object);
      expect(roundTrip(text)).toEqual(JSON.parse(text));
    }),
    { seed: 1, numRuns: 500 },
  );
});
