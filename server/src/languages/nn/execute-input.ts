// `input`: introduces the symbols of a network's input, or binds what a block is given.
import type { Dimension, Shape } from '../../dims/size.ts';
import { symbol } from '../../dims/size.ts';
import { UNKNOWN } from '../../network/argument.ts';
import type { Tensor } from '../../network/network.ts';
import { bind } from './bind.ts';
import { refer, report, reportExpression, type Context, type Scope } from './context.ts';
import { evaluate } from './evaluate.ts';
import { isUnknownValue } from './python.ts';
import { axisSize, namesIn } from './shapes.ts';
import type { ShapeExpression, Statement } from './tree.ts';
import { tensorsOf } from './value.ts';

/** As in PyTorch. */
const MOST_AXES = 64;

export function executeInput(context: Context, scope: Scope, statement: Extract<Statement, { kind: 'input' }>): void {
  const { name, shape, range } = statement;
  if (statement.spread === true) return executeInputs(context, scope, statement);
  const given = tensorsOf(scope.given?.[scope.inputsRead])[0];
  scope.inputsRead++;
  const earlier = scope.variables.get(name.name);
  if (earlier !== undefined) {
    report(
      context,
      scope,
      { code: 'duplicate-name', reason: 'input', name: name.name, what: 'input', first: earlier.definition },
      name.range,
    );
  }
  const tensor =
    given === undefined
      ? context.builder.input(
          name.name,
          shape === undefined ? undefined : declareShape(context, scope, shape),
          range,
          shape?.axes.map((axis) => axis.size.range),
        )
      : matchInput(context, scope, given, shape);
  scope.inputs.push(tensor);
  bind(context, scope, name, { kind: 'tensor', tensor });
  // After several inputs it is not said which of them comes first.
  scope.current = scope.inputs.length === 1 ? { kind: 'tensor', tensor } : undefined;
}

/** `input *xs`: all that is given from here on. */
function executeInputs(context: Context, scope: Scope, { name, range }: Extract<Statement, { kind: 'input' }>): void {
  if (scope.given === undefined)
    reportExpression(context, scope, 'Only a block takes as many inputs as it is given: a network names each of its own.', range);
  const values = scope.given?.slice(scope.inputsRead) ?? [];
  scope.inputsRead += values.length;
  scope.inputs.push(...values.flatMap(tensorsOf));
  // A block that is checked on its own does not know how many there are.
  const [only] = values;
  bind(context, scope, name, values.length === 1 && only !== undefined && isUnknownValue(only) ? UNKNOWN : values);
  scope.current = undefined;
}

/** The shape of a network's input: a name that is not known yet is a new symbol. */
function declareShape(context: Context, scope: Scope, { axes, range }: ShapeExpression): Shape {
  if (axes.length > MOST_AXES) {
    report(
      context,
      scope,
      { code: 'argument-range', reason: 'expression', message: `A tensor has at most ${MOST_AXES} axes, not ${axes.length}.` },
      range,
    );
    return undefined;
  }
  return axes.map((axis) => {
    for (const name of namesIn(axis.size)) {
      if (scope.variables.has(name.name)) continue;
      scope.variables.set(name.name, { value: symbol(name.name), definition: name.range });
      const sample = axis.sample === undefined || axis.size.kind !== 'name' ? undefined : evaluate(context, scope, axis.sample);
      scope.symbols.push({
        name: name.name,
        range: name.range,
        ...(typeof sample === 'number' && sample >= 1 && axis.sample !== undefined && { sample, sampleRange: axis.sample.range }),
      });
      if (sample !== undefined && (typeof sample !== 'number' || sample < 1) && !isUnknownValue(sample)) {
        reportExpression(context, scope, `A sample size is a whole number of at least 1.`, axis.sample?.range ?? axis.range);
      }
    }
    const size = axisSize(context, scope, axis);
    if (typeof size === 'number' && size < 0) {
      report(context, scope, { code: 'argument-range', reason: 'expression', message: `A size is at least 0, not ${size}.` }, axis.range);
      return undefined;
    }
    return size;
  });
}

/** The input of a block: names that are not known yet stand for the sizes that it is given, the rest are claims. */
function matchInput(context: Context, scope: Scope, given: Tensor, shape: ShapeExpression | undefined): Tensor {
  if (shape === undefined) return given;
  const actual = given.shape;
  const claimed = shape.axes.map((axis, at): Dimension => {
    const { size } = axis;
    if (size.kind !== 'name' || scope.variables.has(size.name)) {
      for (const name of namesIn(size))
        if (!scope.variables.has(name.name)) scope.variables.set(name.name, { value: UNKNOWN, definition: name.range });
      return axisSize(context, scope, axis);
    }
    const value = actual?.length === shape.axes.length ? actual[at] : undefined;
    scope.variables.set(size.name, { value: value ?? UNKNOWN, definition: size.range });
    refer(context, size.range, size.range, () => ({ kind: 'symbol', name: size.name, network: scope.declaration.name.name, value }));
    return value;
  });
  return context.builder.claim(
    given,
    claimed,
    shape.axes.map(({ range }) => range),
    shape.range,
    scope.frames,
  );
}
