// Keys of ConfigMaps and Secrets. Only names are taken, never values.

import { anything, map, narrow, object, string } from "../../../kubernetes/shape.ts";
import type { ReadFacts } from "./object-facts.ts";

const values = map(anything);
const data = object({ data: values, binaryData: values, stringData: values, type: string });

/** Where OpenShift, or the token controller, adds keys of its own. */
const INJECTED = ["config.openshift.io/inject-trusted-cabundle", "service.beta.openshift.io/inject-cabundle"];
const TOKEN = "kubernetes.io/service-account-token";

export const readData: ReadFacts = (raw) => {
  const narrowed = narrow(data, raw);
  if (!narrowed.ok) return { problems: narrowed.problems };
  const { data: plain, binaryData, stringData, type } = narrowed.value;
  const { labels, annotations } = raw.metadata ?? {};
  const isInjected = INJECTED.some((name) => labels?.[name] != null || annotations?.[name] != null);
  const keys = [plain, binaryData, stringData].flatMap((field) => Object.keys(field ?? {}));
  // Without any data somebody is expected to fill it later.
  const isOpen = isInjected || type === TOKEN || keys.length === 0;
  return { detail: { role: "data", keys: isOpen ? undefined : keys } };
};
