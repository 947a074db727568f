import { baseName } from '../paths/normalise.ts';
import { addTrait, deeper } from '../shell/evaluator.ts';
import { hasGlob, MARK } from '../shell/marks.ts';
import { joinStreams, NONE, type Stream } from '../shell/stream.ts';
import type { Call } from './call.ts';
import { keptNames, printedNames } from './printed-names.ts';
import { applyOperands, applyValues, runShellValue } from './roles.ts';

/** Values and operands by their roles, then what it wraps and what comes out. */
export function runPlain(call: Call): Stream {
  const { program, args, context } = call;
  applyValues(call);
  const wraps = program.spec.wraps;
  if (wraps === undefined) {
    applyOperands(call);
    return printedNames(call) ?? keptNames(call) ?? outputOf(call);
  }
  const isShort = args.flags.some((flag) => program.firstUnless.has(flag));
  const at = isShort ? wraps - 1 : wraps;
  if (program.operands.length > 0)
    applyOperands({ ...call, args: { ...args, operands: args.operands.slice(0, at) } });
  const inner = args.operands.slice(at);
  if (inner[0] === '-c' && inner[1] !== undefined)
    return runShellValue(context, inner[1], program.name);
  // Some start a shell where no program is named.
  if (inner.length === 0 && program.spec.language === 'shell')
    addTrait(context, 'interactive', program.name);
  return inner.length === 0 ? NONE : context.evaluator.runCommand(inner, deeper(context));
}

function outputOf(call: Call): Stream {
  const { program, args, context } = call;
  switch (program.spec.output ?? 'local') {
    case 'network':
      return { kind: 'network' };
    case 'secret':
      return { kind: 'secret' };
    case 'decoded':
      return worse(context.input, { kind: 'decoded' });
    case 'altered':
      return altered(context.input, readsFiles(call));
    case 'names':
      return { kind: 'names', paths: namesBelow(args.operands) };
    case 'none':
      return NONE;
    case 'pass':
      return args.operands.some((operand) => operand !== '-')
        ? worse(context.input, { kind: 'local' })
        : context.input;
    default:
      return worse(context.input, { kind: 'local' });
  }
}

/**
 * What `ls` prints: some names in each folder, and those that a glob like `*.ts` stands for. Where it
 * leaves the folder out, whoever takes the name looks for it where they are.
 */
const namesBelow = (operands: readonly string[]): readonly string[] =>
  operands.length === 0
    ? [`./${SOME_NAME}`]
    : operands.flatMap((operand) => {
        const name = baseName(operand);
        return hasGlob(name) && name !== MARK.star
          ? [operand]
          : [`${operand}/${SOME_NAME}`, `./${SOME_NAME}`];
      });
const SOME_NAME = MARK.one + MARK.star;

const TAINTED = new Set(['network', 'secret', 'decoded', 'altered']);

/** What came from the network stays so, whatever it is filtered by. */
export const worse = (input: Stream, output: Stream): Stream =>
  TAINTED.has(input.kind) ? joinStreams(input, output) : output;

const readsFiles = ({ program, args }: Call): boolean =>
  args.operands.length > program.operands.filter(({ role }) => role === 'text').length;

/**
 * What a text tool prints. Local data stays local, only in other words; a text of the command
 * itself that is changed on the way is there to hide what it says.
 */
export const altered = (input: Stream, readsFiles: boolean): Stream =>
  worse(input, input.kind === 'text' && !readsFiles ? { kind: 'decoded' } : { kind: 'altered' });
