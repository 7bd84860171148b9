// `ringwall completion SHELL`: the script that makes a shell complete commands, flags and words.

import type { Command } from "commander";
import { writeChunks, type Streams } from "../streams.ts";
import { unknownWord } from "../usage-error.ts";
import { bashCompletion } from "./bash.ts";
import { completedCommands } from "./completion-model.ts";
import { fishCompletion } from "./fish.ts";
import { SHELLS } from "./shells.ts";
import { zshCompletion } from "./zsh.ts";

/** Both names under which the program is installed. */
const NAMES = ["ringwall", "kubectl-ringwall"];

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

export async function completion(shell: string, program: Command, streams: Streams): Promise<number> {
  const known = SHELLS.find((one) => one === shell);
  if (known === undefined) throw unknownWord("error.unknown-shell", shell, SHELLS);
  await writeChunks(streams.stdout, [SCRIPTS[known](completedCommands(program), NAMES)]);
  return 0;
}
