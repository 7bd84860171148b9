import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts"],
    exclude: ["**/*.matrix.test.ts", "**/*.long.test.ts", "**/node_modules/**"],
    reporters: ["default", "./test/reporter/closing-line.ts"],
    testTimeout: 60_000,
    hookTimeout: 600_000,
    pool: "forks",
    isolate: false,
  },
});
