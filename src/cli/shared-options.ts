// What every command of the program shares, handed in by it.

import type { Command } from "commander";

export interface SharedOptions {
  readonly addCommon: (command: Command, formats?: string) => Command;
  readonly addTargets: (command: Command) => Command;
  readonly addConfiguration: (command: Command) => Command;
  readonly examples: (
    rows: readonly (readonly [command: string, meaning: string])[],
  ) => (context: { readonly command: Command }) => string;
  readonly settle: <T extends { readonly output: readonly string[]; readonly format: readonly string[] }>(
    command: Command,
    flags: T,
  ) => Promise<T>;
}
