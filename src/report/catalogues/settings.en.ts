// Sentences about exceptions, baselines, configuration and rendering.

export const settingsEn = {
  "render.helm-absent": "Helm chart, and no `helm` on PATH",
  "render.helm-library": "a library chart: its templates are judged in the charts that use them",
  "render.kustomize-absent": "kustomization, and neither `kustomize` nor `kubectl` on PATH",
  "render.timeout": "{program} took longer than {seconds} s (--render-timeout)",
  "render.too-large": "{program} printed more than 256 MiB",
  "render.offline": "{program} wanted the network, which it is not given: {detail}",

  "verdict.known": "known",
  "report.known": "KNOWN",
  "report.gone": "GONE",
  "report.known-rest":
    "{count} {count|finding|findings} in {causes} {causes|cause|causes} were there before ({name}): --all",
  "report.compared": "Compared with {name}: {new} new, {known} known, {gone} gone.",
  "report.exit.0.known": "Exit 0: nothing new at {threshold} or worse (--fail-on {failOn}).",

  "note.exception-expired":
    "the exception for {what} expired on {expires}: {count} {count|finding is|findings are} open again",
  "note.exception-expired-unused": "the exception for {what} expired on {expires}, and covers nothing",
  "note.exception-unused": "the exception for {what} covers nothing: its resource is here and has no such finding",
  "note.exception-without-resource": "the exception for {what} covers nothing: no such resource in the input",
  "note.exception-over-broad":
    "the exception for {what} is too broad: name the rule, and a kind, namespace, name or label",
  "note.exception-incomplete": "the exception for {what} lacks {missing}",
  "note.exception-changed":
    "{name} has changed since {what} was excepted: the finding is open again (evidence is {hash} now)",
  "note.annotation-unknown-rule": "{annotation}: no such rule: {rule}",
  "note.annotation-no-day": "{annotation}: {value} is no day (YYYY-MM-DD); it excepts nothing",
  "note.gap-expired": "the acceptance of {what} expired on {expires}: {count} {count|gap is|gaps are} open again",
  "note.gap-expired-unused": "the acceptance of {what} expired on {expires}, and covers nothing",
  "note.gap-unused": "the acceptance of {what} covers nothing",
  "note.gap-over-broad": "the acceptance of {what} is too broad: name a kind, or a path below the root",
  "note.gap-incomplete": "the acceptance of {what} lacks {missing}",
  "note.configuration": "settings from {what}: {settings}",

  "error.setting-unknown": "no such key {value} (there are {known}){suggestion}",
  "error.setting-type": "{path}: expected {expected}, found {found}",
  "error.setting-documents": "one document is expected, and there are {count}",
  "error.setting-value": "{path}: no such value {value}{suggestion}",
  "error.setting-syntax": "{detail}",
  "error.unreadable": "{value} cannot be read: {detail}",
  "error.unknown-tool": "no such tool {value}{suggestion}",
  "error.no-report": "{value} is no JSON report of ringwall (-o json): {path} expected {expected}, found {found}",
  "error.two-baselines": "give either --baseline or --changed-since",
  "error.revision-of-input": "--changed-since needs files: standard input has no earlier revision",
  "error.no-git": "--changed-since needs `git` on PATH",
  "error.git": "git: {detail}",
  "error.unknown-revision": "no such revision {value}",
  "error.no-merge-base": "HEAD and {value} have no common history here (in a shallow clone, fetch more of it)",
  "error.outside-repository": "{value} is outside of the Git repository",
  "error.helm-set": "--helm-set takes KEY=VALUE, not {value}",
  "error.render-timeout": "--render-timeout takes seconds, up to {most}, not {value}",
  "error.output-outside":
    "{value} is outside of the folder of this file, which was found, not asked for: give --config to allow it",
  "error.draft-exists": "{value} is there already, and --draft-exceptions replaces nothing",
  "error.unknown-shell": "no such shell {value}{suggestion}",
} as const;
