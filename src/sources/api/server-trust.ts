// How a server must prove who it is: from the kubeconfig's cluster and the flags that beat it.

import { isIP } from "node:net";
import { apiError } from "./api-error.ts";
import { serverName as nameOf, type ServerTrust } from "./connection.ts";
import type { ConnectionFlags } from "./connection-flags.ts";
import type { ConnectionWarning } from "./connection-warning.ts";
import type { NamedCluster } from "./named-entry.ts";
import { isHostAndPort } from "./server-address.ts";
import { readAuthority, readMaterial, type MaterialPlace } from "./tls-material.ts";

/** How messages name a field of a cluster. */
export function clusterField({ at, name }: NamedCluster, field: string): string {
  return `${at(field)}: ${field} of cluster "${name}"`;
}

/** Throws ApiError for what contradicts itself or cannot be used. */
export async function serverTrust(
  cluster: NamedCluster,
  flags: ConnectionFlags,
  warnings: ConnectionWarning[],
): Promise<ServerTrust> {
  const { entry } = cluster;
  const isInsecure = flags.insecureSkipTlsVerify ?? entry["insecure-skip-tls-verify"] === true;
  const place = authorityPlace(cluster, flags);
  const isNamed = place.path !== "" || place.data !== "";
  // As with kubectl, the flag lifts the kubeconfig's authority; a kubeconfig that says both contradicts itself.
  if (isInsecure && isNamed && (flags.insecureSkipTlsVerify !== true || (flags.certificateAuthority ?? "") !== "")) {
    throw apiError("insecure-with-authority", { field: place.path === "" ? place.dataField : place.field });
  }
  const material = isInsecure ? undefined : await readMaterial(place, warnings);
  return {
    isVerified: !isInsecure,
    ...(material === undefined ? {} : { authority: readAuthority(material) }),
    ...serverNameOf(cluster, flags),
  };
}

function authorityPlace(cluster: NamedCluster, flags: ConnectionFlags): MaterialPlace {
  const flagged = flags.certificateAuthority ?? "";
  if (flagged !== "") {
    const field = "--certificate-authority";
    return { field, dataField: field, file: "", path: flagged, data: "" };
  }
  return {
    field: clusterField(cluster, "certificate-authority"),
    dataField: clusterField(cluster, "certificate-authority-data"),
    file: cluster.file,
    path: cluster.entry["certificate-authority"] ?? "",
    data: cluster.entry["certificate-authority-data"] ?? "",
  };
}

function serverNameOf(
  cluster: NamedCluster,
  flags: ConnectionFlags,
): Pick<ServerTrust, "serverName" | "serverNameField"> {
  const serverName = flags.tlsServerName || (cluster.entry["tls-server-name"] ?? "");
  if (serverName === "") return {};
  const serverNameField = flags.tlsServerName ? "--tls-server-name" : clusterField(cluster, "tls-server-name");
  if (isIP(serverName) === 0 && (serverName.includes(":") || !isHostAndPort(serverName))) {
    throw apiError("server-name-invalid", { field: serverNameField, name: serverName });
  }
  return { serverName, serverNameField };
}

/** What the user should know of a server that cannot prove who it is. */
export function insecureWarnings(server: URL, { isVerified }: ServerTrust): readonly ConnectionWarning[] {
  const values = { server: nameOf(server) };
  if (server.protocol === "http:") return [{ code: "plain-http", arguments: values }];
  return isVerified ? [] : [{ code: "insecure-skip-tls-verify", arguments: values }];
}
