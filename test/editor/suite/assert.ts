// The two assertions that the suite needs; node:assert is not there in a browser's worker.

export function assertEqual(actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`expected ${JSON.stringify(expected)}, but found ${JSON.stringify(actual)}`);
}

export function assertMatch(actual: string, pattern: RegExp): void {
  if (!pattern.test(actual)) throw new Error(`expected ${String(pattern)}, but found ${JSON.stringify(actual)}`);
}
