// Texts of any length in every language, to measure on.

export interface BenchText {
  readonly path: string;
  readonly text: (layers: number) => string;
}

const repeated = (layers: number, line: (at: number) => string) => Array.from({ length: layers }, (_, at) => line(at)).join('');

export function chain(layers: number): string {
  const body = repeated(layers, (at) => `    Conv2d(${at === 0 ? 3 : 16}, 16, 3, padding=1)\n`);
  return `net Chain:\n    input x: [N, 3, H=32, W=32]\n${body}`;
}

export function yamlChain(layers: number): string {
  const body = repeated(layers, (at) => `      - Conv2d(${at === 0 ? 3 : 16}, 16, 3, padding=1)\n`);
  return `shapelint: 1\nnets:\n  Chain:\n    input: {x: [N, 3, H=32, W=32]}\n    layers:\n${body}`;
}

/** In few letters, as longer files are not read. Five scales, every third row a module of about twenty operators, with joins over some rows, and a head on three of them. */
function yoloRows(layers: number): string {
  const row = (at: number) => {
    if (at % 6 === 5) return `- [[-1,${at - 3}],1,Concat,[1]]\n`;
    return at % 3 === 2 ? '- [-1,3,C2f,[256]]\n' : '- [-1,1,Conv,[256]]\n';
  };
  const scales = ['n: [0.33, 0.25, 1024]', 's: [0.33, 0.5, 1024]', 'm: [0.67, 0.75, 768]', 'l: [1.0, 1.0, 512]', 'x: [1.0, 1.25, 512]'];
  const rows = Math.max(layers - 1, 1);
  return `nc: 80\nscales:\n${scales.map((scale) => `  ${scale}\n`).join('')}backbone:\n${repeated(rows, row)}head:\n  - [[${rows - 1}], 1, Detect, [nc]]\n`;
}

function darknetSections(layers: number): string {
  const body = repeated(layers, () => '[convolutional]\nbatch_normalize=1\nfilters=16\nsize=3\nstride=1\npad=1\nactivation=leaky\n\n');
  return `[net]\nwidth=416\nheight=416\nchannels=3\n\n${body}`;
}

function caffeLayers(layers: number): string {
  const body = repeated(layers, (at) => {
    const bottom = at === 0 ? 'data' : `conv${at - 1}`;
    return `layer {\n  name: "conv${at}"\n  type: "Convolution"\n  bottom: "${bottom}"\n  top: "conv${at}"\n  convolution_param { num_output: 16 kernel_size: 3 pad: 1 }\n}\n`;
  });
  return `input: "data"\ninput_shape { dim: 1 dim: 3 dim: 32 dim: 32 }\n${body}`;
}

function kerasLayers(layers: number): string {
  const layer = (at: number) => ({
    class_name: 'Conv2D',
    config: {
      name: `conv${at}`,
      ...(at === 0 && { batch_input_shape: [null, 32, 32, 3] }),
      filters: 16,
      kernel_size: [3, 3],
      strides: [1, 1],
      padding: 'same',
      data_format: 'channels_last',
    },
  });
  const config = { name: 'chain', layers: Array.from({ length: layers }, (_, at) => layer(at)) };
  return JSON.stringify({ class_name: 'Sequential', config, keras_version: '2.4.0' }, undefined, 1);
}

export const texts: readonly BenchText[] = [
  { path: 'chain.nn', text: chain },
  { path: 'chain.nn.yaml', text: yamlChain },
  { path: 'model.yaml', text: yoloRows },
  { path: 'model.cfg', text: darknetSections },
  { path: 'deploy.prototxt', text: caffeLayers },
  { path: 'model.json', text: kerasLayers },
];
