// YOLO model files: the rows of Ultralytics, YOLOv5, v7 and v9, in YAML.
import type { Language } from '../language.ts';
import { LONGEST_YAML } from '../nn-yaml/document.ts';
import { claimsModel } from './claims.ts';
import { describeRow } from './describe-row.ts';
import { setRowArgument } from './edit.ts';
import { readModel } from './lower.ts';
import { rowRefactorings } from './row-refactorings.ts';

export const yolo: Language = {
  id: 'yolo',
  name: 'YOLO',
  claims: claimsModel,
  longestText: LONGEST_YAML,
  read: readModel,
  setArgument: setRowArgument,
  applyBefore: () => undefined,
  addRequirement: () => undefined,
  describe: describeRow,
  refactorings: rowRefactorings,
};
