// Exceptions that stand on the object itself:
//   ringwall.dev/except: host-path-volume,C-0057      with -reason, -owner, -expires for all of them
//   ringwall.dev/except.host-path-volume: reason      with .owner, .expires, .evidence, .container for this rule alone

import type { Resource } from "../../cluster/resource.ts";
import type { Message } from "../../verdicts/message.ts";
import { nearest } from "../../verdicts/nearest.ts";
import { isDay, type Exception } from "./exception.ts";
import { isEveryRule, type RuleNames } from "./rules-named.ts";

const LIST = "ringwall.dev/except";
const SINGLE = "ringwall.dev/except.";
const SHARED = ["reason", "owner", "expires"] as const;
const OWN = ["reason", "owner", "expires", "evidence", "container"] as const;

export interface AnnotatedExceptions {
  readonly exceptions: readonly Exception[];
  /** Annotations that could not be understood; they except nothing. */
  readonly mistakes: readonly { readonly annotation: string; readonly message: Message }[];
}

/** Whether it is worth reading the annotations of an object. */
export function isAnnotated({ object }: Resource): boolean {
  for (const name in object.metadata?.annotations) if (name.startsWith(LIST)) return true;
  return false;
}

export function readAnnotations(
  resource: Resource,
  rulesNamed: RuleNames,
  ruleIds: readonly string[],
): AnnotatedExceptions {
  const annotations = new Map(Object.entries(resource.object.metadata?.annotations ?? {}));
  const exceptions: Exception[] = [];
  const mistakes: AnnotatedExceptions["mistakes"][number][] = [];
  const shared = (field: string): string => (annotations.get(`${LIST}-${field}`) ?? "").trim();

  const add = (annotation: string, rule: string, fields: Readonly<Record<string, string>>): void => {
    const rules = rulesNamed(rule);
    const expires = fields["expires"] ?? "";
    const refuse = (code: string, values: Message["arguments"]): void => {
      mistakes.push({ annotation, message: { id: `note.annotation-${code}`, arguments: { annotation, ...values } } });
    };
    if (rules.length === 0) {
      const [suggestion] = nearest(rule, ruleIds);
      const known = suggestion === undefined ? rule : `${rule} → ${suggestion}?`;
      refuse("unknown-rule", { rule: known });
      return;
    }
    if (expires !== "" && !isDay(expires)) {
      refuse("no-day", { value: expires });
      return;
    }
    const position = resource.locate(["metadata", "annotations", annotation]);
    const { owner = "", evidence = "", container = "" } = fields;
    exceptions.push({
      origin: "annotation",
      rule,
      ruleIds: new Set(rules.map(({ id }) => id)),
      isEveryRule: isEveryRule(rule),
      selector: undefined,
      containers: listOf(container),
      evidence: listOf(evidence.toLowerCase()),
      reason: fields["reason"] ?? "",
      ...(owner !== "" && { owner }),
      ...(expires !== "" && { expires }),
      ...(position !== undefined && { position }),
    });
  };

  const forAll = Object.fromEntries(SHARED.map((field) => [field, shared(field)]));
  for (const rule of listOf(annotations.get(LIST) ?? "")) add(LIST, rule, forAll);
  for (const [rule, fields] of singles(annotations, rulesNamed)) {
    const own = Object.fromEntries([...fields].filter(([, value]) => value !== ""));
    add(`${SINGLE}${rule}`, ruleOf(rule, rulesNamed), { ...forAll, ...own });
  }
  return { exceptions, mistakes };
}

/** The annotations of each rule by field; the bare one is the reason. */
function singles(
  annotations: ReadonlyMap<string, string | null>,
  rulesNamed: RuleNames,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const byRule = new Map<string, Map<string, string>>();
  for (const [name, value] of annotations) {
    if (!name.startsWith(SINGLE)) continue;
    const rest = name.slice(SINGLE.length);
    const field = OWN.find((one) => rest.endsWith(`.${one}`) && rulesNamed(rest).length === 0);
    const rule = field === undefined ? rest : rest.slice(0, -field.length - 1);
    const fields = byRule.get(rule) ?? new Map<string, string>();
    byRule.set(rule, fields.set(field ?? "reason", (value ?? "").trim()));
  }
  // A field without the annotation it belongs to (a lone `.owner`) still names the rule, and is as good as a bare one.
  return byRule;
}

/** A name in an annotation's key cannot hold a slash: `workloads.host-path-volume` stands for the whole id. */
function ruleOf(name: string, rulesNamed: RuleNames): string {
  return rulesNamed(name).length > 0 ? name : name.replace(".", "/");
}

function listOf(text: string | null): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
