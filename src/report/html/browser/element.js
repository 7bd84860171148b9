// Elements without HTML strings: nothing of a report is ever parsed as markup.

/**
 * An element with attributes and children; `on…` attributes are listeners, `false` leaves an attribute out.
 *
 * @param {string} tag
 * @param {Record<string, string | number | boolean | ((event: Event) => void)>} [attributes]
 * @param {...(Node | string | false)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") created.addEventListener(name.slice(2), value);
    else if (value !== false) created.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== false && child !== "") created.append(child);
  return created;
}
