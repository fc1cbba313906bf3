// Darknet's .cfg files: sections of key=value lines, layers numbered from 0.
import type { Language } from '../language.ts';
import { claimsDarknet } from './claims.ts';
import { setOption } from './edit.ts';
import { lowerConfiguration, lowerFree } from './lower.ts';
import { sectionRefactorings } from './section-refactorings.ts';

export const darknet: Language = {
  id: 'darknet',
  name: 'Darknet',
  claims: claimsDarknet,
  read: lowerConfiguration,
  readFree: lowerFree,
  setArgument: setOption,
  applyBefore: () => undefined,
  addRequirement: () => undefined,
  refactorings: sectionRefactorings,
};
