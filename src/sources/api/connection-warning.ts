// What the user should know about a connection that works all the same.

import { fillTemplate, type Message, type MessageArguments } from "../../verdicts/message.ts";

export const WARNING_TEXTS = {
  "insecure-skip-tls-verify":
    "{server}: the server's certificate is not checked (insecure-skip-tls-verify); anyone in between can read and answer in its place",
  "plain-http":
    "{server}: plain HTTP: answers are readable on the way, and so no credentials are sent, as with kubectl; use https:// to log in",
  "data-over-file": "{field}: both the data and the file are given; the data counts",
  "key-without-certificate": "{field}: without a client certificate it proves nothing, and is not used",
  "own-cluster":
    "{files}: there is no context in it, or no such file; the cluster this pod runs in is read, with its service account",
  "plugin-expired":
    'credential plugin "{command}" of user "{name}" gave credentials that expired on {date}; they are used all the same, and it is asked again for each request, as kubectl does; log in again, and check this machine\'s clock',
  "plugin-waiting": 'waiting for credential plugin "{command}" of user "{name}"; Control-C ends it',
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
