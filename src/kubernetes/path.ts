// Paths into a Kubernetes object: property names and array indexes, written as kubectl and jq users write them.

/** One step: a property name or an array index. */
export type PathSegment = string | number;

/** Steps from the root of an object, e.g. `["spec", "containers", 0, "image"]`. */
export type Path = readonly PathSegment[];

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;

const texts = new WeakMap<Path, string>();

/**
 * Renders a path: `spec.containers[0].image`, and `metadata.annotations["a.b/c"]` for names that are not plain.
 */
export function formatPath(path: Path): string {
  return texts.get(path) ?? render(path);
}

function render(path: Path): string {
  let text = "";
  for (const segment of path) {
    if (typeof segment === "number") text += `[${segment}]`;
    else if (PLAIN_NAME.test(segment)) text += text === "" ? segment : `.${segment}`;
    else text += `[${JSON.stringify(segment)}]`;
  }
  return text;
}

interface PathNode {
  readonly next: Map<PathSegment, PathNode>;
  path?: Path;
}

/**
 * Equal paths become one: findings by the hundred thousand name the same few hundred paths. The text is kept with it.
 */
export function createPathTable(): (path: Path) => Path {
  const root: PathNode = { next: new Map() };
  return (path) => {
    let node = root;
    for (const segment of path) {
      let next = node.next.get(segment);
      if (next === undefined) {
        next = { next: new Map() };
        node.next.set(segment, next);
      }
      node = next;
    }
    if (node.path === undefined) {
      node.path = [...path];
      texts.set(node.path, render(node.path));
    }
    return node.path;
  };
}

const STEP = /\.?([A-Za-z_][A-Za-z0-9_-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** Reads what {@link formatPath} writes; `undefined` when the text is not such a path. */
export function parsePath(text: string): Path | undefined {
  const path: PathSegment[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const match = STEP.exec(text);
    if (match === null) return undefined;
    if (match[1] !== undefined) path.push(match[1]);
    else if (match[2] !== undefined) path.push(Number(match[2]));
    else path.push(JSON.parse(match[3] ?? '""') as string); // the pattern admits only a JSON string here
  }
  return path;
}

/** The value at `path`, or `undefined` where the path leaves the object. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const segment of path) {
    if (value === null || typeof value !== "object") return undefined;
    if (!Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<PathSegment, unknown>)[segment]; // own property of an object, just checked
  }
  return value;
}
