// How a command names the cluster it reads: the flags kubectl users know (k8s.io/cli-runtime/pkg/genericclioptions).

import type { Command } from "commander";
import { Option } from "commander";
import { collectWhole } from "../repeatable.ts";

export interface ClusterFlags {
  readonly namespace?: string;
  readonly allNamespaces?: true;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly cluster?: string;
  readonly user?: string;
  readonly server?: string;
  readonly token?: string;
  readonly certificateAuthority?: string;
  readonly tlsServerName?: string;
  readonly insecureSkipTlsVerify?: true;
  readonly as?: string;
  readonly asUid?: string;
  readonly asGroup?: readonly string[];
  readonly requestTimeout?: string;
}

/** All but `-n`, which means something for files too. */
export function addClusterOptions(command: Command): Command {
  return command
    .optionsGroup("The cluster, where no TARGET is given (as in kubectl):")
    .option("-A, --all-namespaces", "every namespace, not only that of -n or the context")
    .option("--kubeconfig <file>", "the kubeconfig to use (default: $KUBECONFIG, ~/.kube/config)")
    .option("--context <name>", "the kubeconfig context (default: the current one)")
    .option("--cluster <name>", "another cluster of the kubeconfig than the context's")
    .option("--user <name>", "another user of the kubeconfig than the context's")
    .option("-s, --server <url>", "the API server's address")
    .option("--token <token>", "a bearer token; others on this machine may see it here, so better in the kubeconfig")
    .option("--certificate-authority <file>", "the authority that signed the server's certificate")
    .option("--tls-server-name <name>", "the name the server's certificate must have")
    .option("--insecure-skip-tls-verify", "do not check the server's certificate")
    .option("--as <user>", "act as this user")
    .addOption(new Option("--as-group <group>", "act as a member of this group; repeatable").argParser(collectWhole))
    .option("--as-uid <uid>", "act with this uid")
    .option(
      "--request-timeout <duration>",
      "how long one request may take: 5s, 2m (default: 5s to connect, 3m to read)",
    )
    .optionsGroup("Options:");
}
