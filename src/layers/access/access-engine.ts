// The access engine: who may do what, exactly as the API server decides it. One immutable value per cluster; a change
// gives a new one that shares what did not change.

import { NEWEST_KNOWN_MINOR, type KubernetesMinor } from "../../kubernetes/kubernetes-version.ts";
import { changeAccessState, emptyAccessState, type AccessChange, type AccessState } from "./access-state.ts";
import type { Action, ResourceAction } from "./action.ts";
import { authorize, grantsOf, type AuthorizerMode, type Authorizers } from "./authorizer.ts";
import type { Decision } from "./decision.ts";
import { checkEscalation, type EscalationVerdict } from "./escalation.ts";
import type { Grant } from "./grant.ts";
import type { Identity } from "./identity.ts";
import { accessFeatures, type AccessFeatures } from "./minor-differences.ts";
import { nodeRules } from "./node-rules.ts";
import { nodesThatCan, type NodesThatCan } from "./nodes-that-can.ts";
import type { PolicyRule } from "./policy-rule.ts";
import { resolveRules, type ResolvedRules } from "./rbac-authorizer.ts";
import { serverWording, type ErrorWording } from "./resolution-error.ts";
import type { AccessObject } from "./resource-reference.ts";
import { whoCan, whoCanAnywhere, type WhoCan } from "./who-can.ts";

export interface AccessOptions {
  /** The newest known unless given. */
  readonly minor?: KubernetesMinor;
  /** Feature gates set otherwise than the minor's defaults. */
  readonly features?: Partial<AccessFeatures>;
  /** `server` unless given. */
  readonly authorizer?: AuthorizerMode;
  /** Of namespaced objects that name none; `default` unless given. */
  readonly defaultNamespace?: string;
  /** The API server's words unless given. */
  readonly wording?: ErrorWording;
}

/** `S` is whatever the caller needs to say where an object came from; the engine only hands it back. */
export interface Access<S> {
  readonly features: AccessFeatures;
  readonly state: AccessState<S>;
  /** Microseconds: it reads the bindings that name the user or its groups, no others. */
  readonly authorize: (identity: Identity, action: Action) => Decision<S>;
  /** Every grant, not only the first. */
  readonly grantsOf: (identity: Identity, action: Action) => readonly Grant<S>[];
  /** The nodes that the Node authorizer lets do it, beside the subjects of {@link Access.whoCan}. */
  readonly nodesThatCan: (action: Action) => NodesThatCan<S>;
  /** RBAC subjects and system:masters. Linear in the bindings of the cluster scope and the action's namespace. */
  readonly whoCan: (action: Action) => WhoCan<S>;
  /** Who may do it in every namespace, and who besides in one of them. */
  readonly whoCanAnywhere: (action: ResourceAction) => ReturnType<typeof whoCanAnywhere<S>>;
  /** Every RBAC rule of an identity in a namespace (empty text: cluster-wide) with its chain. */
  readonly rulesOf: (identity: Identity, namespace: string) => ResolvedRules<S>;
  /** Whether the identity's own rules cover others, as the API server asks before it writes a role or binding. */
  readonly checkEscalation: (
    identity: Identity,
    namespace: string,
    rules: readonly PolicyRule[],
    wording?: ErrorWording,
  ) => EscalationVerdict<S>;
  /** The engine after the changes; equal to one built anew from the changed objects. */
  readonly with: (changes: Iterable<AccessChange<S>>) => Access<S>;
}

/**
 * Builds the engine. Objects that no authorizer reads are ignored; of two with one identity the last counts. Linear;
 * indexes are built by the first question that needs them.
 *
 * @example
 * const access = createAccess([{ object: role, source: "role.yaml" }, { object: binding, source: "binding.yaml" }]);
 * access.authorize(authenticated("alice"), resourceAction("get", "pods", { namespace: "shop" })).allowed;
 */
export function createAccess<S>(objects: Iterable<AccessObject<S>>, options: AccessOptions = {}): Access<S> {
  const features = accessFeatures(options.minor ?? NEWEST_KNOWN_MINOR, options.features);
  const settings = { ...options, features, rules: nodeRules(features) };
  return accessOf(changeAccessState(emptyAccessState<S>(), puts(objects), { ...options, isFirstRead: true }), settings);
}

interface Settings extends AccessOptions {
  readonly features: AccessFeatures;
  readonly rules: ReturnType<typeof nodeRules>;
}

function accessOf<S>(state: AccessState<S>, settings: Settings): Access<S> {
  const { features, rules, wording = serverWording, authorizer: mode = "server" } = settings;
  const authorizers: Authorizers<S> = { rbac: state.rbac, node: { graph: state.nodes, rules, features }, wording };
  return {
    features,
    state,
    authorize: (identity, action) => authorize(authorizers, mode, identity, action),
    grantsOf: (identity, action) => grantsOf(authorizers, mode, identity, action),
    nodesThatCan: (action) => nodesThatCan(authorizers.node, action),
    whoCan: (action) => whoCan(state.rbac, action),
    whoCanAnywhere: (action) => whoCanAnywhere(state.rbac, action),
    rulesOf: (identity, namespace) => resolveRules(state.rbac, identity, namespace),
    checkEscalation: (identity, namespace, granted, words = wording) =>
      checkEscalation(state.rbac, identity, namespace, granted, words),
    with: (changes) => accessOf(changeAccessState(state, changes, settings), settings),
  };
}

function* puts<S>(objects: Iterable<AccessObject<S>>): Generator<AccessChange<S>> {
  for (const { object, source } of objects) yield { kind: "set", object, source };
}
