// Cases at the edge of techniques, said by Ringwall and decided by the server: which names count, what bindings promise, and
// what looks like an escalation and is none.

import { IDENTITY_VARIANTS } from "./identities.ts";
import type { Variants } from "./objects.ts";
import { RBAC_VARIANTS } from "./rbac.ts";

export const VARIANTS: Variants = { ...RBAC_VARIANTS, ...IDENTITY_VARIANTS };
