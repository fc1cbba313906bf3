// YOLO model files: the rows of Ultralytics, YOLOv5, v7 and v9, in YAML.
import type { Language } from '../language.ts';
import { claimsModel } from './claims.ts';
import { readModel } from './lower.ts';
import { rowRefactorings } from './row-refactorings.ts';

export const yolo: Language = {
  id: 'yolo',
  name: 'YOLO',
  claims: claimsModel,
  read: readModel,
  setArgument: () => undefined,
  applyBefore: () => undefined,
  addRequirement: () => undefined,
  refactorings: rowRefactorings,
};
