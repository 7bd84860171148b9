// Every sentence of the program except the rules' own, which stand in their folders. Ids, paths and values stay as they are.

import { accessEn } from "./access.en.ts";
import { attackEn } from "./attack.en.ts";
import { admitEn } from "./admit.en.ts";
import { minimizeEn } from "./minimize.en.ts";
import { hardenEn } from "./harden.en.ts";
import { networkEn } from "./network.en.ts";
import { networkGenerateEn } from "./network-generate.en.ts";
import { frameworksEn } from "./frameworks.en.ts";
import { settingsEn } from "./settings.en.ts";

export const en = {
  ...accessEn,
  ...admitEn,
  ...attackEn,
  ...hardenEn,
  ...minimizeEn,
  ...networkEn,
  ...networkGenerateEn,
  ...settingsEn,
  ...frameworksEn,
  // Why something was not evaluated. The key is the gap's code.
  "document-too-large": "one document of {mebibytes} MiB (the limit outside a List is 16 MiB)",
  "duplicate-key": "duplicate key; the document (lines {firstLine} to {lastLine}) was not evaluated",
  "helm-not-rendered": "Helm chart: {detail}",
  "invalid-field": "{path}: expected {expected}, found {found}",
  "invalid-utf8": "bytes that are no UTF-8",
  "json-truncated": "the JSON ends before its last bracket",
  "kustomize-not-rendered": "kustomization: {detail}",
  "list-is-one-page": "one page of a longer list (metadata.continue is set): the rest is not in the file",
  "no-objects": "no Kubernetes objects in {targets} ({files} {files|file|files} read, {others} without any)",
  "nul-byte": "a NUL byte: binary, or UTF-16",
  "secret-contents": "contents of Secrets are not read, by design",
  "symlink-loop": "a symbolic link back to a directory above it",
  "too-deep": "nested deeper than 1,000 levels",
  "unknown-pod-carrier": "kind {kind} ({apiVersion}): no known pod template",
  unreadable: "{detail}",
  "unrendered-template": "a template that was not rendered ({detail})",
  "yaml-alias-bomb": "aliases expand to more than 1,000,000 nodes",
  "yaml-syntax": "{detail}; the document (lines {firstLine} to {lastLine}) was not evaluated",
  "yaml-tab":
    "found a tab where YAML allows only spaces; the document (lines {firstLine} to {lastLine}) was not evaluated",

  // The text report.
  "report.header":
    "Ringwall {version} · {objects} {objects|object|objects} · {workloads} {workloads|workload|workloads} in {namespaces} {namespaces|namespace|namespaces} · Kubernetes {kubernetes} · {seconds} s",
  "report.not-applicable": "not applicable",
  "report.no-kind": "no {kinds} in the input",
  "report.not-selected": "no rule of this layer was selected",
  "report.no-rules": "no rule of this layer yet",
  "severity.critical": "critical",
  "severity.high": "high",
  "severity.medium": "medium",
  "severity.low": "low",
  "report.workloads": "{count} {count|workload|workloads}",
  "report.resources": "{count} {count|resource|resources}",
  "report.pods": "{count} {count|pod|pods}",
  "report.instances": "in {count} of {total} {total|pod|pods}",
  "report.comma": ", ",
  "report.context": "context {context}",
  "report.taken": "dump of {time}",
  "report.all-namespaces": "all namespaces",
  "report.only-namespaces": "{count|namespace|namespaces} {names} (-A for all)",
  "origin.static-pod": "static pod of node {node}",
  "origin.orphan": "controlled by {owner}, which is not in the input",
  "origin.not-in-template": "not in the template",
  "origin.older-template": "from {owner}, an older template that still runs",
  "report.unset": "unset",
  "report.unset-default": "{unset} (default {value})",
  "report.redacted": "not shown",
  "report.fix": "Fix: {fix}",
  "report.more": "… {count} more: --rule {rule}",
  "report.rest": "+ {list} in {causes} {causes|cause|causes}: --all",
  "report.and": " and ",
  "report.not-evaluated": "NOT EVALUATED",
  "report.manual": "TO BE CHECKED BY A PERSON",
  "report.excepted": "EXCEPTED",
  "report.notes": "NOTES",
  "report.duplicate": "{name}: given more than once; each was evaluated, relations use the last",
  "report.clean":
    "No findings. {workloads} {workloads|workload|workloads}, {rules} {rules|rule|rules}, nothing left unevaluated.",
  "report.clean-incomplete":
    "No findings in what was evaluated. {workloads} {workloads|workload|workloads}, {rules} {rules|rule|rules}; {gaps} {gaps|thing|things} not evaluated.",
  "report.nothing": "Nothing was evaluated: {reason}.",
  "report.total": "{findings} {findings|finding|findings} from {causes} {causes|cause|causes}.",
  "report.sentences": "{first} {second}",
  "report.exit.0": "Exit 0: nothing at {threshold} or worse (--fail-on {failOn}).",
  "report.exit.0.none": "Exit 0: findings never fail (--fail-on none).",
  "report.exit.1": "Exit 1: {threshold} or worse found (--fail-on {failOn}).",
  "report.exit.3": "Exit 3: not everything could be evaluated.",
  "report.written": "{findings} {findings|finding|findings}; written to {files}. Exit {exit}.",
  "report.written-to": "written to {files}",

  // The other formats.
  "report.gap-accepted": "{text} (accepted: {exception})",
  "report.gap-by-design": "{text} (accepted)",
  "report.note": "note",
  "report.more-all": "… {count} more: --all",
  "report.gap": "Not evaluated: {text}",
  "report.summary":
    "{objects} {objects|object|objects}, {workloads} {workloads|workload|workloads} in {namespaces} {namespaces|namespace|namespaces}, {rules} {rules|rule|rules}, Kubernetes {kubernetes}",
  "report.pass": "{count} {count|resource|resources} pass",
  "report.no-findings": "No findings",
  "verdict.fail": "finding",
  "verdict.manual": "to be checked by a person",
  "verdict.not-evaluated": "not evaluated",
  "verdict.excepted": "excepted",
  "exception.owner": "owner {owner}",
  "exception.expires": "until {expires}",
  "exception.text": "{reason} ({facts})",
  "exception.because": "excepted: {text}",
  "column.resource": "Resource",
  "column.where": "Where",
  "column.value": "What is there",
  "column.reason": "Why",
  "markdown.rest": "{count} more {count|row does|rows do} not fit into a comment: -o json or -o html has them all.",
  "github.summary":
    "{findings} {findings|finding|findings} ({critical} critical, {high} high, {medium} medium, {low} low), {manual} to be checked by a person, {excepted} excepted, {gaps} not evaluated.",
  "github.shown":
    "{shown} of {total} {total|thing|things} as annotations (a step may show 10 of each level); the log lists the rest.",
  "github.rest": "{count} without an annotation",

  // The page of the HTML report.
  "html.title": "Ringwall: {targets}",
  "html.skip": "Skip to the findings",
  "html.noscript": "The findings stand in this file, but it takes JavaScript to list them.",
  "html.language": "Language",
  "html.theme": "Theme",
  "html.theme-auto": "system",
  "html.theme-light": "light",
  "html.theme-dark": "dark",
  "html.findings": "Findings",
  "html.notes": "notes",
  "html.filters": "Filters",
  "html.search": "Search",
  "html.search-hint": "name, file, value, rule",
  "html.severity": "Severity",
  "html.status": "Verdict",
  "html.layer": "Layer",
  "html.namespace": "Namespace",
  "html.rule": "Rule",
  "html.any": "all",
  "html.cluster-scoped": "(cluster-scoped)",
  "html.reset": "Reset",
  "html.shown": "{findings} {findings|entry|entries} from {causes} {causes|cause|causes}",
  "html.places": "{count} {count|place|places}",
  "html.nothing-matches": "Nothing matches these filters.",
  "html.more": "Show {count} more",
  "html.unprinted": "{count} more are not printed: narrow the filters, or open the file.",
  "html.passed": "{percent} % pass",
  "html.frameworks": "Frameworks: {list}",

  // workloads admit
  "admit.header": "{denied} of {total} {total|workload|workloads} would be rejected at {level}:{version}",
  "admit.all": "{total} {total|workload|workloads} would be admitted at {level}:{version}",
  "admit.later": "the {kind} itself is accepted: its pods are not, and fail from the next rollout on",
  "admit.none": "no pods in the input",

  // explain
  "explain.severity": "Severity: {severity}",
  "explain.known-as": "Known as: {list}",
  "explain.reads": "Reads: {list}",
  "explain.references": "Source: {list}",
  "explain.bad": "Bad",
  "explain.good": "Good",

  // The live cluster
  "cluster-empty": "no object could be read from {server}",
  "dump.written": "{objects} {objects|object|objects} of {server} written to {file}. No Secret is in it.",
  "dump.incomplete":
    "{objects} {objects|object|objects} of {server} written to {file}, but {gaps} {gaps|kind|kinds} could not be read; the dump says which.",

  // Usage errors: one line that names the mistake and the next step.
  "error.unknown-rule": "no such rule {value}{suggestion}",
  "error.unknown-layer": "no such layer {value}{suggestion}",
  "error.unknown-framework": "no such framework {value}{suggestion}",
  "error.unknown-format": "no such format {value}{suggestion}",
  "error.unknown-severity": "no such severity {value}{suggestion}",
  "error.unknown-level": "no such level {value}{suggestion}",
  "error.unknown-policy-version": "no such policy version {value}: give latest or v1.N",
  "error.unknown-kubernetes-version": "no such Kubernetes version {value}: give 1.N, v1.N or v1.N.P",
  "error.unknown-kind": "no object of kind {value} in the input{suggestion}",
  "error.unknown-namespace": "no object in namespace {value} in the input{suggestion}",
  "error.unknown-topic": "no such rule or framework {value}{suggestion}",
  "error.unknown-language": "no such language {value}{suggestion}",
  "error.unknown-color": "no such colour mode {value}{suggestion}",
  "error.target-missing": "no such file or directory: {value}",
  "error.target-needed": "give a TARGET: a file, a directory, or - for standard input",
  "error.output-unwritable": "{value} cannot be written: {detail}",
  "error.output-twice": "two outputs would share standard output: give all but one a file (-o FORMAT=FILE)",
  "error.output-same-file": "two outputs would be one file: {value}",
  "error.unknown-feature": "no such feature {value}{suggestion}",
  "error.namespace-name":
    "no namespace can be called {value}: give lower-case letters, digits and -, at most 63, with a letter or digit at both ends",
  "error.role-name": "no role can be called {value}: give one segment of a path, without / and %",
  "error.request-timeout": "no such duration {value}: give seconds, or a number with ms, s, m or h",
  "error.dump-to-terminal": "a dump is binary: give -o FILE, or send it through a pipe",
  "error.did-you-mean": ". Did you mean {value}?",
  "error.internal": "internal error, a defect of Ringwall: {detail}. Run again with --debug for the stack trace.",
  "error.interrupted": "interrupted",
} as const;

export type MessageId = keyof typeof en;
