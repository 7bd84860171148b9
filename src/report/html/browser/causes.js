// One fold a cause. Its rows are made when it is opened, a page at a time: a hundred thousand findings stay quick.

import { fillTemplate } from "../../../verdicts/message.ts";
import { element } from "./element.js";
import { wordsIn } from "./words.js";

/** @typedef {import("./data.js").Report} Report */
/** @typedef {import("./data.js").Finding} Finding */
/** @typedef {import("./data.js").Evidence} Evidence */
/** @typedef {import("./state.js").State} State */

const PAGE = 100;
const MOST_PRINTED = 2000;

/**
 * @param {Report} report
 * @param {State} state
 * @param {{ rule: import("./data.js").Rule, status: string, findings: Finding[] }} cause
 * @param {boolean} isOpen
 */
export function causeElement(report, state, { rule, status, findings }, isOpen) {
  const say = wordsIn(report, state.language);
  const text = textOf(rule.text[state.language], findings);
  const rows = element("ul", { class: "rows" });
  const more = element("button", { type: "button", class: "more", onclick: () => showMore() });
  let shown = 0;
  const showMore = (count = PAGE) => {
    const next = findings.slice(shown, shown + count);
    rows.append(...next.map((finding) => rowElement(report, state, finding)));
    shown += next.length;
    more.hidden = shown >= findings.length;
    more.textContent = say("html.more", { count: Math.min(PAGE, findings.length - shown) });
  };
  const label = status === "fail" ? say(`severity.${rule.severity}`) : say(`verdict.${status}`);
  const level = status === "fail" ? rule.severity : status;
  const details = /** @type {HTMLDetailsElement} */ (
    element(
      "details",
      {
        class: `cause ${level}`,
        open: isOpen,
        ontoggle: () => {
          if (details.open && shown === 0) showMore();
        },
      },
      element(
        "summary",
        {},
        element("span", { class: `badge ${level}` }, label),
        element("h3", {}, text.title),
        element("span", { class: "count" }, say("html.places", { count: findings.length })),
        element("code", { class: "rule" }, rule.id),
      ),
      element("p", { class: "risk" }, text.risk),
      text.fix !== "" && element("p", { class: "fix" }, say("report.fix", { fix: text.fix })),
      rows,
      more,
      rule.frameworks.length > 0 &&
        element("p", { class: "frameworks" }, say("html.frameworks", { list: rule.frameworks.join(" · ") })),
    )
  );
  if (isOpen) showMore();
  /** Makes every row for the printer, up to what paper can take; returns how many are left out. */
  const fill = () => {
    showMore(Math.max(0, MOST_PRINTED - shown));
    return findings.length - shown;
  };
  return { details, fill };
}

/**
 * The rule's texts for all findings of a cause: arguments they share are put in, others stand as an ellipsis.
 *
 * @param {import("./data.js").RuleText} text
 * @param {Finding[]} findings
 */
function textOf({ title, risk, fix }, findings) {
  const [first] = findings;
  const entries = Object.entries(first?.[4] ?? {});
  /** @param {string} template */
  const fill = (template) => {
    if (!template.includes("{")) return template;
    const shared = Object.fromEntries(
      entries.filter(
        ([name, value]) => template.includes(`{${name}`) && findings.every((one) => one[4][name] === value),
      ),
    );
    const open = (/** @type {string} */ whole, /** @type {string} */ name) => (name in shared ? whole : "…");
    return fillTemplate(template.replace(/\{(\w+)(?:\|[^}]*)?\}/g, open), shared);
  };
  return { title: fill(title), risk: fill(risk), fix: fill(fix) };
}

/** @param {Report} report @param {State} state @param {Finding} finding */
function rowElement(report, state, finding) {
  const say = wordsIn(report, state.language);
  const [kind, namespace, name] = report.resourceAt(finding[2]);
  const [first, ...others] = finding[5];
  const exception = finding[6];
  return element(
    "li",
    {},
    element(
      "p",
      { class: "resource" },
      element("span", { class: "kind" }, kind),
      " ",
      element("code", {}, namespace === "" ? name : `${namespace}/${name}`),
    ),
    element("p", { class: "message" }, report.messageOf(finding, state.language)),
    first !== undefined && evidenceElement(report, first, say),
    ...others.map((one) => evidenceElement(report, one, say)),
    exception !== undefined && element("p", { class: "exception" }, exception[state.language]),
  );
}

/** @param {Report} report @param {Evidence} evidence @param {import("./words.js").Say} say */
function evidenceElement(report, evidence, say) {
  const [path, kind, text, , , , resource] = evidence;
  const place = report.placeOf(evidence);
  const [otherKind, namespace, name] = resource === -1 ? ["", "", ""] : report.resourceAt(resource);
  const unset = say("report.unset");
  const absent = text === "" ? unset : say("report.unset-default", { unset, value: text });
  return element(
    "p",
    { class: "evidence" },
    resource !== -1 &&
      element(
        "span",
        { class: "other" },
        `${otherKind} `,
        element("code", {}, namespace === "" ? name : `${namespace}/${name}`),
      ),
    place !== "" && element("code", { class: "place" }, place),
    element("code", { class: "path" }, path === "" ? "." : path),
    element("code", { class: "value" }, kind === 0 ? text : kind === 1 ? absent : say("report.redacted")),
  );
}
