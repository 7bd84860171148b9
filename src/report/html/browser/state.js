// What the reader chose: filters, language, theme. Everything shown follows from it and the report.

import { SEVERITIES } from "./data.js";

/** @typedef {import("./data.js").Report} Report */
/** @typedef {import("./data.js").Finding} Finding */
/**
 * @typedef {object} State
 * @property {Set<string>} severities Those shown; all of them at first.
 * @property {string} status
 * @property {string} layer
 * @property {string} rule
 * @property {string | undefined} namespace `undefined` for all, empty for cluster-scoped resources.
 * @property {string} text
 * @property {import("./data.js").Language} language
 */

/** @param {import("./data.js").Language} language @returns {State} */
export function initialState(language) {
  return { severities: new Set(SEVERITIES), status: "", layer: "", rule: "", namespace: undefined, text: "", language };
}

/**
 * The findings that pass the filters, grouped by rule and status in the report's order. Linear in their number.
 *
 * @param {Report} report
 * @param {State} state
 * @returns {{ rule: import("./data.js").Rule, status: string, findings: Finding[] }[]}
 */
export function causesOf(report, state) {
  /** @type {Map<number, { rule: import("./data.js").Rule, status: string, findings: Finding[] }>} */
  const causes = new Map();
  const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
  for (const [index, finding] of report.findings.entries()) {
    const rule = report.ruleOf(finding);
    const status = report.statusOf(finding);
    if (!state.severities.has(rule.severity)) continue;
    if (state.status !== "" && state.status !== status) continue;
    if (state.layer !== "" && state.layer !== rule.layer) continue;
    if (state.rule !== "" && state.rule !== rule.id) continue;
    if (state.namespace !== undefined && report.resourceAt(finding[2])[1] !== state.namespace) continue;
    if (!words.every((word) => report.searchTextOf(index).includes(word))) continue;
    const key = finding[1] * 4 + finding[0];
    const cause = causes.get(key);
    if (cause === undefined) causes.set(key, { rule, status, findings: [finding] });
    else cause.findings.push(finding);
  }
  return [...causes.values()];
}
