import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { RULES } from "../../src/controls/registry.generated.ts";
import { findProgram } from "../servers/go-toolchain.ts";
import { ringwall, withFolder } from "./program.ts";

/** A test that needs a shell. Skipped by name, with the reason, where there is none. */
function testWithShell(shell: "bash" | "zsh" | "fish", name: string, run: (script: string) => Promise<void>): void {
  const path = findProgram(shell);
  const fullName = path === undefined ? `${shell}: ${name} (no ${shell} on PATH)` : `${shell}: ${name}`;
  test.skipIf(path === undefined)(fullName, async () => {
    const { code, stdout, stderr } = await ringwall(["completion", shell]);
    expect([code, stderr]).toEqual([0, ""]);
    await withFolder({ script: stdout }, (folder) => run(join(folder, "script")));
  });
}

function outputOf(shell: string, arguments_: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(shell, arguments_, { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

/** What bash offers for words as it splits them; the last is the one being typed. */
function bash(script: string, words: readonly string[]): readonly string[] {
  const program = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ringwall; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return outputOf("bash", ["-c", program, "bash", script, ...words])
    .split("\n")
    .filter((line) => line !== "");
}

describe("completion", () => {
  testWithShell("bash", "the script is loaded, and registered for both names", async (script) => {
    const registered = outputOf("bash", ["-c", `source "$1"; complete -p ringwall kubectl-ringwall`, "bash", script]);
    expect(registered).toBe(
      "complete -o default -F _ringwall ringwall\ncomplete -o default -F _ringwall kubectl-ringwall\n",
    );
  });

  testWithShell("bash", "commands, groups, flags and words", async (script) => {
    expect(bash(script, ["ringwall", "sc"])).toEqual(["scan"]);
    expect(bash(script, ["ringwall", ""])).toEqual(
      expect.arrayContaining(["scan", "explain", "workloads", "completion"]),
    );
    expect(bash(script, ["ringwall", "workloads", "ad"])).toContain("admit");
    expect(bash(script, ["ringwall", "scan", "--fail"])).toEqual(["--fail-on"]);
    expect(bash(script, ["ringwall", "scan", "--fail-on", ""])).toEqual(["critical", "high", "medium", "low", "none"]);
    expect(bash(script, ["ringwall", "scan", "--fail-on", "=", "cr"])).toEqual(["critical"]);
    expect(bash(script, ["ringwall", "scan", "--fail-on", "="])).toContain("none");
    expect(bash(script, ["ringwall", "scan", "-o", "sa"])).toEqual(["sarif"]);
    expect(bash(script, ["ringwall", "scan", "--rule", "workloads/privileged-c"])).toEqual([
      "workloads/privileged-container",
    ]);
    expect(bash(script, ["ringwall", "scan", "--layer", ""])).toContain("workloads");
    expect(bash(script, ["ringwall", "scan", "--respect", "kube-"])).toEqual(["kube-linter", "kube-score"]);
    expect(bash(script, ["ringwall", "explain", "workloads/host-pi"])).toEqual(["workloads/host-pid"]);
    expect(bash(script, ["ringwall", "completion", ""])).toEqual(["bash", "zsh", "fish"]);
    expect(bash(script, ["ringwall", "workloads", "admit", "--level", "ba"])).toEqual(["baseline"]);
  });

  testWithShell(
    "bash",
    "lists go on after a comma; values are no commands; files are left to readline",
    async (script) => {
      expect(bash(script, ["ringwall", "scan", "--severity", "high,l"])).toEqual(["high,low"]);
      expect(bash(script, ["ringwall", "scan", "-n", "explain", "--no-c"])).toEqual(["--no-config"]);
      expect(bash(script, ["ringwall", "scan", "--baseline", ""])).toEqual([]);
      expect(bash(script, ["ringwall", "scan", "dep"])).toEqual([]);
      expect(bash(script, ["ringwall", "scan", "-n", ""])).toEqual([]);
    },
  );

  testWithShell("bash", "every rule is offered", async (script) => {
    const offered = bash(script, ["ringwall", "scan", "--rule", ""]);
    expect(offered.toSorted()).toEqual(RULES.map(({ id }) => id as string).toSorted());
  });

  testWithShell("fish", "commands, flags, words and lists", async (script) => {
    const fish = (line: string): readonly string[] =>
      outputOf("fish", ["--no-config", "-c", `source $argv[1]; complete -C $argv[2]`, script, line])
        .split("\n")
        .map((one) => one.split("\t", 1)[0] ?? "")
        .filter((one) => one !== "");
    expect(fish("ringwall sc")).toEqual(["scan"]);
    expect(fish("kubectl-ringwall sc")).toEqual(["scan"]);
    expect(fish("ringwall workloads ad")).toContain("admit");
    expect(fish("ringwall scan --fail")).toEqual(["--fail-on"]);
    expect(fish("ringwall scan --fail-on ").toSorted()).toEqual(["critical", "high", "low", "medium", "none"]);
    expect(fish("ringwall scan --rule workloads/privileged-c")).toEqual(["workloads/privileged-container"]);
    expect(fish("ringwall scan --severity high,l")).toEqual(["high,low"]);
    expect(fish("ringwall workloads admit --level ba")).toEqual(["baseline"]);
    expect(fish("ringwall explain workloads/host-pi")).toEqual(["workloads/host-pid"]);
    expect(fish("ringwall completion z")).toEqual(["zsh"]);
  });

  testWithShell("zsh", "commands, flags, words and lists, in a terminal", async (script) => {
    // zsh completes only while a line is edited: a pseudo terminal types it, and the widget prints what was inserted.
    const driver = `
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1=; autoload -Uz compinit; compinit -u -D; source $1; setopt no_beep no_auto_menu; bindkey '^I' expand-or-complete"
zpty -w z "show() { print -r -- \\"<<\\$BUFFER>>\\"; BUFFER=; zle accept-line }; zle -N show; bindkey '^X' show; print ready"
zpty -r z seen '*ready*ready*'
zpty -n -w z "$2"$'\\t'$'\\x18'
zpty -r z seen '*<<*>>*'
print -r -- "\${\${seen##*<<}%%>>*}"
zpty -d z
`;
    const driverFile = `${script}.driver`;
    writeFileSync(driverFile, driver);
    const zsh = (line: string): string => outputOf("zsh", ["-f", driverFile, script, line]).trimEnd();
    expect(zsh("ringwall sca")).toBe("ringwall scan");
    expect(zsh("kubectl-ringwall workloads adm")).toMatch(/^kubectl-ringwall workloads admit$/);
    expect(zsh("ringwall scan --fail-o")).toMatch(/^ringwall scan --fail-on=?$/);
    expect(zsh("ringwall scan --fail-on cri")).toBe("ringwall scan --fail-on critical");
    expect(zsh("ringwall scan --rule workloads/privileged-c")).toMatch(/workloads\/privileged-container,?$/);
    expect(zsh("ringwall scan --severity high,crit")).toMatch(/high,critical,?$/);
    expect(zsh("ringwall completion fi")).toBe("ringwall completion fish");
  });

  test("an unknown shell is a usage error", async () => {
    const { code, stdout, stderr } = await ringwall(["completion", "bsh"]);
    expect([code, stdout, stderr]).toEqual([2, "", 'ringwall: no such shell "bsh". Did you mean bash?\n']);
  });
});
