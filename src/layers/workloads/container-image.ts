// The image of a container, read once however many rules ask.

import type { ContainerView } from "../../kubernetes/containers.ts";
import { parseImageReference, type ImageReference } from "../../kubernetes/image-reference.ts";
import type { Container } from "../../kubernetes/pod.ts";

const read = new WeakMap<Container, ImageReference | "none">();

/** `undefined` where no image is set, or what is set is no reference (a placeholder of a template, for instance). */
export function imageOf({ container }: ContainerView): ImageReference | undefined {
  let image = read.get(container);
  if (image === undefined) {
    image = parseImageReference(container.image ?? "") ?? "none";
    read.set(container, image);
  }
  return image === "none" ? undefined : image;
}
