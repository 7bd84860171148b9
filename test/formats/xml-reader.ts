// A strict reader of the XML that reports may use: elements, attributes, text, the five entities. Throws where XML 1.0
// would be ill-formed.

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const TAG = /<(\/?)([A-Za-z][\w.-]*)((?:\s+[A-Za-z][\w:.-]*="[^"<]*")*)\s*(\/?)>/y;

export function readXml(source: string): XmlElement {
  const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.exec(source);
  if (forbidden !== null) throw new Error(`a character XML cannot hold at ${forbidden.index}`);
  const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/.exec(source);
  let at = declaration?.[0].length ?? 0;
  const read = (): XmlElement => {
    const open = tagAt(source, at);
    if (open.isClosing) throw new Error(`unexpected end tag ${open.name} at ${at}`);
    at = open.end;
    const children: XmlElement[] = [];
    let text = "";
    if (open.isEmpty) return { name: open.name, attributes: open.attributes, children, text };
    for (;;) {
      const next = source.indexOf("<", at);
      if (next === -1) throw new Error(`${open.name} is not closed`);
      text += decoded(source.slice(at, next));
      at = next;
      const tag = tagAt(source, at);
      if (!tag.isClosing) children.push(read());
      else if (tag.name !== open.name) throw new Error(`${open.name} is closed by ${tag.name}`);
      else {
        at = tag.end;
        return { name: open.name, attributes: open.attributes, children, text };
      }
    }
  };
  const root = read();
  if (source.slice(at).trim() !== "") throw new Error("text after the root element");
  return root;
}

function tagAt(source: string, at: number) {
  TAG.lastIndex = at;
  const match = TAG.exec(source);
  if (match === null) throw new Error(`no tag at ${at}: ${JSON.stringify(source.slice(at, at + 60))}`);
  const attributes: Record<string, string> = {};
  for (const [, name = "", value = ""] of (match[3] ?? "").matchAll(/([\w:.-]+)="([^"]*)"/g)) {
    if (name in attributes) throw new Error(`attribute ${name} twice`);
    attributes[name] = decoded(value);
  }
  return {
    name: match[2] ?? "",
    attributes,
    isClosing: match[1] === "/",
    isEmpty: match[4] === "/",
    end: at + match[0].length,
  };
}

function decoded(text: string): string {
  if (text.includes("]]>")) throw new Error("]]> in text");
  return text.replace(/&(\w*);?/g, (whole, name: string) => {
    const character = ENTITIES[name];
    if (character === undefined || !whole.endsWith(";")) throw new Error(`unknown entity ${whole}`);
    return character;
  });
}
