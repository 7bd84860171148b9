// The layout as rules: pure folders import only from those above them, impure ones are imported only by the doors.

const PURE = ["kubernetes", "cluster", "verdicts", "layers", "attack", "controls", "fix", "report"];
const IMPURE = ["sources", "operations", "store", "monitor", "server", "admission", "cli"];
const DOORS = ["cli", "server", "monitor", "admission"];
const notTests = { pathNot: "\\.test\\.ts$" };

const below = PURE.map((folder, index) => ({
  name: `${folder}-imports-only-from-above`,
  comment: "The pure folders stand in the order of their imports: what is above never knows what is below.",
  severity: "error",
  from: { path: `^src/${folder}/`, ...notTests },
  to: { path: `^src/(${[...PURE.slice(index + 1), ...IMPURE].join("|")})/` },
}));

export default {
  forbidden: [
    // Two type-only edges go the other way on purpose: a rule of `verdicts` names the Cluster it is given.
    ...below,
    {
      name: "pure-code-has-no-packages",
      comment: "Engines run in terminal, server and browser: no Node modules, no dependencies.",
      severity: "error",
      from: { path: `^src/(${PURE.join("|")})/`, ...notTests },
      to: { path: "node_modules|^node:", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "only-doors-import-impure",
      comment: "Input and output enter through cli, server, monitor and admission alone.",
      severity: "error",
      from: { path: "^src/", pathNot: [`^src/(${DOORS.join("|")})/`, "\\.test\\.ts$", "^src/(sources|operations|store)/"] },
      to: { path: `^src/(${IMPURE.join("|")})/` },
    },
    {
      name: "sources-do-not-know-the-command-line",
      comment: "A source yields objects; what becomes of them is not its business.",
      severity: "error",
      from: { path: "^src/(sources|operations|store)/", ...notTests },
      to: { path: `^src/(${DOORS.join("|")})/` },
    },
    // Cycles are the linter's (import/no-cycle): this parser cannot tell imports of types from imports of values.
    { name: "no-orphans-to-tests", comment: "Product code never imports what tests share.", severity: "error", from: { path: "^src/", pathNot: "\\.(test|fixture)\\.ts$" }, to: { path: "^(test|scripts|bench)/" } },
  ],
  options: { parser: "swc", doNotFollow: { path: "node_modules" }, tsPreCompilationDeps: true, enhancedResolveOptions: { extensions: [".ts", ".js", ".json"] } },
};
