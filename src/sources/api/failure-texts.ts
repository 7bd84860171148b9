// Every way in which reading from a cluster can fail: one closed table of codes and English texts. A text is one line:
// what happened, then the next step. `{words}` is what the server, plugin or system said.

export const FAILURE_TEXTS = {
  // configuration
  "no-cluster": "no cluster to talk to: {searched} and this is no pod; give --kubeconfig FILE or a TARGET",
  "kubeconfig-unreadable": "{file}: {words}",
  "kubeconfig-invalid": "{file}: not a kubeconfig: {words}",
  "no-current-context": "{file}: no current context; choose one of {known} with --context",
  "context-unknown": 'no context "{name}" in {file}; there are {known}',
  "cluster-unknown": 'context "{context}" names the cluster "{name}", which {file} does not have',
  "user-unknown": 'context "{context}" names the user "{name}", which {file} does not have',
  "server-missing": 'cluster "{name}" has no server address',
  "server-invalid": 'cluster "{name}": "{address}" is no server address; expected https://HOST[:PORT]',
  "file-unreadable": "{field}: {words}",
  "certificate-unusable": "{field}: no usable certificate or key in PEM ({words})",
  "key-missing": 'user "{name}" has a client certificate but no key; give client-key or client-key-data',
  "insecure-with-authority":
    'cluster "{name}" has a certificate authority and insecure-skip-tls-verify; keep one of the two (the authority is the safe one)',
  "credential-unsupported": 'user "{name}": {what} is not supported; {instead}',
  "proxy-invalid": '{field}: "{address}" is no proxy address; expected http://HOST:PORT or https://HOST:PORT',
  "proxy-unsupported": "{field}: {scheme} proxies are not supported; give an http or https proxy, or a direct route",
  "impersonation-without-user": "a group, uid or extra is impersonated without a user; give --as USER too",
  // exec credential plugins
  "plugin-not-found": 'credential plugin "{command}" of user "{name}" is not installed.{hint}',
  "plugin-failed": 'credential plugin "{command}" of user "{name}" failed ({outcome}): {words}',
  "plugin-timeout": 'credential plugin "{command}" of user "{name}" gave no answer within {seconds} s',
  "plugin-answer": 'credential plugin "{command}" of user "{name}" gave an unusable answer: {words}',
  "plugin-needs-terminal":
    'credential plugin "{command}" of user "{name}" needs a terminal to ask you; run it in one, or use a token',
  // connection
  dns: "{server}: no address found for {host}; check the name, DNS and VPN",
  refused: "{server}: connection refused; is the API server running, and is the port right?",
  unreachable: "{server}: network unreachable ({words}); check route, firewall and VPN",
  "connect-timeout": "{server}: no connection within {seconds} s; check address, firewall and VPN",
  "answer-timeout": "{server}: connected, but no answer within {seconds} s; the server may hang or be overloaded",
  stalled: "{server}: the answer stalled: nothing more came for {seconds} s",
  "too-slow": "{server}: the answer did not end within {seconds} s; the server or the network is too slow",
  reset: "{server}: the connection was closed in the middle ({words})",
  "proxy-failed": "{server}: the proxy {proxy} did not connect ({words})",
  "unknown-authority":
    "{server}: certificate signed by an unknown authority (issuer {issuer}); give --certificate-authority, or check that this is your cluster",
  "certificate-expired":
    "{server}: the server's certificate expired on {date}; renew it, and check this machine's clock",
  "certificate-not-yet-valid":
    "{server}: the server's certificate is valid only from {date}; check this machine's clock",
  "certificate-name":
    "{server}: the certificate is for {names}, not for {host}; use one of these names or --tls-server-name",
  "client-certificate-refused": "{server}: the server refused the client certificate ({words})",
  "not-tls": "{server}: the server does not speak TLS here; is the port right, or is it http://?",
  tls: "{server}: no TLS connection ({words})",
  connection: "{server}: no connection ({words})",
  aborted: "{server}: interrupted",
  // answers
  unauthorized: "{server}: the server does not accept these credentials ({words}){hint}",
  forbidden: "{server}: {words}",
  throttled: "{server}: the server asks to wait and still does after {attempts} attempts ({words})",
  unavailable: "{server}: the server cannot answer now: {status} {words}",
  status: "{server}: {status} {words}",
  expired: "{server}: the list expired while it was read, {attempts} times; the server compacts faster than it answers",
  redirect: "{server}: answered with a redirect to {location}, which is not followed; is this an API server?",
  "not-kubernetes":
    "{server}: answered {status} with {type}, not with Kubernetes JSON ({words}); is a proxy or login page in between?",
  malformed: "{server}: {path} answered with malformed JSON ({words})",
  truncated: "{server}: the answer of {path} ends in the middle",
  "too-large": "{server}: the answer of {path} is larger than {bytes} bytes",
  // kinds
  "version-unknown": "{resource} is served as {served} only, which this Ringwall does not read",
  "not-listable": "{resource} is served but cannot be listed",
  "group-unavailable": "the API group version {groupVersion} could not be discovered: {words}",
  "server-gone": "{server}: stopped answering before this was read ({words})",
} as const;

export type FailureCode = keyof typeof FAILURE_TEXTS;
