// Whether SSD's predictions belong to its priors: four numbers for the place of each, and one for each class.
import { formatShape } from '../../../dims/format.ts';
import { booleanNamed, integerNamed, messageNamed } from '../fields.ts';
import { bottomName, reportUnlike } from './compared.ts';
import type { CaffeLayer } from './layer-rule.ts';
import type { TextIdea } from '../../../network/network.ts';

/** The bottoms are places, scores and priors, in this order. */
export function compareBoxes(layer: CaffeLayer, parameter: string): void {
  const parameters = messageNamed(layer.message, parameter);
  const classes = integerNamed(parameters, 'num_classes', () => undefined);
  const isShared = booleanNamed(parameters, 'share_location')?.value ?? true;
  const [places, scores, priors] = layer.inputs.map(({ shape }) => shape);
  const [numbers, of] = [priors?.[2], classes?.value];
  if (typeof numbers !== 'number' || typeof of !== 'number' || classes === undefined || of < 1) return;
  const boxes = Math.floor(numbers / 4);
  const [placesGiven, scoresGiven] = [places?.[1], scores?.[1]];
  const placesWanted = boxes * 4 * (isShared ? 1 : of);
  if (typeof placesGiven === 'number' && placesGiven !== placesWanted) {
    const each = isShared ? '4 numbers' : `4 numbers and ${of} classes`;
    report(0, placesGiven, placesWanted, each, []);
    return;
  }
  const scoresWanted = boxes * of;
  if (typeof scoresGiven !== 'number' || scoresGiven === scoresWanted) return;
  const fit = scoresGiven / boxes;
  const ideas: TextIdea[] = Number.isInteger(fit)
    ? [{ title: `Change num_classes to ${fit}`, edits: [{ range: classes.range, newText: String(fit) }] }]
    : [];
  report(1, scoresGiven, scoresWanted, `num_classes: ${of}`, ideas);

  function report(at: number, given: number, wanted: number, each: string, found: readonly TextIdea[]): void {
    const message =
      `${layer.type.name} has ${boxes} priors with ${each}, which are ${wanted} numbers, but \`${bottomName(layer, at)}\` has ${given}.\n` +
      `\`${bottomName(layer, at)}\` is ${formatShape(layer.inputs[at]?.shape)} and \`${bottomName(layer, 2)}\` ${formatShape(priors)}. ` +
      `The num_output of each convolution before it is the number of its priors in a cell, times ${wanted / boxes}.`;
    reportUnlike(layer, at, message, found);
  }
}
