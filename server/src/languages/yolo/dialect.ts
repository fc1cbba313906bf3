// The four parsers that read model files, told apart by what a file holds, and where they differ.
import type { ModelTree } from './tree.ts';

export const DIALECTS = ['ultralytics', 'yolov5', 'yolov7', 'yolov9'] as const;
export type DialectName = (typeof DIALECTS)[number];

export interface Dialect {
  readonly name: DialectName;
  /** Which count the first argument is not scaled at: the outputs of the head, or the classes. */
  readonly unscaled: 'outputs' | 'classes';
  /** Modules of PyTorch that the parser hands the channels in and, scaled, the channels out. */
  readonly scaledOperators: readonly string[];
  /** Modules whose use anywhere before a head gives the head its newer, lighter form. */
  readonly modernModules: readonly string[];
}

const dialects: Readonly<Record<DialectName, Dialect>> = {
  ultralytics: {
    name: 'ultralytics',
    unscaled: 'classes',
    scaledOperators: ['ConvTranspose2d'],
    modernModules: ['C3k2', 'A2C2f', 'C2fCIB', 'A2C2fMoE'],
  },
  yolov5: { name: 'yolov5', unscaled: 'outputs', scaledOperators: ['ConvTranspose2d'], modernModules: [] },
  yolov7: { name: 'yolov7', unscaled: 'outputs', scaledOperators: ['Conv2d'], modernModules: [] },
  yolov9: { name: 'yolov9', unscaled: 'outputs', scaledOperators: ['ConvTranspose2d'], modernModules: [] },
};

/** `# shapelint: dialect yolov7`, anywhere in the file. */
const WRITTEN = /^#\s*shapelint:\s*dialect\s*[=:]?\s*(?<name>[\w-]+)/;

const ONLY_V9 =
  /^(?:D|Dual|DualD|Triple|TripleD)Detect$|^(?:D|DualD)Segment$|^Panoptic$|^Silence$|^RepNCSPELAN4$|^CB(?:Linear|Fuse)$|^SPPELAN$/;
const ONLY_V7 =
  /^(?:MP|SP|ReOrg|DownC|SPPCSPC|Shortcut|Foldcut|Chuncat|Stem|I(?:Aux)?Detect|IBin|IKeypoint)$|^(?:Rep)?(?:Bottleneck|Res|ResX)CSP[ABC]$/;

export function dialectOf(tree: ModelTree, path: string): Dialect {
  return dialects[nameOf(tree, path)];
}

function nameOf({ comments, keys, rows }: ModelTree, path: string): DialectName {
  for (const { text } of comments) {
    const written = WRITTEN.exec(text)?.groups?.['name'];
    const known = DIALECTS.find((name) => name === written);
    if (known !== undefined) return known;
  }
  const uses = (pattern: RegExp) => rows.some(({ module }) => module !== undefined && pattern.test(module.value));
  if (uses(/^(?:D|DualD|TripleD|Dual|Triple)Detect$|^(?:D|DualD)Segment$|^Panoptic$/)) return 'yolov9';
  // Only the older three have anchors.
  if (keys.has('scales') || !keys.has('anchors')) return 'ultralytics';
  if (uses(ONLY_V9)) return 'yolov9';
  if (uses(ONLY_V7)) return 'yolov7';
  const named = /yolo_?(?<version>v[579])/i.exec(path)?.groups?.['version']?.toLowerCase();
  return DIALECTS.find((name) => name === `yolo${named ?? ''}`) ?? 'yolov5';
}
