// A change that stops a chain, as a sentence and as a document.

import type { ChangeUse } from "../../attack/change-use.ts";
import type { Change, Located } from "../../attack/fact.ts";
import { formatPath } from "../../kubernetes/path.ts";
import { referenceText } from "../access/chain-text.ts";
import type { Catalogue } from "../catalogue.ts";
import { resourceJson } from "../finding-json.ts";
import { printable } from "../printable.ts";
import { userText } from "./holding-text.ts";

/** With what a given audit log says of it. */
export function changeText(change: Change, catalogue: Catalogue, useOf: ChangeUse): string {
  const used = useOf(change);
  const text = plainText(change, catalogue);
  return used === undefined ? text : `${text} ${catalogue.say("attack.used", { count: used })}`;
}

function plainText(change: Change, catalogue: Catalogue): string {
  switch (change.kind) {
    case "narrow-role": {
      const values = { power: change.power, role: referenceText(change.role.id), rule: change.rule + 1 };
      return catalogue.say(change.isWide ? "attack.change.narrow-wide" : "attack.change.narrow-role", values);
    }
    case "remove-subject":
      return catalogue.say("attack.change.remove-subject", {
        subject: userText(change.subject),
        binding: referenceText(change.binding.id),
      });
    case "enforce-level":
      return catalogue.say("attack.change.enforce-level", {
        level: change.level,
        namespace: printable(change.namespace),
      });
    case "no-token":
      return catalogue.say("attack.change.no-token", { workload: referenceText(change.workload.id) });
    case "change-field":
      return catalogue.say("attack.change.change-field", {
        path: printable(formatPath(change.path)),
        resource: referenceText(change.resource.id),
      });
    case "delete-object":
      return catalogue.say("attack.change.delete-object", { resource: referenceText(change.resource.id) });
  }
}

export function changeJson(change: Change, catalogue: Catalogue, useOf: ChangeUse): object {
  const used = useOf(change);
  return {
    change: change.kind,
    text: plainText(change, catalogue),
    ...placeOf(change),
    ...(used !== undefined && { used }),
  };
}

function placeOf(change: Change): object {
  switch (change.kind) {
    case "narrow-role":
      return { ...located(change.role, ["rules", change.rule]), power: change.power };
    case "remove-subject":
      return { ...located(change.binding, ["subjects", change.index]), subject: change.subject };
    case "enforce-level":
      return { namespace: change.namespace, level: change.level };
    case "no-token":
      return located(change.workload, []);
    case "change-field":
      return located(change.resource, change.path);
    case "delete-object":
      return located(change.resource, []);
  }
}

/** A resource, a path in it, and where that stands. */
export function located({ id, locate }: Located, path: readonly (string | number)[]): object {
  const position = locate(path);
  return {
    resource: resourceJson(id),
    ...(path.length > 0 && { path: formatPath(path) }),
    ...position,
  };
}
