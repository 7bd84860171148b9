// What a kubeconfig's user proves: a token, a token file, a client certificate, an exec plugin
// (k8s.io/client-go/tools/clientcmd/client_config.go, rest/transport.go).

import { apiError } from "./api-error.ts";
import type { NamedUser } from "./named-entry.ts";
import type { ConnectionWarning } from "./connection-warning.ts";
import {
  checkToken,
  fixedCredential,
  type ClientCertificate,
  type Clock,
  type Credential,
  type CredentialSource,
} from "./credential.ts";
import { execCredential } from "./exec-credential.ts";
import { readExecPlugin } from "./exec-plugin.ts";
import { resolvePath } from "./kubeconfig-file.ts";
import type { PluginTerminal } from "./run-plugin.ts";
import { readClientCertificate, readMaterial, type Material } from "./tls-material.ts";
import { tokenFileCredential } from "./token-file.ts";

export interface UserCredentialOptions {
  readonly user: NamedUser;
  /** `--token`. */
  readonly token: string;
  /** What an exec plugin may ask to be told of the cluster. */
  readonly clusterForPlugin: Readonly<Record<string, unknown>>;
  readonly terminal: PluginTerminal;
  readonly now: Clock;
  readonly warnings: ConnectionWarning[];
}

/** How messages name a field of a user. */
export function userField({ at, name }: NamedUser, field: string): string {
  return `${at(field)}: ${field} of user "${name}"`;
}

/** Reads what is named but runs nothing yet. */
export async function userCredential(options: UserCredentialOptions): Promise<CredentialSource> {
  const { user, terminal, now } = options;
  const { entry, file } = user;
  refuseUnsupported(user);
  const clientCertificate = await certificateOf(options);
  const token = options.token || (entry.token ?? "");
  if (token !== "") checkToken(token, options.token === "" ? userField(user, "token") : "--token");
  const base: Credential = {
    ...(token === "" ? {} : { token }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
  };
  const tokenFile = entry.tokenFile ?? "";
  if (tokenFile !== "" && options.token === "") {
    return tokenFileCredential({ path: resolvePath(file, tokenFile), field: userField(user, "tokenFile"), base, now });
  }
  // As in client-go, a plugin is not asked where a token or certificate is given.
  if (token !== "" || clientCertificate !== undefined || entry.exec == null) return fixedCredential(base);
  return execCredential({ plugin: readExecPlugin(user, entry.exec, options.clusterForPlugin), terminal, now });
}

function refuseUnsupported({ name, entry, at }: NamedUser): void {
  if (entry.username || entry.password) {
    throw apiError("credential-unsupported", {
      place: at(entry.username ? "username" : "password"),
      name,
      what: "a user name and password",
      instead: "API servers have refused them since Kubernetes 1.19; use a token, certificate or exec plugin",
    });
  }
  const provider = entry["auth-provider"];
  if (provider != null) {
    throw apiError("credential-unsupported", {
      place: at("auth-provider"),
      name,
      what: `auth-provider ${provider.name ?? ""}`,
      instead: "use an exec plugin (gke-gcloud-auth-plugin, kubelogin, …)",
    });
  }
}

async function certificateOf({ user, warnings }: UserCredentialOptions): Promise<ClientCertificate | undefined> {
  const certificate = await materialOf(user, "client-certificate", warnings);
  const key = await materialOf(user, "client-key", warnings);
  if (certificate === undefined) {
    if (key !== undefined) warnings.push({ code: "key-without-certificate", arguments: { field: key.field } });
    return undefined;
  }
  if (key === undefined) throw apiError("key-missing", { field: certificate.field });
  return readClientCertificate(certificate, key);
}

function materialOf(
  user: NamedUser,
  part: "client-certificate" | "client-key",
  warnings: ConnectionWarning[],
): Promise<Material | undefined> {
  const { file, entry } = user;
  const field = userField(user, part);
  const dataField = userField(user, `${part}-data`);
  return readMaterial({ field, dataField, file, path: entry[part] ?? "", data: entry[`${part}-data`] ?? "" }, warnings);
}
