// A temporary folder with the servers that run in it. Both go when it is closed, and also when the test process dies:
// a watchdog shell holds the other end of a pipe, and at its end kills what is still there.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Server {
  readonly pid: number;
  /** What it has written so far. */
  readonly log: () => string;
  /** Resolves when it has ended, for whatever reason. */
  readonly exited: Promise<void>;
  readonly hasExited: () => boolean;
  /** Kills it and waits for its end. */
  readonly stop: () => Promise<void>;
}

export interface Workspace {
  readonly directory: string;
  readonly path: (name: string) => string;
  /** Starts a program whose output goes to `<name>.log` in the folder. */
  readonly start: (name: string, binary: string, programArguments: readonly string[]) => Server;
  /** Stops every server and removes the folder. May be called twice. */
  readonly close: () => Promise<void>;
}

const WATCHDOG = `
pids=
while read -r pid; do
  if [ "$pid" = done ]; then pids=; else pids="$pids $pid"; fi
done
[ -z "$pids" ] || kill -9 $pids 2>/dev/null
exec rm -rf -- "$1"
`;

export function createWorkspace(name: string): Workspace {
  const directory = mkdtempSync(join(tmpdir(), `ringwall-${name}-`));
  const watchdog = spawn("/bin/sh", ["-c", WATCHDOG, "watchdog", directory], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true, // so that an interrupt of the terminal's process group leaves it time to clean up
  });
  watchdog.unref();
  const gone = once(watchdog, "exit");
  const servers: Server[] = [];
  return {
    directory,
    path: (file) => join(directory, file),
    start: (serverName, binary, programArguments) => {
      const server = startServer(join(directory, `${serverName}.log`), binary, programArguments);
      watchdog.stdin.write(`${server.pid}\n`);
      servers.push(server);
      return server;
    },
    close: async () => {
      await Promise.all(servers.map((server) => server.stop()));
      watchdog.ref(); // now its end is waited for
      if (watchdog.stdin.writable) watchdog.stdin.end("done\n");
      await gone;
    },
  };
}

function startServer(logPath: string, binary: string, programArguments: readonly string[]): Server {
  const log = openSync(logPath, "a");
  const child = spawn(binary, [...programArguments], { stdio: ["ignore", log, log] });
  closeSync(log);
  let ended = false;
  const exited = new Promise<void>((resolve) => {
    const end = (): void => {
      ended = true;
      resolve();
    };
    child.once("exit", end);
    child.once("error", end);
  });
  return {
    pid: pidOf(child, binary),
    log: () => readFileSync(logPath, "utf8"),
    exited,
    hasExited: () => ended,
    stop: async () => {
      child.kill("SIGKILL"); // nothing of it is kept, so there is nothing to shut down in order
      await exited;
    },
  };
}

function pidOf(child: ChildProcess, binary: string): number {
  if (child.pid === undefined) throw new Error(`${binary} cannot be started`);
  return child.pid;
}
