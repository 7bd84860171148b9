// A Secret of type bootstrap.kubernetes.io/token in kube-system is a credential of the creator's choice: it authenticates as
// system:bootstrap:ID in system:bootstrappers and in any group below it that it names.

import type { AttackWorld } from "../../attack-world.ts";
import { boundNames } from "../../any-identity.ts";
import { creationPowers, creations, powersToCreate } from "../../creation.ts";
import { EVERYWHERE, type Holding } from "../../holding.ts";
import type { Technique } from "../../technique.ts";

const NAMESPACE = "kube-system";
const GROUP = /^system:bootstrappers(:[a-z0-9:-]{0,255}[a-z0-9])?$/;
const SECRETS = creationPowers("", "secrets");
const SECRET = /^bootstrap-token-[a-z0-9]{6}$/;
const USER = /^system:bootstrap:[a-z0-9]{6}$/;

export const bootstrapToken: Technique = {
  id: "bootstrap-token",
  attack: ["T1136"],
  source:
    "k/k plugin/pkg/auth/authenticator/token/bootstrap/bootstrap.go; k8s.io/cluster-bootstrap token/util/helpers.go",
  powers: () => powersToCreate(SECRETS),
  *steps(world) {
    const { rights } = world;
    const groups = [...boundNames(rights.bound, "group")].filter((name) => GROUP.test(name));
    const users = [...boundNames(rights.bound, "user")].filter((name) => USER.test(name));
    // The API server honours such tokens only where it was told to; that bindings count on them is the sign of it, unless
    // the server itself is to be seen.
    if (groups.length + users.length === 0 || isKnownOff(world)) return;
    for (const { needs, namespace, name } of creations(rights, SECRETS)) {
      if (namespace !== NAMESPACE && namespace !== EVERYWHERE) continue;
      if (name === "" || SECRET.test(name)) yield { needs, gives: TOKEN, says: { namespace: NAMESPACE } };
    }
    for (const name of groups) yield { needs: [TOKEN], gives: { kind: "group", name }, isMeant: true };
    for (const name of users) yield { needs: [TOKEN], gives: { kind: "user", name }, isMeant: true };
  },
};

/** An API server runs as a pod, without the flag. */
function isKnownOff({ podsIn }: AttackWorld): boolean {
  const commands = podsIn(NAMESPACE).map(({ declared }) =>
    (declared.spec?.containers ?? []).flatMap((one) => [...(one?.command ?? []), ...(one?.args ?? [])]),
  );
  const servers = commands.filter((words) => words.some((word) => word?.endsWith("kube-apiserver") === true));
  return servers.length > 0 && !servers.some((words) => words.some((word) => word != null && IS_ON.test(word)));
}

const IS_ON = /^--enable-bootstrap-token-auth(=true)?$/;

const TOKEN: Holding = { kind: "means", of: "bootstrap-token", namespace: NAMESPACE, name: "" };
