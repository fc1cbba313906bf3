// Darknet's .cfg files: which are ours, what users reported (written anew), references, hints and edits.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse, type Analysis } from '../../server/src/analysis/analyse.ts';
import { provenFixes } from '../../server/src/analysis/fixes.ts';
import { definitionAt, referencesAt } from '../../server/src/features/definition.ts';
import { hoverAt } from '../../server/src/features/hover/hover.ts';
import { inlayHints } from '../../server/src/features/inlay-hints.ts';
import { fittingSymbols } from '../../server/src/features/fitting-sizes.ts';
import { createNetworkBuilder } from '../../server/src/inference/builder.ts';
import { outline } from '../../server/src/features/outline.ts';
import { applyEdits } from '../../server/src/text/edit.ts';

const net = (size: number, more = '') => `[net]\nwidth=${size}\nheight=${size}\nchannels=3\n${more}`;
const down = (filters: number) => `[convolutional]\nfilters=${filters}\nsize=3\nstride=2\npad=1\nactivation=leaky\n`;
const pointwise = (filters: number) => `[convolutional]\nfilters=${filters}\nactivation=linear\n`;
const route = (layers: string, more = '') => `[route]\nlayers=${layers}\n${more}`;
const ALEXEY = '# shapelint: dialect[AlexeyAB]\n';
const upsample = '[upsample]\nstride=2\n';

function read(text: string, path = 'model.cfg'): Analysis {
  const analysis = analyse({ path, text });
  if (analysis === undefined) throw new Error(`${path} is not claimed`);
  return analysis;
}

describe('which files are ours', () => {
  it.each([
    ['a network', 'yolo.cfg', net(416) + down(8), true],
    ['a network that begins with comments', 'a.cfg', `# YOLO\n; for tests\n\n[network]\nheight=1\n${down(8)}`, true],
    ['one without a layer yet', 'a.cfg', '[net]\nwidth=416\n', true],
    ['layers without a [net]', 'a.cfg', down(8) + route('-1'), true],
    ['setup.cfg', 'setup.cfg', '[metadata]\nname = x\n[options]\npackages = find:\n', false],
    ['a section [net] further down', 'a.cfg', '[core]\nx=1\n[net]\nwidth=3\n', false],
    ['a section [net] of something else', 'a.cfg', '[net]\nproxy=http://localhost\n[http]\nport=1\n', false],
    ['another name', 'a.ini', net(416) + down(8), false],
    ['a data file', 'coco.data', 'classes= 80\ntrain = x\n', false],
  ])('%s', (_, path, text, isOurs) => {
    expect(analyse({ path, text })?.language.id).toBe(isOurs ? 'darknet' : undefined);
  });
});

interface Case {
  readonly title: string;
  readonly text: string;
  readonly code: string;
  /** What the diagnostic stands on. */
  readonly on: string;
  readonly words: string;
  /** All fixes that are offered. */
  readonly fixes: readonly string[];
}

const CASES: readonly Case[] = [
  {
    title: 'a width and height that the route does not fit',
    text: net(200) + down(8) + down(8) + down(8) + down(8) + upsample + route('-1,2') + pointwise(4),
    code: 'concat-mismatch',
    on: '2',
    words: 'layer 4 is 8x26x26, layer 2 is 8x25x25.\nThe image of 200x200 is no multiple of the total stride',
    fixes: ['Change width and height to 224', 'Change width and height to 192'],
  },
  {
    title: 'a number that counts from the start and is stale',
    text: net(64) + down(8) + down(16) + down(32) + upsample + route('-1,0') + pointwise(4),
    code: 'concat-mismatch',
    on: '0',
    words: 'layer 3 is 32x16x16, layer 0 is 8x32x32',
    fixes: ['Change 0 to 1: layer 1 is 16x16x16', 'Change stride of layer 3 to 4', 'Change the input size 64 to 4'],
  },
  {
    title: 'filters that do not fit the classes',
    text: `${net(64)}${down(8)}${pointwise(255)}[yolo]\nmask=0,1,2\nnum=9\nclasses=4\n`,
    code: 'channel-mismatch',
    on: '[yolo]',
    words: '[yolo] is made for 27 channels, but its input has 255.',
    fixes: ['Change filters to 27', 'Change classes to 80'],
  },
  {
    title: 'filters of a [region]',
    text: `${net(64)}${down(8)}${pointwise(125)}[region]\nnum=5\nclasses=80\ncoords=4\n`,
    code: 'channel-mismatch',
    on: '[region]',
    words: '[region] is made for 425 channels, but its input has 125.',
    fixes: ['Change filters to 425', 'Change classes to 20'],
  },
  {
    title: 'a layer that is not there yet',
    text: net(64) + down(8) + route('-1, 5'),
    code: 'reference-range',
    on: '5',
    words: 'Layer 5 does not stand before this one, which is layer 1',
    fixes: ['Change 5 to -1'],
  },
  {
    title: 'a layer before the first',
    text: net(64) + down(8) + route('-2'),
    code: 'reference-range',
    on: '-2',
    words: 'There is no layer -1',
    fixes: ['Change -2 to -1'],
  },
  {
    title: 'groups that do not divide the channels',
    text: ALEXEY + net(64) + down(9) + route('-1', 'groups=2\ngroup_id=1\n'),
    code: 'group-mismatch',
    on: '2',
    words: '9',
    fixes: [],
  },
  {
    title: 'a shortcut between maps of unlike sizes',
    text: `${net(50)}${down(8)}${down(8)}${down(8)}${upsample}[shortcut]\nfrom=1\n`,
    code: 'broadcast-mismatch',
    on: '1',
    words: 'layer 3 is 8x14x14, layer 1 is 8x13x13',
    fixes: ['Change width and height to 64', 'Change width and height to 32'],
  },
  {
    title: 'layers without a network',
    text: down(8) + down(16),
    code: 'syntax',
    on: '[convolutional]',
    words: 'The first section has to be [net]',
    fixes: [],
  },
  {
    title: 'counters of other classes',
    text: `${net(64)}${down(8)}${pointwise(27)}[yolo]\nmask=0,1,2\nnum=3\nclasses=4\ncounters_per_class=100, 200, 50\n`,
    code: 'argument-range',
    on: '100, 200, 50',
    words: 'counters_per_class has 3 numbers, but [yolo] has classes=4',
    fixes: [],
  },
  {
    title: 'a kind of weights that Darknet does not know',
    text: `${net(64)}${down(8)}${pointwise(8)}[shortcut]\nfrom=-2\nweights_type=per_feture\n`,
    code: 'argument-type',
    on: 'per_feture',
    words: 'Darknet knows no `weights_type` `per_feture` and stops',
    fixes: ['Change `per_feture` to `per_feature`'],
  },
  {
    title: 'a loss that Darknet does not know',
    text: `${net(64)}${down(8)}${pointwise(27)}[yolo]\nmask=0,1,2\nnum=3\nclasses=4\niou_loss=cious\n`,
    code: 'ignored-key',
    on: 'cious',
    words: 'goes on with iou.',
    fixes: ['Change `cious` to `ciou`'],
  },
  {
    title: 'a section that Darknet does not know',
    text: `${net(64)}${down(8)}[maxpol]\nsize=2\n${down(8)}`,
    code: 'unknown-operator',
    on: 'maxpol',
    words: 'maxpool',
    fixes: ['Change `maxpol` to `maxpool`'],
  },
];

describe('what users report', () => {
  it.each(CASES)('$title', ({ text, code, on, words, fixes }) => {
    const analysis = read(text);
    const severe = analysis.findings.filter(({ diagnostic }) => ['error', 'warning'].includes(diagnostic.severity));
    expect(severe.map(({ diagnostic }) => diagnostic.code)).toEqual([code]);
    const [finding] = severe;
    if (finding === undefined) return;
    const { range, message } = finding.diagnostic;
    expect(text.slice(range.start, range.end)).toBe(on);
    expect(message).toContain(words);
    const offered = provenFixes(analysis, finding);
    expect(offered.map(({ title }) => title)).toEqual(fixes);
    for (const { edits } of offered) {
      const fixed = read(applyEdits(text, edits));
      expect(fixed.findings.filter(({ diagnostic }) => diagnostic.severity === 'error')).toEqual([]);
    }
  });
});

/** The sizes of the last layer, without the batch. */
function lastSize(text: string): readonly unknown[] | undefined {
  return read(text).document.networks[0]?.layers.at(-1)?.outputs[0]?.shape?.slice(1);
}

describe('meanings', () => {
  it.each([
    ['pad is half the kernel, whatever padding says', `${net(13)}[convolutional]\nfilters=2\nsize=5\npad=1\npadding=9\n`, [2, 13, 13]],
    ['padding counts in steps of the dilation', `${net(13)}[convolutional]\nfilters=2\nsize=3\npad=1\ndilation=2\n`, [2, 13, 13]],
    ['a kernel of one cell is not dilated', `${net(13)}[convolutional]\nfilters=2\nsize=1\npad=1\ndilation=2\n`, [2, 13, 13]],
    ['pools are padded with size - 1 in total', `${net(13)}[maxpool]\nsize=2\nstride=1\n`, [3, 13, 13]],
    ['the size of a pool is its stride', `${net(13)}[maxpool]\nstride=2\n`, [3, 7, 7]],
    ['a pool without padding', `${net(13)}[maxpool]\nsize=2\nstride=2\npadding=0\n`, [3, 6, 6]],
    ['deconvolution', `${net(13)}[deconvolutional]\nfilters=4\nsize=3\nstride=2\npad=1\n`, [4, 25, 25]],
    ['connected makes an image of one cell', `${net(8)}[connected]\noutput=10\n${pointwise(4)}`, [4, 1, 1]],
    ['a group of a route', net(8) + pointwise(8) + route('-1', 'groups=2\ngroup_id=1\n'), [4, 8, 8]],
    ['groups are pjreddie-unknown', `# shapelint: dialect[pjreddie]\n${net(8)}${pointwise(8)}${route('-1', 'groups=2\n')}`, [8, 8, 8]],
    ['the first of equal keys counts', `${net(8)}[convolutional]\nfilters=2\nfilters=9\n`, [2, 8, 8]],
    ['white space and what stands behind a number', `${net(8)} [convolutional] \r\n filters = 1 6 # sixteen\r\n`, [16, 8, 8]],
    ['a shortcut has the sizes of the layer before', `${net(8)}${pointwise(8)}${down(4)}[shortcut]\nfrom=-2\n`, [4, 4, 4]],
    ['reorg', `${net(8)}[reorg]\nstride=2\n`, [12, 4, 4]],
    [
      'a dilated convolution is as large as one without dilation',
      `${net(13)}[convolutional]\nfilters=2\nsize=2\ndilation=2\n`,
      [2, 12, 12],
    ],
    ['a crnn with a stride', `${net(8)}[crnn]\nhidden=4\noutput=6\nsize=1\nstride=2\n`, [6, 1, 1]],
    ['a padded local layer with an even kernel keeps the size', `${net(9)}[local]\nfilters=2\nsize=2\npad=1\n`, [2, 9, 9]],
    ['a file with an option that pjreddie alone reads is for it', `${net(8)}[reorg]\nstride=1\nextra=1\n`, [193]],
    ['strides of each axis', `${net(8)}[convolutional]\nstride_x=2\nstride_y=1\n`, [1, 8, 4]],
  ])('%s', (_, text, expected) => {
    expect(lastSize(text)).toEqual(expected);
  });
});

describe('in the editor', () => {
  const text = net(64) + down(8) + down(16) + upsample + route('-1, 0') + pointwise(4);
  const analysis = read(text);

  it('shows the number and the sizes of each layer', () => {
    const labels = inlayHints(analysis, { start: 0, end: text.length }).map(({ label }) => label);
    expect(labels).toEqual(['#0 · 8x32x32', '#1 · 16x16x16', '#2 · 16x32x32', '#3 · 24x32x32', '#4 · 4x32x32']);
    expect(outline(analysis)[0]?.children.map(({ name, detail }) => `${name} ${detail}`)[3]).toBe('route #3 · 24x32x32');
  });

  it('leads from a number to the layer that it means, and back', () => {
    const at = text.indexOf('-1, 0') + 4;
    const definition = definitionAt(analysis, at);
    expect(definition?.range.start).toBe(text.indexOf('[convolutional]'));
    expect(referencesAt(analysis, text.indexOf('[convolutional]') + 1).map(({ start }) => start)).toContain(at);
    expect(hoverAt(analysis, at)?.text).toContain('layer 0: [N, 8, 32, 32]');
  });

  it('says what a section is', () => {
    const hover = hoverAt(analysis, text.indexOf('[route]') + 2)?.text ?? '';
    expect(hover).toContain('**route** · #3');
    expect(hover).toContain('[N, 24, 32, 32]');
  });
});

it('hovers on a size of the image tell which sizes fit', () => {
  const text = net(200) + down(8) + down(8) + upsample + route('-1,0') + pointwise(4);
  const hover = hoverAt(read(text), text.indexOf('200') + 1)?.text;
  expect(hover).toContain('**Fits for W = 0 or 3 mod 4**');
  expect(hover).toContain('Sample: 200, which fits.');
});

it('tells which sizes fit', () => {
  const text = net(200) + down(8) + down(8) + upsample + route('-1,0') + pointwise(4);
  const [free] = read(text).language.readFree?.(text, createNetworkBuilder) ?? [];
  const fits = free === undefined ? [] : fittingSymbols(free).filter(({ name }) => name !== 'N');
  // Behind a stride of 2 that rounds up the map has to have an even size.
  expect(fits.map(({ words, near }) => [words, near])).toEqual([
    ['H = 0 or 3 mod 4', [200, 203]],
    ['W = 0 or 3 mod 4', [200, 203]],
  ]);
});

it('reads any text without a throw', () => {
  const words = fc.constantFrom(
    '[',
    ']',
    '=',
    ',',
    '-',
    '\n',
    '\r\n',
    '#',
    ' ',
    '[route]',
    'layers',
    'from',
    '1',
    '99',
    'size',
    '[yolo]',
    '[net]',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 60 }), (parts) => {
      expect(read(`${net(8)}${down(2)}${parts.join('')}`).document.networks).toHaveLength(1);
    }),
    { numRuns: 300 },
  );
});
