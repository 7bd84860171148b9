// What `workloads harden` says.

export const hardenEn = {
  "harden.nothing": "no Namespace and no pods in the input",
  "harden.title": "{namespace}  towards {level}",
  "harden.step-now": "{step}  now: {labels}",
  "harden.step-now-why": "nothing that runs or is still to be made is refused",
  "harden.step-patch":
    "{step}  apply the changes to {count} {count|workload|workloads}, and wait until their old pods are gone",
  "harden.step-later": "{step}  then: {labels}",
  "harden.step-questions": "{step}  {level} waits for {count} {count|workload|workloads} whose questions are open",
  "harden.done": "nothing to do: {level} is enforced, audited and warned about, and nothing is refused",
  "harden.unknown-namespace": "the input has no such Namespace; its labels are taken as none",
  "harden.hardened": "HARDENED",
  "harden.hardened-why": "with these changes, admission accepts the pods at {level} (evaluated again)",
  "harden.undecided": "UNDECIDED",
  "harden.made": "MADE BY SOMETHING THAT IS NOT IN THE INPUT",
  "harden.made-why": "running pods are immutable, and {kind} {name} would only make them again: harden that",
  "harden.admitted": "{count} {count|workload is admitted as it is|workloads are admitted as they are}",
  "harden.immutable":
    "it exists, and what makes its pod cannot be changed in place: delete it and create it again from -o yaml",
  "harden.set": "set {path}: {value}",
  "harden.refused": "refused: {text}",
  "harden.ask": "question: {text}",
  "harden.check": "check: {text}",
  "harden.ask.appArmorProfile": "{where} is {value}: does it work under the runtime's default AppArmor profile?",
  "harden.ask.capabilities_baseline": "which of the added capabilities ({value}) does it use, and can it do without?",
  "harden.ask.capabilities_restricted": "restricted lets only NET_BIND_SERVICE be added: can it do without {value}?",
  "harden.ask.hostNamespaces":
    "it asks for {where}: does it need the node's namespace, or would a Service or a sidecar do?",
  "harden.ask.hostPathVolumes":
    "{value} is a directory of the node: what of it is needed, and would a claim or an emptyDir do?",
  "harden.ask.hostPorts": "who connects to the node's port {value}, and would a Service do?",
  "harden.ask.hostProbesAndHostLifecycle":
    "{where} is {value}: may the kubelet ask the pod's own address instead (leave host out)?",
  "harden.ask.privileged": "it asks for {where}: which devices or capabilities does it use?",
  "harden.ask.procMount":
    "{where} is {value}: does it run containers of its own (then hostUsers: false), or can it do without?",
  "harden.ask.procMount_restricted": "{where} is {value}: can it do without an unmasked /proc?",
  "harden.ask.seLinuxOptions": "{where} is {value}: does it work with the type the runtime gives?",
  "harden.ask.seccompProfile_baseline":
    "{where} is {value}: which system calls does it make that RuntimeDefault refuses?",
  "harden.ask.seccompProfile_restricted":
    "{where} is {value}: which system calls does it make that RuntimeDefault refuses?",
  "harden.ask.sysctls": "does it need the sysctl {value}, and can the node set it for everyone?",
  "harden.ask.windowsHostProcess":
    "it asks for {where}: does it administer the node, and can that live in a namespace of its own?",
  "harden.ask.allowPrivilegeEscalation":
    "allowPrivilegeEscalation: false is refused by the API beside privileged or SYS_ADMIN: can it do without those?",
  "harden.ask.restrictedVolumes":
    "volume {value} is of a kind restricted refuses: can a PersistentVolumeClaim take its place?",
  "harden.ask.runAsNonRoot": "{where} is false: can the image run as a numeric user other than 0?",
  "harden.ask.runAsUser":
    "{where} is 0: which numeric user can the image run as? (From policy v1.35 on, hostUsers: false lets root be.)",
  "harden.ask.linuxOnlyFields":
    "policy versions before v1.25 ask Windows pods for fields that the API refuses there: can the version be newer?",
  "harden.caution.numeric-user":
    "{container}: is USER in the image {image} a number other than 0? The kubelet refuses a name and root: set runAsUser then",
  "harden.caution.switches-user":
    "{container}: its command has {what}, which fails without capabilities and set-user-ID: is there another way?",
  "harden.caution.entrypoint":
    "{container}: does the entrypoint of {image} change owners, switch users or need set-user-ID programs? It cannot any more",
  "harden.caution.privileged-port":
    "{container}: may a user other than root bind port {what} in your container runtime? If not, use a port from 1024 on",
  "harden.caution.volume-owner":
    "{container}: may the new user write to volume {what}, which root filled? If not, set fsGroup",
  "harden.caution.read-only-root":
    "{container}: where does it write? Its root file system is read-only, and no emptyDir is mounted",
  "harden.summary": "{hardened} hardened, {undecided} undecided, {admitted} admitted without a change.",
  "harden.file.patch": "kubectl patch {kind} {name} -n {namespace} --patch-file THIS (strategic merge)",
  "harden.file.json-patch": "kubectl patch {kind} {name} -n {namespace} --type json --patch-file THIS",
  "harden.file.labels": "labels that break nothing now",
  "harden.file.later": "once the changes are rolled out: {labels}",
  "harden.file.component":
    "written to {folder}: {count} {count|file|files}. Add it under components: in your kustomization.",
  "error.harden-level": "no such level {value}: give baseline or restricted{suggestion}",
  "error.harden-kustomize-folder": "-o kustomize needs a folder: -o kustomize=DIR",
  "error.harden-folder-unwritable": "{value} cannot be written: {detail}",
} as const;
