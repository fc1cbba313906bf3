// The rules: one line for each code.
import { ambiguousInverse } from './ambiguous-inverse.ts';
import { argumentRange } from './argument-range.ts';
import { argumentType } from './argument-type.ts';
import { broadcastMismatch } from './broadcast-mismatch.ts';
import { channelMismatch } from './channel-mismatch.ts';
import { checkerboard } from './checkerboard.ts';
import { claimMismatch } from './claim-mismatch.ts';
import { concatMismatch } from './concat-mismatch.ts';
import { deadPadding } from './dead-padding.ts';
import { dependencyCycle } from './dependency-cycle.ts';
import { droppedBorder } from './dropped-border.ts';
import { duplicateName } from './duplicate-name.ts';
import { emptyOutput } from './empty-output.ts';
import { featureMismatch } from './feature-mismatch.ts';
import { gridding } from './gridding.ts';
import { groupMismatch } from './group-mismatch.ts';
import { ignoredKey } from './ignored-key.ts';
import { anchorMismatch } from './anchor-mismatch.ts';
import { dialectDifference } from './dialect-difference.ts';
import { unusedOption } from './unused-option.ts';
import { inputCount } from './input-count.ts';
import { kernelExceedsInput } from './kernel-exceeds-input.ts';
import { missingActivation } from './missing-activation.ts';
import { missingArgument } from './missing-argument.ts';
import { outputPaddingRange } from './output-padding-range.ts';
import { poolPadding } from './pool-padding.ts';
import { rankMismatch } from './rank-mismatch.ts';
import { receptiveField } from './receptive-field.ts';
import { redundantBias } from './redundant-bias.ts';
import { reflectionPadding } from './reflection-padding.ts';
import { reshapeMismatch } from './reshape-mismatch.ts';
import { sizeCondition } from './size-condition.ts';
import { skippedInput } from './skipped-input.ts';
import { stackedActivation } from './stacked-activation.ts';
import { syntax } from './syntax.ts';
import { unevenSame } from './uneven-same.ts';
import { unknownArgument } from './unknown-argument.ts';
import { unknownField } from './unknown-field.ts';
import { unknownModule } from './unknown-module.ts';
import { unknownName } from './unknown-name.ts';
import { unknownOperator } from './unknown-operator.ts';
import { unrollLimit } from './unroll-limit.ts';
import { unusedInput } from './unused-input.ts';
import { unusedLayer } from './unused-layer.ts';
import type { Level, Severity } from '../diagnostics/diagnostic.ts';
import type { NetworkRule } from './network-rule.ts';
import { repeatedLayerName } from './repeated-layer-name.ts';
import { referenceRange } from './reference-range.ts';
import { repeatMismatch } from './repeat-mismatch.ts';
import type { Rule } from './rule.ts';
import { staleComment } from './stale-comment.ts';
import { staleReference } from './stale-reference.ts';

export const rules: readonly Rule[] = [
  syntax,
  unknownName,
  duplicateName,
  unknownOperator,
  unknownModule,
  unknownField,
  unknownArgument,
  missingArgument,
  argumentType,
  argumentRange,
  inputCount,
  rankMismatch,
  channelMismatch,
  featureMismatch,
  groupMismatch,
  kernelExceedsInput,
  poolPadding,
  reflectionPadding,
  outputPaddingRange,
  concatMismatch,
  broadcastMismatch,
  reshapeMismatch,
  claimMismatch,
  emptyOutput,
  dependencyCycle,
  unrollLimit,
  sizeCondition,
  referenceRange,
  repeatMismatch,
  repeatedLayerName,
  staleReference,
  ignoredKey,
  unusedOption,
  anchorMismatch,
  dialectDifference,
  staleComment,
];

export const networkRules: readonly NetworkRule[] = [
  ambiguousInverse,
  checkerboard,
  deadPadding,
  skippedInput,
  gridding,
  unusedLayer,
  unusedInput,
  droppedBorder,
  receptiveField,
  redundantBias,
  unevenSame,
  stackedActivation,
  missingActivation,
];

/** What every code has, whichever kind its rule is of. */
export interface CodeInfo {
  readonly code: string;
  readonly severity: Severity;
  readonly level?: Level;
  readonly summary: string;
}

export const codes: readonly CodeInfo[] = [...rules, ...networkRules];

const byCode: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.code, rule]));

export function ruleOf(code: string): Rule | undefined {
  return byCode.get(code);
}

export function isCode(code: string): boolean {
  return codes.some((known) => known.code === code);
}
