// What a scalar means to PyYAML, which reads YAML 1.1: every framework that has these files reads them with it.

type Meaning =
  | { readonly kind: 'number'; readonly value: number; readonly isInteger: boolean }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'nothing' };

const NOTHING = /^(?:~|null|Null|NULL|)$/;
const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const DECIMAL = /^[-+]?(?:0|[1-9][0-9_]*)$/;
const RADIX = /^(?<sign>[-+]?)0(?:b(?<binary>[01_]+)|x(?<hexadecimal>[0-9a-fA-F_]+)|(?<octal>[0-7_]+))$/;
/** `1e5` is none: PyYAML wants the point and the sign of the exponent. */
const FLOAT = /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?$/;
const INFINITE = /^(?<sign>[-+]?)\.(?:inf|Inf|INF)$/;

/** A plain scalar; one in quotes is always text. */
export function meaningOf(plain: string): Meaning {
  if (NOTHING.test(plain)) return { kind: 'nothing' };
  if (TRUE.test(plain)) return { kind: 'boolean', value: true };
  if (FALSE.test(plain)) return { kind: 'boolean', value: false };
  if (DECIMAL.test(plain)) return integer(Number(plain.replaceAll('_', '')));
  const radix = RADIX.exec(plain)?.groups;
  if (radix !== undefined) {
    const { sign, binary, hexadecimal, octal } = radix;
    const digits = (binary ?? hexadecimal ?? octal ?? '').replaceAll('_', '');
    const base = binary !== undefined ? 2 : hexadecimal !== undefined ? 16 : 8;
    return integer((sign === '-' ? -1 : 1) * (digits === '' ? 0 : parseInt(digits, base)));
  }
  if (FLOAT.test(plain)) return { kind: 'number', value: Number(plain.replaceAll('_', '')), isInteger: false };
  const infinite = INFINITE.exec(plain)?.groups;
  if (infinite !== undefined) return { kind: 'number', value: infinite['sign'] === '-' ? -Infinity : Infinity, isInteger: false };
  return { kind: 'text', value: plain };
}

function integer(value: number): Meaning {
  // -0 is the 0 that it is in Python.
  return { kind: 'number', value: value + 0, isInteger: true };
}
