// Unit, property and protocol tests; the grammar and editor tests have runners of their own (see scripts/test.ts).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/editor/**', 'node_modules/**'],
    // The longest takes some fifteen seconds on a machine with nothing else to do; hooks start servers.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
