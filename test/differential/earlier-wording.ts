// Reviewed differences in wording between the newest Pod Security admission, whose words are ours, and earlier ones. The
// verdicts do not differ.

const ANNOTATION = /"(container\.apparmor\.security\.beta\.kubernetes\.io\/[^"=]*="[^"]*")"/g;
const APP_ARMOR_ANNOTATIONS = new RegExp(
  `annotations? must not set AppArmor profile type to ((?:${ANNOTATION.source}(?:, )?)+)`,
);

/** Our text as a server of this minor words it. */
export function asWordedBy(serverMinor: number, text: string): string {
  // Before it knew fields, check_appArmorProfile.go named the annotations and nothing else.
  if (serverMinor >= 30) return text;
  return text.replace(APP_ARMOR_ANNOTATIONS, (_, annotations: string) => annotations.replaceAll(ANNOTATION, "$1"));
}
