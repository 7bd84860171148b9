// Messages are data: an id and its arguments. The text comes from the catalogues of the report, one per language.

export type MessageArguments = { readonly [name: string]: string | number };

export interface Message {
  readonly id: string;
  readonly arguments?: MessageArguments;
}

/**
 * Fills a template: `{name}` becomes the argument, `{count|object|objects}` picks the form for a count.
 * An argument that is missing stays visible as `{name}`.
 *
 * @example
 * fillTemplate("{n} {n|object|objects} in {file}", { n: 2, file: "a.yaml" }) // "2 objects in a.yaml"
 */
export function fillTemplate(template: string, values: MessageArguments = {}): string {
  return template.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g,
    (whole, name: string, one?: string, other?: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      if (one === undefined || other === undefined) return String(value);
      return value === 1 ? one : other;
    },
  );
}
