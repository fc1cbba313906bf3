// Unrolls a module that has been unrolled before by what was done then: a model is edited row by row, and most rows stay as they are.
import type { Range } from '../../text/range.ts';
import { MOST_NODES, MOST_STEPS, type Context, type Scope } from '../nn/context.ts';
import { isDeclaration, type ModuleArgument, type ModuleValue, type Value } from '../nn/value.ts';
import { moduleKey } from './module-key.ts';
import { recordModule, unrollModule, type Recording } from './record-module.ts';
import { replayModule } from './replay-module.ts';

/** Of one library of modules: a text that says what is used on what, and what was done. The one used last is last. */
interface Memory {
  readonly recordings: Map<string, Recording>;
  steps: number;
}

/** So many steps are kept for a library: about a dozen models, in a few megabytes. */
const MOST_KEPT = 20_000;

const memories = new WeakMap<Context['declarations'], Memory>();

/** As `applyModule`, with the same answer, the same calls of the builder and the same layers. */
export function applyRemembered(
  context: Context,
  scope: Scope,
  module: ModuleValue,
  inputs: readonly ModuleArgument[],
  range: Range,
): Value {
  const { callee } = module;
  const name = isDeclaration(callee) ? callee.name.name : undefined;
  const key = name === undefined ? undefined : moduleKey(name, module.arguments, inputs);
  if (name === undefined || key === undefined || context.steps.exhausted) return unrollModule(context, scope, module, inputs, range);
  const memory = memories.get(context.declarations) ?? { recordings: new Map<string, Recording>(), steps: 0 };
  memories.set(context.declarations, memory);
  const known = memory.recordings.get(key);
  if (known !== undefined && fits(context, known)) {
    memory.recordings.delete(key);
    memory.recordings.set(key, known);
    return replayModule(context, scope, known, inputs, { name, range });
  }
  const { value, recording } = recordModule(context, scope, module, inputs, range);
  if (recording !== undefined) keep(memory, key, recording);
  return value;
}

function keep(memory: Memory, key: string, recording: Recording): void {
  memory.recordings.set(key, recording);
  memory.steps += recording.steps.length + 1;
  for (const [oldest, { steps }] of memory.recordings) {
    if (memory.steps <= MOST_KEPT) return;
    memory.recordings.delete(oldest);
    memory.steps -= steps.length + 1;
  }
}

/** Whether no limit would have stopped it on the way. */
function fits({ steps, builder }: Context, { statements, steps: done }: Recording): boolean {
  return steps.taken + statements < MOST_STEPS && builder.nodes.length + done.length < MOST_NODES;
}
