// What the user should know about a connection that works all the same.

import { fillTemplate, type Message, type MessageArguments } from "../../verdicts/message.ts";

export const WARNING_TEXTS = {
  "insecure-skip-tls-verify":
    "{server}: the server's certificate is not checked (insecure-skip-tls-verify); anyone in between can read and answer in its place",
  "plain-http": "{server}: plain HTTP; credentials and answers are readable on the way",
  "data-over-file": "{field}: both the data and the file are given; the data counts",
  server: "{server} says: {words}",
} as const;

export type WarningCode = keyof typeof WARNING_TEXTS;

export interface ConnectionWarning {
  readonly code: WarningCode;
  readonly arguments: MessageArguments;
}

export function warningText({ code, arguments: values }: ConnectionWarning): string {
  return fillTemplate(WARNING_TEXTS[code], values);
}

export function warningMessage({ code, arguments: values }: ConnectionWarning): Message {
  return { id: `api/warning/${code}`, arguments: values };
}
