// Quick fixes that are proved: the edited text is analysed again, and only what helps is offered.
import type { Change, FixIdea } from '../rules/rule.ts';
import { applyEdits, type TextEdit } from '../text/edit.ts';
import { analyse, type Analysis, type Finding } from './analyse.ts';
import { inputSizeIdeas } from './input-sizes.ts';

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** True for the only one of the smallest fixes, which is safe to make without a look. */
  readonly preferred: boolean;
}

/** A fix that is nearly possible. */
export interface DisabledFix {
  readonly title: string;
  readonly reason: string;
}

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
  const seen = new Set<string>();
  const ideas = [...finding.ideas().filter(({ disabled }) => disabled === undefined), ...inputSizeIdeas(analysis, finding)];
  const proved = ideas.slice(0, MOST_IDEAS).flatMap((idea) => {
    const edits = editsOf(analysis, idea);
    if (edits === undefined || seen.has(JSON.stringify(edits))) return [];
    seen.add(JSON.stringify(edits));
    return helps(analysis, finding, edits) ? [{ title: idea.title, edits, isLarger: idea.larger === true }] : [];
  });
  const small = proved.filter(({ isLarger }) => !isLarger);
  const candidates = small.length > 0 ? small : proved;
  return proved.map((fix) => ({ title: fix.title, edits: fix.edits, preferred: candidates.length === 1 && candidates[0] === fix }));
}

/** What is nearly possible for a finding, with the reason why it is not. */
export function disabledFixes(finding: Finding): readonly DisabledFix[] {
  return finding.ideas().flatMap(({ title, disabled }) => (disabled === undefined ? [] : [{ title, reason: disabled }]));
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
    case 'argument':
      return language.setArgument(source.text, change.node, change.name, change.value);
    case 'before':
      return language.applyBefore(source.text, change.node, change.input, change.call, change.name);
    case 'requirement':
      return language.addRequirement(source.text, change.network, change.condition);
  }
}

/** Every finding of the edited text was there before, at the same place, and the one to be fixed is not among them. */
function helps({ source, options, findings }: Analysis, finding: Finding, edits: readonly TextEdit[]): boolean {
  const after = analyse({ path: source.path, text: applyEdits(source.text, edits) }, options);
  if (after === undefined || after.findings.length >= findings.length) return false;
  const left = findings.filter((other) => other !== finding).map(({ diagnostic }) => `${diagnostic.code}@${moved(diagnostic.range.start, edits)}`);
  return after.findings.every(({ diagnostic }) => {
    const at = left.indexOf(`${diagnostic.code}@${diagnostic.range.start}`);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** Where an offset of the old text lies in the new one. */
function moved(offset: number, edits: readonly TextEdit[]): number {
  return edits.reduce((at, { range, newText }) => (range.end <= offset ? at + newText.length - (range.end - range.start) : at), offset);
}
