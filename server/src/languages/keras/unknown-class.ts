// Layers whose sizes are not known: one remark for each class, and silence behind it.
import { formatShape } from '../../dims/format.ts';
import type { Shape } from '../../dims/size.ts';
import type { Problem } from '../../network/network.ts';
import { knownClasses } from './layers/registry.ts';
import { closest } from '../../text/closest.ts';
import type { KerasLayer } from './tree.ts';

/** `because` says why a class of Keras' own has no sizes; undefined for a class that is not Keras'. */
export function unknownClassProblem(layer: KerasLayer, because: string | undefined, recorded: Shape): Omit<Problem, 'frames'> {
  const { className, registeredName, module, classRange } = layer;
  const name = className.slice(className.lastIndexOf('>') + 1);
  const near = because === undefined && isOwn(layer) ? closest(name, knownClasses) : undefined;
  const origin = registeredName ?? (module === undefined ? undefined : `${module}.${className}`);
  const cause =
    because ?? `The layer \`${className}\`${origin === undefined || origin === className ? '' : ` (${origin})`} is none of Keras' own`;
  const found =
    recorded === undefined
      ? `${cause}, so that sizes are not worked out from here on.`
      : `${cause}; that it gives ${formatShape(recorded)} is taken from the file, which keeps the sizes of its layers.`;
  const why =
    because !== undefined
      ? 'This is no error.'
      : near === undefined
        ? 'It may be a layer of your own or of another library. This is no error.'
        : `Did you mean \`${near}\`? It may also be a layer of your own.`;
  return {
    fault: { code: 'unknown-module', reason: 'unknown', name, dialect: 'Keras', known: near === undefined ? [] : [near] },
    // Within the quotes, so that a name can take its place.
    range: { start: classRange.start + 1, end: classRange.end - 1 },
    words: { message: `${found}\n${why}`, related: [] },
  };
}

/** False for what names a package of its own: a name that looks like one of Keras' is none there. */
function isOwn({ className, registeredName, module }: KerasLayer): boolean {
  return !className.includes('>') && registeredName?.includes('>') !== true && (module === undefined || module.startsWith('keras'));
}
