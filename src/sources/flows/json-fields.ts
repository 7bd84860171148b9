// Reading fields of untrusted JSON: absent and null are one; the first field of a wrong type is remembered.

export type JsonObject = { readonly [field: string]: unknown };

export interface JsonFields {
  readonly object: (of: JsonObject | undefined, field: string) => JsonObject | undefined;
  readonly text: (of: JsonObject | undefined, field: string) => string | undefined;
  readonly texts: (of: JsonObject | undefined, field: string) => readonly string[] | undefined;
  readonly list: (of: JsonObject | undefined, field: string) => readonly unknown[] | undefined;
  readonly flag: (of: JsonObject | undefined, field: string) => boolean | undefined;
  /** The first field of a wrong type since the last call. */
  readonly takeProblem: () => string | undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function createJsonFields(): JsonFields {
  let problem: string | undefined;
  function typed<T>(expected: string, accepts: (value: unknown) => value is T) {
    return (of: JsonObject | undefined, field: string): T | undefined => {
      const value = of?.[field];
      if (value == null) return undefined;
      if (accepts(value)) return value;
      problem ??= `${field}: ${expected} expected`;
      return undefined;
    };
  }
  return {
    object: typed("object", isJsonObject),
    text: typed("string", (value) => typeof value === "string"),
    texts: typed(
      "list of strings",
      (value): value is string[] => Array.isArray(value) && value.every((one) => typeof one === "string"),
    ),
    list: typed("list", (value): value is unknown[] => Array.isArray(value)),
    flag: typed("boolean", (value) => typeof value === "boolean"),
    takeProblem: () => {
      const taken = problem;
      problem = undefined;
      return taken;
    },
  };
}
