// The form above the findings. Severities are the tiles with their numbers; the rest are fields.

import { SEVERITIES } from "./data.js";
import { element } from "./element.js";
import { wordsIn } from "./words.js";

/** @typedef {import("./data.js").Report} Report */
/** @typedef {import("./state.js").State} State */

const TYPING_MILLISECONDS = 150;

/** @param {Report} report @param {State} state @param {() => void} changed */
export function tileElements(report, state, changed) {
  const say = wordsIn(report, state.language);
  const failing = report.findings.filter((finding) => report.statusOf(finding) === "fail");
  const tiles = SEVERITIES.map((severity) => {
    const count = failing.filter((finding) => report.ruleOf(finding).severity === severity).length;
    const tile = element(
      "button",
      {
        type: "button",
        class: `tile ${severity}`,
        "aria-pressed": String(state.severities.has(severity)),
        onclick: () => {
          if (!state.severities.delete(severity)) state.severities.add(severity);
          tile.setAttribute("aria-pressed", String(state.severities.has(severity)));
          changed();
        },
      },
      element("b", {}, count.toLocaleString(state.language)),
      element("span", {}, say(`severity.${severity}`)),
    );
    return element("li", {}, tile);
  });
  return element("ul", { class: "tiles", "aria-label": say("html.severity") }, ...tiles);
}

/**
 * Numbers that are no severities: each leads to what it counts.
 *
 * @param {Report} report
 * @param {State} state
 * @param {(status: string) => void} show
 */
export function otherCounts(report, state, show) {
  const say = wordsIn(report, state.language);
  const statuses = ["known", "manual", "excepted"].flatMap((status) => {
    const count = report.findings.filter((finding) => report.statusOf(finding) === status).length;
    if (count === 0 && status === "known") return []; // only a run that was compared has any
    return [countLink(count, say(`verdict.${status}`), "#findings", () => show(status))];
  });
  return element(
    "ul",
    { class: "others" },
    ...statuses,
    countLink(report.gaps.length, say("verdict.not-evaluated"), "#gaps"),
    countLink(report.notes.length, say("html.notes"), "#notes"),
  );

  /** @param {number} count @param {string} label @param {string} href @param {() => void} [onclick] */
  function countLink(count, label, href, onclick = () => {}) {
    const content = [element("b", {}, count.toLocaleString(state.language)), ` ${label}`];
    return element("li", {}, ...(count === 0 ? content : [element("a", { href, onclick }, ...content)]));
  }
}

/** @param {Report} report @param {State} state @param {() => void} changed @param {() => void} reset */
export function filterForm(report, state, changed, reset) {
  const say = wordsIn(report, state.language);
  let timer = 0;
  const search = element("input", {
    type: "search",
    id: "search",
    value: state.text,
    placeholder: say("html.search-hint"),
    autocomplete: "off",
    spellcheck: "false",
    oninput: (event) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        state.text = /** @type {HTMLInputElement} */ (event.target).value;
        changed();
      }, TYPING_MILLISECONDS);
    },
  });
  /** @param {string} id @param {string[]} values @param {(value: string) => string} word @param {string} current @param {(value: string | undefined) => void} choose */
  const choice = (id, values, word, current, choose) => {
    const options = values.map((value) =>
      element("option", { value: `=${value}`, selected: value === current }, word(value)),
    );
    return labelled(
      say(`html.${id}`),
      id,
      element(
        "select",
        {
          id,
          onchange: (event) => {
            const { value } = /** @type {HTMLSelectElement} */ (event.target);
            choose(value === "" ? undefined : value.slice(1));
            changed();
          },
        },
        element("option", { value: "" }, say("html.any")),
        ...options,
      ),
    );
  };
  const rules = report.meta.rules.map(({ id }) => id).sort();
  const layers = [...new Set(report.meta.rules.map(({ layer }) => layer))].sort();
  return element(
    "form",
    {
      class: "filters",
      role: "search",
      "aria-label": say("html.filters"),
      onsubmit: (event) => event.preventDefault(),
    },
    labelled(say("html.search"), "search", search),
    choice(
      "status",
      ["fail", "known", "manual", "excepted"],
      (value) => say(`verdict.${value}`),
      state.status,
      (value) => {
        state.status = value ?? "";
      },
    ),
    choice(
      "layer",
      layers,
      (value) => value,
      state.layer,
      (value) => {
        state.layer = value ?? "";
      },
    ),
    choice(
      "namespace",
      report.namespaces,
      (value) => value || say("html.cluster-scoped"),
      state.namespace ?? "\0",
      (value) => {
        state.namespace = value;
      },
    ),
    choice(
      "rule",
      rules,
      (value) => value,
      state.rule,
      (value) => {
        state.rule = value ?? "";
      },
    ),
    element("button", { type: "button", class: "reset", onclick: reset }, say("html.reset")),
  );
}

/** @param {string} text @param {string} id @param {HTMLElement} field */
function labelled(text, id, field) {
  return element("div", { class: `field ${id}` }, element("label", { for: id }, text), field);
}
