// What `access minimize` says, and what reading audit logs meets.

export const minimizeEn = {
  "minimize.log":
    "{events} {events|event|events} of {subjects} {subjects|identity|identities} in {files} {files|file|files}, {from} to {to} UTC",
  "minimize.log-empty": "{events} {events|event|events} in {files} {files|file|files}",
  "minimize.levels": "levels: {levels}; stages: {stages}",
  "minimize.no-bodies":
    "no bodies in the log (level Request): what was written into roles, bindings and requests is taken from today's objects, or is unknown",
  "minimize.gap": "no event for {minutes} minutes, {from} to {to}",
  "minimize.more-gaps": "{count} more {count|gap|gaps}: -o json",
  "minimize.left-out":
    "left out: {refused} refused, {unauthenticated} not authenticated, {unreadable} without a user or that no API server takes",
  "minimize.undecided": "{undecided} without the annotation authorization.k8s.io/decision, taken as allowed",
  "minimize.panicked": "{panicked} panicked before the authorizer decided, left out",
  "minimize.unseen-reviews":
    "{unseenReviews} times another server asked about somebody, and the log does not say about whom (level Request would)",
  "minimize.policy": "what the audit policy drops, and what happens less often than this window is long, is not in it",
  "minimize.log-only":
    "today's roles and bindings were not read: the proposal stands beside what every API server grants by itself",
  "minimize.no-use": "nothing of it in the log",
  "minimize.not-shown": "not judged: the log holds no answer to a request",
  "minimize.nobody": "no binding names it either: is it spelled as in the log?",
  "minimize.proved": "{lost} of {tuples} used rights lost",
  "minimize.lost": "{lost} of {tuples} used rights LOST",
  "minimize.kept":
    "{count} more used {count|right|rights} through groups and roles that every API server brings: untouched",
  "minimize.rule-requests": "{requests} {requests|request|requests}",
  "minimize.rule-unseen": "kept: a log cannot show its use",
  "minimize.rule-declared": "declared",
  "minimize.no-roles": "needs no role of its own",
  "minimize.no-roles-seen": "nothing was seen that takes a role; whether it needs one is open",
  "minimize.delete": "delete {binding} → {role}",
  "minimize.leave": "leave {binding} → {role}, which stays for {others} {others|other|others}",
  "minimize.stay": "keep {binding} → {role} until a log shows every use",
  "minimize.stay-all": "The log does not show every use: keep today's bindings until one does.",
  "minimize.no-longer":
    "{count} used {count|right|rights} in the log that today's rights no longer give, so the proposal does not either:",
  "minimize.not-given":
    "{count} used {count|right|rights} in the log that no role gives of those that were read, so the proposal does not either (NOT EVALUATED below):",
  "minimize.unknown-role-write":
    "not proved: wrote {what} {requests} {requests|time|times}, and the log does not say with which rules",
  "minimize.unknown-binding-write":
    "not proved: wrote {what} {requests} {requests|time|times}, and the log does not say to which role",
  "minimize.unknown-signer":
    "not proved: {what} for a signer {requests} {requests|time|times}, and the log does not say for which",
  "minimize.unknown-parameters":
    "not proved: wrote {what} {requests} {requests|time|times}, and the log does not say with which parameters",
  "minimize.unknown-impersonation":
    "not proved: acted as {what} {requests} {requests|time|times}, in a way this version does not have",
  "minimize.unknown-create-on-update": "not proved: {what}",
  "minimize.unknown-connect": "not proved: {what}",
  "minimize.unknown-blocking-owner": "not proved: {what}",
  "minimize.more-unknown": "{count} more not proved: -o json",
  "minimize.cut": "more different requests than are kept apart: the proposal may not hold all",
  "minimize.unused": "unused {scope}: {rights}",
  "minimize.unjudged-log": "not judged {scope}, for the log does not show every use: {rights}",
  "minimize.unjudged-inside-writes":
    "not judged {scope}, for it is checked inside other requests and never logged: {rights}",
  "minimize.unjudged-impersonation": "not judged {scope}, for it is checked when acting as another: {rights}",
  "minimize.unjudged-kubelet": "not judged {scope}, for kubelets ask it at their own port: {rights}",
  "minimize.unjudged-other-servers": "not judged {scope}, for other servers may ask it: {rights}",
  "minimize.unjudged-owners": "not judged {scope}, for an admission plugin may check it: {rights}",
  "minimize.unseen-kept": "what is written out and a log cannot show was kept; --drop-unseen leaves it out",
  "minimize.nodes": "{count} {count|node|nodes}: the Node authorizer decides, not roles",
  "minimize.masters": "{count} of system:masters, whom no role limits: {names}",
  "minimize.defaults-only": "{count} {count|subject|subjects} with nothing but what every API server grants",
  "minimize.not-in-log":
    "{count} {count|subject has|subjects have} bindings and no request in the log: {names}. Unused in this window, or its rights cannot be seen.",
  "minimize.not-judged":
    "{count} {count|subject has|subjects have} bindings and no request in what the log shows: {names}. Whether they are used is open.",
  "minimize.leaving": "{binding} without those who now have roles of their own",
  "minimize.then-delete": "Once the above is applied:",

  "generate.token": "token mounted",
  "generate.no-token": "no token mounted",
  "generate.today": "today {account}, {token}",
  "generate.today-own": "today {account} already, which no other workload of the input uses, {token}",
  "generate.today-shared": "today {account}, {token}, shared with {others}",
  "generate.from-log": "{requests} {requests|request|requests} of it in the audit log",
  "generate.from-declared": "without an audit log: only what its own words say for certain",
  "generate.from-bindings": "without an audit log: the rights its account has, used or not",
  "generate.from-open":
    "the rights of its account serve others too, and only an audit log can say which of them it uses: none is taken over",
  "generate.log-none": "the audit log given holds no answer to a request, so it says nothing of use",
  "generate.log-window": "{from} to {to} UTC; what happens less often is not in it",
  "generate.no-roles-declared": "its own words ask for no role",
  "generate.no-roles-kept": "its bindings stay as they are",
  "generate.edit": "Edit of the workload (-o patch)",
  "generate.pod": "a Pod cannot be changed in place: delete it and create it again",
  "generate.hint-leader-election":
    "hint: {container} elects a leader and does not say where; that takes create, get and update of a Lease",
  "generate.hint-kubectl": "hint: {container} runs kubectl: {words}",
  "generate.hint-flag": "hint: {container} is given {flag}, which speaks of objects it may read from the API",
  "generate.hint-automount": "hint: it asks for the token itself (automountServiceAccountToken: true)",
  "generate.hint-token-volume": "hint: a volume gives it a token for the API server, whatever automounting says",
  "generate.hint-token-for": "a volume gives it a token for {audience}, which needs no right here",

  // Why a part of a log was not read. The key is the gap's code.
  "access-part": "only namespace {namespace} was read: rights elsewhere are not seen (-A reads all)",
  "audit-broken": "the JSON that begins here breaks in line {line}",
  "audit-cut": "the line ends before its JSON does",
  "audit-document-too-large": "one JSON document of more than 256 MiB; give events one a line (jq -c '.items[]')",
  "audit-empty": "an empty file",
  "audit-encoding": "{name}, of which nothing was read: give its text as UTF-8 ({command})",
  "audit-gzip-cut": "the gzip ends in the middle: what comes after line {line} was not read",
  "audit-gzip-damaged": "the gzip is damaged at byte {at} ({detail}): what comes after line {line} was not read",
  "audit-gzip-foreign":
    "{bytes} {bytes|byte|bytes} after the gzip {bytes|is|are} no gzip: what comes after line {line} was not read",
  "audit-more": "{count} more {count|line|lines} like these ({code})",
  "audit-no-completions":
    "no completed request was logged (stage ResponseComplete), only those that run long or panicked",
  "audit-no-decisions": "only requests received were logged (stage RequestReceived), none with its answer",
  "audit-no-file": "no file: a pipe, a socket or a link to nothing",
  "audit-no-events": "no audit event",
  "audit-not-an-event": "no audit event: {found}",
  "audit-not-json": "no JSON",
  "audit-time": "no RFC 3339 time: {found}; the event counts, its time does not",
  "audit-unfinished": "the file ends before the JSON that begins here does",
  "audit-unopened": "{detail}",
  "audit-unreadable": "{detail}, after line {line}",
  "audit-version": "{apiVersion}: only audit.k8s.io/v1 is read",

  "error.generate-workload-needed": "give a workload: ringwall access generate NAMESPACE/NAME[KIND] [TARGET…]",
  "error.generate-workload-missing":
    "{value} is a TARGET, and the workload is missing: ringwall access generate NAMESPACE/NAME[KIND] {value}",
  "error.generate-workload-or-target":
    "{value} is a TARGET, and the workload is missing: ringwall access generate NAMESPACE/NAME[KIND] {value}; a workload of that name in the cluster is {value}[KIND]",
  "error.generate-workload-word": "{value} names no workload: give NAMESPACE/NAME[KIND], such as shop/web[Deployment]",
  "error.generate-workload-first": "the workload comes first: ringwall access generate {workload} {target}",
  "error.generate-workload": "no workload {value} in the input{suggestion}",
  "error.generate-workload-kind": "{value} can be any of {list}",
  "error.minimize-log-needed": "give the audit log: --audit-log FILE",
  "error.minimize-log-only": "--log-only reads no TARGET",
  "error.minimize-stdin": "standard input can be the audit log or a TARGET, not both",
  "error.minimize-names": "no such number of names: {value} (0 to {most})",
  "error.minimize-subject": "no such subject {value}: give ServiceAccount/NAMESPACE/NAME, User/NAME or a user name",
  "error.minimize-subject-nobody": "{value} names nobody: give ServiceAccount/NAMESPACE/NAME, User/NAME or a user name",
  "error.minimize-group": "a log shows users, not groups, so {value} cannot be minimized",
} as const;
