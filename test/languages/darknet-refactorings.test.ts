// Sections of a Darknet network that come and go: every number of a layer still means the layer that it meant.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { refactorings } from '../../server/src/features/refactorings.ts';
import { parseConfiguration } from '../../server/src/languages/darknet/parse.ts';
import { layerNumbers } from '../../server/src/languages/darknet/references.ts';
import { applyEdits } from '../../server/src/text/edit.ts';

const net = '[net]\nwidth=64\nheight=64\nchannels=3\n\n';
const conv = (filters: number) => `[convolutional]\nfilters=${filters}\nsize=1\nactivation=linear\n\n`;
const text = `${net}${conv(1)}${conv(2)}# the third\n${conv(3)}[route]\nlayers=-1, 0\n\n${conv(4)}[shortcut]\nfrom=1\nactivation=linear\n`;

function offered(source: string, word: string, at = 0): ReadonlyMap<string, string> {
  const analysis = analyse({ path: 'model.cfg', text: source });
  if (analysis === undefined) throw new Error('not claimed');
  let place = -1;
  for (let count = 0; count <= at; count++) place = source.indexOf(word, place + 1);
  return new Map(refactorings(analysis, { start: place, end: place }).map(({ title, edits }) => [title, applyEdits(source, edits)]));
}

describe('a section', () => {
  it('is inserted above', () => {
    expect(offered(text, 'filters=3').get('Insert a section above, and renumber')).toBe(
      text
        .replace('[convolutional]\nfilters=3', '[dropout]\nprobability=0\n\n[convolutional]\nfilters=3')
        .replace('layers=-1, 0', 'layers=-1, 0'),
    );
  });

  it('is inserted below, which the next layer takes then', () => {
    const after = offered(text, 'filters=1').get('Insert a section below, and renumber');
    expect(after).toContain('filters=1\nsize=1\nactivation=linear\n\n[dropout]\nprobability=0\n\n[convolutional]\nfilters=2');
    expect(after).toContain('from=2');
    expect(after).toContain('layers=-1, 0');
  });

  it('is deleted with its own lines, and what took it takes the one before', () => {
    const after = offered(text, 'filters=2').get('Delete layer 1, [convolutional], and renumber');
    expect(after).toBe(text.replace('[convolutional]\nfilters=2\nsize=1\nactivation=linear\n\n', '').replace('from=1', 'from=0'));
  });

  it('is not deleted where it joins several layers', () => {
    expect([...offered(text, '[route]').keys()]).toEqual(['Insert a section above, and renumber', 'Insert a section below, and renumber']);
  });
});

/** What each number means, by the options of the layer that no renumbering changes. */
function meanings(source: string): readonly (string | undefined)[] {
  const layers = parseConfiguration(source).sections.slice(1);
  const nameOf = (index: number) =>
    layers[index]?.options.flatMap(({ key, value }) => (key === 'layers' ? [] : [`${key}=${value}`])).join(' ');
  return layerNumbers(source, layers).map(({ target }) => nameOf(target ?? -1));
}

it('keeps the meaning of every number, wherever it is inserted', () => {
  const numbers = fc.array(fc.integer({ min: -4, max: 7 }), { minLength: 1, maxLength: 3 });
  const layers = fc.array(fc.oneof(fc.constant('conv'), numbers), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(layers, fc.nat(7), fc.constantFrom('above', 'below'), (parts, pick, side) => {
      const sections = parts.map((part, at) =>
        part === 'conv' ? conv(at + 1) : `[route]\n; ${at}\nlayers=${Array.isArray(part) ? part.join(',') : ''}\ngroup_id=${at}\n\n`,
      );
      const source = net + conv(99) + sections.join('');
      const at = (pick % sections.length) + 1;
      const start = parseConfiguration(source).sections[at + 1]?.range.start ?? 0;
      const after = offered(source, source.slice(start), 0).get(`Insert a section ${side}, and renumber`) ?? '';
      const expected = meanings(source);
      // The layer below takes the new one as the one before it; a number that meant nothing may mean something now.
      meanings(after).forEach((meaning, number) => {
        if (meaning !== 'probability=0' && expected[number] !== undefined) expect(meaning).toBe(expected[number]);
      });
    }),
    { numRuns: 200 },
  );
});
