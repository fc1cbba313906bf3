// The sizes of windows: one for all axes, one for each, or one for height and one for width; and what Caffe refuses of these.
import { UNKNOWN } from '../../../network/argument.ts';
import { booleanNamed, integerNamed, integersNamed, type Written } from '../fields.ts';
import type { Message } from '../text-format/tree.ts';
import { removal } from '../write-field.ts';
import { joined, type CaffeLayer } from './layer-rule.ts';
import { reportMissing } from './required.ts';

export interface WindowFields {
  readonly kernel: Written | undefined;
  readonly stride: Written | undefined;
  readonly pad: Written | undefined;
  readonly dilation: Written | undefined;
}

type Kind = 'convolution_param' | 'pooling_param';

interface Stem {
  readonly all: string;
  readonly each: string;
  readonly least: number;
}

const KERNEL: Stem = { all: 'kernel_size', each: 'kernel', least: 1 };
const STRIDE: Stem = { all: 'stride', each: 'stride', least: 1 };
const PAD: Stem = { all: 'pad', each: 'pad', least: 0 };

export function readWindow(layer: CaffeLayer, parameters: Message | undefined, kind: Kind): WindowFields {
  const isGlobal = kind === 'pooling_param' && booleanNamed(parameters, 'global_pooling')?.value === true;
  const fields: WindowFields = {
    kernel: readStem(layer, parameters, KERNEL, kind),
    stride: readStem(layer, parameters, STRIDE, kind),
    pad: readStem(layer, parameters, PAD, kind),
    dilation: joined(integersNamed(parameters, 'dilation', layer.report, 1)),
  };
  if (isGlobal) refuseWindow(layer, fields);
  else if (fields.kernel === undefined)
    reportMissing(layer, kind, 'kernel_size', 'It is the size of the window, or kernel_h and kernel_w are.', '3');
  return fields;
}

function readStem(layer: CaffeLayer, parameters: Message | undefined, { all, each, least }: Stem, kind: Kind): Written | undefined {
  const { report } = layer;
  const [height, width] = [`${each}_h`, `${each}_w`].map((name) => integerNamed(parameters, name, report, least));
  const whole = joined(integersNamed(parameters, all, report, least));
  const one = height ?? width;
  if (one === undefined) return whole;
  const isPool = kind === 'pooling_param';
  if (whole !== undefined) {
    // Of a pool's kernel, one axis beside the whole is passed over.
    if (isPool && each === 'kernel' && (height === undefined || width === undefined)) return whole;
    const pair = joined([height, width].flatMap((part) => part ?? [])) ?? one;
    report(
      {
        code: 'argument-type',
        reason: 'expression',
        message: `${all} is given, and ${each}_h or ${each}_w as well.\n${all} is for all axes; Caffe wants either the one or the others.`,
      },
      whole.range,
      {
        ideas: [
          { title: `Remove \`${all}\``, edits: [removal(layer.text, whole.place)] },
          { title: `Remove \`${each}_h\` and \`${each}_w\``, edits: [removal(layer.text, pair.place)], larger: true },
        ],
      },
    );
    return { ...whole, value: UNKNOWN };
  }
  if (height !== undefined && width !== undefined) return joined([height, width]);
  if (each === 'pad' && !isPool) return { ...one, value: height === undefined ? [0, one.value] : [one.value, 0] };
  const missing = height === undefined ? `${each}_h` : `${each}_w`;
  reportMissing(
    layer,
    kind,
    missing,
    `One of ${each}_h and ${each}_w is given, and Caffe wants both; ${all} is for all axes.`,
    ...textOf(one),
  );
  return { ...one, value: UNKNOWN };
}

function textOf({ value }: Written): string[] {
  return typeof value === 'number' ? [String(value)] : [];
}

/** A pool over the whole map has a window already. */
function refuseWindow({ report, text }: CaffeLayer, { kernel, stride, pad }: WindowFields): void {
  const found =
    kernel ?? (stride === undefined || stride.value === 1 ? undefined : stride) ?? (pad === undefined || pad.value === 0 ? undefined : pad);
  if (found === undefined) return;
  const name = found === kernel ? 'a size of the window' : found === stride ? 'a stride' : 'padding';
  report(
    {
      code: 'argument-type',
      reason: 'expression',
      message: `With global_pooling: true the window is the whole map, and ${name} cannot be given.\nCaffe refuses the layer; leave one of them out.`,
    },
    found.range,
    { ideas: [{ title: `Remove \`${text.slice(found.place.start, found.place.end)}\``, edits: [removal(text, found.place)] }] },
  );
}
