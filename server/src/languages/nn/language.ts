// The `.nn` language: files of its own, in the syntax of docs/language.md.
import type { Language } from '../language.ts';
import { addRequirementLine, applyBefore, nnLine, setCallArgument } from './edit.ts';
import { lowerTree } from './lower.ts';
import { parseNetworkText } from './parse.ts';

export const nn: Language = {
  id: 'shapelint',
  name: 'Shapelint',
  claims: (path) => path.toLowerCase().endsWith('.nn'),
  read: (text, createBuilder) => lowerTree(text, parseNetworkText(text), createBuilder),
  setArgument: setCallArgument,
  applyBefore: (text, node, input, call, name) => applyBefore(text, node, input, call, name, nnLine),
  addRequirement: addRequirementLine,
};
