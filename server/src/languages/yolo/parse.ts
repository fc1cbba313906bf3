// Reads the text of a YOLO model file into its syntax tree.
import { isMap } from 'yaml';
import type { Range } from '../../text/range.ts';
import { readDocument } from '../nn-yaml/document.ts';
import { follow, type YamlReader } from '../nn-yaml/reader.ts';
import { parseRow } from './parse-row.ts';
import { outputsOf } from './head-outputs.ts';
import { argumentValue } from './row-values.ts';
import { sectionFault, SECTIONS } from './section-fault.ts';
import type { Comment, From, ModelKey, ModelTree, Row, TreeFault } from './tree.ts';
import { commentsOf, entriesOf } from './values.ts';
import { explainYaml } from './yaml-fault.ts';

/** No more faults than this are kept: a file with as many is no model. */
const MOST_FAULTS = 100;

/** Never throws. A row that cannot be read keeps its place in the numbering. */
export function parseModel(text: string): ModelTree {
  const faults: TreeFault[] = [];
  const comments = commentsOf(text);
  const repeated: ModelKey[] = [];
  const tree = { text, comments, keys: new Map<string, ModelKey>(), repeated, rows: [], faults, isBroken: false };
  const yamlFaults: YamlReader['faults'] = [];
  const document = readDocument(text, yamlFaults);
  faults.push(...explainYaml(text, yamlFaults));
  tree.isBroken = faults.length > 0;
  if (document === undefined) return tree;
  const reader: YamlReader = { text, document, faults: yamlFaults, visits: 0 };
  const root = follow(reader, document.contents);
  if (!isMap(root)) return tree;
  for (const key of entriesOf(reader, root)) {
    const before = tree.keys.get(key.name);
    if (before !== undefined && repeated.length < MOST_FAULTS) repeated.push(before);
    tree.keys.set(key.name, key);
  }
  const rows = readRows(tree, tree.isBroken ? [] : faults);
  return { ...tree, rows, faults: faults.slice(0, MOST_FAULTS) };
}

function readRows(tree: ModelTree, faults: TreeFault[]): Row[] {
  const broken = SECTIONS.map((section) => sectionFault(tree, section)).find((fault) => fault !== undefined);
  // Without one of the sections no row has a number.
  if (broken !== undefined) {
    faults.push(broken);
    return [];
  }
  const rows: Row[] = [];
  for (const section of SECTIONS) {
    const value = tree.keys.get(section)?.value;
    for (const item of value?.kind === 'list' ? value.items : []) {
      const row = parseRow(tree.text, item, { index: rows.length, section }, faults);
      const comment = commentBehind(tree, row.range);
      rows.push({ ...row, ...(comment !== undefined && { comment }) });
    }
  }
  return rows.map((row) => (row.from?.isImplied === true ? { ...row, from: predictionsOf(tree, rows, row, row.from) } : row));
}

/** The rows above with as many channels as a head gives, the last one first. */
function predictionsOf(tree: ModelTree, rows: readonly Row[], { index }: Row, from: From): From {
  const outputs = outputsOf(tree);
  const isPrediction = ({ args }: Row) => {
    const [channels] = args?.items ?? [];
    return channels !== undefined && outputs !== undefined && argumentValue(tree, channels) === outputs;
  };
  const found = rows.slice(0, index).filter(isPrediction).reverse();
  return { ...from, elements: found.map((row) => ({ value: row.index, range: from.range, isAlias: true })) };
}

/** The comment that begins behind a row on the same line; a comma and the bracket that closes the list may stand between. */
function commentBehind({ text, comments }: ModelTree, { end }: Range): Comment | undefined {
  let at = end;
  while (at < text.length && ' \t,]'.includes(text.charAt(at))) at++;
  return text.charAt(at) === '#' ? commentAt(comments, at) : undefined;
}

function commentAt(comments: readonly Comment[], start: number): Comment | undefined {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.range.start ?? start) < start) low = middle + 1;
    else high = middle;
  }
  const comment = comments[low];
  return comment?.range.start === start ? comment : undefined;
}
