import { expect, test } from "vitest";
import { readServerAddress } from "./server-address.ts";

test.each([
  ["https://10.0.0.1:6443", "https://10.0.0.1:6443/"],
  ["HTTPS://api.test", "https://api.test/"],
  ["https://[::1]:6443", "https://[::1]:6443/"],
  ["https://[fd00::1]", "https://[fd00::1]/"],
  ["https://gateway.test/k8s/clusters/c-1/", "https://gateway.test/k8s/clusters/c-1/"],
  ["https://gateway.test/a?x=1#f", "https://gateway.test/a"],
  ["https://api.test?x=1", "https://api.test/"],
  ["https://api.test:", "https://api.test/"],
  ["https://api.test.:6443", "https://api.test.:6443/"],
  ["https://under_score.test", "https://under_score.test/"],
  ["https://5.example", "https://5.example/"],
  ["http://localhost:8080", "http://localhost:8080/"],
  ["example", "http://example/"],
  ["127.0.0.1:8080", "http://127.0.0.1:8080/"],
  ["[::1]:8080/", "http://[::1]:8080/"],
])("%s is %s", (address, href) => {
  expect(readServerAddress(address, "server", false).href).toBe(href);
});

test("without a scheme it is https where trust was spoken of", () => {
  expect(readServerAddress("api.test:6443", "server", true).href).toBe("https://api.test:6443/");
  expect(readServerAddress("http://api.test", "server", true).protocol).toBe("http:");
});

// WHATWG's parser would dial something for most of these; client-go refuses them, or looks for a host of that very name.
test.each([
  "5",
  "https://5",
  "https://0x7f.1",
  "https://127.1",
  "https://2130706433",
  "https://127.0.0.1.",
  "https://127.0.0.256",
  "https://017700000001",
  "https:///foo",
  "https:/foo",
  "https:foo",
  "https:\\\\127.0.0.1",
  "https://127.0.0.1\\a",
  "https://a/\\b",
  " https://a",
  "https://a ",
  "https://a\n",
  "https://a b",
  "https://a\tb",
  "https://a%2eb",
  "https://[::1",
  "https://[::1%25eth0]",
  "https://::1",
  "https://a:99999",
  "https://a:0",
  "https://a:x",
  "https://",
  "//a",
  "a/b",
  "ftp://a",
  "file:///etc/passwd",
  "unix:///run/x.sock",
  "javascript:alert(1)",
  "",
])("%j is refused with what to write", (address) => {
  expect(() => readServerAddress(address, "f:4: server", true)).toThrow(
    /^f:4: server: .* write https:\/\/HOST\[:PORT\]$/s,
  );
});

test("a user or password in it is refused and not quoted", () => {
  for (const address of ["https://u:s3cr3t@a", "https://s3cr3t@a:6443/x", "u:s3cr3t@a", "https://a@s3cr3t@b"]) {
    expect(() => readServerAddress(address, "server", true)).toThrow(/^server: a user name or password in the address/);
    expect(() => readServerAddress(address, "server", true)).not.toThrow("s3cr3t");
  }
  expect(() => readServerAddress("ftp://u:s3cr3t@a b", "server", true)).not.toThrow("s3cr3t");
});
