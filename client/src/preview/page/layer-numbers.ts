// From what the server sends to the numbers of a layer.
import type { LayerValues } from '../../../../server/src/protocol/preview.ts';
import { decodeTensor } from './tensor.ts';
import type { LayerNumbers } from './terms.ts';

export function numbersOf({ inputs, outputs, weight, bias }: LayerValues): LayerNumbers | undefined {
  const [input] = inputs;
  const [output] = outputs;
  if (input === undefined || output === undefined) return undefined;
  return {
    input: decodeTensor(input.maps),
    firstInput: input.first,
    inputChannels: input.channels,
    output: decodeTensor(output.maps),
    firstOutput: output.first,
    outputChannels: output.channels,
    weight: weight === null ? undefined : decodeTensor(weight.tensor),
    bias: bias === null ? undefined : decodeTensor(bias),
  };
}
