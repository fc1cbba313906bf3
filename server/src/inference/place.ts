// Where in the text a fault of an operator is shown: on the guilty argument or input, else on the call.
import type { Fault } from '../network/fault.ts';
import type { NodeSource } from '../network/network.ts';
import type { Range } from '../text/range.ts';

export function placeOf(fault: Fault, source: NodeSource): Range {
  const argument = argumentOf(fault);
  const written = argument === undefined ? undefined : source.argumentRanges.get(argument);
  if (written !== undefined) return written;
  const input = 'input' in fault && typeof fault.input === 'number' ? source.inputRanges[fault.input] : undefined;
  return input ?? source.nameRange;
}

function argumentOf(fault: Fault): string | undefined {
  switch (fault.code) {
    case 'kernel-exceeds-input':
      return 'kernel_size';
    case 'pool-padding':
      return 'padding';
    case 'group-mismatch':
      return fault.divider;
    case 'output-padding-range':
      return fault.reason === 'output-size-out-of-range' ? 'output_size' : 'output_padding';
    default:
      return 'argument' in fault ? fault.argument : undefined;
  }
}
