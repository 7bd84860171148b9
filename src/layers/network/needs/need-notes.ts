// Needs and hints as the readers find them: equal ones are one, with every reason.

import { keyOf } from "../../../cluster/resource-id.ts";
import type { Resource } from "../../../cluster/resource.ts";
import { formatPath, type Path } from "../../../kubernetes/path.ts";
import type { DeclaredNeeds, DeclaredReasonKind, Need, NeedEnd, NeedPort, UnresolvedHint } from "../generate/need.ts";
import { mergeNeeds } from "../generate/merge-needs.ts";

/** A place in the input that asks for something. */
export interface Place {
  readonly kind: DeclaredReasonKind;
  readonly resource: Resource;
  readonly path: Path;
  /** As written, without credentials. */
  readonly value?: string;
}

export interface NeedNotes {
  readonly need: (from: NeedEnd, to: NeedEnd, port: NeedPort, place: Place, through?: string) => void;
  readonly hint: (code: UnresolvedHint["code"], place: Place, value: string, more?: HintMore) => void;
  readonly all: () => DeclaredNeeds;
}

export interface HintMore {
  readonly workload?: string;
  readonly nearest?: readonly string[];
}

export function createNeedNotes(): NeedNotes {
  const needs: Need[] = [];
  const hints = new Map<string, UnresolvedHint>();
  return {
    need: (from, to, port, { kind, resource, path, value }, through) =>
      void needs.push({
        from,
        to,
        port,
        because: [
          {
            kind,
            resource,
            path,
            ...(value === undefined ? {} : { value }),
            ...(through === undefined ? {} : { through }),
          },
        ],
      }),
    hint: (code, { resource, path }, value, { workload, nearest } = {}) => {
      const key = `${code} ${keyOf(resource.id)} ${formatPath(path)} ${value} ${workload ?? ""}`;
      if (hints.has(key)) return;
      hints.set(key, {
        code,
        resource,
        path,
        value,
        ...(workload === undefined ? {} : { workload }),
        ...(nearest === undefined || nearest.length === 0 ? {} : { nearest }),
      });
    },
    all: () => ({ needs: mergeNeeds(needs), unresolved: [...hints.values()] }),
  };
}

export function workloadEnd(id: string): NeedEnd {
  return { kind: "workload", id };
}
