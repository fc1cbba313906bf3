// Layer types that are not known: told once each, since what comes behind has sizes that are not known.
import type { Problem } from '../../network/network.ts';
import { closest } from '../../text/closest.ts';
import type { LayerField } from './layer-field.ts';
import { layerRules } from './layers/registry.ts';

export function unknownTypes(layers: readonly LayerField[]): Problem[] {
  const found = new Map<string, LayerField[]>();
  for (const layer of layers) {
    const { name } = layer.type;
    if (layerRules.has(name) || name === 'Layer' || /[{}$%<>@]/.test(name)) continue;
    const before = found.get(name);
    if (before === undefined) found.set(name, [layer]);
    else before.push(layer);
  }
  return [...found].flatMap(([name, uses]) => {
    const [first] = uses;
    if (first === undefined) return [];
    const near = closest(name, [...layerRules.keys()]);
    const more = uses.length === 1 ? '' : ` ${uses.length} layers of this file are of it.`;
    const why = near === undefined ? 'It may be a layer of a fork.' : `Did you mean \`${near}\`? It may also be a layer of a fork.`;
    const message = `The layer type \`${name}\` is not known, so that sizes are not worked out behind it.${more}\n${why}`;
    const edits = uses.map(({ type, form }) => ({ range: type.range, newText: form === 'V1' ? oldWord(near ?? '') : (near ?? '') }));
    const known = [...layerRules.keys()];
    return [
      {
        fault: { code: 'unknown-module', reason: 'unknown', name, dialect: 'Caffe', known },
        range: first.type.range,
        frames: [],
        words: { message, related: [] },
        ideas: near === undefined ? [] : [{ title: `Change \`${name}\` to \`${near}\``, edits }],
      },
    ];
  });
}

/** `InnerProduct` is INNER_PRODUCT in the old form. */
function oldWord(type: string): string {
  return type.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
}
