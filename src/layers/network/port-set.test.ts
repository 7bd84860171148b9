import { expect, test } from "vitest";
import { isEqual, subtract, union } from "./interval-set.ts";
import {
  ALL_PORTS,
  everyPortOf,
  formatPorts,
  hasOtherProtocols,
  portRange,
  withoutOtherProtocols,
} from "./port-set.ts";

test("ports are printed per protocol, everything as one word", () => {
  expect(formatPorts(ALL_PORTS)).toBe("all");
  expect(formatPorts(union(portRange("TCP", 8080, 8080), portRange("TCP", 9000, 9010)))).toEqual({
    TCP: "8080,9000-9010",
  });
  expect(formatPorts(union(everyPortOf("UDP"), portRange("SCTP", 1, 2)))).toEqual({ UDP: "1-65535", SCTP: "1-2" });
  expect(formatPorts([])).toEqual({});
});

test("every port of the three protocols is not everything: other protocols have none", () => {
  const three = withoutOtherProtocols(ALL_PORTS);
  expect(hasOtherProtocols(three)).toBe(false);
  expect(formatPorts(three)).toEqual({ TCP: "1-65535", UDP: "1-65535", SCTP: "1-65535" });
  expect(hasOtherProtocols(subtract(ALL_PORTS, three))).toBe(true);
});

test("neighbouring protocols do not run into each other", () => {
  const both = union(portRange("TCP", 65_535, 65_535), portRange("UDP", 1, 1));
  expect(formatPorts(both)).toEqual({ TCP: "65535", UDP: "1" });
  expect(isEqual(portRange("TCP", 5, 4), [])).toBe(true);
});
