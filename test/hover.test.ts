// Hovers, word for word: the guide's case and the formula of each kind of window, arguments, names, symbols, blocks and networks.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse } from '../server/src/analysis/analyse.ts';
import { headingOf, RELATIONSHIPS } from '../server/src/features/hover/guide-case.ts';
import { hoverAt } from '../server/src/features/hover/hover.ts';

/** The hover on the `nth` place where `word` stands in the text. */
function hoverOn(text: string, word: string, nth = 1, docs?: string): string {
  const analysis = analyse({ path: 'example.nn', text });
  let at = -1;
  for (let count = 0; count < nth; count++) at = text.indexOf(word, at + 1);
  if (at < 0) throw new Error(`no ${word} in the text`);
  return analysis === undefined ? '' : (hoverAt(analysis, at, docs)?.text ?? '');
}

/** The paragraph about the window: the title, the kernel, and the lines below. */
function windowOf(shape: string, call: string): string {
  const text = `net Example:\n    input x: ${shape}\n    ${call}\n`;
  const [, , ...parts] = hoverOn(text, call.slice(0, call.indexOf('('))).split('\n\n');
  return parts.filter((part) => part.includes('of the guide') || part.startsWith('- ')).join('\n');
}

/** Title, and the lines without their bullets. */
function linesOf(shape: string, call: string): string[] {
  return windowOf(shape, call)
    .split('\n')
    .map((line) => line.trim().replace(/^- /, ''))
    .filter((line) => !/^(\d+ groups of )?kernels? `/.test(line));
}

describe('the cases of the guide, with its numbers', () => {
  it.each([
    // The guide's figures.
    ['[1, 1, 4, 4]', 'Conv2d(1, 1, 3)', 1, 'no zero padding, unit strides', ['`(4 - 3) + 1 = 2`']],
    ['[1, 1, 5, 5]', 'Conv2d(1, 1, 4, padding=2)', 2, 'zero padding (half of an even kernel), unit strides', ['`(5 + 2·2 - 4) + 1 = 6`']],
    ['[1, 1, 5, 5]', 'Conv2d(1, 1, 3, padding=1)', 3, 'half (same) padding, unit strides', ['`(5 + 2·1 - 3) + 1 = 5`']],
    ['[1, 1, 5, 5]', 'Conv2d(1, 1, 3, padding=2)', 4, 'full padding, unit strides', ['`(5 + 2·2 - 3) + 1 = 7`']],
    [
      '[1, 1, 5, 5]',
      'Conv2d(1, 1, 3, stride=2)',
      5,
      'no zero padding, non-unit strides',
      ['`floor((5 - 3)/2) + 1 = 2`', 'the floor drops nothing; sizes 5 and 6 give 2'],
    ],
    [
      '[1, 1, 5, 5]',
      'Conv2d(1, 1, 3, stride=2, padding=1)',
      6,
      'zero padding (half), non-unit strides',
      ['`floor((5 + 2·1 - 3)/2) + 1 = 3`', 'the floor drops nothing; sizes 5 and 6 give 3'],
    ],
    [
      '[1, 1, 6, 6]',
      'Conv2d(1, 1, 3, stride=2, padding=1)',
      6,
      'zero padding (half), non-unit strides',
      ['`floor((6 + 2·1 - 3)/2) + 1 = 3`', 'the floor drops 1 cell of the padding at the end; sizes 5 and 6 give 3'],
    ],
    ['[1, 1, 5, 5]', 'AvgPool2d(3, stride=1)', 7, 'pooling, unit strides', ['`(5 - 3) + 1 = 3`']],
    [
      '[1, 1, 2, 2]',
      'ConvTranspose2d(1, 1, 3)',
      8,
      'no zero padding, unit strides, transposed',
      ['`2 + (3 - 1) = 4`', 'as a direct convolution: kernel 3, stride 1, padding 2'],
    ],
    [
      '[1, 1, 6, 6]',
      'ConvTranspose2d(1, 1, 4, padding=2)',
      9,
      'zero padding (half of an even kernel), unit strides, transposed',
      ['`6 + (4 - 1) - 2·2 = 5`', 'as a direct convolution: kernel 4, stride 1, padding 1'],
    ],
    [
      '[1, 1, 5, 5]',
      'ConvTranspose2d(1, 1, 3, padding=1)',
      10,
      'half (same) padding, unit strides, transposed',
      ['`5 + (3 - 1) - 2·1 = 5`', 'as a direct convolution: kernel 3, stride 1, padding 1'],
    ],
    [
      '[1, 1, 7, 7]',
      'ConvTranspose2d(1, 1, 3, padding=2)',
      11,
      'full padding, unit strides, transposed',
      ['`7 + (3 - 1) - 2·2 = 5`', 'as a direct convolution: kernel 3, stride 1, padding 0'],
    ],
    [
      '[1, 1, 2, 2]',
      'ConvTranspose2d(1, 1, 3, stride=2)',
      12,
      'no zero padding, non-unit strides, transposed',
      [
        '`2·(2 - 1) + 3 = 5`',
        'as a direct convolution: kernel 3, stride 1, padding 2, on the input stretched to 3 with 1 zero between cells',
        '`output_padding` 0 undoes a convolution of size 5, 1 of 6',
      ],
    ],
    [
      '[1, 1, 3, 3]',
      'ConvTranspose2d(1, 1, 3, stride=2, padding=1)',
      13,
      'zero padding (half), non-unit strides, transposed',
      [
        '`2·(3 - 1) + 3 - 2·1 = 5`',
        'as a direct convolution: kernel 3, stride 1, padding 1, on the input stretched to 5 with 1 zero between cells',
        '`output_padding` 0 undoes a convolution of size 5, 1 of 6',
      ],
    ],
    [
      '[1, 1, 3, 3]',
      'ConvTranspose2d(1, 1, 3, stride=2, padding=1, output_padding=1)',
      14,
      'zero padding (half), non-unit strides, transposed, with a = 1',
      [
        '`2·(3 - 1) + 3 - 2·1 + 1 = 6`',
        'as a direct convolution: kernel 3, stride 1, padding 1, on the input stretched to 5 with 1 zero between cells and 1 more at the end',
        '`output_padding` 0 undoes a convolution of size 5, 1 of 6',
      ],
    ],
    [
      '[1, 1, 7, 7]',
      'Conv2d(1, 1, 3, dilation=2)',
      15,
      'no zero padding, unit strides, dilated',
      ['`(7 - 5) + 1 = 3`', 'effective kernel `2·(3 - 1) + 1 = 5`'],
    ],
  ])('%s %s is relationship %i', (shape, call, relationship, name, lines) => {
    expect(linesOf(shape, call)).toEqual([`**${name}** · Relationship ${relationship} of the guide`, ...lines]);
  });
});

describe('other windows', () => {
  it.each([
    [
      'no padding word',
      '[1, 1, 5, 5]',
      'Conv2d(1, 1, 3, padding="valid")',
      ['**no zero padding, unit strides** · Relationship 1 of the guide', '`(5 - 3) + 1 = 3`'],
    ],
    [
      'the words of the guide',
      '[1, 1, 5, 5]',
      'Conv2d(1, 1, 3, padding="full", dilation=2)',
      [
        '**full padding, unit strides, dilated** · Relationship 15 of the guide',
        '`(5 + 2·4 - 5) + 1 = 9`',
        'effective kernel `2·(3 - 1) + 1 = 5`',
      ],
    ],
    [
      'same padding of an even kernel',
      '[N, 8, 100]',
      'Conv1d(8, 8, 4, padding="same")',
      ['**zero padding (same, 1 before and 2 after), unit strides** · Relationship 2 of the guide', '`(100 + 1 + 2 - 4) + 1 = 100`'],
    ],
    [
      'padding by reflection',
      '[N, 8, 100]',
      'Conv1d(8, 8, 3, padding=1, padding_mode="reflect")',
      ['**half (same) padding (reflect), unit strides** · Relationship 3 of the guide', '`(100 + 2·1 - 3) + 1 = 100`'],
    ],
    [
      'a kernel of 1',
      '[N, 8, 100]',
      'Conv1d(8, 8, 1, dilation=3)',
      ['**no zero padding, unit strides** · Relationship 1 of the guide', '`(100 - 1) + 1 = 100`'],
    ],
    [
      'more padding than full',
      '[N, 8, 10]',
      'Conv1d(8, 8, 3, padding=5)',
      ['**zero padding, unit strides** · Relationship 2 of the guide', '`(10 + 2·5 - 3) + 1 = 18`'],
    ],
    [
      'rows of the input that the floor drops',
      '[N, 8, 12]',
      'Conv1d(8, 8, 3, stride=4, padding=1)',
      [
        '**zero padding (half), non-unit strides** · Relationship 6 of the guide',
        '`floor((12 + 2·1 - 3)/4) + 1 = 3`',
        'the floor drops the padding at the end and the last 2 cells; sizes 9 to 12 give 3',
      ],
    ],
    [
      'a last cell that the floor drops',
      '[N, 8, 10]',
      'Conv1d(8, 8, 3, stride=2)',
      [
        '**no zero padding, non-unit strides** · Relationship 5 of the guide',
        '`floor((10 - 3)/2) + 1 = 4`',
        'the floor drops the last cell; sizes 9 and 10 give 4',
      ],
    ],
    [
      'a kernel that does not fit',
      '[N, 8, 5]',
      'Conv1d(8, 8, 7)',
      [
        '**no zero padding, unit strides** · Relationship 1 of the guide',
        '`(5 - 7) + 1 = -1`',
        'the kernel is larger than the padded input',
      ],
    ],
    ['a stride of 0', '[N, 8, 5]', 'Conv1d(8, 8, 3, stride=0)', ['']],
    [
      'a pool with padding',
      '[N, 8, 112]',
      'MaxPool1d(3, stride=2, padding=1)',
      [
        '**pooling, padding (half), non-unit strides** · Relationship 6 of the guide',
        '`floor((112 + 2·1 - 3)/2) + 1 = 56`',
        'the floor drops 1 cell of the padding at the end; sizes 111 and 112 give 56',
      ],
    ],
    [
      'a pool that is rounded up',
      '[N, 8, 6]',
      'MaxPool1d(3, stride=2, ceil_mode=True)',
      [
        '**pooling, non-unit strides, rounded up** · Relationship 7 of the guide',
        '`ceil((6 - 3)/2) + 1 = 3`',
        'the last window reaches 1 cell over the end; sizes 6 and 7 give 3',
      ],
    ],
    [
      'a last window that would begin in the padding',
      '[N, 8, 5]',
      'AvgPool1d(2, stride=3, padding=1, ceil_mode=True)',
      [
        '**pooling, padding (half of an even kernel), non-unit strides, rounded up** · Relationship 6 of the guide',
        '`ceil((5 + 2·1 - 2)/3) + 1 - 1 = 2`, one less because the last window would begin in the padding at the end',
        'not read: the padding at the end and the last cell; sizes 3 to 5 give 2',
      ],
    ],
    [
      'a dilated pool',
      '[N, 8, 9]',
      'MaxPool1d(2, stride=1, dilation=3)',
      ['**pooling, unit strides, dilated** · Relationship 15 of the guide', '`(9 - 4) + 1 = 6`', 'effective kernel `3·(2 - 1) + 1 = 4`'],
    ],
    ['an adaptive pool with equal windows', '[N, 8, 14]', 'AdaptiveAvgPool1d(7)', ['7 windows of 2, side by side']],
    [
      'an adaptive pool with unequal windows',
      '[N, 8, 10]',
      'AdaptiveAvgPool1d(7)',
      ['7 windows that may overlap: cell j reads from `floor(j·10/7)` to before `ceil((j + 1)·10/7)`'],
    ],
    ['an adaptive pool with one window', '[N, 8, L]', 'AdaptiveAvgPool1d(1)', ['one window over the whole axis']],
    [
      'windows as columns',
      '[N, 8, 9, 9]',
      'Unfold(3)',
      ['**no zero padding, unit strides** · Relationship 1 of the guide', '`(9 - 3) + 1 = 7`'],
    ],
    [
      'a transposed convolution that is cut deeper than full',
      '[N, 8, 10]',
      'ConvTranspose1d(8, 8, 3, stride=5, padding=3)',
      [
        '**zero padding, non-unit strides, transposed** · Relationship 13 of the guide',
        '`5·(10 - 1) + 3 - 2·3 = 42`',
        'as a direct convolution: kernel 3, stride 1, 1 cut off at both ends, on the input stretched to 46 with 4 zeros between cells',
        '`output_padding` 0 to 4 undoes a convolution of size 42 to 46',
      ],
    ],
    [
      'a stride beyond all bounds',
      '[N, 8, 2]',
      'ConvTranspose1d(8, 8, 3, stride=1000000000)',
      [
        '**no zero padding, non-unit strides, transposed** · Relationship 12 of the guide',
        '`1000000000·(2 - 1) + 3 = 1000000003`',
        'as a direct convolution: kernel 3, stride 1, padding 2, on the input stretched to 1000000001 with 999999999 zeros between cells',
        '`output_padding` 0 to 999999999 undoes a convolution of size 1000000003 to 2000000002',
      ],
    ],
    [
      'an output size that is asked for',
      '[N, 8, 50]',
      'ConvTranspose1d(8, 8, 3, stride=2, padding=1)(., output_size=(100,))',
      [
        '**zero padding (half), non-unit strides, transposed, with a = 1** · Relationship 14 of the guide',
        '`2·(50 - 1) + 3 - 2·1 + 1 = 100`',
        'as a direct convolution: kernel 3, stride 1, padding 1, on the input stretched to 99 with 1 zero between cells and 1 more at the end',
        '`output_padding` 0 undoes a convolution of size 99, 1 of 100',
      ],
    ],
    [
      'a dilated transposed convolution',
      '[N, 8, 4]',
      'ConvTranspose1d(8, 8, 3, dilation=2)',
      [
        '**no zero padding, unit strides, transposed, dilated** · Relationship 8 of the guide',
        '`4 + (5 - 1) = 8`',
        'as a direct convolution: kernel 3, stride 1, dilation 2, padding 4',
        'effective kernel `2·(3 - 1) + 1 = 5`',
      ],
    ],
  ])('%s', (_, shape, call, lines) => {
    expect(linesOf(shape, call)).toEqual(lines);
  });

  it.each([
    ['Conv2d(16, 32, (3, 5))', 'kernel `(n, m, k1, k2) = (32, 16, 3, 5)`'],
    ['Conv2d(_, 32, 3, groups=8)', '8 groups of kernels `(n, m, k1, k2) = (4, 2, 3, 3)`'],
    ['LazyConv2d(32, 3)', 'kernel `(n, m, k1, k2) = (32, 16, 3, 3)`'],
    ['ConvTranspose2d(16, 4, 2, stride=2)', 'kernel `(n, m, k1, k2) = (4, 16, 2, 2)`'],
  ])('the kernel of %s', (call, kernel) => {
    expect(windowOf('[N, 16, 32, 32]', call)).toContain(`\n${kernel}`);
  });
});

describe('axes that differ', () => {
  it('says apart what differs, and once what does not', () => {
    expect(windowOf('[N, 3, H, W]', 'Conv2d(3, 8, 3, stride=2, padding=1)')).toBe(
      [
        '**zero padding (half), non-unit strides** · Relationship 6 of the guide  ',
        'kernel `(n, m, k1, k2) = (8, 3, 3, 3)`',
        '- height: `floor((H + 2·1 - 3)/2) + 1 = (H + 1)//2`  ',
        '  the floor drops `(H + 1) mod 2` cells at the end',
        '- width: `floor((W + 2·1 - 3)/2) + 1 = (W + 1)//2`  ',
        '  the floor drops `(W + 1) mod 2` cells at the end',
        '- 2 input sizes share each output size',
      ].join('\n'),
    );
  });

  it('names a case for each axis', () => {
    expect(windowOf('[N, 3, 20, 20]', 'Conv2d(3, 8, (3, 1), stride=(1, 2), padding=(1, 0))')).toBe(
      [
        '- height: **half (same) padding, unit strides** · Relationship 3 of the guide  ',
        '  `(20 + 2·1 - 3) + 1 = 20`',
        '- width: **no zero padding, non-unit strides** · Relationship 5 of the guide  ',
        '  `floor((20 - 1)/2) + 1 = 10`  ',
        '  the floor drops the last cell; sizes 19 and 20 give 10',
      ].join('\n'),
    );
  });

  it('keeps symbols of a transposed convolution', () => {
    expect(windowOf('[N, 3, H, W]', 'ConvTranspose2d(3, 8, 4, stride=2, padding=1)')).toBe(
      [
        '**zero padding, non-unit strides, transposed** · Relationship 13 of the guide  ',
        'kernel `(n, m, k1, k2) = (8, 3, 4, 4)`',
        '- height: `2·(H - 1) + 4 - 2·1 = 2*H`  ',
        '  `output_padding` a undoes a convolution of size `2*H + a`',
        '- width: `2·(W - 1) + 4 - 2·1 = 2*W`  ',
        '  `output_padding` a undoes a convolution of size `2*W + a`',
        '- as a direct convolution: kernel 4, stride 1, padding 2, on the input stretched with 1 zero between cells',
      ].join('\n'),
    );
  });
});

describe('whole hovers of layers', () => {
  it('shows sizes with symbols, and numbers at the samples', () => {
    const text = 'net Stem:\n    input x: [N, 3, H=224, W=224]\n    Conv2d(3, 64, 7, stride=2, padding=3)\n';
    expect(hoverOn(text, 'Conv2d')).toBe(
      [
        '**Conv2d** · Slides kernels over an image and gives the weighted sums.',
        '`[N, 3, H, W]` → `[N, 64, (H + 1)//2, (W + 1)//2]`  \nat N=1, H=224, W=224: `[1, 3, 224, 224]` → `[1, 64, 112, 112]`',
        '**zero padding (half), non-unit strides** · Relationship 6 of the guide  \nkernel `(n, m, k1, k2) = (64, 3, 7, 7)`',
        '- `floor((224 + 2·3 - 7)/2) + 1 = 112`\n- the floor drops 1 cell of the padding at the end; sizes 223 and 224 give 112',
        '9.47 k parameters · 118 M MACs · 3.21 MB of activations (float32)',
        'receptive field 7 x 7 · jump 2 · offset -3',
      ].join('\n\n'),
    );
  });

  it('makes up no numbers where there are no samples', () => {
    const text = 'net Stem:\n    input x: [N, 3, H, W]\n    Conv2d(3, 64, 3, padding=1)\n';
    const hover = hoverOn(text, 'Conv2d');
    expect(hover).toContain('`[N, 3, H, W]` → `[N, 64, H, W]`\n\n');
    expect(hover).toContain('1.79 k parameters · `1728*H*W` MACs · `256*H*W` B of activations (float32), at N=1');
    expect(hover).not.toContain('224');
  });

  it('writes i for a size that is not known', () => {
    const hover = hoverOn('net Any:\n    input x\n    Conv2d(3, 8, 3, stride=2)\n', 'Conv2d');
    expect(hover).toContain('`[...]` → `[...]`');
    expect(hover).toContain('- `floor((i - 3)/2) + 1`\n\n224 parameters');
  });

  it('has sizes and costs for layers without a window', () => {
    const text = 'net Head:\n    input x: [N, 12]\n    Linear(_, 10)\n';
    expect(hoverOn(text, 'Linear')).toBe(
      [
        '**Linear** · Multiplies the last axis by a matrix and adds a bias: a fully connected layer.',
        '`[N, 12]` → `[N, 10]`',
        '130 parameters · 120 MACs · 40 B of activations (float32), at N=1',
      ].join('\n\n'),
    );
  });

  it('says that a line has more uses', () => {
    const text = 'net Deep:\n    input x: [1, 8, 9, 9]\n    repeat 3:\n        Conv2d(8, 8, 3)\n';
    expect(hoverOn(text, 'Conv2d')).toMatch(/\*The first of 3 uses of this line\.\*$/);
  });

  it('links to the page on the relationship', () => {
    const text = 'net Stem:\n    input x: [N, 3, 9, 9]\n    Conv2d(3, 64, 3, padding=1)\n';
    expect(hoverOn(text, 'Conv2d', 1, 'file:///shapelint/docs/rules')).toContain(
      '**half (same) padding, unit strides** · [Relationship 3 of the guide](file:///shapelint/docs/arithmetic.md#3-half-same-padding)',
    );
  });

  it('finds the headings of docs/arithmetic.md', () => {
    const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'arithmetic.md'), 'utf8');
    expect([...page.matchAll(/^### (\d+\. .*)$/gm)].map(([, heading]) => heading)).toEqual(RELATIONSHIPS.map((_, at) => headingOf(at + 1)));
  });
});

describe('arguments', () => {
  const IMAGE = '[N, 16, 32, 48]';

  it.each([
    [IMAGE, 'Conv2d(16, 8, 5, padding=1)', '16', 'Legal: at least 1; here only 16.'],
    [IMAGE, 'Conv2d(_, 8, 5, padding=1)', '_', 'Legal: at least 1; here only 16.'],
    [IMAGE, 'Conv2d(16, 8, 5)', '5', 'Legal: at least 1; here 1 to 32 for the height, 1 to 48 for the width.'],
    ['[N, 16, 32, 32]', 'Conv2d(16, 8, 5, padding=1, dilation=2)', '5', 'Legal: at least 1; here 1 to 17.'],
    ['[N, 16, 32, 32]', 'Conv2d(16, 8, 5, dilation=2)', 'dilation', 'Legal: at least 1; here 1 to 7. Default: `1`.'],
    ['[N, 16, H, W]', 'Conv2d(16, 8, 5)', '5', 'Legal: at least 1.'],
    ['[N, 16, H=32, W=32]', 'Conv2d(16, 8, 5)', '5', 'Legal: at least 1; here 1 to 32 at H=32, W=32.'],
    [
      IMAGE,
      'Conv2d(16, 8, 5, groups=2)',
      'groups',
      'Legal: at least 1, a divisor of in_channels and out_channels; here 1, 2, 4, 8. Default: `1`.',
    ],
    [IMAGE, 'Conv2d(16, 8, 5, padding="same")', 'padding', 'Legal: at least 0. Default: `0`.'],
    [IMAGE, 'Conv2d(16, 8, 5, padding="same")', '5', 'Legal: at least 1.'],
    [IMAGE, 'MaxPool2d(3, padding=1)', 'padding', 'Legal: at least 0 and at most half of kernel_size; here 0 to 1. Default: `0`.'],
    [
      IMAGE,
      'MaxPool2d((2, 5), padding=1)',
      'padding',
      'Legal: at least 0 and at most half of kernel_size; here 0 to 1 for the height, 0 to 2 for the width. Default: `0`.',
    ],
    [IMAGE, 'MaxPool2d((4, 4), padding=1)', '(4, 4)', 'Legal: at least 1; here 2 to 34 for the height, 2 to 50 for the width.'],
    [
      IMAGE,
      'ConvTranspose2d(16, 8, 3, stride=2, output_padding=1)',
      'output_padding',
      'Legal: at least 0, and below the stride or the dilation; here 0 to 1. Default: `0`.',
    ],
    [
      IMAGE,
      'ConvTranspose2d(16, 8, 3, output_padding=0)',
      'output_padding',
      'Legal: at least 0, and below the stride or the dilation; here only 0. Default: `0`.',
    ],
    ['[N, 16, 5, 5]', 'ConvTranspose2d(16, 8, 3, padding=1)', 'padding', 'Legal: at least 0; here 0 to 3. Default: `0`.'],
    [
      '[N, 16, 5, 5]',
      'ConvTranspose2d(16, 8, 3, stride=2)(., output_size=(11, 12))',
      'output_size',
      'Legal here: 11 to 12. Default: `None`.',
    ],
    [IMAGE, 'Softmax(dim=1)', 'dim', 'Legal here: -4 to 3. Default: `None`.'],
    [IMAGE, 'Unsqueeze(dim=1)', 'dim', 'Legal here: -5 to 4.'],
    [IMAGE, 'Flatten(start_dim=2)', 'start_dim', 'Legal here: -4 to 3. Default: `1`.'],
    [IMAGE, 'GroupNorm(4, 16)', '4', 'Legal: at least 1, and a divisor of num_channels; here 1, 2, 4, 8, 16.'],
    [IMAGE, 'BatchNorm2d(_)', '_', 'Legal: at least 0; here only 16.'],
    ['[N, 40]', 'Linear(_, 10)', '_', 'Legal: at least 1; here only 40.'],
    [
      IMAGE,
      'Conv2d(16, 8, 5, padding_mode="reflect")',
      'padding_mode',
      'One of `"zeros"`, `"reflect"`, `"replicate"`, `"circular"`. Default: `"zeros"`.',
    ],
  ])('%s %s: %s', (shape, call, word, legal) => {
    const text = `net Example:\n    input x: ${shape}\n    ${call}\n`;
    const at = text.slice(0, text.indexOf(call) + call.indexOf('(')).split(word).length;
    expect(hoverOn(text, word, at).split('\n\n').at(-1)).toBe(legal);
  });

  it('has the value and the doc, and says below what a name in it stands for', () => {
    const text = 'net Example(width=8):\n    input x: [N, 3, 9, 9]\n    Conv2d(_, width * 2, 3)\n';
    expect(hoverOn(text, 'width', 2)).toBe(
      '`Conv2d.out_channels = 16`\n\nNumber of channels of the output: one for each kernel.\n\nLegal: at least 1.\n\n---\n\n`width = 8`',
    );
    expect(hoverOn(text, '_')).toMatch(/^`Conv2d\.in_channels = 3`\n\nNumber of channels of the input/);
  });
});

const U = `block Double(c):
    Conv2d(_, c, 3, padding=1)
    ReLU()

net U(width=4):
    input x: [N, 1, H=50, 64]
    skip = Double(width)
    MaxPool2d(2)
    Double(2 * width)
    Upsample(scale_factor=2)
    Cat(dim=1)(., skip)
    output y
`;

describe('names', () => {
  it.each([
    ['an input', 'x:', 1, '`x: [N, 1, H, 64]`\n\nan input of `U`, at N=1, H=50: `[1, 1, 50, 64]`'],
    ['what a block makes', 'skip', 2, '`skip: [N, 4, H, 64]`\n\nmade by `Double`, in it by `ReLU`, at N=1, H=50: `[1, 4, 50, 64]`'],
    ['a parameter of a net', 'width', 1, '`width = 4`'],
    ['a parameter of a block', 'c):', 1, '`c = 4`'],
    ['an output', 'y', 1, '`y: [N, 12, H, 64]`\n\nmade by `Cat`, at N=1, H=50: `[1, 12, 50, 64]`'],
    [
      'a symbol with a condition',
      'H',
      1,
      [
        '`H`: a free size of `U`, at least 1',
        '**Fits for H = 0 mod 2**',
        '- MaxPool2d needs H//2 >= 1\n- Cat needs 2*(H//2) = H',
        'Sample: 50, which fits.',
      ].join('\n\n'),
    ],
    ['a symbol without', 'N', 1, '`N`: a free size of `U`, at least 1\n\n**Fits for any N**'],
    [
      'a block where it is used',
      'Double',
      3,
      [
        '**Double**(c)',
        '`[N, 4, H//2, 32]` → `[N, 8, H//2, 32]`  \nat N=1, H=50: `[1, 4, 25, 32]` → `[1, 8, 25, 32]`',
        '296 parameters · 230 k MACs · 51.2 kB of activations (float32)',
      ].join('\n\n'),
    ],
    [
      'a block where it is declared',
      'Double',
      1,
      [
        '**Double**(c)',
        'in the first of 2 uses:',
        '`[N, 1, H, 64]` → `[N, 4, H, 64]`  \nat N=1, H=50: `[1, 1, 50, 64]` → `[1, 4, 50, 64]`',
        '40 parameters · 115 k MACs · 102 kB of activations (float32)',
      ].join('\n\n'),
    ],
    [
      'a net',
      'U(w',
      1,
      [
        '`net U`',
        '`[N, 1, H, 64]` → `[N, 12, H, 64]`  \nat N=1, H=50: `[1, 1, 50, 64]` → `[1, 12, 50, 64]`',
        '**Fits for H = 0 mod 2**',
        '7 operators · 336 parameters · 346 k MACs · 422 kB of activations (float32)',
      ].join('\n\n'),
    ],
  ])('%s', (_, word, nth, text) => {
    expect(hoverOn(U, word, nth)).toBe(text);
  });

  it('says which sizes are nearest where the sample does not fit', () => {
    expect(hoverOn(U.replace('H=50', 'H=51'), 'H')).toContain('Sample: 51, which does not fit; nearest: 50, 52.');
  });

  it('shows what is required of a symbol', () => {
    const hover = hoverOn(U.replace('    skip =', '    require H % 2 == 0 and H >= 16\n    skip ='), 'H');
    expect(hover).toContain('Required: `H % 2 == 0 and H >= 16`.');
  });

  it('names the size that a block is given', () => {
    const text =
      'block Twice:\n    input x: [N, c, H, W]\n    Conv2d(c, c, 3)\n\nnet A:\n    input x: [1, 3, 9, 9]\n    Twice()\n    Twice()\n';
    expect(hoverOn(text, 'H')).toBe('`H = 9`\n\na name for the size that the block is given: 9 in its first use');
  });

  it('says that a block is not used', () => {
    expect(hoverOn('block A(c):\n    ReLU()\n\nnet B:\n    input x: [1]\n    ReLU()\n', 'A')).toBe('**A**(c)\n\nnot used');
  });

  it('has nothing to say of a comment', () => {
    expect(hoverOn('# a comment\nnet B:\n    input x: [1]\n    ReLU()\n', 'comment')).toBe('');
  });
});

/** A layer on one axis of `size` cells, its output size if it has no fault, and its hovers. */
function tried(call: string, size: number) {
  const text = `net Example:\n    input x: [1, 8, ${size}]\n    ${call}\n`;
  const analysis = analyse({ path: 'example.nn', text });
  const isLegal = analysis?.findings.every(({ diagnostic }) => diagnostic.severity !== 'error') === true;
  const output = analysis?.document.networks[0]?.nodes[0]?.outputs[0]?.shape?.[2];
  const hover = (word: string) =>
    analysis === undefined ? '' : (hoverAt(analysis, text.indexOf(word, text.indexOf(call)), undefined)?.text ?? '');
  return { output: isLegal && typeof output === 'number' ? output : undefined, hover };
}

describe('what hovers say is what the analysis finds', () => {
  const windows = [1, 2, 3].flatMap((kernel) =>
    [1, 2, 3].flatMap((stride) => [1, 2].flatMap((dilation) => [0, 1].map((padding) => ({ kernel, stride, dilation, padding })))),
  );
  const calls = windows.flatMap(({ kernel, stride, dilation, padding }) => {
    const window = `kernel_size=${kernel}, stride=${stride}, padding=${padding}, dilation=${dilation}`;
    const pools = padding > kernel / 2 ? [] : [`MaxPool1d(${window})`, `MaxPool1d(${window}, ceil_mode=True)`];
    return [`Conv1d(8, 8, ${window})`, `ConvTranspose1d(8, 8, ${window}, output_padding=${Math.max(stride, dilation) - 1})`, ...pools];
  });
  const cases = calls
    .flatMap((call) => [1, 5].map((size) => ({ call, size, ...tried(call, size) })))
    .filter(({ output }) => output !== undefined);

  it('has many cases', () => {
    expect(cases.length).toBeGreaterThan(150);
  });

  it('formulas', () => {
    for (const { call, size, output, hover } of cases) {
      const formula = /= (-?\d+)`/.exec(hover(call))?.[1];
      expect(`${call} on ${size}: ${formula ?? 'none'}`).toBe(`${call} on ${size}: ${String(output)}`);
    }
  });

  it('sizes that share an output', () => {
    for (const { call, output, hover } of cases) {
      const shared = /sizes (\d+) (?:and|to) (\d+) give/.exec(hover(call));
      if (shared === null) continue;
      const [from, to] = [Number(shared[1]), Number(shared[2])];
      for (const size of [from - 1, from, to, to + 1]) {
        if (size > 0)
          expect(`${call} on ${size}: ${tried(call, size).output === output}`).toBe(`${call} on ${size}: ${size >= from && size <= to}`);
      }
    }
  });

  it('the sizes that an output padding undoes', () => {
    for (const { call, size, hover } of cases) {
      const line = /`output_padding` \d+ undoes .*/.exec(hover(call))?.[0];
      const convolution = call.replace('ConvTranspose', 'Conv').replace(/, output_padding=\d+/, '');
      for (const [, undone] of line?.matchAll(/of (?:size )?(\d+)/g) ?? []) {
        const { output } = tried(convolution, Number(undone));
        // A kernel that is larger than the padded input has no convolution to undo.
        if (output !== undefined) expect(`${convolution} on ${undone}: ${String(output)}`).toBe(`${convolution} on ${undone}: ${size}`);
      }
    }
  });

  it('legal ranges', () => {
    for (const { call, size, hover } of cases) {
      for (const name of ['kernel_size', ' padding', 'dilation', 'output_padding']) {
        const range = call.includes(`${name}=`) ? /here (?:(\d+) to (\d+)|only (\d+))/.exec(hover(`${name.trim()}=`)) : null;
        if (range === null) continue;
        const [from, to] = [Number(range[1] ?? range[3]), Number(range[2] ?? range[3])];
        for (const value of [from - 1, from, to, to + 1]) {
          const changed = call.replace(new RegExp(`${name}=\\d+`), `${name}=${value}`);
          expect(`${changed} on ${size}: ${tried(changed, size).output !== undefined}`).toBe(
            `${changed} on ${size}: ${value >= from && value <= to}`,
          );
        }
      }
    }
  });
});
