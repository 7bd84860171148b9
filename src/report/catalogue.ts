// Renders messages in one language.

import { fillTemplate, type MessageArguments } from "../verdicts/message.ts";
import type { Language } from "../verdicts/rule.ts";
import { en, type MessageId } from "./catalogues/en.ts";
import { zhCN } from "./catalogues/zh-CN.ts";

const CATALOGUES: Readonly<Record<Language, Readonly<Record<MessageId, string>>>> = { en, "zh-CN": zhCN };

/** Turns message ids into sentences. */
export interface Catalogue {
  readonly language: Language;
  readonly say: (id: MessageId, values?: MessageArguments) => string;
  /** For ids that come as data (gap codes): falls back to the id itself, so that nothing is ever swallowed. */
  readonly sayAny: (id: string, values?: MessageArguments) => string;
}

export function catalogueOf(language: Language, more: Readonly<Record<string, string>> = {}): Catalogue {
  const templates: Readonly<Record<string, string>> = { ...CATALOGUES[language], ...more };
  const sayAny = (id: string, values?: MessageArguments): string =>
    fillTemplate(Object.hasOwn(templates, id) ? (templates[id] ?? id) : id, values);
  return { language, say: sayAny, sayAny };
}
