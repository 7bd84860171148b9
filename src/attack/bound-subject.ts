// Subjects of bindings as identities: who holds which role where, and what would end it.

import { recogniseBinding } from "../layers/access/bootstrap.ts";
import type { Access } from "../layers/access/access-engine.ts";
import type { BindingRecord, RoleRecord } from "../layers/access/rbac-record.ts";
import { whoIsMeant } from "../layers/access/subject.ts";
import type { Control, Located } from "./fact.ts";
import { EVERYWHERE, type Holding, type NamespaceScope } from "./holding.ts";

/** A binding with the role it grants, and which subject of it means whom. */
export interface BoundSubject {
  readonly holder: Holding;
  readonly binding: BindingRecord<Located>;
  readonly subjectIndex: number;
  /** Absent where the binding refers to a role that is not there. */
  readonly role: RoleRecord<Located> | undefined;
  readonly namespace: NamespaceScope;
  /** Nothing for bindings as Kubernetes makes them: it would make them again. */
  readonly controls: () => readonly Control[];
}

/** Linear in the subjects of all bindings. */
export function* boundSubjects(access: Access<Located>, minor: number): Generator<BoundSubject> {
  const { rbac } = access.state;
  for (const scope of rbac.scopes.values()) {
    for (const binding of scope.bindings.values()) {
      const role = binding.roleKey === undefined ? undefined : rbac.roleAt(binding.roleKey);
      const isOwn = recogniseBinding(binding, minor).kind === "default";
      for (const [subjectIndex, subject] of binding.subjects.entries()) {
        const meant = whoIsMeant(subject, scope.namespace);
        if (meant === undefined) continue;
        const { source, namespace, name } = binding.resource;
        yield {
          holder: { kind: meant.kind, name: meant.name },
          binding,
          subjectIndex,
          role,
          namespace: scope.namespace === "" ? EVERYWHERE : scope.namespace,
          controls: () =>
            isOwn
              ? []
              : [
                  {
                    id: `subject ${namespace}/${name} ${subjectIndex}`,
                    change: { kind: "remove-subject", binding: source, index: subjectIndex, subject: meant.name },
                  },
                ],
        };
      }
    }
  }
}
