// Files with modules of the user's own: `.nn` files that may use the blocks of the parsers that read YOLO models.
import { addRequirementLine, applyBefore, nnLine, setCallArgument } from '../nn/edit.ts';
import type { Language } from '../language.ts';
import { lowerTree } from '../nn/lower.ts';
import { parseNetworkText } from '../nn/parse.ts';
import { ROLES } from '../nn/roles.ts';
import { writtenDialect } from './dialect.ts';
import { shippedBlocks } from './library.ts';
import { isModuleFile } from './module-files.ts';

/** `block Mine(c1: channels`: only the row of a model gives a parameter a role. */
const ROLE = new RegExp(`^block[ \\t]+\\w+[ \\t]*\\([^#]*?:\\s*(?:${ROLES.join('|')})\\b`, 'm');

export const yoloModules: Language = {
  id: 'shapelint',
  name: 'Shapelint',
  claims: (path, text) => /\.nn$/i.test(path) && (isModuleFile(path) || ROLE.test(text.slice(0, LONGEST_HEAD))),
  read: (text, createBuilder) => lowerTree(text, parseNetworkText(text), createBuilder, shippedBlocks(writtenDialect(text))),
  setArgument: setCallArgument,
  applyBefore: (text, node, input, call, name) => applyBefore(text, node, input, call, name, nnLine),
  addRequirement: addRequirementLine,
};

/** Roles stand in the first blocks of a file that has any. */
const LONGEST_HEAD = 60_000;
