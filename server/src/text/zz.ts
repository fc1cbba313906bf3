import * as fs from 'node:fs';
import { evaluate } from '../languages/nn/evaluate.ts';
import { Range } from 'vscode-languageserver-types';
export const q = [fs, evaluate, Range, process.argv];
