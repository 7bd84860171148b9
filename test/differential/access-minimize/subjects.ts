// Who asks, and where.

export const NAMESPACES = ["shop", "billing", "ops"] as const;
export const USERS = [
  { name: "alice", groups: [] },
  { name: "bob", groups: ["writers"] },
  { name: "approver", groups: [] },
  { name: "acting", groups: [] },
  { name: "carol", groups: ["devs"] },
  { name: "dave", groups: ["devs"] },
] as const;
export const ACCOUNTS = [
  { namespace: "shop", name: "reader" },
  { namespace: "shop", name: "deployer" },
  { namespace: "ops", name: "operator" },
] as const;
