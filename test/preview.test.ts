// The preview's answers: which layer a place means, what a change would do, what stands in the way, and the values that are sent.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse } from '../server/src/analysis/analyse.ts';
import { movedBy } from '../server/src/analysis/fixes.ts';
import { prepareRun } from '../server/src/features/preview/compute.ts';
import { controlsOf } from '../server/src/features/preview/controls.ts';
import { previewSubject, shapesOf, usesOf } from '../server/src/features/preview/describe.ts';
import { obstacleTo } from '../server/src/features/preview/obstacles.ts';
import { placeBefore } from '../server/src/features/preview/trial.ts';
import { describeWindow } from '../server/src/features/preview/window.ts';
import { decodeTensor } from '../client/src/preview/page/tensor.ts';
import { geometryOf } from '../client/src/preview/page/geometry.ts';
import { numbersOf } from '../client/src/preview/page/layer-numbers.ts';
import { plainNumbersOf, plainScene } from '../client/src/preview/page/plain-scene.ts';
import { FIRST_VIEW, gridOf, type View } from '../client/src/preview/page/scene.ts';
import { isSent, withInput, withOutput } from '../client/src/preview/page/selection.ts';
import { readTerms, sumAt } from '../client/src/preview/page/terms.ts';
import type { ArgumentChange, ComputeRequest, ShownParts } from '../server/src/protocol/preview.ts';
import { answerRun } from '../server/src/reference/run-request.ts';
import { applyEdits } from '../server/src/text/edit.ts';

function subjectAt(
  text: string,
  at: string,
  changes: readonly ArgumentChange[] = [],
  sizes: Record<string, number> = {},
  use = 0,
  path = 'net.nn',
) {
  const analysis = analyse({ path, text });
  const subject = analysis === undefined ? undefined : previewSubject(analysis, { offset: text.indexOf(at), use }, changes, sizes);
  if (subject === undefined) throw new Error(`no layer at ${at}`);
  return subject;
}

const BLOCKS = `block Twice(c):
    Conv2d(_, c, 3, padding=1)
    ReLU()

net Net:
    input x: [N, 3, H, W]
    a = Twice(8)
    Twice(16)
    MaxPool2d(2)
`;

test('a line in a block stands for its first use, and the others can be chosen', () => {
  expect(usesOf(subjectAt(BLOCKS, 'Conv2d').layer)).toEqual(['Net › Twice', 'Net › Twice']);
  expect(subjectAt(BLOCKS, 'Conv2d', [], {}, 1).layer.node.outputs[0]?.shape?.[1]).toBe(16);
});

test('the use of a block stands for the layer with a window in it', () => {
  const { node } = subjectAt(BLOCKS, 'Twice(16)').layer;
  expect([node.operator, node.outputs[0]?.shape?.[1]]).toEqual(['Conv2d', 16]);
});

test('symbols without a number stand in the way until they are given one', () => {
  const open = subjectAt(BLOCKS, 'MaxPool2d');
  expect(obstacleTo(open.analysis, open.layer, open.sizes)?.message).toBe('H and W have no number.');
  const given = subjectAt(BLOCKS, 'MaxPool2d', [], { H: 8, W: 6 });
  expect(obstacleTo(given.analysis, given.layer, given.sizes)).toBeUndefined();
  expect(describeWindow(given.layer.node, given.sizes)?.axes.map(({ input, output }) => [input, output])).toEqual([
    [8, 4],
    [6, 3],
  ]);
});

describe('what stands in the way is said in the words of the problem', () => {
  const obstacleAt = (text: string, at: string, path = 'net.nn') => {
    const { analysis, layer, sizes } = subjectAt(text, at, [], {}, 0, path);
    return obstacleTo(analysis, layer, sizes);
  };
  const wrong = 'net Net:\n    input x: [1, 3, 8, 8]\n    Conv2d(4, 8, 3)\n    ReLU()\n';

  test('of the layer itself, and of one on the way', () => {
    expect(obstacleAt(wrong, 'Conv2d')).toMatchObject({ message: 'Conv2d is made for 4 channels, but its input has 3.' });
    expect(obstacleAt(wrong, 'ReLU')?.advice).toMatch(/Conv2d is on the way to this layer/);
  });

  test('of a line before it that cannot be read', () => {
    const text = 'net Net:\n    input x: [1, 3, 8, 8]\n    Convv2d(3, 8, 3)\n    ReLU()\n';
    expect(obstacleAt(text, 'ReLU')?.message).toMatch(/^There is no operator or block `Convv2d`/);
  });

  test('an input without a shape', () => {
    expect(obstacleAt('net Net:\n    input x\n    ReLU()\n', 'ReLU')?.message).toBe('The file does not say how large the input `x` is.');
  });

  test('a loss whose measure the format does not say, and what can be shown instead', () => {
    const text = `name: "L"
layer { name: "data" type: "Input" top: "data" input_param { shape: { dim: 1 dim: 3 dim: 8 dim: 8 } } }
layer { name: "label" type: "Input" top: "label" input_param { shape: { dim: 1 } } }
layer { name: "fc" type: "InnerProduct" bottom: "data" top: "fc" inner_product_param { num_output: 4 } }
layer { name: "loss" type: "InfogainLoss" bottom: "fc" bottom: "label" top: "loss" }
`;
    expect(obstacleAt(text, 'InfogainLoss', 'net.prototxt')).toEqual({
      message: 'loss (InfogainLoss) has no values: the file does not say how it is worked out.',
      advice: 'What it takes can be shown: fc (InnerProduct).',
    });
  });
});

const JOIN = `net Net:
    input x: [1, 4, 6, 6]
    down = Conv2d(4, 4, 3, stride=2, padding=1)
    up = ConvTranspose2d(4, 4, 3, stride=2, padding=1, output_padding=1)
    Cat(dim=1)(x, up)
`;

describe('what is tried', () => {
  test('has its new size, and the problems that it brings elsewhere', () => {
    const { layer, trial } = subjectAt(JOIN, 'ConvT', [{ name: 'output_padding', value: '0' }]);
    expect(layer.node.outputs[0]?.shape).toEqual([1, 4, 5, 5]);
    expect(trial?.newFindings.map(({ diagnostic }) => diagnostic.code)).toContain('concat-mismatch');
  });

  test('is the edit that Apply writes, several in one place as well', () => {
    const text = 'net Net:\n    input x: [1, 1, 9, 9]\n    Conv2d(1, 1, 3)\n';
    const changes = [
      { name: 'stride', value: '2' },
      { name: 'padding', value: '(1, 0)' },
    ];
    expect(applyEdits(text, subjectAt(text, 'Conv2d', changes).trial?.edits ?? [])).toContain('Conv2d(1, 1, 3, stride=2, padding=(1, 0))');
  });

  test('is nothing but a value of an argument', () => {
    expect(subjectAt(JOIN, 'ConvT', [{ name: 'stride', value: '2)\nReLU(' }]).trial).toBeUndefined();
  });
});

test('the sliders know what is legal here', () => {
  const { layer, analysis, sizes } = subjectAt(JOIN, 'ConvT');
  const controls = controlsOf(analysis, layer.node, sizes);
  expect(controls.map(({ name, values, legal }) => [name, values[0], legal?.[0] ?? null])).toEqual([
    ['kernel_size', 3, null],
    ['stride', 2, null],
    ['padding', 1, [0, 3]],
    ['dilation', 1, null],
    ['output_padding', 1, [0, 1]],
  ]);
});

const ASKED: ComputeRequest = {
  textDocument: { uri: 'file:///net.nn' },
  place: { position: { line: 0, character: 0 }, use: 0 },
  changes: [],
  sizes: {},
  id: 1,
  sample: { kind: 'noise', seed: 3 },
  weights: { kind: 'he', seed: 1 },
  shown: { input: 0, inputChannel: 0, outputChannel: 0 },
};

function valuesAt(text: string, at: string, shown: Partial<ShownParts> = {}) {
  const subject = subjectAt(text, at);
  const run = prepareRun(subject, { ...ASKED, shown: { ...ASKED.shown, ...shown } }, {});
  if ('message' in run) throw new Error(run.message);
  const answer = run.answer(answerRun(run.request, { limit: 1e9 }), 1);
  if (answer.kind !== 'values') throw new Error(JSON.stringify(answer));
  return { subject, answer };
}

test('a slider that cannot move says why', () => {
  const text = '[net]\nheight=8\nwidth=8\nchannels=3\n\n[convolutional]\nfilters=4\nsize=3\nstride=1\npad=1\n';
  const { analysis, layer, sizes } = subjectAt(text, '[conv', [], {}, 0, 'net.cfg');
  const fixed = new Map(controlsOf(analysis, layer.node, sizes).map((control) => [control.name, control.fixed]));
  expect(fixed.get('stride')).toBeNull();
  const open = subjectAt('net Net:\n    input x: [1, 3, 8, 8]\n    Conv2d(3, 8, 3\n', 'Conv2d');
  expect(controlsOf(open.analysis, open.layer.node, open.sizes).map(({ fixed: words }) => words)).toContain(
    'The line cannot be read yet: solve its problem first.',
  );
  expect(fixed.get('padding')).toBe('What Darknet has here, 1, is no number that could be changed.');
});

describe('the sum that the page writes is what the network computes', () => {
  test.each([
    'Conv2d(4, 6, 3, stride=2, padding=1)',
    'Conv2d(4, 6, (3, 2), padding=2, dilation=2, groups=2)',
    'Conv2d(4, 4, 3, padding=1, groups=4, padding_mode="reflect")',
    'Conv2d(4, 2, 4, padding="same")',
    'ConvTranspose2d(4, 6, 3, stride=2, padding=1, output_padding=1, groups=2)',
    'ConvTranspose2d(4, 3, (2, 3), stride=(3, 1), dilation=2)',
  ])('%s', (call) => {
    const { subject, answer } = valuesAt(`net Net:\n    input x: [1, 4, 7, 6]\n    ${call}\n`, call);
    const window = describeWindow(subject.layer.node, subject.sizes);
    const numbers = numbersOf(answer);
    if (window === undefined || numbers === undefined) throw new Error('no numbers');
    const geometry = geometryOf(window);
    const [, rows, columns] = decodeTensor(answer.output.maps).shape.slice(1);
    for (let channel = 0; channel < numbers.outputChannels; channel++) {
      for (let at = 0; at < (rows ?? 0) * (columns ?? 0); at++) {
        const place = [0, Math.floor(at / (columns ?? 1)), at % (columns ?? 1)] as const;
        const { channels, bias = 0, result, missing } = sumAt(geometry, numbers, channel, place);
        expect(missing).toBe(0);
        // What is left out of the sum, as padding, adds nothing.
        const sumOf = ({ terms }: (typeof channels)[number]) => readTerms(terms).reduce((sum, { product }) => sum + product, 0);
        expect(channels.reduce((total, one) => total + sumOf(one), bias)).toBeCloseTo(result, 4);
      }
    }
  });
});

test('the chain is the longest way from the input, and each step of it has a picture', () => {
  const { answer } = valuesAt(JOIN, 'Cat');
  expect(answer.thumbnails.map((picture) => picture?.shape)).toEqual([
    [6, 6],
    [3, 3],
    [6, 6],
    [6, 6],
  ]);
});

test('a join sends the input that is asked for, and a picture of each', () => {
  const second = valuesAt(JOIN, 'Cat', { input: 1 }).answer;
  expect(second.inputThumbnails.map((picture) => picture?.shape)).toEqual([
    [6, 6],
    [6, 6],
  ]);
  // The second input is what the output has behind the four channels of the first.
  const [given, joined] = [second.input?.maps, second.output.maps].map((maps) => (maps === undefined ? undefined : decodeTensor(maps)));
  expect(given?.data).toEqual(joined?.data.subarray(4 * 36, 8 * 36));
});

describe('cells of an operator without a window', () => {
  const plainAt = (call: string, view: Partial<View> = {}, shape = '[1, 4, 6, 6]') => {
    const text = `net Net:\n    input x: ${shape}\n    up = Identity()(x)\n    ${call}\n`;
    const { subject, answer } = valuesAt(text, call, { input: view.input ?? 0 });
    const { inputs, outputs } = subject.layer.node;
    const numbers = plainNumbersOf(answer, { inputs: shapesOf(inputs, subject.sizes), outputs: shapesOf(outputs, subject.sizes) });
    const shown = { ...FIRST_VIEW, ...view };
    const marks = (role: 'input' | 'output', row: number, column: number) => {
      const found = plainScene(numbers, shown).marksOf({ role, row, column })[role === 'input' ? 'output' : 'input'];
      return found.map((mark) => [mark.row, mark.column]);
    };
    return { numbers, found: { kind: 'plain', numbers } as const, marks, shown };
  };

  test('of a Cat lead from each input to its own channels, and back', () => {
    const second = plainAt('Cat(dim=1)(x, up)', { input: 1, inputChannel: 2, outputChannel: 6 });
    expect(second.marks('input', 1, 2)).toEqual([[1, 2]]);
    expect(withInput(second.found, { ...second.shown, outputChannel: 0 }, 3)).toEqual({ input: 1, inputChannel: 3, outputChannel: 7 });
    const first = plainAt('Cat(dim=1)(x, up)');
    expect(first.marks('output', 1, 2)).toEqual([[1, 2]]);
    expect(withOutput(first.found, first.shown, 5)).toEqual({ input: 1, inputChannel: 1, outputChannel: 5 });
    expect(isSent(first.found, { input: 1, inputChannel: 1, outputChannel: 5 })).toBe(false);
  });

  test('of a Cat along the width stay with the input that is shown', () => {
    const { found, shown, marks } = plainAt('Cat(dim=3)(x, up)');
    expect(withOutput(found, shown, 2)).toEqual({ input: 0, inputChannel: 2, outputChannel: 2 });
    expect([marks('output', 1, 5), marks('output', 1, 6)]).toEqual([[[1, 5]], []]);
  });

  test.each([
    ['Add()(x, up)', [[1, 2]]],
    ['Permute(0, 1, 3, 2)(x)', [[2, 1]]],
    ['ZeroPad2d(1)(x)', [[2, 3]]],
    [
      'Upsample(scale_factor=2)(x)',
      [
        [2, 4],
        [2, 5],
        [3, 4],
        [3, 5],
      ],
    ],
    ['Softmax(dim=3)(x)', [0, 1, 2, 3, 4, 5].map((column) => [1, column])],
    ['Flatten()(x)', [[0, 8]]],
  ])('%s', (call, reached) => {
    expect(plainAt(call).marks('input', 1, 2)).toEqual(reached);
  });

  test('of a vector that is wrapped are counted through, and its last row ends where it ends', () => {
    const { numbers, marks, shown } = plainAt('Linear(40, 36)(x)', {}, '[2, 40]');
    expect(marks('output', 1, 3)).toHaveLength(40);
    const scene = plainScene(numbers, shown);
    const output = gridOf(scene, 'output');
    expect([output?.label(1, 3), output?.content.style(1, 3), output?.content.style(1, 4), scene.steps]).toEqual([
      'y[35]',
      'value',
      'none',
      36,
    ]);
  });
});

describe('of more than a million numbers', () => {
  const text = 'net Net:\n    input x: [1, 40, 256, 256]\n    Conv2d(40, 20, 1)\n';

  test('the channels that are asked for are sent, with what their sums need', () => {
    const { subject, answer } = valuesAt(text, 'Conv2d', { inputChannel: 30, outputChannel: 18 });
    const [window, numbers] = [describeWindow(subject.layer.node, subject.sizes), numbersOf(answer)];
    if (window === undefined || numbers === undefined) throw new Error('no numbers');
    expect([numbers.firstInput, numbers.input.shape[0], numbers.firstOutput, numbers.output.shape[0]]).toEqual([16, 16, 4, 16]);
    const sum = sumAt(geometryOf(window), numbers, 18, [0, 100, 7]);
    expect(sum.channels.map(({ channel }) => channel)).toEqual(Array.from({ length: 16 }, (_, at) => 16 + at));
    expect([sum.missing, Number.isFinite(sum.result)]).toEqual([24, true]);
  });

  test('the kernel is the one between the channels that are shown', () => {
    const wide = 'net Net:\n    input x: [1, 512, 1, 1]\n    Conv2d(512, 512, 3, padding=1)\n';
    const { subject, answer } = valuesAt(wide, 'Conv2d', { inputChannel: 500, outputChannel: 300 });
    const [window, numbers] = [describeWindow(subject.layer.node, subject.sizes), numbersOf(answer)];
    if (window === undefined || numbers === undefined) throw new Error('no numbers');
    const { channels, missing, bias = 0, result } = sumAt(geometryOf(window), numbers, 300, [0, 0, 0]);
    expect(missing).toBe(0);
    expect(channels.reduce((total, { sum }) => total + sum, bias)).toBeCloseTo(result, 4);
  });
});

test('a place of the edited text is found again in the text as it is', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(6), fc.nat(4), fc.nat(6)), { maxLength: 4 }), fc.nat(60), (parts, offset) => {
      let at = 0;
      const edits = parts.map(([gap, length, written]) => {
        const start = at + gap;
        at = start + length + 1;
        return { range: { start, end: start + length }, newText: 'x'.repeat(written) };
      });
      const isEdited = edits.some(({ range }) => range.start <= offset && offset < range.end);
      if (!isEdited) expect(placeBefore(movedBy(offset, edits), edits)).toBe(offset);
    }),
  );
});
