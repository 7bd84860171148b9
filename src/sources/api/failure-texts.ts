// Every way in which reading from a cluster can fail: one closed table of codes and English texts. A text is one line:
// what happened, then the next step. `{words}` is what the server, plugin or system said.

export const FAILURE_TEXTS = {
  // configuration
  "no-cluster": "no cluster to talk to: {searched} and this is no pod; give --kubeconfig FILE or a TARGET",
  "kubeconfig-absent": "{file}: no such file; give a kubeconfig that is there with --kubeconfig",
  "kubeconfig-forbidden": "{file}: permission denied; let this user read it, or give another with --kubeconfig",
  "kubeconfig-is-directory": "{file}: a directory, no kubeconfig; name the file in it",
  "kubeconfig-unreadable": "{file}: not readable ({words}); give another with --kubeconfig",
  "kubeconfig-invalid": "{place}: not a kubeconfig: {words}; correct it there, or give another with --kubeconfig",
  "kubeconfig-root":
    "{file}: not a kubeconfig: it is {found}, where an object with clusters, users and contexts belongs; give another with --kubeconfig",
  "kubeconfig-kind":
    "{place}: not a kubeconfig: its {field} is {found}, not {expected}; give a kubeconfig with --kubeconfig",
  "kubeconfig-duplicate": '{place}: two {list} are called "{name}"; rename or remove one of them',
  "field-not-text":
    "{place}: {field} must be text, not {found}; write text there, in quotes if it looks like something else",
  "field-not-boolean": "{place}: {field} must be true or false, not {found}; write one of the two, without quotes",
  "field-not-list": "{place}: {field} must be a list, not {found}; write one item a line, each after a dash",
  "field-not-mapping": "{place}: {field} must have fields of its own, not be {found}; write them below it, indented",
  "no-current-context": "{file}: no current context; choose one of {known} with --context",
  "context-unknown": 'no context "{name}" in {file}; there are {known}',
  "cluster-unknown": 'context "{context}" names the cluster "{name}", which {file} does not have',
  "cluster-unnamed": '{place}: context "{name}" names no cluster; add cluster: NAME to it, or give --cluster',
  "user-unknown": 'context "{context}" names the user "{name}", which {file} does not have',
  "server-missing": '{place}: cluster "{name}" has no server address; add server: https://HOST[:PORT] to it',
  "server-invalid": '{field}: "{address}" is no server address; write https://HOST[:PORT]',
  "server-user":
    "{field}: a user name or password in the address is not supported; remove it, and use a token, certificate or exec plugin",
  "server-name-invalid": '{field}: "{name}" is no host name; write a name that stands in the server\'s certificate',
  "file-absent": "{field}: there is no file {path}; correct the path, or put the file there",
  "file-forbidden": "{field}: {path} may not be read by this user; change its permissions",
  "file-is-directory": "{field}: {path} is a directory; name the file in it",
  "file-empty": "{field}: {path} is empty; log in again, or wait until it is written",
  "file-unreadable": "{field}: {path} could not be read ({words}); check the file",
  "data-not-base64": "{field}: this is not base64; copy it again, whole, or name a file instead",
  "certificate-unusable": "{field}: no usable certificate in PEM ({words}); copy it again, whole",
  "key-unusable": "{field}: no usable private key in PEM ({words}); copy it again, whole and without a passphrase",
  "key-missing": "{field}: there is no key to this certificate; add client-key or client-key-data",
  "key-mismatch": "{field}: this key does not belong to the client certificate; take both from one place",
  "token-unusable":
    "{field}: the token holds characters that cannot be sent, such as a line break; write it on one line, without blanks",
  "insecure-with-authority":
    "{field} contradicts insecure-skip-tls-verify; keep one of the two (the authority is the safe one)",
  "credential-unsupported": '{place}: user "{name}": {what} is not supported; {instead}',
  "proxy-invalid": '{field}: "{address}" is no proxy address; expected http://HOST:PORT or https://HOST:PORT',
  "proxy-unsupported": "{field}: {scheme} proxies are not supported; give an http or https proxy, or a direct route",
  "impersonation-without-user": "a group or uid is impersonated without a user; give --as USER too",
  "impersonation-incomplete": '{place}: user "{name}" has {field} but no "as"; add as: USER to it, or give --as USER',
  "impersonation-unusable":
    '"{name}" cannot be acted as: it holds a line break or another control character; write the name on one line',
  // exec credential plugins
  "plugin-not-found": 'credential plugin "{command}" of user "{name}" is not installed.{hint}',
  "plugin-failed": 'credential plugin "{command}" of user "{name}" failed ({outcome}): {words}',
  "plugin-failed-aloud": 'credential plugin "{command}" of user "{name}" failed ({outcome}); what it said stands above',
  "plugin-not-executable":
    'credential plugin "{command}" of user "{name}" may not be run by this user; make it executable (chmod +x)',
  "plugin-timeout":
    'credential plugin "{command}" of user "{name}" gave no answer within {seconds} s; run it by hand to see why, or allow it longer with --request-timeout',
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
    "{server}: the certificate is for {names}, not for {host}; address the server by one of these names, or give one with --tls-server-name",
  "certificate-name-asked":
    "{server}: the certificate is for {names}, not for {host}, which {field} asks for; put one of these names there, or remove it",
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
