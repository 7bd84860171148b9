// Applies a patch as `kubectl patch` does by default (k8s.io/apimachinery/pkg/util/strategicpatch): objects merge, null
// removes, lists merge by the key their type declares or are replaced.

type Value = unknown;
type Fields = Readonly<Record<string, Value>>;

/** `patchMergeKey` of the lists that rules' fixes patch (k8s.io/api/core/v1/types.go). */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  containers: "name",
  env: "name",
  ephemeralContainers: "name",
  hostAliases: "ip",
  imagePullSecrets: "name",
  initContainers: "name",
  ports: "containerPort",
  topologySpreadConstraints: "topologyKey",
  volumeMounts: "mountPath",
  volumes: "name",
};

/** `$patch: delete` in an element of a merged list removes it; an element `$patch: replace` empties the list first. */
const DIRECTIVE = "$patch";

/** A new value; neither argument is changed. Applying the same patch again changes nothing. */
export function applyPatch(value: Value, patch: Value, field = ""): Value {
  if (isObject(patch)) return mergeObjects(isObject(value) ? value : {}, patch);
  const key = MERGE_KEYS[field];
  if (Array.isArray(patch) && key !== undefined && patch.every(isObject)) {
    return mergeLists(Array.isArray(value) ? value : [], patch, key);
  }
  return patch;
}

function isObject(value: Value): value is Fields {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function mergeObjects(value: Fields, patch: Fields): Fields {
  const merged: Record<string, Value> = { ...value };
  for (const [field, change] of Object.entries(patch)) {
    if (field === DIRECTIVE) continue;
    if (change === null) delete merged[field];
    else merged[field] = applyPatch(merged[field], change, field);
  }
  return merged;
}

function mergeLists(list: readonly Value[], patch: readonly Fields[], key: string): readonly Value[] {
  const keyOf = (element: Value): Value => (isObject(element) ? element[key] : undefined);
  const isReplaced = patch.some((change) => change[DIRECTIVE] === "replace");
  let merged = isReplaced ? [] : [...list];
  for (const change of patch) {
    if (change[DIRECTIVE] === "replace") continue;
    const at = merged.findIndex((element) => keyOf(element) === change[key]);
    if (change[DIRECTIVE] === "delete") merged = merged.filter((element) => keyOf(element) !== change[key]);
    else if (at === -1) merged.push(applyPatch({}, change));
    else merged[at] = applyPatch(merged[at], change);
  }
  return merged;
}
