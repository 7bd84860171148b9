// What a renderer complained about, in one line that a report can show.

const LONGEST = 400;

/** Its words without the wrapping of its log and without temporary names. */
export function complaintOf(stderr: string): string {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter(
      (line) => line !== "" && !line.startsWith("# ") && !line.startsWith("Use --debug") && !/^WARNING/i.test(line),
    );
  const line = lines.find((one) => /error|failed/i.test(one)) ?? lines[0] ?? "";
  const logged = /^E\d+ .*?\] "command failed" err="(.*)"$/.exec(line)?.[1]?.replaceAll('\\"', '"');
  const words = (logged ?? line).replace(/^error:\s*/i, "");
  return words.length <= LONGEST ? words : `${words.slice(0, LONGEST - 1)}…`;
}
