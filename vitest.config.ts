// Unit, property and protocol tests; the grammar and editor tests have runners of their own (see scripts/test.ts).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/editor/**', 'node_modules/**'],
    // CI machines have few cores, and editors run beside.
    testTimeout: 60_000,
  },
});
