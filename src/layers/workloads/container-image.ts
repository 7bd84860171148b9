// The image of a container, read once however many rules ask.

import type { ContainerView } from "../../kubernetes/containers.ts";
import { parseImageReference, type ImageReference } from "../../kubernetes/image-reference.ts";
import { ownCopy } from "../../kubernetes/own-copy.ts";

/** By what is written: the same images run in many places. Bounded: when full, it starts anew. */
const read = new Map<string, ImageReference | undefined>();
const MOST_IMAGES = 10_000;

/** `undefined` where no image is set, or what is set is no reference (a placeholder of a template, for instance). */
export function imageOf({ container }: ContainerView): ImageReference | undefined {
  const text = container.image ?? "";
  const known = read.get(text);
  if (known !== undefined || read.has(text)) return known;
  if (read.size >= MOST_IMAGES) read.clear();
  const own = ownCopy(text); // what is remembered must not keep its document
  const image = parseImageReference(own);
  read.set(own, image);
  return image;
}
