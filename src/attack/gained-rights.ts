// Rights that come with roles one binds to oneself, together with those of a role one has: whoever binds one chooses the
// identity, so it may be the one that has the other rights.

import { combine, MOST_OF_ONE, scopedRows, type Combine, type Named } from "./combine-rights.ts";
import type { GrantedRole } from "./granted-role.ts";
import type { JointQuestion, JointRight } from "./joint-question.ts";
import type { Right } from "./right.ts";

type Gained = Omit<JointRight, "holder">;
type ByRole = readonly ReadonlyMap<GrantedRole, readonly Right[]>[];

/** Linear in roles and in the distinct rights they give, whatever gives them. */
export function* gainedRights(question: JointQuestion, byRole: ByRole, combined: Combine): Generator<Gained> {
  const { lists, isBindable, isOneScope, about, together } = question;
  const gained = lists.map((list) => {
    const bindable = list.filter(({ by }) => by.of === undefined && isBindable(by));
    return [...new Set(bindable.map(together.gained))].map((right): Part => ({ right, rights: [right] }));
  });
  if (gained.every((list) => list.length === 0)) return;
  for (const { namespace, row } of scopedRows(gained, isOneScope, combined))
    yield { namespace, rights: row.map(({ right }) => right) };
  const all = lists.map((_, place) => place);
  for (const places of properSubsets(all)) {
    const others = all.filter((place) => !places.includes(place));
    const bases = basesOf(places, question, byRole);
    const fromOthers = others.map((place) => gained[place] ?? []);
    if (bases.length === 0 || fromOthers.some((list) => list.length === 0)) continue;
    const isAbout = [places.some((place) => about.includes(place)), ...others.map((place) => about.includes(place))];
    const aboutOfRow = isAbout.flatMap((is, index) => (is ? [index] : []));
    const rows = scopedRows([bases, ...fromOthers], isOneScope, (own) => combined(own, aboutOfRow));
    const order = [...places, ...others];
    for (const { namespace, row } of rows) {
      const rights = row.flatMap((part) => part.rights);
      yield { namespace, rights: all.flatMap((place) => rights[order.indexOf(place)] ?? []) };
    }
  }
}

/** Rights at some of the places; `right` stands for them with the name they are about. */
interface Part extends Named {
  /** One per place. */
  readonly rights: readonly Right[];
}

/** Rights at those places by one role each. */
function basesOf(
  places: readonly number[],
  { about, together, onLimit }: JointQuestion,
  byRole: ByRole,
): readonly Part[] {
  const bases = new Map<readonly Right[], Part>();
  const aboutPlaces = places.flatMap((place, index) => (about.includes(place) ? [index] : []));
  const roles = new Set(places.flatMap((place) => [...(byRole[place]?.keys() ?? [])]));
  for (const role of roles) {
    if (role.of !== undefined) continue;
    const own = places.map((place) => (byRole[place]?.get(role) ?? []).map((right): Named => ({ right })));
    if (own.some((list) => list.length === 0)) continue;
    const { rows, isWhole } = combine(own, aboutPlaces, MOST_OF_ONE);
    if (!isWhole) onLimit(role);
    for (const row of rows) {
      const rights = together.base(row.map(({ right }) => right));
      const [first] = rights;
      const name = aboutPlaces.map((index) => rights[index]?.name ?? "").find((one) => one !== "") ?? "";
      if (first !== undefined) bases.set(rights, { right: { ...first, name }, rights });
    }
  }
  return [...bases.values()];
}

function properSubsets(all: readonly number[]): readonly (readonly number[])[] {
  return Array.from({ length: 2 ** all.length - 2 }, (_, bits) =>
    all.filter((place) => ((bits + 1) >> place) % 2 === 1),
  );
}
