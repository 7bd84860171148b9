import { describe, expect, test } from "vitest";
import { holdsCredential, isNamedCredential } from "./credential.ts";

describe("by its name", () => {
  test.each([
    ["DB_PASSWORD", "hunter2"],
    ["PGPASSWORD", "postgres"],
    ["dbPassword", "s3cret"],
    ["REDIS_PASS", "redis"],
    ["JWT_SECRET", "dGhpcyBpcyBub3Qg"],
    ["SECRET_KEY_BASE", "9f8e7d6c5b4a39281706f5e4d3c2b1a0"],
    ["API_TOKEN_2", "Zx81kQp0Lm"],
    ["azure_batch_key", "randomValue"],
    ["apiKey", "A1B2C3D4E5F6"],
  ])("%s=%s is a credential", (name, value) => expect(isNamedCredential(name, value)).toBe(true));

  test.each([
    ["DB_PASSWORD", ""],
    ["DB_PASSWORD", "$(DB_PASSWORD_FROM_SECRET)"],
    ["DB_PASSWORD", "/run/secrets/db"],
    ["DB_PASSWORD", "vault:secret/data/db#password"],
    ["DB_PASSWORD", "<changed by CI>"],
    ["DB_PASSWORD_FILE", "hunter2"],
    ["PASSWORD_MIN_LENGTH", "12"],
    ["TLS_SECRET", "shop-web-tls"],
    ["TOKEN_TTL", "3600s-is-one-hour"],
    ["MAX_TOKENS", "4096409640964096"],
    ["TOKEN", "short"],
    ["USE_TOKEN", "true"],
    ["PUBLIC_KEY", "MFkwEwYHKoZIzj0CAQYI"],
    ["CREDENTIALS", "https://vault.example.com/v1"],
    ["BYPASS", "everything1"],
  ])("%s=%s is none", (name, value) => expect(isNamedCredential(name, value)).toBe(false));
});

describe("by its format", () => {
  test.each([
    `AKIA${"ABCDEFGHIJKLMNOP"}`,
    `token ghp_${"a1".repeat(18)}`,
    "postgres://shop:hunter2@db.shop:5432/shop",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
    `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${"s".repeat(43)}`,
  ])("%s", (text) => expect(holdsCredential(text)).toBe(true));

  test.each([
    "postgres://db.shop:5432/shop",
    "postgres://shop:$(PASSWORD)@db/shop",
    "http://a:@b",
    "https://example.com/@scope/name",
    "BRAKIA0123456789ABCDEFGH",
    "me@example.com",
  ])("%s holds none", (text) => expect(holdsCredential(text)).toBe(false));

  test("a hostile text takes no time", () => {
    expect(holdsCredential("eyJ".repeat(100_000))).toBe(false);
    expect(holdsCredential(`a://${":@".repeat(50_000)}`)).toBe(false);
  });
});
