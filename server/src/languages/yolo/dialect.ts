// The four parsers that read model files, told apart by what a file holds, and where they differ.
import type { ModelTree } from './tree.ts';

export const DIALECTS = ['ultralytics', 'yolov5', 'yolov7', 'yolov9'] as const;
export type DialectName = (typeof DIALECTS)[number];

/** Forks that were made of Ultralytics 8.1 to 8.3 and kept its heads; the last two changed modules as well. */
const FORKS = ['yolov10', 'yolov12', 'yolov13'] as const;
type Fork = (typeof FORKS)[number];

export interface Dialect {
  readonly name: DialectName;
  /** The fork of Ultralytics that reads the file, where it is one that builds some modules otherwise. */
  readonly fork: Fork | undefined;
  /** Which count the first argument is not scaled at: the outputs of the head, the classes, or none. */
  readonly unscaled: 'outputs' | 'classes' | 'none';
  /** Modules of PyTorch that the parser hands the channels in and, scaled, the channels out. */
  readonly scaledOperators: readonly string[];
  /** Modules whose use anywhere before a head gives the head its newer, lighter form. */
  readonly modernModules: readonly string[];
}

const dialects: Readonly<Record<DialectName, Dialect>> = {
  ultralytics: {
    name: 'ultralytics',
    fork: undefined,
    unscaled: 'none',
    scaledOperators: ['ConvTranspose2d'],
    modernModules: ['C3k2', 'A2C2f', 'C2fCIB', 'A2C2fMoE', 'DSC3k2', 'HyperACE'],
  },
  yolov5: { name: 'yolov5', fork: undefined, unscaled: 'outputs', scaledOperators: ['ConvTranspose2d'], modernModules: [] },
  yolov7: { name: 'yolov7', fork: undefined, unscaled: 'outputs', scaledOperators: ['Conv2d'], modernModules: [] },
  yolov9: { name: 'yolov9', fork: undefined, unscaled: 'outputs', scaledOperators: ['ConvTranspose2d'], modernModules: [] },
};

/** `# shapelint: dialect yolov7`, anywhere in the file. */
const WRITTEN = /^#\s*shapelint:\s*dialect\s*[=:]?\s*(?<name>[\w-]+)/;

/** A folder is named for the fork that is in it; a file may be named for the model and belong to any. */
const FORK_FOLDER = /(?:^|[^a-z])yolo-?v(?<version>1[023])[^/]*\//i;
const ONLY_V13 = /^(?:HyperACE|DSC3k2|DSConv|FullPAD_Tunnel|DownsampleConv)$/;

const ONLY_V9 =
  /^(?:D|Dual|DualD|Triple|TripleD)Detect$|^(?:D|DualD)Segment$|^Panoptic$|^Silence$|^RepNCSPELAN4$|^CB(?:Linear|Fuse)$|^SPPELAN$/;
const ONLY_V7 =
  /^(?:MP|SP|ReOrg|DownC|SPPCSPC|Shortcut|Foldcut|Chuncat|Stem|I(?:Aux)?Detect|IBin|IKeypoint|RepConv_OREPA|GhostSPPCSPC|SPPFCSPC)$|^(?:(?:Rep)?(?:Bottleneck|Res|ResX)|Ghost|ST2?)CSP[ABC]$/;

/** The parser that a comment of a file names; Ultralytics where none does. */
export function writtenDialect(text: string): DialectName {
  const name = /^#\s*shapelint:\s*dialect\s*[=:]?\s*(?<name>[\w-]+)/m.exec(text)?.groups?.['name'];
  return DIALECTS.find((known) => known === name) ?? 'ultralytics';
}

export function dialectOf(tree: ModelTree, path: string): Dialect {
  const dialect = namedDialect(tree, path);
  // The first YOLOv5, whose heads are convolutions in rows of their own.
  const isFirst = dialect.name === 'yolov5' && tree.rows.some(({ from }) => from?.isImplied === true);
  return isFirst ? { ...dialect, scaledOperators: ['Conv2d'] } : dialect;
}

function namedDialect(tree: ModelTree, path: string): Dialect {
  const written = tree.comments.flatMap(({ text }) => WRITTEN.exec(text)?.groups?.['name'] ?? []);
  const fork = FORKS.find((name) => written.includes(name));
  const name = fork === undefined ? (DIALECTS.find((known) => written.includes(known)) ?? nameOf(tree, path)) : 'ultralytics';
  const found = fork ?? (name === 'ultralytics' && written.length === 0 ? forkOf(tree, path) : undefined);
  return found === undefined ? dialects[name] : { ...dialects[name], fork: found, unscaled: 'classes' };
}

function forkOf(tree: ModelTree, path: string): Fork | undefined {
  if (uses(tree, ONLY_V13)) return 'yolov13';
  const version = FORK_FOLDER.exec(path)?.groups?.['version'];
  return FORKS.find((name) => name === `yolov${version ?? ''}`);
}

function uses({ rows }: ModelTree, pattern: RegExp): boolean {
  return rows.some(({ module }) => module !== undefined && pattern.test(module.value));
}

function nameOf(tree: ModelTree, path: string): DialectName {
  const { keys } = tree;
  if (uses(tree, /^(?:D|DualD|TripleD|Dual|Triple)Detect$|^(?:D|DualD)Segment$|^Panoptic$/)) return 'yolov9';
  // Only the older three have anchors.
  if (keys.has('scales') || !keys.has('anchors')) return 'ultralytics';
  if (uses(tree, ONLY_V9)) return 'yolov9';
  if (uses(tree, ONLY_V7)) return 'yolov7';
  const named = /yolo_?(?<version>v[579])/i.exec(path)?.groups?.['version']?.toLowerCase();
  return DIALECTS.find((name) => name === `yolo${named ?? ''}`) ?? 'yolov5';
}
