// The formats of flow logs by name, apart from their readers: the command line names them without loading any.

export const FLOW_FORMATS = ["hubble", "calico", "goldmane", "aws-cni", "aws-vpc", "csv"] as const;
export type FlowFormat = (typeof FLOW_FORMATS)[number];
