// Service accounts: their tokens asked for, written into Secrets, or taken with accounts that were promised.

import { waitFor } from "../../../servers/wait-for.ts";
import type { CarryOuts } from "../carry-out.ts";
import { TOKEN_REQUEST, tokenIn } from "../credentials.ts";
import { accepted, refusal, waitUnlessRefused, type Site } from "../site.ts";
import { expectUser, MERGE, untilKnown } from "../use.ts";

const NAME = "kubernetes.io/service-account.name";
const UID = "kubernetes.io/service-account.uid";

interface Secret {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly data?: Readonly<Record<string, string>>;
}

const core = (site: Site, path: string) => `/api/v1/namespaces/${site.name("shop")}/${path}`;

function tokenSecret(name: string, account: string) {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, annotations: { [NAME]: account } },
    type: "kubernetes.io/service-account-token",
  };
}

/** The token of a Secret once the controller has filled it; refused when it fills a later one first. */
async function tokenOfSecret(site: Site, name: string, account: string): Promise<string> {
  const later = tokenSecret("later", account);
  await site.admin("POST", core(site, "secrets"), later);
  return waitUnlessRefused(`a token in Secret ${name}`, async () => {
    const filled = (await site.admin("GET", core(site, "secrets/later"))).body as Secret; // of the controller
    const secret = accepted<Secret>(await site.ask("GET", core(site, `secrets/${name}`)), "to read the Secret");
    const isOf = secret.metadata.annotations?.[NAME] === account;
    const token = secret.data?.["token"];
    if (isOf && token !== undefined) return Buffer.from(token, "base64").toString();
    if (filled.data?.["token"] !== undefined) return "none";
    return undefined;
  });
}

async function useToken(site: Site, token: string, account: string): Promise<void> {
  if (token === "none") throw refusal("the Secret was not filled");
  await untilKnown(site, { token });
  await expectUser(site, { token }, `system:serviceaccount:shop:${account}`);
}

async function requestToken(site: Site, account: string): Promise<void> {
  const answer = await site.ask("POST", core(site, `serviceaccounts/${account}/token`), TOKEN_REQUEST);
  await useToken(site, tokenIn(accepted(answer, "to get a token")), account);
}

export const TOKEN_CARRY_OUTS: CarryOuts = {
  "change-token-secret": {
    run: async (site) => {
      const change = { metadata: { annotations: { [NAME]: "deployer", [UID]: null } }, data: { token: null } };
      const path = core(site, "secrets/robot-token");
      await waitFor("the Secret to be filled first", async () => {
        const { body } = await site.admin("GET", path);
        const { type, data } = body as Secret & { readonly type: string }; // of the server
        return type === "Opaque" || data?.["token"] !== undefined ? true : undefined;
      });
      accepted(await site.ask("PATCH", path, change, MERGE), "to change the Secret");
      await useToken(site, await tokenOfSecret(site, "robot-token", "deployer"), "deployer");
    },
  },
  "claim-service-account": {
    run: async (site) => {
      const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "migrator" } };
      accepted(await site.ask("POST", core(site, "serviceaccounts"), account), "to create the account");
      await requestToken(site, "migrator");
    },
  },
  "create-token-secret": {
    run: async (site) => {
      const secret = tokenSecret("taken", "deployer");
      accepted(await site.ask("POST", core(site, "secrets"), secret), "to create the Secret");
      await useToken(site, await tokenOfSecret(site, "taken", "deployer"), "deployer");
    },
  },
  "read-secrets": {
    run: async (site) => {
      accepted(await site.ask("GET", core(site, "secrets")), "to read Secrets");
    },
  },
  "secret-token": {
    run: async (site) => {
      await useToken(site, await tokenOfSecret(site, "robot-token", "robot"), "robot");
    },
  },
  "token-request": { run: (site) => requestToken(site, "deployer") },
};
