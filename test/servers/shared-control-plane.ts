// One control plane for all tests of a file.

import { afterAll, beforeAll } from "vitest";
import { serversUnavailable } from "./availability.ts";
import { startControlPlane, type ControlPlane, type ControlPlaneOptions } from "./control-plane.ts";

const BUILD_MILLISECONDS = 15 * 60_000;

/**
 * Starts it before the file's first test, unless servers are not to be had, and stops it after the last. Call the
 * result inside tests registered with `testWithServers`.
 */
export function sharedControlPlane(options: ControlPlaneOptions = {}): () => ControlPlane {
  let controlPlane: ControlPlane | undefined;
  beforeAll(async () => {
    if (serversUnavailable(undefined, options.version) === undefined) controlPlane = await startControlPlane(options);
  }, BUILD_MILLISECONDS);
  afterAll(async () => controlPlane?.stop());
  return () => {
    if (controlPlane === undefined) throw new Error("the control plane was not started");
    return controlPlane;
  };
}
