// File names as short as they are still plain: below the one directory that was asked for, its name goes without saying.

import type { Position } from "../../cluster/resource.ts";
import { placeText } from "../evidence-text.ts";
import type { Target } from "../report.ts";

/** Writes positions: `cart.yaml:31:13` for `examples/shop/cart.yaml` when `examples/shop` is the only target. */
export function placesBelow({
  kind,
  names,
}: Pick<Target, "kind" | "names">): (position: Position | undefined) => string {
  const [only] = names;
  if (kind !== "files" || only === undefined || names.length !== 1) return placeText;
  const directory = `${only.replace(/\/+$/, "")}/`;
  return (position) => {
    if (position === undefined) return "";
    const { file } = position;
    if (file === only) return placeText({ ...position, file: file.slice(file.lastIndexOf("/") + 1) });
    return placeText(file.startsWith(directory) ? { ...position, file: file.slice(directory.length) } : position);
  };
}
