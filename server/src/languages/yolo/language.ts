// YOLO model files: the rows of Ultralytics, YOLOv5, v7 and v9, in YAML.
import type { Language } from '../language.ts';
import { claimsModel } from './claims.ts';
import { describeRow } from './describe-row.ts';
import { setRowArgument } from './edit.ts';
import { readModel } from './lower.ts';
import { rowRefactorings } from './row-refactorings.ts';

/** Ten times what the longest models have: the YAML library takes some microseconds for a character, and each row is worked out for each scale. */
const LONGEST_MODEL = 110_000;

export const yolo: Language = {
  id: 'yolo',
  name: 'YOLO',
  claims: claimsModel,
  longestText: LONGEST_MODEL,
  read: readModel,
  setArgument: setRowArgument,
  applyBefore: () => undefined,
  addRequirement: () => undefined,
  describe: describeRow,
  refactorings: rowRefactorings,
};
