// Who set which field, kept as text until somebody asks: as objects, managedFields are half of a cluster's memory
// (54,000 objects: 378 MB of heap with them, 256 MB as text), and only findings ever need them.

/** Takes managedFields out of metadata that was just parsed and is the caller's own; returns them as JSON text. */
export function detachManagedFields(metadata: object | null | undefined): string | undefined {
  if (metadata == null || !("managedFields" in metadata)) return undefined;
  const { managedFields } = metadata;
  // The API server writes them last, and deleting the last property keeps the object's fast form.
  delete metadata.managedFields;
  return managedFields == null ? undefined : JSON.stringify(managedFields);
}

/** The object with its managedFields back in place. */
export function attachManagedFields<T extends { readonly metadata?: object | null }>(
  object: T,
  managedFields: string | undefined,
): T {
  if (managedFields === undefined) return object;
  return { ...object, metadata: { ...object.metadata, managedFields: JSON.parse(managedFields) as unknown } };
}
