// Completion: operators and blocks with their arguments, and the words of the language.
import type { Analysis } from '../analysis/analyse.ts';
import { operators } from '../operators/registry.ts';
import type { LanguageCompletion } from '../languages/language.ts';
import { argumentsIn, nodeAtCall } from './locate.ts';

const WORDS = ['block', 'net', 'input', 'output', 'require', 'repeat', 'for', 'if', 'else'];

export function completions(analysis: Analysis, offset: number): readonly LanguageCompletion[] {
  const own = analysis.language.complete?.(analysis.source.text, offset);
  if (own !== undefined) return own;
  const inside = nodeAtCall(analysis, offset);
  const parameters =
    inside === undefined ? [] : argumentsIn(inside).map(({ name, doc }) => ({ label: `${name}=`, detail: doc, insertText: `${name}=` }));
  const names = new Set(
    analysis.document.references
      .filter(({ target }) => target.kind === 'tensor' || target.kind === 'symbol')
      .map(({ target }) => target.name),
  );
  return [
    ...parameters,
    ...[...names].map((name) => ({ label: name, detail: 'a name of this file', insertText: name })),
    ...analysis.document.blocks.map(({ name, parameters: list }) => ({
      label: name,
      detail: `block ${name}(${list.join(', ')})`,
      insertText: name,
    })),
    ...[...operators.values()]
      .filter(({ origin }) => origin === undefined)
      .map(({ name, summary }) => ({ label: name, detail: summary, insertText: name })),
    ...WORDS.map((word) => ({ label: word, detail: 'a word of the language', insertText: word })),
  ];
}
