// One question: may this connection be made, and which rules say so.

import type { AddressFamily } from "./address.ts";
import { connect, type Connection, type Meeting } from "./connection.ts";
import type { End } from "./end.ts";
import { explain, type Decision } from "./explanation.ts";
import { contains, intersect, isEmpty } from "./interval-set.ts";
import { openQuestions, type OpenQuestion, type OutcomeId } from "./outcome.ts";
import type { Direction } from "./policy.ts";
import { ALL_PORTS, portPoint, type PortSet, type Protocol } from "./port-set.ts";
import type { World } from "./world.ts";

/** `depends`: open in Kubernetes' own specification, or on something that is not known. */
export type Verdict = "allowed" | "denied" | "depends";

export interface Question {
  readonly source: End;
  readonly destination: End;
  /** Without: whether anything at all passes. */
  readonly port?: { readonly protocol: Protocol; readonly port: number };
  /** Without: either family will do. */
  readonly family?: AddressFamily;
}

export interface Opening {
  readonly verdict: Verdict;
  /** Surely open. */
  readonly ports: PortSet;
  /** Open if what it depends on turns out so; contains `ports`. */
  readonly possiblePorts: PortSet;
  /** What it depends on; empty where nothing is open. */
  readonly on: readonly OpenQuestion[];
}

export interface Reach extends Opening {
  readonly egress: Opening;
  readonly ingress: Opening;
  /** The ends have no address family in common. */
  readonly isUnroutable: boolean;
  /** The deciding rules of a direction between two typical pods; worked out when asked. */
  readonly explain: (direction: Direction) => readonly Decision[];
  /** The rules that open any of these ports between any of the pods; where all are closed, those that close them. */
  readonly explainPorts: (direction: Direction, ports: PortSet) => readonly Decision[];
}

/** Answers a question. Microseconds once the rows of the two ends are there. */
export function reach(world: World, question: Question): Reach {
  const { port } = question;
  const point = port === undefined ? undefined : portPoint(port.protocol, port.port);
  const connection = connect(world, question.source, question.destination, question.family);
  const opening = openingOf(world, connection.both, point);
  return {
    ...opening,
    egress: openingOf(world, connection.egress, point),
    ingress: openingOf(world, connection.ingress, point),
    isUnroutable: connection.meetings.length === 0,
    explain: (direction) => {
      const meeting = typicalMeeting(world, connection, opening.verdict, point);
      if (meeting === undefined) return [];
      const asked = point === undefined ? openPorts(world, meeting, direction, opening.verdict) : [point, point + 1];
      return explain(world, direction, meeting, asked);
    },
    explainPorts: (direction, ports) => explainPorts(world, connection.meetings, direction, ports),
  };
}

/** Where no port was asked for: what is open, and of what is closed what the direction itself lets through. */
function openPorts(world: World, meeting: Meeting, direction: Direction, verdict: Verdict): PortSet {
  const { outcomes } = world;
  const both = outcomes.intersect(meeting.egress, meeting.ingress);
  const sets = [outcomes.possibleOf(both), outcomes.possibleOf(meeting[direction])];
  if (verdict === "allowed") sets.unshift(outcomes.sureOf(both));
  return sets.find((set) => !isEmpty(set)) ?? ALL_PORTS;
}

function explainPorts(
  world: World,
  meetings: readonly Meeting[],
  direction: Direction,
  ports: PortSet,
): readonly Decision[] {
  const { outcomes } = world;
  const different = [...new Map(meetings.map((meeting) => [keyOf(meeting), meeting])).values()];
  const asked = different.map((meeting) => {
    const both = outcomes.intersect(meeting.egress, meeting.ingress);
    return { meeting, open: intersect(outcomes.possibleOf(both), ports) };
  });
  const opening = asked.filter(({ open }) => !isEmpty(open));
  if (opening.length > 0) return opening.flatMap(({ meeting, open }) => explain(world, direction, meeting, open));
  const decisions = different.slice(0, 1).flatMap((meeting) => explain(world, direction, meeting, ports));
  const closing = decisions.filter((one) => one.kind === "isolated" || (one.kind === "rule" && one.action === "Deny"));
  return closing.length > 0 ? closing : decisions;
}

/** Of meetings with the same key the same rules decide. */
function keyOf({ source, destination, ownNode, isLoopback }: Meeting): string {
  const [from, to] = [source, destination].map(({ peer, group }) => `${peer} ${group.id}`);
  return `${from} ${to} ${ownNode} ${isLoopback}`;
}

/** An outcome as an answer about one port, or about any. */
function openingOf(world: World, outcome: OutcomeId, point: number | undefined): Opening {
  const ports = world.outcomes.sureOf(outcome);
  const possiblePorts = world.outcomes.possibleOf(outcome);
  const has = (set: PortSet): boolean => (point === undefined ? !isEmpty(set) : contains(set, point));
  const verdict = has(ports) ? "allowed" : has(possiblePorts) ? "depends" : "denied";
  const isOpen = point === undefined || verdict === "depends";
  return { verdict, ports, possiblePorts, on: isOpen ? openQuestions(world.outcomes.questionsOf(outcome)) : [] };
}

/** The meeting to explain: the first that gives the answer by itself. */
function typicalMeeting(
  world: World,
  { meetings }: Connection,
  verdict: Verdict,
  point: number | undefined,
): Meeting | undefined {
  const verdictOf = ({ egress, ingress }: Meeting): Verdict =>
    openingOf(world, world.outcomes.intersect(egress, ingress), point).verdict;
  return meetings.find((meeting) => verdictOf(meeting) === verdict) ?? meetings[0];
}
