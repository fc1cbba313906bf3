// From a text to everything that is known of it: an immutable analysis of one version of a document.
import type { Diagnostic, Level, RelatedPlace, Severity } from '../diagnostics/diagnostic.ts';
import { findSuppressions } from '../diagnostics/suppression.ts';
import { createNetworkBuilder } from '../inference/builder.ts';
import type { GivenSizes } from '../inference/given-sizes.ts';
import { sizeProblems } from '../inference/size-problems.ts';
import type { Language, ModuleFile } from '../languages/language.ts';
import { languageOf } from '../languages/registry.ts';
import type { LoweredDocument, Network, Node, Problem } from '../network/network.ts';
import { networkRules, ruleOf } from '../rules/registry.ts';
import type { Remark } from '../rules/network-rule.ts';
import type { FixIdea, Rule } from '../rules/rule.ts';
import type { Range } from '../text/range.ts';

/** A text with the path that tells its language. */
export interface Source {
  /** With forward slashes; need not exist. */
  readonly path: string;
  readonly text: string;
}

export interface AnalysisOptions {
  /** What codes are set to; a code that is not listed has its own severity. */
  readonly levels?: ReadonlyMap<string, Level>;
  /** Numbers for symbols: what is found then is what is wrong at these sizes. */
  readonly sizes?: GivenSizes;
  /** The user's files with modules, the nearest first. */
  readonly modules?: readonly ModuleFile[];
}

export interface Analysis {
  readonly source: Source;
  readonly options: AnalysisOptions;
  readonly language: Language;
  readonly document: LoweredDocument;
  /** Sorted by place. */
  readonly findings: readonly Finding[];
  /** Where the first problem is that there was no room for in the findings; Infinity where they are all. */
  readonly completeTo: number;
}

/** A diagnostic with what could be done about it. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  /** Ideas for fixes, worked out when they are asked for; each has to be proved before it is offered. */
  readonly ideas: () => readonly FixIdea[];
}

/** A text longer than this is not read, and none takes longer than about a second. */
export const LONGEST_TEXT = 1_000_000;

/** So many problems of one file are put into words: they are more than anybody reads, and each may mean some work. */
const MOST_PROBLEMS = 1_000;

/** The analysis of a text, or undefined where no language claims it. */
export function analyse(source: Source, options: AnalysisOptions = {}): Analysis | undefined {
  const language = languageOf(source.path, source.text);
  if (language === undefined) return undefined;
  const createBuilder = () => createNetworkBuilder(options.sizes);
  const longest = language.longestText ?? LONGEST_TEXT;
  const read = () => language.read(source.text, createBuilder, source.path, options.modules ?? []);
  const document = source.text.length > longest ? tooLong(source.text, longest) : read();
  const isSuppressed = findSuppressions(source.text);
  // Where a line could not be read it may be the one that says which sizes are meant.
  const isRead = document.problems.every(({ fault }) => fault.code !== 'syntax');
  const problems = [...document.problems, ...(isRead ? networkSizeProblems(document) : [])]
    .flatMap((problem) => toPlaced(problem, options))
    .filter((placed) => !isSuppressed(placed))
    .sort(byPlace);
  const left = problems[MOST_PROBLEMS];
  const shown = left === undefined ? problems : [...problems.slice(0, MOST_PROBLEMS), ...toPlaced(moreProblems(problems), options)];
  const found = shown.map((placed) => toFinding(placed, source.text));
  const remarked = remarks(document, options).filter(({ diagnostic }) => !isSuppressed(diagnostic));
  const findings = [...found, ...remarked].sort((a, b) => byPlace(a.diagnostic, b.diagnostic));
  return { source, options, language, document, findings, completeTo: left?.range.start ?? Infinity };
}

function byPlace({ range: a }: { readonly range: Range }, { range: b }: { readonly range: Range }): number {
  return a.start - b.start || a.end - b.end;
}

/** In place of the problems that there is no room for. */
function moreProblems(problems: readonly PlacedProblem[]): Problem {
  const [first] = problems.slice(MOST_PROBLEMS);
  const message = `This file has ${problems.length} problems; the last ${problems.length - MOST_PROBLEMS} are not shown.`;
  return {
    fault: { code: 'unroll-limit', reason: 'problems', message },
    range: first?.range ?? { start: 0, end: 0 },
    frames: [],
  };
}

/**
 * Networks that are read from the same text, the scales of one model, have their conditions in common. Images that are brought to the size of
 * the sample meet no other: what fails there its language has told.
 */
function networkSizeProblems({ networks }: LoweredDocument): Problem[] {
  const seen = new Set<string>();
  return networks
    .flatMap((network) => sizeProblems(network).filter(({ fault }) => network.isResized !== true || fault.code !== 'size-condition'))
    .filter(({ fault, range }) => {
      const key = `${fault.code} ${fault.reason} ${range.start} ${range.end}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/** A problem of which it is known where, and how severely, it is shown. */
interface PlacedProblem {
  readonly problem: Problem;
  readonly rule: Rule;
  readonly code: string;
  readonly severity: Severity;
  readonly range: Range;
}

function toPlaced(problem: Problem, { levels }: AnalysisOptions): PlacedProblem[] {
  const rule = ruleOf(problem.fault.code);
  if (rule === undefined) return [];
  const { code } = rule;
  const severity = levels?.get(code) ?? rule.severity;
  const [use] = problem.frames;
  return severity === 'off' ? [] : [{ problem, rule, code, severity, range: use?.callRange ?? problem.range }];
}

function toFinding({ problem, rule, code, severity, range }: PlacedProblem, text: string): Finding {
  const { message: said, related } = problem.words ?? rule.word(problem);
  const message = problem.scope === undefined ? said : said.replace(/\.?(?=\n|$)/, `, ${problem.scope}.`);
  return {
    ideas: () => [...textIdeas(problem), ...rule.fixes(problem, text)],
    diagnostic: { code, severity, message, range, related: [...insideBlocks(problem), ...related] },
  };
}

/** What the language itself would change. */
function textIdeas({ ideas = [] }: Problem): FixIdea[] {
  return ideas.map(({ edits, ...idea }) => ({ ...idea, changes: edits.map((edit) => ({ kind: 'text', edit })) }));
}

/** What the rules on whole networks remark, once a place: a block that is used often is one piece of text. */
function remarks(document: LoweredDocument, { levels }: AnalysisOptions): Finding[] {
  const seen = new Set<string>();
  const own = ownNetworks(document.networks);
  const whole = ownNetworks(wholeNetworks(document));
  return networkRules.flatMap(({ code, severity, level, needsWhole = false, everyUse = false, check }) => {
    const set = levels?.get(code) ?? level ?? severity;
    if (set === 'off') return [];
    const found = new Map((needsWhole ? whole : own).map((network) => [network, check(network)]));
    return [...found].flatMap(([network, remarks]) =>
      remarks.flatMap(({ message, range, related, fixes = [] }): Finding[] => {
        const key = `${code} ${range.start} ${range.end}`;
        if (seen.has(key)) return [];
        seen.add(key);
        if (everyUse && !holdsElsewhere(range, network, document, found)) return [];
        return [{ ideas: () => fixes, diagnostic: { code, severity: set, message, range, related } }];
      }),
    );
  });
}

/** The networks that are their author's own: the style of modules that ship with us is nobody's to change. */
function ownNetworks(networks: readonly Network[]): readonly Network[] {
  return networks.filter(({ nodes }) => !nodes.some(({ source }) => source.isInLibrary === true));
}

/** Whether what is remarked on a line of a block is remarked on in the other networks that use the line as well. */
function holdsElsewhere(
  range: Range,
  network: Network,
  { networks }: LoweredDocument,
  found: ReadonlyMap<Network, readonly Remark[]>,
): boolean {
  const holds = (outer: Range) => outer.start <= range.start && range.end <= outer.end;
  if (networks.length === 1 || holds(network.range)) return true;
  return networks.every((other) => {
    const isRemarked = found.get(other)?.some((remark) => remark.range.start === range.start && remark.range.end === range.end);
    const isUsed = ({ source }: Node) => holds(source.range) || source.frames.some(({ callRange }) => holds(callRange));
    return isRemarked === true || !other.nodes.some(isUsed);
  });
}

/** The networks without a fault in them or in a block. */
function wholeNetworks({ networks, problems }: LoweredDocument): readonly Network[] {
  if (problems.length === 0) return networks;
  const isIn = ({ range }: Problem, network: Network) => network.range.start <= range.start && range.start <= network.range.end;
  const elsewhere = problems.some((problem) => !networks.some((network) => isIn(problem, network)));
  return elsewhere ? [] : networks.filter((network) => !problems.some((problem) => isIn(problem, network)));
}

/** For a fault inside of a block: the place in the block, and the uses of blocks on the way to it. */
function insideBlocks({ frames, range, node, within = node?.source.within }: Problem): RelatedPlace[] {
  if (within !== undefined) return [{ message: `In \`${within.block}\`, here`, range: within.range, file: within.file }];
  const innermost = frames[frames.length - 1];
  if (innermost === undefined) return [];
  const between = frames.slice(1).map(({ block, callRange }) => ({ message: `\`${block}\` is used here`, range: callRange }));
  return [{ message: `In \`${innermost.block}\`, here`, range }, ...between];
}

function tooLong(text: string, longest: number): LoweredDocument {
  const message = `This file has ${text.length} characters; files of more than ${longest} are not read.`;
  return {
    networks: [],
    blocks: [],
    references: [],
    problems: [
      { fault: { code: 'unroll-limit', reason: 'length', message }, range: { start: 0, end: Math.min(text.length, 1) }, frames: [] },
    ],
  };
}
