// The data blocks of the page, as src/report/html/data.ts writes them, with names looked up.

import { fillTemplate } from "../../../verdicts/message.ts";

/** @typedef {"en" | "zh-CN"} Language */
/** @typedef {Record<Language, string>} Texts */
/** @typedef {{ title: string, message: string, risk: string, fix: string }} RuleText */
/** @typedef {{ id: string, severity: string, layer: string, frameworks: string[], text: Record<Language, RuleText> }} Rule */
/** @typedef {[kind: string, namespace: string, name: string]} Resource */
/** @typedef {[path: string, kind: 0 | 1 | 2, text: string, file: number, line: number, column: number, resource: number]} Evidence */
/** @typedef {[status: 0 | 1 | 2, rule: number, resource: number, id: string, values: Record<string, string | number>, evidence: Evidence[], exception?: Texts]} Finding */
/** @typedef {{ what: string, text: Texts, place: string }} Line */
/**
 * @typedef {object} Meta
 * @property {Language} language
 * @property {Record<Language, Record<string, string>>} strings
 * @property {Texts} summary
 * @property {Texts} closing
 * @property {string[]} targets
 * @property {{ name: string, pass: number, judged: number }[]} layers
 * @property {Rule[]} rules
 */

const STATUSES = /** @type {const} */ (["fail", "manual", "excepted", "known"]);
export const SEVERITIES = ["critical", "high", "medium", "low"];

/** @param {string} selector */
function blocks(selector) {
  return [...document.querySelectorAll(`script[type="application/json"]${selector}`)].flatMap((block) => {
    const value = JSON.parse(block.textContent ?? "");
    block.remove();
    return value;
  });
}

export function loadReport() {
  const [meta] = /** @type {[Meta]} */ (blocks("#meta"));
  const files = /** @type {string[]} */ (blocks(".files"));
  const resources = /** @type {Resource[]} */ (blocks(".resources"));
  const findings = /** @type {Finding[]} */ (blocks(".findings"));
  const gaps = /** @type {Line[]} */ (blocks(".gaps"));
  const notes = /** @type {Line[]} */ (blocks(".notes"));
  /** @type {string[]} */
  const searchTexts = [];

  /** @param {number} index */
  const resourceAt = (index) => resources[index] ?? ["", "", ""];
  /** @param {Evidence} evidence */
  const placeOf = ([, , , file, line, column]) => (file === -1 ? "" : `${files[file]}:${line}:${column}`);
  /** @param {Finding} finding */
  const ruleOf = ([, rule]) => /** @type {Rule} */ (meta.rules[rule]);
  /** @param {Finding} finding @param {Language} language */
  const messageOf = (finding, language) => fillTemplate(ruleOf(finding).text[language].message, finding[4]);

  /** Everything of a finding a person may look for, in both languages; made when first asked for. @param {number} index */
  const searchTextOf = (index) => {
    let text = searchTexts[index];
    if (text !== undefined) return text;
    const finding = /** @type {Finding} */ (findings[index]);
    const rule = ruleOf(finding);
    const words = finding[5].flatMap((one) => [one[0], one[2], placeOf(one)]);
    const texts = [rule.id, rule.text.en.title, rule.text["zh-CN"].title, messageOf(finding, "en")];
    text = [...texts, ...resourceAt(finding[2]), ...words, finding[3]].join("\n").toLowerCase();
    searchTexts[index] = text;
    return text;
  };

  return {
    meta,
    findings,
    gaps,
    notes,
    resourceAt,
    placeOf,
    ruleOf,
    messageOf,
    searchTextOf,
    /** @param {Finding} finding */
    statusOf: ([status]) => STATUSES[status],
    namespaces: [...new Set(resources.map(([, namespace]) => namespace))].sort(),
  };
}

/** @typedef {ReturnType<typeof loadReport>} Report */
