// Which addresses are the public internet.

import { EVERY_ADDRESS, parseCidr, type AddressSet } from "./address-set.ts";
import { subtract } from "./interval-set.ts";

/** What is commonly not the internet: private, shared, link-local, loopback, multicast, documentation, reserved. */
const NOT_INTERNET = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
  "::/3",
  "4000::/2",
  "8000::/1",
  "2001:db8::/32",
];

/** Addresses of the public internet (IANA special-purpose registries; IPv6 global unicast is 2000::/3). */
export const INTERNET: AddressSet = NOT_INTERNET.reduce<AddressSet>(
  (set, cidr) => subtract(set, parseCidr(cidr)?.set ?? []),
  EVERY_ADDRESS,
);
