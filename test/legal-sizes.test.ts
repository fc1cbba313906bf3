// Which inputs fit: the sizes that are solved for are exactly those with which the same network has no error.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../server/src/analysis/analyse.ts';
import { legalSizes } from '../server/src/inference/legal-sizes.ts';
import type { Network } from '../server/src/network/network.ts';

function networkOf(text: string): Network {
  const network = analyse({ path: 'test.nn', text })?.document.networks[0];
  if (network === undefined) throw new Error(`not read:\n${text}`);
  return network;
}

function hasErrors(text: string): boolean {
  return analyse({ path: 'test.nn', text })?.findings.some(({ diagnostic }) => diagnostic.severity === 'error') === true;
}

const small = (most: number) => fc.integer({ min: 1, max: most });

const layer = fc.oneof(
  fc
    .tuple(small(4), small(3), fc.integer({ min: 0, max: 2 }))
    .map(([kernel, stride, padding]) => `Conv1d(4, 4, ${kernel}, stride=${stride}, padding=${padding})`),
  fc
    .tuple(small(3), small(3), fc.boolean())
    .map(([kernel, stride, ceil]) => `AvgPool1d(${kernel}, ${stride}, ceil_mode=${ceil ? 'True' : 'False'})`),
  fc
    .tuple(small(4), small(3), fc.integer({ min: 0, max: 1 }))
    .map(([kernel, stride, padding]) => `ConvTranspose1d(4, 4, ${kernel}, ${stride}, ${padding})`),
  fc.constantFrom(
    'Upsample(scale_factor=2)',
    'Upsample(scale_factor=1.5)',
    'Pad((1, 0))',
    'Pad((-1, 0))',
    'ReflectionPad1d(2)',
    'ReLU()',
    'AdaptiveAvgPool1d(3)',
  ),
);

/** A chain whose end is joined with an earlier value, as in a U-Net or a residual block. */
const lines = fc
  .tuple(
    fc.array(layer, { minLength: 1, maxLength: 3 }),
    fc.array(layer, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('Cat(dim=1)', 'Add()'),
  )
  .map(([before, after, join]) => [...before, 'skip = Identity()', ...after, `${join}(., skip)`]);

function textOf(size: string, statements: readonly string[]): string {
  return ['net Test:', `    input x: [1, 4, ${size}]`, ...statements.map((statement) => `    ${statement}`), ''].join('\n');
}

describe('the solved sizes', () => {
  it('are those without an error, for random networks', () => {
    fc.assert(
      fc.property(lines, (statements) => {
        const network = networkOf(textOf('H', statements));
        const { symbols, impossible } = legalSizes(network);
        const sizes = symbols.get('H');
        if (sizes?.exact !== true || hasErrors(textOf('H', statements))) return;
        expect(impossible).toEqual([]);
        for (let size = 1; size <= 70; size++) {
          expect([size, sizes.set.has(size)]).toEqual([size, !hasErrors(textOf(String(size), statements))]);
        }
      }),
      { numRuns: 60 },
    );
  });

  // Add is left out: H and H + 1 broadcast for H = 1 alone, and what fits for one size by chance is an error to its author.
  it('an error for a free size is an error for every size', () => {
    fc.assert(
      fc.property(lines, (statements) => {
        if (statements.some((statement) => statement.startsWith('Add')) || !hasErrors(textOf('H', statements))) return;
        for (let size = 1; size <= 40; size++) expect([size, hasErrors(textOf(String(size), statements))]).toEqual([size, true]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('known networks', () => {
  const levels = (count: number) => {
    const down = Array.from({ length: count }, (_, at) => [`s${at} = Conv2d(_, 8, 3, padding=1)`, 'MaxPool2d(2)']).flat();
    const up = Array.from({ length: count }, (_, at) => ['ConvTranspose2d(_, 8, 2, stride=2)', `Cat(dim=1)(., s${count - 1 - at})`]).flat();
    return [...down, 'Conv2d(_, 8, 3, padding=1)', ...up];
  };
  const summary = (shape: string, statements: readonly string[]) => {
    const text = ['net Test:', `    input x: ${shape}`, ...statements.map((statement) => `    ${statement}`), ''].join('\n');
    return legalSizes(networkOf(text)).symbols.get('H')?.summary;
  };

  it.each([
    [4, 16],
    [5, 32],
  ])('a padded U-Net with %i pools fits multiples of %i', (count, modulus) => {
    expect(summary('[N, 3, H, W]', levels(count))).toEqual({ minimum: modulus, modulus, residues: [0], exceptions: [] });
  });

  it("Ronneberger's U-Net without padding fits 12 mod 16 from 188 on", () => {
    const convolutions = ['Conv2d(_, 8, 3)', 'Conv2d(_, 8, 3)'];
    const crops = [4, 16, 40, 88];
    const down = [0, 1, 2, 3].flatMap((at) => [...convolutions.slice(1), `s${at} = Conv2d(_, 8, 3)`, 'MaxPool2d(2)']);
    const up = crops.flatMap((crop, at) => {
      const skip = `s${3 - at}`;
      return [
        'u = ConvTranspose2d(_, 8, 2, stride=2)',
        `c = Pad((-${crop}, -${crop}, -${crop}, -${crop}))(${skip})`,
        'Cat(dim=1)(c, u)',
        ...convolutions,
      ];
    });
    expect(summary('[N, 1, H, W]', [...down, ...convolutions, ...up])).toEqual({
      minimum: 188,
      modulus: 16,
      residues: [12],
      exceptions: [],
    });
  });

  it('a Linear behind a Flatten pins the pairs of height and width', () => {
    const statements = ['Conv2d(1, 6, 5)', 'MaxPool2d(2)', 'Conv2d(6, 16, 5)', 'MaxPool2d(2)', 'Flatten()', 'Linear(400, 120)'];
    const text = ['net LeNet:', '    input x: [N, 1, H, W]', ...statements.map((statement) => `    ${statement}`), ''].join('\n');
    const { pairs } = legalSizes(networkOf(text));
    expect(pairs.map(({ names, pairs: fits }) => ({ names, fits }))).toEqual([
      {
        names: ['H', 'W'],
        fits: [
          { first: [16, 19], second: [112, 115] },
          { first: [32, 35], second: [32, 35] },
          { first: [112, 115], second: [16, 19] },
        ],
      },
    ]);
  });
});
