// What a kubeconfig may hold, type by type (k8s.io/client-go/tools/clientcmd/api/v1/types.go). As client-go's decoder,
// and unlike YAML's own leniency, a number is no text and "true" in quotes is no boolean.

import { anything, array, boolean, map, object, string, type TypeOf } from "../../kubernetes/shape.ts";

const extensions = array(object({ name: string, extension: anything }));

const clusterShape = object({
  server: string,
  "tls-server-name": string,
  "insecure-skip-tls-verify": boolean,
  "certificate-authority": string,
  "certificate-authority-data": string,
  "proxy-url": string,
  "disable-compression": boolean,
  extensions,
});

const execShape = object({
  apiVersion: string,
  command: string,
  args: array(string),
  env: array(object({ name: string, value: string })),
  installHint: string,
  provideClusterInfo: boolean,
  interactiveMode: string,
});

const userShape = object({
  "client-certificate": string,
  "client-certificate-data": string,
  "client-key": string,
  "client-key-data": string,
  token: string,
  tokenFile: string,
  as: string,
  "as-uid": string,
  "as-groups": array(string),
  "as-user-extra": map(array(string)),
  username: string,
  password: string,
  "auth-provider": object({ name: string, config: map(string) }),
  exec: execShape,
});

const contextShape = object({ cluster: string, user: string, namespace: string });

export const kubeconfigShape = object({
  apiVersion: string,
  kind: string,
  "current-context": string,
  clusters: array(object({ name: string, cluster: clusterShape })),
  users: array(object({ name: string, user: userShape })),
  contexts: array(object({ name: string, context: contextShape })),
});

export type ClusterEntry = TypeOf<typeof clusterShape>;
export type UserEntry = TypeOf<typeof userShape>;
export type ContextEntry = TypeOf<typeof contextShape>;
export type ExecEntry = TypeOf<typeof execShape>;
