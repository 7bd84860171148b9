// What `ringwall permissions | kubectl apply -f -` and a binding do.

import { load } from "js-yaml";
import type { ControlPlane } from "../servers/control-plane.ts";

interface RoleDocument {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Creates the printed roles and binds each to a user. */
export async function grant(plane: ControlPlane, yaml: string, user: string): Promise<void> {
  const apiGroup = "rbac.authorization.k8s.io";
  for (const text of yaml.split("---\n")) {
    const role = load(text) as RoleDocument; // as printed
    const { name, namespace } = role.metadata;
    const root = `/apis/${apiGroup}/v1${namespace === undefined ? "" : `/namespaces/${namespace}`}`;
    const plural = `${role.kind.toLowerCase()}s`;
    const binding = {
      apiVersion: `${apiGroup}/v1`,
      kind: `${role.kind}Binding`,
      metadata: role.metadata,
      roleRef: { apiGroup, kind: role.kind, name },
      subjects: [{ apiGroup, kind: "User", name: user }],
    };
    await create(plane, `${root}/${plural}`, role);
    await create(plane, `${root}/${role.kind.toLowerCase()}bindings`, binding);
  }
}

async function create(plane: ControlPlane, path: string, body: object): Promise<void> {
  const answer = await plane.request("POST", path, body);
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.text}`);
}
