// The credential of a kubeconfig user, by client-go's precedence: a token beats a plugin, and a client certificate goes
// along with either (k8s.io/client-go/tools/clientcmd/client_config.go, rest/transport.go).

import { apiError } from "./api-error.ts";
import type { ConnectionWarning } from "./connection-warning.ts";
import {
  fixedCredential,
  type ClientCertificate,
  type Clock,
  type Credential,
  type CredentialSource,
} from "./credential.ts";
import { execCredential } from "./exec-credential.ts";
import { readExecPlugin } from "./exec-plugin.ts";
import { resolvePath, textOf, type FromFile, type UserEntry } from "./kubeconfig-file.ts";
import type { PluginTerminal } from "./run-plugin.ts";
import { checkMaterial, readMaterial } from "./tls-material.ts";
import { tokenFileCredential } from "./token-file.ts";

export interface UserCredentialOptions {
  readonly name: string;
  readonly user: FromFile<UserEntry>;
  /** `--token`. */
  readonly token: string;
  /** What an exec plugin may ask to be told of the cluster. */
  readonly clusterForPlugin: Readonly<Record<string, unknown>>;
  readonly terminal: PluginTerminal;
  readonly now: Clock;
  readonly warnings: ConnectionWarning[];
}

/** Reads what is named but runs nothing yet. */
export async function userCredential(options: UserCredentialOptions): Promise<CredentialSource> {
  const { name, user, terminal, now } = options;
  const { entry, file } = user;
  refuseUnsupported(name, entry);
  const clientCertificate = await readClientCertificate(options);
  const token = options.token || textOf(entry.token);
  const base: Credential = {
    ...(token === "" ? {} : { token }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
  };
  const tokenFile = textOf(entry.tokenFile);
  if (tokenFile !== "" && options.token === "") {
    return tokenFileCredential({ path: resolvePath(file, tokenFile), field: `tokenFile of user "${name}"`, base, now });
  }
  if (token !== "" || entry.exec == null) return fixedCredential(base);
  const plugin = readExecPlugin(name, file, entry.exec, options.clusterForPlugin);
  return execCredential({ plugin, terminal, base, now });
}

function refuseUnsupported(name: string, entry: UserEntry): void {
  if (textOf(entry.username) !== "" || textOf(entry.password) !== "") {
    throw apiError("credential-unsupported", {
      name,
      what: "a user name and password",
      instead: "API servers have refused them since Kubernetes 1.19; use a token, certificate or exec plugin",
    });
  }
  const provider = entry["auth-provider"];
  if (provider != null) {
    throw apiError("credential-unsupported", {
      name,
      what: `auth-provider ${textOf(provider.name)}`,
      instead: "use an exec plugin (gke-gcloud-auth-plugin, kubelogin, …)",
    });
  }
}

async function readClientCertificate({
  name,
  user,
  warnings,
}: UserCredentialOptions): Promise<ClientCertificate | undefined> {
  const { entry, file } = user;
  const field = (part: string) => `${part} of user "${name}"`;
  const certificate = await readMaterial(
    {
      field: field("client-certificate"),
      file,
      path: textOf(entry["client-certificate"]),
      data: textOf(entry["client-certificate-data"]),
    },
    warnings,
  );
  const key = await readMaterial(
    { field: field("client-key"), file, path: textOf(entry["client-key"]), data: textOf(entry["client-key-data"]) },
    warnings,
  );
  if (certificate === undefined) return undefined;
  if (key === undefined) throw apiError("key-missing", { name });
  checkMaterial(field("client-certificate"), { cert: certificate, key });
  return { certificate, key };
}
