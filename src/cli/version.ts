// The version of this program, from package.json: put in by the bundler, read at run time from a checkout.

import { readFileSync } from "node:fs";
import { join } from "node:path";

declare const RINGWALL_VERSION: string | undefined;

function versionOfCheckout(): string {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
    version: string;
  }; // our own file
  return manifest.version;
}

export const VERSION: string = typeof RINGWALL_VERSION === "string" ? RINGWALL_VERSION : versionOfCheckout();
