// Large numbers as people read them: `4.1 G`.

/** Three digits and a letter: 4,089,284,608 is `4.09 G`. Small numbers stay as they are. */
export function formatCount(value: number): string {
  const units = [
    [1e15, 'P'],
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const;
  for (const [size, letter] of units) {
    if (Math.abs(value) >= size) return `${(value / size).toPrecision(3)} ${letter}`;
  }
  return String(value);
}

/** `2.87 MB`, in powers of ten. */
export function formatBytes(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${formatCount(bytes)}B`;
}
