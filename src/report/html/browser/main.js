// The page of an HTML report: no network, no markup from data, one state and what follows from it.

import { causeElement } from "./causes.js";
import { loadReport } from "./data.js";
import { element } from "./element.js";
import { filterForm, otherCounts, tileElements } from "./filters.js";
import { listSection } from "./lists.js";
import { applyTheme, storedTheme } from "./preferences.js";
import { causesOf, initialState } from "./state.js";
import { wordsIn } from "./words.js";

/** Causes that are open at first, as long as the report is short. */
const FEW_CAUSES = 3;

const report = loadReport();
let state = initialState(report.meta.language);
/** @type {(() => number)[]} */
let fills = [];

const page = /** @type {HTMLElement} */ (document.getElementById("report"));
const controls = /** @type {HTMLElement} */ (document.getElementById("controls"));
const results = element("div", { class: "causes" });
const counted = element("p", { role: "status", class: "counted" });
const unprinted = element("p", { class: "unprinted" });

function showFindings() {
  const say = wordsIn(report, state.language);
  const causes = causesOf(report, state);
  const total = causes.reduce((sum, { findings }) => sum + findings.length, 0);
  const elements = causes.map((cause, index) => causeElement(report, state, cause, index < FEW_CAUSES));
  fills = elements.map(({ fill }) => fill);
  counted.textContent = say("html.shown", { findings: total, causes: causes.length });
  const nothing = report.findings.length === 0 ? "report.no-findings" : "html.nothing-matches";
  results.replaceChildren(
    ...(causes.length === 0
      ? [element("p", { class: "nothing" }, say(nothing))]
      : elements.map(({ details }) => details)),
  );
}

function showPage() {
  const { meta } = report;
  const { language } = state;
  const say = wordsIn(report, language);
  document.documentElement.lang = language;
  document.title = say("html.title", { targets: meta.targets.join(", ") });
  const reset = () => {
    state = initialState(state.language);
    showPage();
    document.getElementById("search")?.focus();
  };
  page.replaceChildren(
    element(
      "section",
      { class: "summary", "aria-labelledby": "title" },
      element("h1", { id: "title" }, meta.targets.join(", ")),
      element("p", { class: "facts" }, meta.summary[language]),
      element("p", { class: "closing" }, meta.closing[language]),
      tileElements(report, state, showFindings),
      otherCounts(report, state, (status) => {
        state = { ...initialState(state.language), status };
        showPage();
      }),
      layerList(say),
    ),
    element(
      "section",
      { id: "findings", "aria-labelledby": "findings-heading", tabindex: -1 },
      element("h2", { id: "findings-heading" }, say("html.findings")),
      filterForm(report, state, showFindings, reset),
      counted,
      results,
      unprinted,
    ),
    ...listSection(report, state, "gaps", say("verdict.not-evaluated")),
    ...listSection(report, state, "notes", say("html.notes")),
  );
  showControls(say);
  showFindings();
}

/** @param {import("./words.js").Say} say */
function layerList(say) {
  return element(
    "ul",
    { class: "layers" },
    ...report.meta.layers.map(({ name, pass, judged }) => {
      if (judged === 0)
        return element("li", {}, element("code", {}, name), element("span", {}, say("report.not-applicable")));
      // Rounded down: 100 % is only ever all of it.
      const percent = pass === judged ? 100 : Math.min(99, Math.floor((pass / judged) * 100));
      return element(
        "li",
        {},
        element("code", {}, name),
        element("progress", { max: judged, value: pass, "aria-label": name }),
        element("span", {}, say("html.passed", { percent })),
      );
    }),
  );
}

/** @param {import("./words.js").Say} say */
function showControls(say) {
  const theme = storedTheme();
  const themes = /** @type {const} */ (["auto", "light", "dark"]);
  /** @type {[import("./data.js").Language, string][]} */
  const languages = [
    ["en", "English"],
    ["zh-CN", "中文"],
  ];
  controls.replaceChildren(
    element("label", { for: "language" }, say("html.language")),
    element(
      "select",
      {
        id: "language",
        onchange: (event) => {
          const { value } = /** @type {HTMLSelectElement} */ (event.target);
          state.language = value === "zh-CN" ? "zh-CN" : "en";
          showPage();
          document.getElementById("language")?.focus();
        },
      },
      ...languages.map(([value, name]) =>
        element("option", { value, lang: value, selected: value === state.language }, name),
      ),
    ),
    element("label", { for: "theme" }, say("html.theme")),
    element(
      "select",
      { id: "theme", onchange: (event) => applyTheme(/** @type {HTMLSelectElement} */ (event.target).value) },
      ...themes.map((value) => element("option", { value, selected: value === theme }, say(`html.theme-${value}`))),
    ),
  );
}

addEventListener("beforeprint", () => {
  const left = fills.reduce((sum, fill) => sum + fill(), 0);
  unprinted.textContent = left === 0 ? "" : wordsIn(report, state.language)("html.unprinted", { count: left });
  for (const details of document.querySelectorAll("details")) details.open = true;
});

applyTheme(storedTheme());
showPage();
