// Modules that no recorded model has: their parameters, as counted by hand from the definitions of their frameworks.
import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { summarise } from '../../server/src/features/summary.ts';

const SIZES = new Map([
  ['N', 1],
  ['H', 64],
  ['W', 64],
]);

/** The row after a convolution to as many channels as are given. */
function countOf(path: string, channels: number, row: string): string {
  const head = path.includes('v7') ? 'IDetect' : 'Detect';
  const text = `nc: 80
nkpt: 17
depth_multiple: 1.0
width_multiple: 1.0
anchors:
  - [12,16, 19,36, 40,28]
backbone:
  [[-1, 1, Conv, [${channels}, 3, 2]],
   ${row}]
head:
  [[[1], 1, ${head}, [nc, anchors]]]
`;
  const network = analyse({ path, text })?.document.networks[0];
  if (network === undefined) throw new Error('no network');
  const layer = summarise(network, SIZES).layers[1];
  return `${JSON.stringify(layer?.outputs[0])} ${String(layer?.parameters)}`;
}

describe('a module that is seldom used', () => {
  it.each([
    ['[-1, 1, RobustConv, [64, 7, 1]]', 32, '[1,64,32,32] 3808'],
    ['[-1, 1, RobustConv2, [64]]', 64, '[1,64,32,32] 68928'],
    ['[-1, 1, RepConv_OREPA, [64]]', 64, '[1,64,32,32] 128256'],
    ['[-1, 1, STCSPB, [128]]', 128, '[1,128,32,32] 265476'],
    ['[-1, 2, ST2CSPA, [128]]', 128, '[1,128,32,32] 138244'],
    ['[-1, 1, Contract, [2]]', 64, '[1,256,16,16] 0'],
    ['[-1, 1, Expand, [2]]', 64, '[1,16,64,64] 0'],
    ['[-1, 1, Foldcut, [1]]', 64, '[1,32,32,32] 0'],
    ['[[-1, 0], 1, Chuncat, [1]]', 64, '[1,128,32,32] 0'],
    ['[[-1], 1, IKeypoint, [nc, anchors, nkpt]]', 256, '[1,3,32,32,136] 105367'],
    ['[[-1], 1, IBin, [nc, anchors]]', 256, '[1,3,32,32,127] 98554'],
  ])('of YOLOv7 is known: %s', (row, channels, expected) => {
    expect(countOf('yolov7/model.yaml', channels, row)).toBe(expected);
  });

  it.each([
    ['[-1, 1, MixConv2d, [64, [1, 3, 5], 2]]', 32, '[1,64,16,16] 23328'],
    ['[-1, 1, CrossConv, [64, 3, 2]]', 64, '[1,64,16,16] 24832'],
    ['[-1, 1, C3SPP, [128, [3, 5]]]', 64, '[1,128,32,32] 33472'],
  ])('of YOLOv5 is known: %s', (row, channels, expected) => {
    expect(countOf('yolov5/model.yaml', channels, row)).toBe(expected);
  });
});
