// Tensors as JSON has them: `{"shape": [2, 2], "data": [1, 2, 3, 4]}`, the data flat and in C order.
import { elementCount, type TensorData } from './tensor-data.ts';
import { InvalidTensorFile, readTensorFile, toShape, type TensorFile } from './tensor-file.ts';

/** What JSON has no number for, as words. */
const WORDS: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/**
 * Reads `{"inputs": {name: tensor}, "weights": {name: tensor}}`; either may be absent. Names get `inputs.` or `weights.` in front, as
 * in a file of another format that has both.
 */
export function readJsonTensors(text: string): TensorFile {
  return readTensorFile(() => {
    let content: unknown;
    try {
      content = JSON.parse(text);
    } catch (error) {
      throw new InvalidTensorFile(`This is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
    }
    const unknown = Object.keys(toObject(content, 'The file')).find((key) => key !== 'inputs' && key !== 'weights');
    if (unknown !== undefined) throw new InvalidTensorFile(`The file has \`inputs\` and \`weights\`, and not \`${unknown}\`.`);
    return new Map(
      Object.entries(toObject(content, 'The file')).flatMap(([group, tensors]) =>
        Object.entries(toObject(tensors, `\`${group}\``)).map(
          ([name, tensor]) => [`${group}.${name}`, toTensor(`${group}.${name}`, tensor)] as const,
        ),
      ),
    );
  });
}

function toObject(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidTensorFile(`${what} is no JSON object of tensors by name.`);
  return value as Record<string, unknown>;
}

function toTensor(name: string, value: unknown): TensorData {
  const fail = (message: string) => new InvalidTensorFile(`Tensor \`${name}\`: ${message}`);
  const { shape: sizes, data: numbers } = toObject(value, `Tensor \`${name}\``);
  const shape = toShape(sizes);
  if (shape === undefined) throw fail(`its shape is ${short(sizes)}, and not a list of whole numbers.`);
  if (!Array.isArray(numbers)) throw fail('its data is no list of numbers.');
  const items: unknown[] = numbers;
  if (items.length !== elementCount(shape))
    throw fail(`its shape [${shape.join(', ')}] takes ${elementCount(shape)} numbers, and its data has ${items.length}.`);
  const data = new Float32Array(items.length);
  items.forEach((item, at) => {
    const number = typeof item === 'number' ? item : WORDS.get(item);
    if (number === undefined)
      throw fail(`data[${at}] is ${short(item)}, and no number${Array.isArray(item) ? '; the data is one flat list' : ''}.`);
    data[at] = number;
  });
  return { shape, data };
}

function short(value: unknown): string {
  const text = value === undefined ? 'not there' : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}

/** A tensor as JSON has it, each number with as few digits as tell it from other float32 numbers. */
export function toJsonTensor({ shape, data }: TensorData): {
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
} {
  return { shape, data: Array.from(data, (value) => (Number.isFinite(value) ? shortest(value) : String(value))) };
}

function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return Number(value.toPrecision(9));
}
