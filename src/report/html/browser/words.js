// Sentences of the page in the reader's language.

import { fillTemplate } from "../../../verdicts/message.ts";

/** @typedef {(id: string, values?: Record<string, string | number>) => string} Say */

/** @param {import("./data.js").Report} report @param {import("./data.js").Language} language @returns {Say} */
export function wordsIn({ meta }, language) {
  return (id, values) => fillTemplate(meta.strings[language][id] ?? id, values);
}
