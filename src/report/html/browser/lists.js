// What was not evaluated, and notes: plain lists, a page at a time.

import { element } from "./element.js";
import { wordsIn } from "./words.js";

const PAGE = 200;

/**
 * @param {import("./data.js").Report} report
 * @param {import("./state.js").State} state
 * @param {"gaps" | "notes"} id
 * @param {string} title
 */
export function listSection(report, state, id, title) {
  const lines = report[id];
  if (lines.length === 0) return [];
  const say = wordsIn(report, state.language);
  const list = element("ul", { class: "rows" });
  const more = element("button", { type: "button", class: "more", onclick: () => showMore() });
  let shown = 0;
  const showMore = () => {
    const next = lines.slice(shown, shown + PAGE);
    list.append(
      ...next.map(({ what, text, place }) =>
        element(
          "li",
          {},
          (place !== "" || what !== "") &&
            element(
              "p",
              { class: "resource" },
              place !== "" && element("code", { class: "place" }, place),
              " ",
              what !== "" && element("code", {}, what),
            ),
          element("p", { class: "message" }, text[state.language]),
        ),
      ),
    );
    shown += next.length;
    more.hidden = shown >= lines.length;
    more.textContent = say("html.more", { count: Math.min(PAGE, lines.length - shown) });
  };
  showMore();
  const heading = `${id}-heading`;
  return [
    element(
      "section",
      { id, "aria-labelledby": heading, tabindex: -1 },
      element(
        "h2",
        { id: heading },
        title,
        " ",
        element("span", { class: "count" }, lines.length.toLocaleString(state.language)),
      ),
      list,
      more,
    ),
  ];
}
