// Numbers as text: short ones for cells, longer ones for sums.

const UNITS = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** No more than `room` characters, a minus included; an empty text where not even that says anything. */
export function shortNumber(value: number, room: number): string {
  if (Number.isNaN(value)) return '';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const rounded = Math.abs(value) < 5e-7 ? 0 : value;
  if (Number.isInteger(rounded)) {
    const whole = signed(String(rounded));
    if (whole.length <= room) return whole;
  }
  for (let digits = 3; digits >= 0; digits--) {
    const text = signed(trimmed(rounded.toFixed(digits)));
    if (Number(rounded.toFixed(digits)) === 0) break;
    if (text.length <= room) return text;
    // Without the 0 before the point there is room for a digit more.
    const bare = text.replace(/^(−?)0\./, '$1.');
    if (digits < 3 && digits > 0 && bare.length <= room) return bare;
  }
  if (Math.abs(rounded) < 1) return tiny(rounded, room);
  for (const [unit, letter] of UNITS) {
    if (Math.abs(rounded) < unit) continue;
    for (let digits = 1; digits >= 0; digits--) {
      const text = signed(trimmed((rounded / unit).toFixed(digits))) + letter;
      if (text.length <= room) return text;
    }
  }
  const text = signed(rounded.toExponential(0).replace('e+', 'e'));
  return text.length <= room ? text : '';
}

/** Not zero, but nearly. */
function tiny(value: number, room: number): string {
  const text = value < 0 ? '−0' : '0+';
  return text.length <= room ? text : '';
}

/** At most four digits behind the point. */
export function longNumber(value: number): string {
  if (Number.isNaN(value)) return '?';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value !== 0 && Math.abs(value) < 5e-5) return Math.abs(value) < 1e-7 ? '0' : signed(value.toExponential(1).replace('.0e', 'e'));
  if (Math.abs(value) >= 1e7) return signed(value.toExponential(3).replace('e+', 'e'));
  return signed(trimmed(value.toFixed(Math.abs(value) >= 1000 ? 2 : 4)));
}

/** In brackets where it is negative, to stand in a product. */
export function factor(value: number): string {
  const text = longNumber(value);
  return text.startsWith('−') ? `(${text})` : text;
}

function trimmed(text: string): string {
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short;
}

/** With a minus sign as wide as a digit; the 0 before the point stays. */
function signed(text: string): string {
  return text.replace(/^-/, '−');
}

/** `5 × 5`, from the sizes of the axes. */
export function sizeText(sizes: readonly number[]): string {
  return sizes.join(' × ');
}
