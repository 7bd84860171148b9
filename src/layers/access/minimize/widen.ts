// From exactly what was used to a role that still works tomorrow: many or passing names become any name, and with
// `families` the verbs that go together come together. Never beyond what the subject may do today.

import type { Action, ResourceAction } from "../action.ts";
import type { CheckPurpose } from "../requirement.ts";
import { actionKey } from "./event-action.ts";
import { isStableName } from "./stable-names.ts";
import { verbFamily } from "./verb-families.ts";

export interface WantedAction {
  readonly action: Action;
  readonly purpose: CheckPurpose;
}

export interface WidenOptions {
  /** More names than this of one verb and resource in a namespace become any name; 0 lists none. */
  readonly names: number;
  readonly families: boolean;
  /** Whether the subject may do it today; always yes where only the log is known. */
  readonly isAllowedToday: (action: Action) => boolean;
}

/** The actions to be granted. What names a role, a signer or a user stays exact: there a name is the right itself. */
export function widen(wanted: readonly WantedAction[], options: WidenOptions): readonly Action[] {
  const byKey = new Map<string, Action>();
  const add = (action: Action): void => void byKey.set(actionKey(action), action);
  const groups = new Map<string, { readonly unnamed: ResourceAction; readonly actions: Map<string, ResourceAction> }>();
  for (const { action, purpose } of wanted) {
    if (action.kind === "path" || action.name === "" || EXACT.has(purpose)) {
      add(action);
      continue;
    }
    const unnamed = { ...action, name: "" };
    const key = actionKey(unnamed);
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { unnamed, actions: new Map() }));
    group.actions.set(action.name, action);
  }
  for (const { unnamed, actions } of groups.values()) {
    const { apiGroup, resource } = unnamed;
    const areStable = [...actions.keys()].every((name) => isStableName(apiGroup, resource, name));
    const isListed = areStable && actions.size <= options.names;
    if (!isListed && options.isAllowedToday(unnamed)) add(unnamed);
    else for (const action of actions.values()) add(action);
  }
  const used = [...byKey.values()];
  if (options.families) for (const action of used) addFamily(action, options, add);
  return [...byKey.values()];
}

const EXACT: ReadonlySet<CheckPurpose> = new Set<CheckPurpose>([
  "approve",
  "attest",
  "bind",
  "escalate",
  "impersonate",
  "impersonate-on",
  "read-parameters",
  "sign",
]);

function addFamily(action: Action, { isAllowedToday }: WidenOptions, add: (action: Action) => void): void {
  if (action.kind === "path") return;
  for (const verb of verbFamily(action.verb)) {
    const relative = { ...action, verb };
    if (isAllowedToday(relative)) add(relative);
  }
}
