// Quick fixes that are proved: the edited text is analysed again, and only what helps is offered.
import { SEVERITIES, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ModuleFile } from '../languages/language.ts';
import type { Node } from '../network/network.ts';
import { networkRules } from '../rules/registry.ts';
import type { Change, FixIdea } from '../rules/rule.ts';
import { applyEdits, type TextEdit } from '../text/edit.ts';
import { analyse, type Analysis, type Finding } from './analyse.ts';
import { inputSizeIdeas } from './input-sizes.ts';

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** What is put at the end of a file with modules besides. */
  readonly addition?: Addition;
  /** True for the only one of the smallest fixes, which is safe to make without a look. */
  readonly preferred: boolean;
}

/** Text for the end of a file with modules of the user's. */
export interface Addition {
  /** The file as it was handed in; absent where there is none: a file `modules.nn` is made beside the document. */
  readonly file?: ModuleFile;
  readonly text: string;
}

/** A fix that is nearly possible. */
export interface DisabledFix {
  readonly title: string;
  readonly reason: string;
}

/** Where there are more findings than this, fixing one of them is not what is needed. */
const MOST_FINDINGS = 1_000;

/** No more ideas than this are tried for one finding: each costs an analysis. */
const MOST_IDEAS = 12;

const known = new WeakMap<Finding, readonly Fix[]>();

/** The fixes after which the finding is gone and no other has come. Worked out once for each finding. */
export function provenFixes(analysis: Analysis, finding: Finding): readonly Fix[] {
  const fixes = known.get(finding) ?? proveFixes(analysis, finding);
  known.set(finding, fixes);
  return fixes;
}

function proveFixes(analysis: Analysis, finding: Finding): readonly Fix[] {
  if (analysis.findings.length > MOST_FINDINGS) return [];
  const seen = new Set<string>();
  const ideas = [...finding.ideas().filter(({ disabled }) => disabled === undefined), ...inputSizeIdeas(analysis, finding)];
  const proved = ideas.slice(0, MOST_IDEAS).flatMap((idea) => {
    const edits = editsOf(analysis, idea);
    const addition = additionOf(analysis, idea);
    const key = JSON.stringify([edits, addition]);
    if (edits === undefined || seen.has(key)) return [];
    seen.add(key);
    const title = addition === undefined ? titleAsWritten(idea, edits) : `${idea.title} into ${placeOf(addition)}`;
    return helps(analysis, [finding], edits, addition) ? [{ title, edits, addition, isLarger: idea.larger === true }] : [];
  });
  const small = proved.filter(({ isLarger }) => !isLarger);
  const [only, ...others] = small.length > 0 ? small : proved;
  return proved.map((fix) => ({
    title: fix.title,
    edits: fix.edits,
    ...(fix.addition !== undefined && { addition: fix.addition }),
    // What a new block has to say is left to its author.
    preferred: fix === only && others.length === 0 && fix.addition === undefined,
  }));
}

/** A number for which the format has a word is called by the word: `Change padding to "same"`. */
function titleAsWritten({ title, changes: [change, ...more] }: FixIdea, edits: readonly TextEdit[]): string {
  if (change?.kind !== 'argument' || more.length > 0 || !title.endsWith(` to ${change.value}`)) return title;
  const word = /^[\d(]/.test(change.value) ? /"[a-z]+"$/.exec(edits.at(-1)?.newText ?? '')?.[0] : undefined;
  return word === undefined ? title : title.slice(0, -change.value.length) + word;
}

/** The nearest file with modules takes what is added. */
function additionOf({ options }: Analysis, { changes }: FixIdea): Addition | undefined {
  const text = changes.flatMap((change) => (change.kind === 'module' ? [change.text] : [])).join('\n');
  if (text === '') return undefined;
  const [file] = options.modules ?? [];
  return file === undefined
    ? { text: `# Modules of the models in this folder and in those below it.\n\n${text}` }
    : { file, text: `${gapBehind(file.text)}${text}` };
}

/** An empty line between blocks. */
function gapBehind(text: string): string {
  return /(?:^|\n)\s*$/.test(text) ? '\n' : '\n\n';
}

function placeOf({ file }: Addition): string {
  return file === undefined ? 'a new file modules.nn' : file.path.slice(file.path.lastIndexOf('/') + 1);
}

/** The files with modules once it is made. */
function modulesAfter(modules: readonly ModuleFile[] = [], { file, text }: Addition): readonly ModuleFile[] {
  if (file === undefined) return [{ path: 'modules.nn', text }, ...modules];
  return modules.map((other) => (other === file ? { ...file, text: file.text + text } : other));
}

/** What is nearly possible for a finding, with the reason why it is not. */
export function disabledFixes(finding: Finding): readonly DisabledFix[] {
  return finding.ideas().flatMap(({ title, disabled }) => (disabled === undefined ? [] : [{ title, reason: disabled }]));
}

/** The edits of the only idea that is no larger change, where there is exactly one; not proved yet. */
export function onlyEdits(analysis: Analysis, finding: Finding): readonly TextEdit[] | undefined {
  const [idea, ...more] = finding.ideas().filter(({ larger, disabled }) => larger !== true && disabled === undefined);
  return idea === undefined || more.length > 0 ? undefined : editsOf(analysis, idea);
}

function editsOf(analysis: Analysis, { changes }: FixIdea): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const change of changes) {
    const made = editsOfChange(analysis, change);
    if (made === undefined) return undefined;
    edits.push(...made);
  }
  return edits;
}

function editsOfChange({ language, source }: Analysis, change: Change): readonly TextEdit[] | undefined {
  switch (change.kind) {
    case 'text':
      return [change.edit];
    case 'module':
      return [];
    case 'argument':
      return language.setArgument(source.text, change.node, change.name, change.value);
    case 'before':
      return language.applyBefore(source.text, change.node, change.input, change.call, change.name);
    case 'requirement':
      return language.addRequirement(source.text, change.network, change.condition);
  }
}

/** The findings are gone, and every finding of the edited text was there before at the same place, or was only hidden. */
export function helps(analysis: Analysis, fixed: readonly Finding[], edits: readonly TextEdit[], addition?: Addition): boolean {
  const { source, options, findings, completeTo } = analysis;
  const withModules = addition === undefined ? options : { ...options, modules: modulesAfter(options.modules, addition) };
  const after = analyse({ path: source.path, text: applyEdits(source.text, edits) }, withModules);
  if (after === undefined) return false;
  const keysOf = (some: readonly Finding[]) => some.map(({ diagnostic }) => `${diagnostic.code}@${movedBy(diagnostic.range.start, edits)}`);
  const gone = keysOf(fixed);
  const others = keysOf(findings.filter((other) => !fixed.includes(other)));
  // What could not be read could not be looked at.
  const isUnread = fixed.some(({ diagnostic }) => diagnostic.code === 'syntax');
  const end = movedBy(completeTo, edits);
  return after.findings.every(({ diagnostic }) => {
    // There is room for others: they were there before, and not shown.
    if (diagnostic.range.start >= end) return true;
    const key = `${diagnostic.code}@${diagnostic.range.start}`;
    const same = others.indexOf(key);
    if (same >= 0) others.splice(same, 1);
    if (same >= 0 || gone.includes(key)) return same >= 0;
    const mayCome = fixed.some((finding) => UNKNOWING.has(finding.diagnostic.code) || isLessSevere(diagnostic, finding.diagnostic));
    return mayCome && (isUnread || wasHidden(analysis, diagnostic, edits));
  });
}

/** What is said of a word that is not known: once it is, any fault behind it may come to light. */
const UNKNOWING: ReadonlySet<string> = new Set(['unknown-field', 'unknown-module']);

function isLessSevere(a: Diagnostic, b: Diagnostic): boolean {
  return SEVERITIES.indexOf(a.severity) > SEVERITIES.indexOf(b.severity);
}

/** Behind a fault sizes are unknown, and rules are silent there: what they say once it is gone is no work of the fix. */
function wasHidden({ document }: Analysis, { code, range }: Diagnostic, edits: readonly TextEdit[]): boolean {
  if (networkRules.some((rule) => rule.code === code && rule.needsWhole === true)) return true;
  const isUnknown = ({ outputs, fault }: Node) =>
    fault !== undefined || outputs.some(({ shape }) => shape === undefined || shape.includes(undefined));
  const isThere = ({ source }: Node) =>
    movedBy(source.range.start, edits) <= range.start && range.start <= movedBy(source.range.end, edits);
  return document.networks.some(({ nodes }) => nodes.some((node) => isThere(node) && isUnknown(node)));
}

/** Where an offset of the old text lies in the new one. */
export function movedBy(offset: number, edits: readonly TextEdit[]): number {
  return edits.reduce((at, { range, newText }) => (range.end <= offset ? at + newText.length - (range.end - range.start) : at), offset);
}
