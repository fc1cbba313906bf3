// The pure parts of the preview's page: where windows lie, what they sum, and the matrix, for the guide's cases and at random.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOut, scatter } from '../client/src/preview/page/axis.ts';
import { geometryOf, reachedFrom, windowAt, type Place } from '../client/src/preview/page/geometry.ts';
import type { LayerNumbers } from '../client/src/preview/page/layer-numbers.ts';
import { matrixOf } from '../client/src/preview/page/matrix.ts';
import { planeTapOf } from '../client/src/preview/page/plane-tap.ts';
import { longNumber, shortNumber } from '../client/src/preview/page/numbers.ts';
import { layOutStage } from '../client/src/preview/page/stage-layout.ts';
import { decodeTensor, encodeTensor } from '../client/src/preview/page/tensor.ts';
import { stampsOf, stampsOnto } from '../client/src/preview/page/stamps.ts';
import { sumAt } from '../client/src/preview/page/terms.ts';
import { contrast, inkOn, scaleColour, themeOn, type Rgb } from '../client/src/preview/page/colours.ts';
import { clampView, zoomed } from '../client/src/preview/page/zoom.ts';
import type { WindowAxis, WindowDescription } from '../server/src/protocol/preview-window.ts';

interface AxisCase {
  readonly i: number;
  readonly k: number;
  readonly s?: number;
  readonly p?: number;
  readonly d?: number;
  readonly a?: number;
}

function axisOf({ i, k, s = 1, p = 0, d = 1, a = 0 }: AxisCase, kind: WindowDescription['kind']): WindowAxis {
  const reach = d * (k - 1) + 1;
  const output = kind === 'transposed' ? s * (i - 1) + reach - 2 * p + a : Math.floor((i + 2 * p - reach) / s) + 1;
  return { name: 'height', input: i, output, kernel: k, stride: s, dilation: d, paddingStart: p, paddingEnd: p, outputPadding: a };
}

function windowOf(kind: WindowDescription['kind'], axes: readonly WindowAxis[]): WindowDescription {
  return { kind, axes, groups: 1, fill: 'zeros', hasBias: false, pool: null };
}

const kindsOf = (axis: WindowAxis, kind: WindowDescription['kind']) =>
  layOut(axis, { kind, fill: 'zeros' })
    .kinds.map((cell) => ({ input: 'x', padding: '.', stuffed: '0', beyond: '-' })[cell])
    .join('');

describe("the guide's cases are laid out as in its figures", () => {
  test.each([
    [{ i: 4, k: 3 }, 'xxxx', 2],
    [{ i: 5, k: 4, p: 2 }, '..xxxxx..', 6],
    [{ i: 5, k: 3, p: 1 }, '.xxxxx.', 5],
    [{ i: 5, k: 3, p: 2 }, '..xxxxx..', 7],
    [{ i: 5, k: 3, s: 2 }, 'xxxxx', 2],
    [{ i: 5, k: 3, s: 2, p: 1 }, '.xxxxx.', 3],
    [{ i: 6, k: 3, s: 2, p: 1 }, '.xxxxxx.', 3],
    [{ i: 7, k: 3, d: 2 }, 'xxxxxxx', 3],
  ] satisfies [AxisCase, string, number][])('a convolution of %o', (numbers, cells, outputs) => {
    const axis = axisOf(numbers, 'convolution');
    expect([kindsOf(axis, 'convolution'), axis.output]).toEqual([cells, outputs]);
  });

  test.each([
    [{ i: 2, k: 3 }, '..xx..', 4],
    [{ i: 6, k: 4, p: 2 }, '.xxxxxx.', 5],
    [{ i: 5, k: 3, p: 1 }, '.xxxxx.', 5],
    [{ i: 7, k: 3, p: 2 }, 'xxxxxxx', 5],
    [{ i: 2, k: 3, s: 2 }, '..x0x..', 5],
    [{ i: 3, k: 3, s: 2, p: 1 }, '.x0x0x.', 5],
    [{ i: 3, k: 3, s: 2, p: 1, a: 1 }, '.x0x0x..', 6],
  ] satisfies [AxisCase, string, number][])(
    'a transposed convolution of %o, as the direct one that is its equal',
    (numbers, cells, outputs) => {
      const axis = axisOf(numbers, 'transposed');
      expect([kindsOf(axis, 'transposed'), axis.output]).toEqual([cells, outputs]);
    },
  );

  test('as stamps, what the padding cuts off lies at both ends', () => {
    const { length, cut, outputs, stamps, reached } = scatter(axisOf({ i: 3, k: 3, s: 2, p: 1, a: 1 }, 'transposed'));
    expect({ length, cut, outputs, reached, first: stamps[0]?.map(({ position }) => position) }).toEqual({
      length: 7,
      cut: 1,
      outputs: 6,
      reached: 7,
      first: [0, 1, 2],
    });
  });

  test('of a layer with planes the kernel is shown on a plane of the input, where one is not chosen', () => {
    const axis = axisOf({ i: 3, k: 3, s: 2, p: 1 }, 'convolution');
    const geometry = geometryOf(windowOf('convolution', [axis, axis, axis]));
    const planes = (plane: number, kernelPlane?: number) => planeTapOf(geometry, { plane, kernelPlane, mode: 'gather' });
    expect(planes(0)).toMatchObject({ kernel: 1, source: 0, kind: 'input' });
    expect(planes(0, 0)).toMatchObject({ kernel: 0, source: undefined, kind: 'padding' });
    expect(planes(1)).toMatchObject({ kernel: 0, source: 1 });
  });

  test('the matrix of i = 4, k = 3 on one axis is the one in docs/arithmetic.md', () => {
    const matrix = matrixOf(geometryOf(windowOf('convolution', [axisOf({ i: 4, k: 3 }, 'convolution')])), ([, , k]) => k + 1);
    expect([...(matrix?.entries ?? [])]).toEqual([1, 2, 3, 0, 0, 1, 2, 3]);
  });
});

const numbersOfAxis = fc
  .record({
    i: fc.integer({ min: 1, max: 7 }),
    k: fc.integer({ min: 1, max: 4 }),
    s: fc.integer({ min: 1, max: 3 }),
    d: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ i, k, s, d }) =>
    fc.record({
      i: fc.constant(i),
      k: fc.constant(k),
      s: fc.constant(s),
      d: fc.constant(d),
      p: fc.integer({ min: 0, max: d * (k - 1) }),
      a: fc.integer({ min: 0, max: Math.max(s, d) - 1 }),
    }),
  );

test('what an output cell reads reaches it, and what an input cell reaches reads it', () => {
  fc.assert(
    fc.property(numbersOfAxis, numbersOfAxis, fc.constantFrom('convolution' as const, 'transposed' as const), (rows, columns, kind) => {
      const axes = [axisOf(rows, kind), axisOf(columns, kind)];
      fc.pre(axes.every(({ output }) => output > 0));
      const geometry = geometryOf(windowOf(kind, axes));
      const [height, width] = axes;
      const key = (input: Place, kernel: Place, output: Place) => [input, kernel, output].join(' ');
      const read = cells(height?.output ?? 0, width?.output ?? 0).flatMap((output) =>
        windowAt(geometry, output).flatMap(({ source, kernel }) => (source === undefined ? [] : [key(source, kernel, output)])),
      );
      const reached = cells(height?.input ?? 0, width?.input ?? 0).flatMap((input) =>
        reachedFrom(geometry, input).map(({ kernel, output }) => key(input, kernel, output)),
      );
      expect(reached.sort()).toEqual(read.sort());
    }),
  );
});

test('a transposed convolution as stamps is the same as the direct one', () => {
  fc.assert(
    fc.property(numbersOfAxis, numbersOfAxis, fc.infiniteStream(fc.integer({ min: -9, max: 9 })), (rows, columns, stream) => {
      const [height, width] = [axisOf(rows, 'transposed'), axisOf(columns, 'transposed')];
      const axes = [height, width];
      fc.pre(axes.every(({ output }) => output > 0));
      const take = (count: number) => Float32Array.from({ length: count }, () => Number(stream.next().value));
      const numbers: LayerNumbers = {
        input: { shape: [2, 1, height.input, width.input], data: take(2 * height.input * width.input) },
        firstInput: 0,
        inputChannels: 2,
        output: { shape: [1, 1, height.output, width.output], data: new Float32Array(height.output * width.output) },
        firstOutput: 0,
        outputChannels: 1,
        weight: {
          firstOutput: 0,
          firstInput: 0,
          tensor: { shape: [1, 2, 1, height.kernel, width.kernel], data: take(2 * height.kernel * width.kernel) },
        },
        bias: undefined,
      };
      const geometry = geometryOf(windowOf('transposed', axes));
      const all = stampsOf(geometry, numbers, 0, 0)?.after(height.input * width.input);
      const columnsInAll = geometry.scatter?.[2].length ?? 0;
      for (const place of cells(height.output, width.output)) {
        const { channels } = sumAt(geometry, numbers, 0, place);
        const sum = channels.reduce((total, { sum: part }) => total + part, 0);
        for (const { channel, sum: part } of channels) {
          const stamps = stampsOnto(geometry, numbers, { input: channel, output: 0 }, place);
          expect(stamps.reduce((total, { value, weight }) => total + value * weight, 0)).toBeCloseTo(part, 6);
        }
        expect(all?.[(place[1] + height.paddingStart) * columnsInAll + place[2] + width.paddingStart]).toBeCloseTo(sum, 6);
      }
    }),
    { numRuns: 60 },
  );
});

function cells(rows: number, columns: number): Place[] {
  return Array.from({ length: rows * columns }, (_, at) => [0, Math.floor(at / columns), at % columns] as const);
}

test.each([
  [0, 4, '0'],
  [12, 4, '12'],
  [-0.0394, 4, '−.04'],
  [0.2634, 4, '0.26'],
  [-44.31, 4, '−44'],
  [123456, 4, '123k'],
  [2400, 3, '2k'],
  [-1080, 5, '−1080'],
  [-1080.5, 5, '−1081'],
  [12_345_678, 4, '12M'],
  [-0.334, 3, '−.3'],
  [-0.0394, 3, '−0'],
  [-Infinity, 4, '−∞'],
  [NaN, 4, ''],
])('%d in %d letters is "%s"', (value, room, text) => {
  expect(shortNumber(value, room)).toBe(text);
});

test('no number takes more room than there is', () => {
  fc.assert(fc.property(fc.double(), fc.integer({ min: 2, max: 8 }), (value, room) => shortNumber(value, room).length <= room));
});

test('long numbers have four digits behind the point and a real minus', () => {
  expect([longNumber(-0.70891), longNumber(3), longNumber(1234.5678), longNumber(0.00001)]).toEqual(['−0.7089', '3', '1234.57', '1e-5']);
});

test('tensors come out of base64 as they went in', () => {
  fc.assert(
    fc.property(fc.float32Array({ noNaN: true }), (data) => {
      expect(decodeTensor(encodeTensor({ shape: [data.length], data })).data).toEqual(data);
    }),
  );
});

test('zooming keeps the cell under the pointer, and never shows what is beyond the map', () => {
  const box = { x: 0, y: 0, width: 256, height: 256 };
  const view = zoomed({ cellWidth: 4, cellHeight: 4, row: 0, column: 0 }, 2, 100, 60);
  expect([view.column + 100 / view.cellWidth, view.row + 60 / view.cellHeight]).toEqual([25, 15]);
  expect(clampView({ ...view, row: -3, column: 90 }, box, { rows: 64, columns: 64 })).toEqual({
    cellWidth: 8,
    cellHeight: 8,
    row: 0,
    column: 32,
  });
});

test('grids lie within the stage, and none over another, however wide it is', () => {
  const size = fc.record({ rows: fc.integer({ min: 1, max: 80 }), columns: fc.integer({ min: 1, max: 80 }) });
  fc.assert(
    fc.property(fc.array(size, { minLength: 1, maxLength: 3 }), fc.integer({ min: 250, max: 1100 }), (sizes, width) => {
      const { grids, height } = layOutStage(sizes, width);
      const boxes = grids.map(({ box }) => box);
      for (const { x, y, width: across, height: down } of boxes) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + across).toBeLessThanOrEqual(width + 1);
        expect(y + down).toBeLessThanOrEqual(height);
      }
      boxes.forEach((one, at) => {
        for (const other of boxes.slice(at + 1)) {
          const isBeside = other.x >= one.x + one.width || one.x >= other.x + other.width;
          expect(isBeside || other.y >= one.y + one.height).toBe(true);
        }
      });
    }),
  );
});

describe('numbers are legible on the colours of their cells', () => {
  test.each([
    ['dark', [31, 31, 31], [204, 204, 204], false],
    ['light', [255, 255, 255], [59, 59, 59], false],
    ['high contrast', [0, 0, 0], [255, 255, 255], true],
    ['light high contrast', [255, 255, 255], [41, 41, 41], true],
  ] satisfies [string, Rgb, Rgb, boolean][])('%s', (_, background, foreground, isContrast) => {
    const theme = { ...themeOn(background, foreground, isContrast), border: foreground, font: '' };
    for (let share = -1; share <= 1; share += 0.05) {
      const colour = scaleColour(theme, share);
      expect(contrast(inkOn(colour), colour)).toBeGreaterThan(4.5);
    }
    expect(contrast(theme.muted, background)).toBeGreaterThan(4.5);
    expect(contrast(theme.focus, background)).toBeGreaterThan(3);
    // Plus and minus are told apart, and both from 0.
    expect(new Set([-1, -0.3, 0, 0.3, 1].map((share) => scaleColour(theme, share).join())).size).toBe(5);
  });
});
