// Random numbers that a seed and a name decide, the same everywhere.

/** Numbers of a uniform distribution in [0, 1), each a multiple of 2**-32. */
export type RandomNumbers = () => number;

/**
 * A stream of its own for each name, so that a layer that is added changes no other's numbers: xoshiro128** (Blackman and Vigna,
 * 2018), its state made by SplitMix32 from the seed and the FNV-1a hash of the name's UTF-16 units.
 */
export function randomNumbers(seed: number, name: string): RandomNumbers {
  const next = splitMix32(Math.imul(hash(name), 0x9e3779b1) ^ seed ^ Math.floor(seed / 2 ** 32));
  let [a, b, c, d] = [next(), next(), next(), next()];
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return (result >>> 0) / 2 ** 32;
  };
}

/**
 * Fills `data` from the normal distribution around 0, by Box and Muller. Engines may differ in the last bit of a logarithm, which
 * float32 has not.
 */
export function fillNormal(data: Float32Array, deviation: number, random: RandomNumbers): void {
  for (let at = 0; at < data.length; at += 2) {
    // 1 - u is never 0, whose logarithm is not finite.
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    data[at] = radius * Math.cos(angle);
    // Beyond the end of an odd number of values nothing is stored.
    data[at + 1] = radius * Math.sin(angle);
  }
}

function splitMix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
