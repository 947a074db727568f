import { orderOf } from '../../core/author/order.ts';
import { quoteLine } from '../../core/edit/refuse.ts';
import { readReference } from '../../core/prompt/find-mentions.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { FILE_ARG, findFile, PLANNING, textOf } from './order-args.ts';
import { proposeByModel } from './propose-by-model.ts';

export const complete = defineCommand({
  ...PLANNING,
  name: 'complete',
  summary: 'Has a model plan what is missing in a file, at a line or anywhere',
  examples: ['complete src/cart.ts', 'complete src/cart.ts:41'],
  args: { file: { ...FILE_ARG, valueName: 'PATH[:LINE]', summary: 'The file, and where in it' } },
  async run({ file }, context) {
    const place = findPlace(context, file);
    if (!place.ok) return place;
    const { path, why } = place.value;
    return proposeByModel(
      context,
      orderOf('complete', `Complete ${file}`, {
        paths: [path],
        outline: { goal: '', steps: [{ kind: 'edit', path, why }] },
      }),
    );
  },
});

type Place = { readonly path: string; readonly why: string };

/** A file may have a colon in its name; that one is meant where it is there. */
function findPlace(context: CommandContext, given: string): Result<Place> {
  const whole = findFile(context, given);
  if (whole.ok) {
    const why = 'Write what is missing: empty bodies, and what comments say is still to come.';
    return ok({ path: whole.value, why });
  }
  const { name, lines } = readReference(given);
  if (lines === null) return whole;
  const path = findFile(context, name);
  if (!path.ok) return path;
  const text = textOf(context, path.value);
  if (!text.ok) return text;
  const all = text.value.split('\n');
  const line = all[lines.from - 1];
  if (line === undefined) {
    return fail('usage', `${path.value} has ${all.length} lines, and no ${lines.from}.`);
  }
  const nearest = [line, ...all.slice(0, lines.from - 1).reverse()].find((each) => each.trim());
  const place =
    nearest === line
      ? `at line ${lines.from}, ${quoteLine(line)}`
      : `at the empty line ${lines.from}${nearest === undefined ? '' : `, below ${quoteLine(nearest)}`}`;
  return ok({ path: path.value, why: `Write what is missing ${place}, and nothing elsewhere.` });
}
