// `shapelint run` end to end: PyTorch's numbers for the same weights, and every way in which tensors may not fit.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../server/src/cli/main.ts';
import { terminalStyle } from '../../server/src/cli/style.ts';
import { toJsonTensor } from '../../server/src/reference/json-tensors.ts';
import { readSafetensors, writeSafetensors } from '../../server/src/reference/safetensors.ts';
import { elementCount, type TensorData } from '../../server/src/reference/tensor-data.ts';

interface Recorded {
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly output: { readonly shape: readonly number[]; readonly data: readonly number[] };
}

interface Outputs {
  readonly outputs: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>>;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shapelint-run-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function shapelint(...args: readonly string[]): { readonly code: number; readonly out: string; readonly error: string } {
  let [out, error] = ['', ''];
  const terminal = { out: (text: string) => (out += text), error: (text: string) => (error += text) };
  const code = run(args, { ...terminal, style: terminalStyle(false, {}), docs: '' });
  return { code, out, error };
}

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const network = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const outputsOf = (text: string) => (JSON.parse(text) as Outputs).outputs;

/** The formula of record.py. */
function fill(name: string, shape: readonly number[]): TensorData {
  const data = Float32Array.from({ length: elementCount(shape) }, (_, at) => {
    const value = (((at * 37 + name.length * 11) % 101) - 50) / 200;
    return name.endsWith('running_var') ? Math.abs(value) + 0.5 : value;
  });
  return { shape, data };
}

describe.each(['lenet', 'autoencoder'])('%s gives what PyTorch gives', (name) => {
  const { input, weights, output } = JSON.parse(readFileSync(network(`${name}.json`), 'utf8')) as Recorded;
  const x = fill(input.name, input.shape);
  const tensors = new Map(Object.entries(weights).map(([key, shape]) => [key, fill(key, shape)]));
  const isClose = (data: readonly number[]) => {
    expect(data).toHaveLength(output.data.length);
    data.forEach((value, at) => expect(Math.abs(value - (output.data[at] ?? NaN))).toBeLessThan(2e-6));
  };

  it('from safetensors, to safetensors', () => {
    const source = write(`${name}.safetensors`, writeSafetensors(new Map([...tensors, [input.name, x]])));
    const target = join(folder, `${name}-out.safetensors`);
    expect(shapelint('run', network(`${name}.nn`), '--tensors', source, '--output', target)).toEqual({ code: 0, out: '', error: '' });
    const answer = readSafetensors(readFileSync(target));
    const [found] = answer.kind === 'tensors' ? [...answer.tensors.values()] : [];
    expect(found?.shape).toEqual(output.shape);
    isClose([...(found?.data ?? [])]);
  });

  it('from JSON, to standard output', () => {
    const json = (map: ReadonlyMap<string, TensorData>) => Object.fromEntries([...map].map(([key, tensor]) => [key, toJsonTensor(tensor)]));
    const source = write(`${name}.json`, JSON.stringify({ inputs: json(new Map([[input.name, x]])), weights: json(tensors) }));
    const { code, out, error } = shapelint('run', network(`${name}.nn`), '--tensors', source);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    isClose(Object.values(outputsOf(out))[0]?.data ?? []);
  });
});

/** A network of one convolution, bound to a name. */
const small = 'net Small:\n    input x: [N, 1, H, W]\n    conv1 = Conv2d(1, 2, 2)\n    output y\n';
const ones = (shape: readonly number[]) => ({ shape, data: Array.from({ length: elementCount(shape) }, () => 1) });
const weights = { 'conv1.weight': ones([2, 1, 2, 2]), 'conv1.bias': ones([2]) };

function runSmall(tensors: object, text = small, ...args: readonly string[]) {
  return shapelint('run', write('small.nn', text), '--tensors', write('small.json', JSON.stringify(tensors)), ...args);
}

describe('weights', () => {
  const inputs = { x: ones([1, 1, 3, 3]) };
  const fives = { shape: [1, 2, 2, 2], data: [5, 5, 5, 5, 5, 5, 5, 5] };

  it.each([
    ['by bound name', weights],
    ['by position', { '0.weight': weights['conv1.weight'], '0.bias': weights['conv1.bias'] }],
    ['of a model that ran on several GPUs', { 'module.conv1.weight': weights['conv1.weight'], 'module.conv1.bias': weights['conv1.bias'] }],
  ])('%s', (_, given) => {
    const { code, out, error } = runSmall({ inputs, weights: given });
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(outputsOf(out)).toEqual({ y: fives });
  });

  it('that are not given are counted, and the seed alone decides them', () => {
    const first = runSmall({ inputs, weights: { 'conv1.bias': ones([2]) } });
    expect(first).toMatchObject({ code: 0, error: "1 of 2 parameters are not given: He's random start with seed 0.\n" });
    expect(runSmall({ inputs, weights: { 'conv1.bias': ones([2]) } }).out).toBe(first.out);
    expect(runSmall({ inputs, weights: { 'conv1.bias': ones([2]) } }, small, '--seed', '7').out).not.toBe(first.out);
  });

  it.each([
    [
      'a shape that the layer does not take',
      { 'conv1.weight': ones([2, 1, 3, 3]) },
      'The weight `conv1.weight` has the shape [2, 1, 3, 3], and the layer takes [2, 1, 2, 2].\n',
    ],
    ['a name that nothing takes', { ...weights, 'fc.weight': ones([1]) }, 'Nothing takes the weight `fc.weight`.\n'],
    ['a parameter that the layer does not have', { ...weights, 'conv1.scale': ones([1]) }, 'Nothing takes the weight `conv1.scale`.\n'],
    [
      'a misspelt name, beside what is not given',
      { 'conv1.bias': ones([2]), 'conv1.wieght': ones([2, 1, 2, 2]) },
      'Nothing takes the weight `conv1.wieght`.\nParameters that nothing is given for: `conv1.weight`.\n',
    ],
    [
      'one parameter under two names',
      { ...weights, '0.bias': ones([2]) },
      'The weights `conv1.bias` and `0.bias` are the same parameter.\n',
    ],
  ])('with %s are refused', (_, given, error) => {
    expect(runSmall({ inputs, weights: given })).toEqual({ code: 1, out: '', error });
  });
});

describe('inputs', () => {
  it.each([
    ['missing', {}, 1, 'There is no tensor for the input `x`, which is [N, 1, H, W].\n'],
    ['of a name that there is not', { x: ones([1, 1, 3, 3]), z: ones([1]) }, 1, '`Small` has no input `z`; its inputs are `x`.\n'],
    [
      'of another number of channels',
      { x: ones([1, 3, 3, 3]) },
      1,
      'The input `x` is [N, 1, H, W] with N = 1, H = 3, W = 3, and its tensor is [1, 3, 3, 3].\n',
    ],
    ['of another rank', { x: ones([3, 3]) }, 1, 'The input `x` is [N, 1, H, W], and its tensor is [3, 3].\n'],
  ])('%s', (_, inputs, code, error) => {
    expect(runSmall({ inputs, weights })).toEqual({ code, out: '', error });
  });

  it('give the symbols their numbers, which --size must not contradict', () => {
    const inputs = { x: ones([1, 1, 3, 4]) };
    expect(outputsOf(runSmall({ inputs, weights }).out)['y']?.shape).toEqual([1, 2, 2, 3]);
    expect(runSmall({ inputs, weights }, small, '--size', 'H=5')).toMatchObject({
      code: 1,
      error: expect.stringContaining('with H = 5') as string,
    });
    expect(runSmall({ inputs, weights }, small, '--size', 'Q=5')).toMatchObject({
      code: 2,
      error: expect.stringContaining('no symbol Q') as string,
    });
  });

  it('decide what does not fit: the diagnostic of check at these sizes', () => {
    const { code, out, error } = runSmall({ inputs: { x: ones([1, 1, 1, 3]) }, weights });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toContain('kernel-exceeds-input');
  });

  it('have to keep what the network requires', () => {
    const strict = small.replace('    conv1', '    require H % 2 == 0 and W in 4..8\n    conv1');
    expect(runSmall({ inputs: { x: ones([1, 1, 4, 4]) }, weights }, strict).code).toBe(0);
    for (const shape of [
      [1, 1, 3, 4],
      [1, 1, 4, 9],
    ])
      expect(runSmall({ inputs: { x: ones(shape) }, weights }, strict)).toEqual({
        code: 1,
        out: '',
        error: `\`require H % 2 == 0 and W in 4..8\` does not hold with N = 1, H = ${shape[2]}, W = ${shape[3]}.\n`,
      });
  });

  it('of an input without a shape are taken as they are', () => {
    expect(
      outputsOf(runSmall({ inputs: { x: ones([1, 1, 3, 3]) }, weights }, small.replace(': [N, 1, H, W]', '')).out)['y']?.shape,
    ).toEqual([1, 2, 2, 2]);
  });
});

describe('what cannot be run', () => {
  it('a network with a fault: its diagnostic', () => {
    const { code, error } = runSmall({}, small.replace('Conv2d(1', 'Conv2d(3'));
    expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining('Conv2d is made for 3 channels') as string });
  });

  it.each([
    ['without tensors', ['run', 'FILE'], '--tensors'],
    ['with tensors of a kind that is not known', ['run', 'FILE', '--tensors', 'x.pt'], 'x.pt'],
    ['with an output of another kind', ['run', 'FILE', '--tensors', 'x.json', '--output', 'y.pt'], '--output takes'],
  ])('%s: bad usage', (_, args, words) => {
    const { code, error } = shapelint(...args.map((arg) => (arg === 'FILE' ? write('small.nn', small) : arg)));
    expect({ code, error }).toEqual({ code: 2, error: expect.stringContaining(words) as string });
    expect(error).not.toMatch(/\n\s+at /);
  });

  it('a file that cannot be read: said in words, and not how the command is called', () => {
    const { code, error } = shapelint('run', write('small.nn', small), '--tensors', 'nothing.json');
    expect({ code, error }).toEqual({ code: 2, error: 'nothing.json could not be read: there is no such file or folder.\n' });
  });

  it('one of several networks, until --net says which', () => {
    const two = `${small}\n${small.replace('Small', 'Other')}`;
    const tensors = { inputs: { x: ones([1, 1, 3, 3]) }, weights };
    expect(runSmall(tensors, two)).toMatchObject({ code: 2, error: expect.stringContaining('Small, Other') as string });
    expect(runSmall(tensors, two, '--net', 'Other').code).toBe(0);
  });
});

describe('a Keras model with the channels last', () => {
  const layer = (class_name: string, name: string, config: object, ...inputs: string[]) => ({
    class_name,
    name,
    config: { name, ...config },
    inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])],
  });
  const model = JSON.stringify({
    class_name: 'Model',
    config: {
      name: 'small',
      layers: [
        layer('InputLayer', 'x', { batch_input_shape: [null, null, null, 2] }),
        layer('Conv2D', 'conv', { filters: 2, kernel_size: [1, 1], padding: 'valid', use_bias: false }, 'x'),
      ],
      input_layers: [['x', 0, 0]],
      output_layers: [['conv', 0, 0]],
    },
  });
  const weights = { 'conv.weight': { shape: [2, 2, 1, 1], data: [0, 1, 10, 0] } };

  it('takes its input and gives its output as Keras has them', () => {
    const x = { shape: [1, 1, 3, 2], data: [1, 2, 3, 4, 5, 6] };
    const { code, out, error } = shapelint(
      'run',
      write('small.json', model),
      '--tensors',
      write('tensors.json', JSON.stringify({ inputs: { x }, weights })),
    );
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(Object.values(outputsOf(out))).toEqual([{ shape: [1, 1, 3, 2], data: [2, 10, 4, 30, 6, 50] }]);
  });

  it('says the shape of the file where a tensor does not fit', () => {
    const x = { shape: [1, 2, 1, 3], data: [1, 2, 3, 4, 5, 6] };
    const tensors = write('tensors.json', JSON.stringify({ inputs: { x }, weights }));
    const { code, error } = shapelint('run', write('small.json', model), '--tensors', tensors);
    expect(code).toBe(1);
    expect(error).toContain('The input `x` is [N, H, W, 2] with N = 1, H = 2, W = 1, and its tensor is [1, 2, 1, 3].');
  });
});

describe('a YOLO model file', () => {
  const text = `nc: 3
scales: {n: [0.33, 1.0, 1024]}
backbone:
  - [-1, 1, Conv, [128, 3, 2]]
  - [-1, 6, C2f, [128, True]]
  - [-1, 1, C2PSA, [128]]
  - [-1, 1, SPPF, [64, 5]]
head:
  - [[1, 3], 1, Detect, [nc]]
`;
  /** Names as Ultralytics' state dict has them, each of the first parameter of its kind. */
  const names = [
    'model.0.conv.weight',
    'model.0.bn.running_mean',
    'model.1.cv1.conv.weight',
    'model.1.m.0.cv1.conv.weight',
    'model.1.m.1.cv2.bn.weight',
    'model.1.cv2.conv.weight',
    'model.2.m.0.attn.qkv.conv.weight',
    'model.2.m.0.attn.pe.conv.weight',
    'model.2.m.0.attn.proj.bn.bias',
    'model.2.m.0.ffn.0.conv.weight',
    'model.2.m.0.ffn.1.bn.weight',
    'model.3.cv1.conv.weight',
    'model.3.cv2.bn.running_var',
    'model.4.cv2.0.0.conv.weight',
    'model.4.cv2.1.2.bias',
    'model.4.cv3.0.1.bn.weight',
    'model.4.cv3.1.2.weight',
    'model.4.dfl.conv.weight',
  ];

  it("takes weights by Ultralytics' names", () => {
    const x = { shape: [1, 3, 8, 8], data: Array<number>(3 * 8 * 8).fill(0.5) };
    // Of one number each, so that each is known and none fits.
    const weights = Object.fromEntries(names.map((name) => [name, { shape: [1], data: [1] }]));
    const files = [write('yolo.yaml', text), '--tensors', write('yolo.json', JSON.stringify({ inputs: { image: x }, weights }))];
    const { error } = shapelint('run', ...files);
    expect(error.match(/Nothing takes the weight `.*`/g) ?? []).toEqual([]);
    expect(error.match(/The weight `[^`]*` has the shape \[1\]/g)?.length).toBe(10);
    // Besides the ten that are shown, and the numbers that only turn boxes into distances, which no output needs.
    expect(error).toContain(`${names.length - 11} more tensors do not fit.`);
  });
});
