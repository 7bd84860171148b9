// The HTML report in a real browser: it works without a network, in both themes, in both languages, on a narrow screen
// and with a hundred thousand findings.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { catalogueOf } from "../../src/report/catalogue.ts";
import { htmlReport } from "../../src/report/html/html.ts";
import type { Report } from "../../src/report/report.ts";
import { openPage, testWithBrowser, type Page } from "./browser.ts";
import { hostileReport, largeReport } from "./fixture-report.ts";
import { shopReport } from "./shop-report.ts";

const folder = mkdtempSync(join(tmpdir(), "ringwall-html-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function withReport(report: Report, use: (page: Page, file: string) => Promise<void>): Promise<void> {
  const file = join(folder, "report.html");
  writeFileSync(file, [...htmlReport(report, catalogueOf("en"))].join(""));
  const page = await openPage();
  try {
    await page.open(file);
    await use(page, file);
    expect(page.complaints()).toEqual([]);
    expect(new Set(page.requests())).toEqual(new Set([`file://${file}`]));
  } finally {
    await page.close();
  }
}

/** Sets a field as a person does and waits until the page says what it shows now. */
function choosing(id: string, value: string, event: "input" | "change"): string {
  return `new Promise((resolve) => {
    const counted = document.querySelector(".counted");
    new MutationObserver(() => resolve(counted.textContent)).observe(counted, { childList: true, characterData: true, subtree: true });
    const field = document.getElementById(${JSON.stringify(id)});
    field.value = ${JSON.stringify(value)};
    field.dispatchEvent(new Event(${JSON.stringify(event)}));
  })`;
}

const OPEN_ALL = `new Promise((resolve) => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  requestAnimationFrame(() => requestAnimationFrame(resolve));
})`;

testWithBrowser("filters by text, namespace and severity, and says how much is left", async () => {
  const report = await shopReport();
  await withReport(report, async (page) => {
    const total = report.findings.length;
    expect(await page.evaluate<string>("document.querySelector('.counted').textContent")).toContain(`${total} entries`);
    const inPayments = report.findings.filter(({ resource }) => resource.namespace === "payments").length;
    expect(await page.evaluate<string>(choosing("namespace", "=payments", "change"))).toContain(
      `${inPayments} entries`,
    );
    expect(await page.evaluate<string>(choosing("search", "no such thing", "input"))).toContain("0 entries");
    expect(await page.evaluate<string>("document.querySelector('.nothing').textContent")).not.toBe("");
    await page.evaluate("document.querySelector('.reset').click()");
    await page.evaluate("document.querySelector('.tile.low').click()");
    const low = report.findings.filter(({ rule }) => rule.severity === "low").length;
    expect(await page.evaluate<string>("document.querySelector('.counted').textContent")).toContain(
      `${total - low} entries`,
    );
  });
});

testWithBrowser("speaks the other language without a reload", async () => {
  await withReport(await shopReport(), async (page) => {
    await page.evaluate(
      "(field => { field.value = 'zh-CN'; field.dispatchEvent(new Event('change')); })(document.getElementById('language'))",
    );
    expect(await page.evaluate<string>("document.documentElement.lang")).toBe("zh-CN");
    expect(await page.evaluate<string>("document.body.innerText")).toContain("容器以特权模式运行");
  });
});

testWithBrowser("follows the system's theme until the reader chooses one", async () => {
  await withReport(await shopReport(), async (page) => {
    const back = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    await page.prefer("light");
    const light = await back();
    await page.prefer("dark");
    const dark = await back();
    expect(dark).not.toBe(light);
    await page.evaluate(
      "(field => { field.value = 'light'; field.dispatchEvent(new Event('change')); })(document.getElementById('theme'))",
    );
    expect(await back()).toBe(light);
  });
});

testWithBrowser("shows hostile names as text, on narrow and wide screens, without scrolling sideways", async () => {
  const report = hostileReport();
  await withReport(report, async (page) => {
    for (const width of [360, 1280]) {
      await page.resize(width);
      await page.evaluate(OPEN_ALL);
      expect(await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    }
    const entries = report.findings.length + report.run.manual.length + report.run.excepted.length;
    expect(await page.evaluate<number>("document.querySelectorAll('.cause .rows > li').length")).toBe(entries);
    expect(await page.evaluate<number>("document.querySelectorAll('#gaps .rows > li').length")).toBe(
      report.run.gaps.length,
    );
    expect(await page.evaluate<string>("document.body.innerText")).toContain("</script><script>alert(1)</script>");
    expect(await page.evaluate<number>("document.querySelectorAll('script').length")).toBe(1);
  });
});

testWithBrowser("stays quick with a hundred thousand findings: rows are made a page at a time", async () => {
  await withReport(largeReport(100_000), async (page) => {
    expect(await page.evaluate<string>("document.querySelector('.counted').textContent")).toContain("100000 entries");
    expect(await page.evaluate<number>("document.querySelectorAll('*').length")).toBeLessThan(10_000);
    expect(await page.evaluate<string>(choosing("search", "app-4242", "input"))).toContain("11 entries");
    await page.evaluate("document.querySelector('.reset').click()");
    await page.evaluate("document.querySelector('.cause[open] .more').click()");
    expect(await page.evaluate<number>("document.querySelectorAll('.cause[open] .rows')[0].children.length")).toBe(200);
  });
});
