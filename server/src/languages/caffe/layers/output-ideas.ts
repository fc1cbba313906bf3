// Ideas for num_output of the layer that a tensor comes from, past layers that keep its channels.
import type { Tensor, TextIdea } from '../../../network/network.ts';

/** Past more layers than this nothing is looked for. */
const MOST_STEPS = 10;

/** `wanted` is what the tensor should have for each item and cell. */
export function outputIdeas(tensor: Tensor | undefined, wanted: number): TextIdea[] {
  if (!Number.isInteger(wanted) || wanted < 1) return [];
  let producer = tensor?.producer;
  for (let step = 0; step < MOST_STEPS && producer !== undefined; step++) {
    const { argumentRanges, name } = producer.source;
    const range = argumentRanges.get('out_features') ?? argumentRanges.get('out_channels');
    if (range !== undefined) {
      const owner = name === undefined ? '' : ` of ${name}`;
      return [{ title: `Change num_output${owner} to ${wanted}`, edits: [{ range, newText: String(wanted) }], larger: true }];
    }
    const [input, ...more] = producer.inputs;
    if (more.length > 0) return [];
    producer = input?.producer;
  }
  return [];
}
