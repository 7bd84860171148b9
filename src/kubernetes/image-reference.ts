// Image references as container runtimes read them (github.com/distribution/reference, reference.go and normalize.go).

export interface ImageReference {
  /** As written, e.g. `registry.example.com:5000`; `undefined` where the runtime chooses (Docker Hub, in most). */
  readonly registry: string | undefined;
  /** Path in the registry, e.g. `shop/cart`. */
  readonly repository: string;
  readonly tag: string | undefined;
  /** E.g. `sha256:3f5a…`. */
  readonly digest: string | undefined;
}

const COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const DOMAIN_COMPONENT = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const DOMAIN = `(?:${DOMAIN_COMPONENT}(?:\\.${DOMAIN_COMPONENT})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const TAG = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
const DIGEST = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
const REFERENCE = new RegExp(
  `^(?:(?<registry>${DOMAIN})/)?(?<repository>${COMPONENT}(?:/${COMPONENT})*)(?::(?<tag>${TAG}))?(?:@(?<digest>${DIGEST}))?$`,
);
const LONGEST = 4096; // longer texts are no reference anybody could pull

/**
 * Reads an image reference; `undefined` when no runtime would take it.
 *
 * @example
 * parseImageReference("localhost:5000/cart:1.8") // { registry: "localhost:5000", repository: "cart", tag: "1.8", … }
 */
export function parseImageReference(text: string): ImageReference | undefined {
  if (text.length > LONGEST) return undefined;
  const slash = text.indexOf("/");
  // A first component is a registry only if it could not be a path: `shop/cart` is a repository, `shop.io/cart` is not.
  const isRegistry = slash !== -1 && isDomain(text.slice(0, slash));
  const groups = REFERENCE.exec(isRegistry ? text : `docker.io/${text}`)?.groups;
  if (groups?.["repository"] === undefined) return undefined;
  return {
    registry: isRegistry ? groups["registry"] : undefined,
    repository: groups["repository"],
    tag: groups["tag"],
    digest: groups["digest"],
  };
}

function isDomain(component: string): boolean {
  return /[.:A-Z]/.test(component) || component === "localhost";
}

/** Where the reference points, with the defaults runtimes share: `docker.io/library/nginx` for `nginx`. */
export function fullRepository({ registry = "docker.io", repository }: ImageReference): string {
  const isHub = registry === "docker.io" || registry === "index.docker.io";
  if (!isHub) return `${registry}/${repository}`;
  return `docker.io/${repository.includes("/") ? repository : `library/${repository}`}`;
}
