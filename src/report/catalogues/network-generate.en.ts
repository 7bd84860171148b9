// What `network generate` says.

export const networkGenerateEn = {
  "generate.deny": "{namespace}: nothing may talk to anything but by the policies that follow",
  "generate.deny-pods": "{namespace}: no pod may talk to another, or to the outside, but by the policies that follow",
  "generate.left-open-both":
    "nothing is known of it: left open as it is today, until a need is stated or observed (--isolate-silent closes it)",
  "generate.left-open-ingress":
    "nothing is known of it: ingress is left open as it is today, until a need is stated or observed",
  "generate.left-open-egress":
    "nothing is known of it: egress is left open as it is today, until a need is stated or observed",
  "generate.note-shared": "labels do not tell these apart, so one policy stands for all of them: {list}",
  "generate.note-by-absence": "told apart only by labels that others have and it has not: {list}",
  "generate.note-reluctant": "selected by a label that a release may change: {list}",
  "generate.note-also-host-network":
    "the selector also has pods in the node's network, which policies do not reach: {list}",
  "generate.end-namespace": "every pod of {namespace}",
  "generate.end-pods": "any pod of the cluster",
  "generate.end-nodes": "the nodes",
  "generate.end-api-server": "the API server",
  "generate.end-anywhere": "anywhere",
  "generate.end-internet": "the internet",
  "generate.end-host-network": "{workload}, in the network of its nodes",
  "generate.and-more": "{text} and {count} more",
  "generate.because-environment": "environment",
  "generate.because-argument": "argument",
  "generate.because-config-map": "ConfigMap",
  "generate.because-annotation": "annotation",
  "generate.because-service": "Service",
  "generate.because-ingress": "Ingress",
  "generate.because-gateway": "route",
  "generate.because-probe": "probe",
  "generate.because-webhook": "webhook",
  "generate.because-metrics": "metrics",
  "generate.because-peers": "peers",
  "generate.because-dns": "name resolution",
  "generate.because-api-server": "API access",
  "generate.because-external-name": "external name",
  "generate.because-observed": "{flows} {flows|flow|flows}",
  "generate.because-observed-until": "{flows} {flows|flow|flows} until {time}",
  "generate.nothing": "Nothing was generated: no workload that policies apply to in the chosen namespaces.",
  "generate.proved":
    "PROVED  {policies} {policies|policy|policies} for {namespaces} {namespaces|namespace|namespaces}, evaluated by the engine",
  "generate.not-proved":
    "NOT PROVED  {policies} {policies|policy|policies} for {namespaces} {namespaces|namespace|namespaces}, evaluated by the engine",
  "generate.proof-allowed":
    "{allowed} needed {allowed|connection is|connections are} allowed, {missing} {missing|is|are} not",
  "generate.proof-extra": "{extra} {extra|connection is|connections are} allowed that nobody needs",
  "generate.proof-pods-only":
    "from outside and from nodes is open as it is today, and not counted here: this kind has no word for it",
  "generate.proof-rules":
    "{rules} {rules|rule|rules}, {unnecessary} of them unnecessary: without any other, a needed connection closes",
  "generate.proof-depends":
    "{count} {count|connection depends|connections depend} on what Kubernetes leaves open or the input does not say:",
  "generate.difference":
    "against today: {closed} {closed|connection closes|connections close}, {opened} {opened|opens|open}",
  "generate.missing": "NEEDED, BUT STILL CLOSED  {count}",
  "generate.extra": "OPEN, BUT NOT NEEDED  {count}",
  "generate.unnecessary": "UNNECESSARY RULES  {count}",
  "generate.opened": "OPENS  {count}   needed, and closed today",
  "generate.unmet": "NEEDED, AND NO RULE CAN BE WRITTEN YET  {count}",
  "generate.unmet-domain": "policies have no host names: --address NAME=CIDR says where it is",
  "generate.unmet-api-server-unknown":
    "where the API server is, the input does not say: --address api-server=ADDRESS:PORT",
  "generate.unmet-nodes-unknown": "where the nodes are, the input does not say: --address nodes=CIDR",
  "generate.unmet-unknown-workload": "the workload is not in the input",
  "generate.unmet-no-such-port": "no pod there has a port of that name",
  "generate.silent-open": "NOTHING IS KNOWN OF  {count}   left open as today; --isolate-silent closes them",
  "generate.silent-closed": "NOTHING IS KNOWN OF  {count}   closed, with what policies of today let through",
  "generate.unresolved": "UNRESOLVED  {count}   looks like a destination, and names nothing known: no rule was made",
  "generate.unresolved-no-such-service": "no such Service.",
  "generate.unresolved-no-such-port": "the Service has no such port.",
  "generate.unresolved-no-pods-behind": "no pod is behind the Service.",
  "generate.unresolved-no-port": "which port is not said.",
  "generate.unresolved-ambiguous": "it could be several.",
  "generate.unresolved-not-readable": "not readable here.",
  "generate.nearest": "Near: {names}",
  "generate.observed": "OBSERVED",
  "generate.window": "{source}: {flows} {flows|flow|flows} from {from} to {to}",
  "generate.window-untimed": "{source}: {flows} {flows|flow|flows}, without times",
  "generate.window-gap": "{source}: nothing from {from} to {to}",
  "generate.denied-flows":
    "{count} {count|connection was|connections were} turned away and never let through: no rule was made",
  "generate.not-seen": "NOT SEEN IN THE LOGS  {count}",
  "generate.not-seen-silent": "no flow",
  "generate.not-seen-job": "it may not have run in that time",
  "generate.unknown-flows": "FLOWS OF NOBODY KNOWN  {count}   no rule was made",
  "generate.flow-unknown-source": "the source is nobody known",
  "generate.flow-unknown-destination": "the destination is nobody known",
  "generate.flow-unknown-protocol": "policies have no word for the protocol",
  "generate.flow-unclear-direction": "who opened the connection is not clear",
  "generate.selectors": "SELECTORS TO LOOK AT  {count}",
  "generate.exceptions": "NO RULE NEEDED",
  "generate.exception-own-node":
    "{count} {count|probe|probes}: the kubelet reaches the pods of its own node whatever policies say",
  "generate.exception-source-address":
    "{count} {count|connection|connections} from addresses: a ClusterNetworkPolicy cannot close what comes from outside",
  "generate.resolver-assumed":
    "the resolver is not in the input: taken to be the pods labelled k8s-app=kube-dns in kube-system, on port 53",
  "generate.lost":
    "ALLOWED TODAY BY NAME, AND CLOSED  {count}   nothing states a need; where there is one, --flows shows it",
  "generate.superseded": "TO DELETE once these are in place   they would keep open what they open",
  "generate.other-namespaces": "LEFT AS THEY ARE  {count}   --include-namespace adds one",
  "generate.notes": "NOTES  {count}",
  "generate.incomplete": "NOT EVALUATED  {count}",
  "generate.more-lines": "… {count} more: -o json has all",
  "generate.rollout-written": "{folder}: {count} files for {stages} {stages|stage|stages}; begin with plan.md",
  "generate.plan-title": "Roll-out of generated network policies",
  "generate.plan-order":
    "One namespace after the other, callers before what they call. In each first one workload, then the others, then the default deny. Wait between steps as long as a fault would take to show: a day, a batch run, a month's end.",
  "generate.plan-audit": "Where the network plugin can, look before closing:",
  "generate.plan-audit-calico":
    "apply each policy first as StagedKubernetesNetworkPolicy (projectcalico.org/v3, the same spec): it denies nothing, and flow logs say what it would.",
  "generate.plan-audit-cilium":
    "policy audit mode, for the whole agent (policy-audit-mode) or one endpoint (cilium-dbg endpoint config ID PolicyAuditMode=Enabled): hubble observe --verdict AUDIT says what would be denied.",
  "generate.plan-called-from": "Connected to from: {list}",
  "generate.plan-canary":
    "{workload} alone. Its policy isolates it in both directions; the rest of the namespace stays as it is.",
  "generate.plan-workloads": "The other {count} {count|workload|workloads}.",
  "generate.plan-default-deny": "The default deny, for whatever else comes, and today's policies go.",
  "generate.plan-step-proved": "Evaluated: nothing that is needed is closed after this step.",
  "generate.plan-step-broken":
    "Evaluated: {count} needed {count|connection is|connections are} closed after this step:",
  "generate.plan-back": "The way back:",
  "generate.plan-keep": "Keep it so",
  "generate.plan-assertions":
    "assertions.yaml has {count} assertions, each evaluated with the policies in place. In CI, with the manifests and these policies as TARGETs:",
  "generate.plan-proof": "What was proved, and what is open",
  "generate.rollback": "today's NetworkPolicies: delete the generated ones of a namespace, then apply these",
  "generate.rollback-nothing": "there are no NetworkPolicies today: deleting the generated ones is the way back",
  "generate.assertions-left-out":
    "{count} {count|assertion is|assertions are} left out: the answer depends on what the input does not say; see --pod-cidr",
  // What was wrong with a log of flows. The key is the gap's code.
  "flow-malformed": "not a flow: {detail}",
  "flow-wrong-columns": "columns that are not those of the first line: {detail}",
  "flow-wrong-type": "a field of the wrong type: {detail}",
  "flow-invalid-port": "not a port: {detail}",
  "flow-invalid-protocol": "not a protocol: {detail}",
  "flow-invalid-verdict": "not a verdict: {detail}",
  "flow-invalid-utf8": "bytes that are no UTF-8",
  "flow-line-too-long": "a line too long for a flow",
  "flow-truncated-file": "the log ends in the middle: {detail}",
  "flow-unreadable-file": "not readable: {detail}",
  "flow-unknown-format": "not a known format of flow logs",
  "flow-empty-log": "no line in it",
  "flow-lost-flows": "the log says that flows are missing",
  "flow-too-many-connections": "more distinct connections than are kept",
  "flow-too-many-unclear": "more flows of unclear direction than are kept",
  "flow-many-ports":
    "so many ports, each with other addresses, that each counts with the addresses of all (a scan?): {detail}",
  "flow-many-addresses": "so many addresses that they count as the internet: {detail}",
  "flow-more": "{count} more of the kind {code}",
  "error.generate-address":
    "--address {value}: NAME=CIDR, where NAME is a host name, nodes or api-server (api-server=10.0.0.1:6443)",
  "error.generate-folder": "--rollout {value}: {detail}",
} as const;
