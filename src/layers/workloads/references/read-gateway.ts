// Gateway API: what routes lead to and hang on, listeners and their certificates, and grants across namespaces
// (sigs.k8s.io/gateway-api/apis/v1/shared_types.go, apis/v1beta1/referencegrant_types.go).

import type { Path } from "../../../kubernetes/path.ts";
import { array, integer, narrow, object, string, type TypeOf } from "../../../kubernetes/shape.ts";
import type { ReadFacts } from "./object-facts.ts";
import {
  GATEWAY_CLASS,
  isObjectName,
  namespaceFor,
  type PortReference,
  type Reference,
  type TargetKind,
} from "./reference.ts";
import { certificateSecrets, hasIssuer } from "./read-ingress.ts";

const named = { group: string, kind: string, namespace: string, name: string };
const backendReference = object({ ...named, port: integer });
const filters = array(object({ requestMirror: object({ backendRef: backendReference }) }));
const route = object({
  spec: object({
    parentRefs: array(object({ ...named, sectionName: string })),
    rules: array(object({ backendRefs: array(backendReference), filters })),
  }),
});
const gateway = object({
  spec: object({
    gatewayClassName: string,
    listeners: array(object({ name: string, tls: object({ certificateRefs: array(object(named)) }) })),
  }),
});
const grant = object({
  spec: object({ from: array(object(named)), to: array(object(named)) }),
});

type Named = TypeOf<typeof backendReference>;

function reference(value: Named, group: string, kind: string, home: string, at: Path): Reference | undefined {
  const target: TargetKind = `${value.group ?? group}/${value.kind || kind}`;
  const namespace = namespaceFor(target, value.namespace || home);
  if (!isObjectName(value.name)) return undefined;
  return { target, namespace, name: value.name, path: [...at, "name"], isOptional: false };
}

export const readRoute: ReadFacts = (raw, { namespace }) => {
  const narrowed = narrow(route, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const spec = narrowed.value.spec ?? {};
  const references: Reference[] = [];
  const addBackend = (value: Named | null | undefined, at: Path): void => {
    const found = reference(value ?? {}, "", "Service", namespace, at);
    if (found === undefined) return;
    const port: PortReference | undefined = value?.port ? { number: value.port, path: [...at, "port"] } : undefined;
    references.push({ ...found, ...(port !== undefined && { port }) });
  };
  spec.parentRefs?.forEach((parent, index) => {
    const at = ["spec", "parentRefs", index];
    const found = reference(parent ?? {}, "gateway.networking.k8s.io", "Gateway", namespace, at);
    if (found === undefined) return;
    const section = parent?.sectionName ? { name: parent.sectionName, path: [...at, "sectionName"] } : undefined;
    references.push({ ...found, ...(section !== undefined && { section }) });
  });
  spec.rules?.forEach((rule, ruleIndex) => {
    const at = ["spec", "rules", ruleIndex];
    rule?.backendRefs?.forEach((backend, index) => addBackend(backend, [...at, "backendRefs", index]));
    rule?.filters?.forEach((filter, index) => {
      addBackend(filter?.requestMirror?.backendRef, [...at, "filters", index, "requestMirror", "backendRef"]);
    });
  });
  return { references };
};

export const readGateway: ReadFacts = (raw, { namespace }) => {
  const narrowed = narrow(gateway, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const { gatewayClassName: name, listeners } = narrowed.value.spec ?? {};
  const references: Reference[] = [];
  if (isObjectName(name)) {
    const path = ["spec", "gatewayClassName"];
    references.push({ target: GATEWAY_CLASS, namespace: "", name, path, isOptional: false });
  }
  const isIssued = hasIssuer(raw);
  listeners?.forEach((listener, index) => {
    listener?.tls?.certificateRefs?.forEach((certificate, own) => {
      const at = ["spec", "listeners", index, "tls", "certificateRefs", own];
      const found = reference(certificate ?? {}, "", "Secret", namespace, at);
      if (found !== undefined && !isIssued) references.push(found);
    });
  });
  const secrets = (listeners ?? []).flatMap((listener) =>
    (listener?.tls?.certificateRefs ?? []).map((one) => one?.name),
  );
  return {
    references,
    detail: { role: "gateway", sections: (listeners ?? []).map((listener) => listener?.name ?? "") },
    ...(isIssued && { makes: certificateSecrets(secrets, namespace) }),
  };
};

export const readReferenceGrant: ReadFacts = (raw) => {
  const narrowed = narrow(grant, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const { from, to } = narrowed.value.spec ?? {};
  return {
    detail: {
      role: "reference-grant",
      from: (from ?? []).map((one) => ({
        kind: `${one?.group ?? ""}/${one?.kind ?? ""}`,
        namespace: one?.namespace ?? "",
      })),
      to: (to ?? []).map((one) => ({ kind: `${one?.group ?? ""}/${one?.kind ?? ""}`, name: one?.name ?? "" })),
    },
  };
};
