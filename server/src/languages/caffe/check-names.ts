// Layers of one phase that have the same name and weights: Caffe loads weights by the names of layers.
import type { Problem } from '../../network/network.ts';
import { stringNamed, type Written } from './fields.ts';
import type { LayerField } from './layer-field.ts';

const WEIGHTED =
  /^(?:Convolution|ConvolutionDepthwise|DepthwiseConvolution|Deconvolution|InnerProduct|BatchNorm|BN|Scale|Bias|PReLU|Embed|LSTM|RNN|Normalize|Parameter)$/;

export function repeatedNames(text: string, layers: readonly LayerField[]): Problem[] {
  const names = new Map<string, Written<string>>();
  return layers.flatMap(({ message, type }): Problem[] => {
    const name = WEIGHTED.test(type.name) ? stringNamed(message, 'name') : undefined;
    if (name === undefined || name.value === '') return [];
    const first = names.get(name.value);
    if (first === undefined) {
      names.set(name.value, name);
      return [];
    }
    const free = freeName(text, name.value);
    return [
      {
        fault: { code: 'repeated-layer-name', reason: 'layer', name: name.value, first: first.range, free },
        range: name.range,
        frames: [],
      },
    ];
  });
}

function freeName(text: string, name: string): string {
  for (let count = 2; ; count++) {
    const free = `${name}_${count}`;
    if (!text.includes(`"${free}"`)) return free;
  }
}
