// Declared needs: the connections that manifests ask for in their own words, each with the place that asks for it, and
// what looks like a destination but names nothing known.

import type { DeclaredNeeds, NeedContext } from "../generate/need.ts";
import { noteApiServerNeeds } from "./api-server-needs.ts";
import { noteDoorNeeds } from "./door-needs.ts";
import { noteMetricsNeeds } from "./metrics-needs.ts";
import { createNeedNotes } from "./need-notes.ts";
import { notePeerNeeds } from "./peer-needs.ts";
import { noteProbeNeeds } from "./probe-needs.ts";
import { surroundingsOf } from "./surroundings.ts";
import { noteTextNeeds } from "./text-needs.ts";
import { noteUnreadSources } from "./unread-sources.ts";
import { noteWebhookNeeds } from "./webhook-needs.ts";

/**
 * Needs of every workload, merged and sorted, with what could not be told. Values of Secrets are never read. About linear
 * in the texts of the input.
 */
export function declaredNeeds(context: NeedContext): DeclaredNeeds {
  const surroundings = surroundingsOf(context);
  const notes = createNeedNotes();
  noteTextNeeds(surroundings, notes);
  noteUnreadSources(surroundings, notes);
  noteProbeNeeds(surroundings, notes);
  noteWebhookNeeds(surroundings, notes);
  noteDoorNeeds(surroundings, notes);
  noteMetricsNeeds(surroundings, notes);
  noteApiServerNeeds(surroundings, notes);
  notePeerNeeds(surroundings, notes);
  return notes.all();
}
