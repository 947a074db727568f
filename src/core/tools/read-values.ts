import { fail, ok } from '../result.ts';
import type {
  ArgSpec,
  ArgValue,
  ArgValues,
  CommandCard,
  Json,
  JsonObject,
  Result,
} from '../types.ts';

/**
 * What a model gave a call, as values of the command's arguments: by other names that are usual for
 * them, numbers as text and the like. Unknown members are left alone. What cannot be meant is
 * refused, and whether the values are allowed is for the command's own specs to say.
 */
export function readValues(card: CommandCard, given: JsonObject): Result<ArgValues> {
  const members = new Map(Object.entries(given).map(([key, value]) => [plain(key), value]));
  const values: Record<string, ArgValue> = {};
  const taken = new Set(Object.keys(card.args).map(plain));
  for (const [name, spec] of Object.entries(card.args)) {
    const found = find(members, name, taken);
    if (found === undefined || found === null || found === '') continue;
    const value = convert(spec, found);
    if (value === null) {
      return fail(
        'usage',
        `${name} of ${card.name} cannot be ${JSON.stringify(found).slice(0, 80)}.`,
      );
    }
    values[name] = value;
  }
  return ok(values);
}

const PATHS = 'path file filename filepath name folder foldername folderpath directory dir target';

/** What models call the arguments of such commands. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  path: PATHS,
  folder: PATHS,
  in: `${PATHS} within scope glob include`,
  of: `what symbol symbolname identifier query ${PATHS}`,
  text: 'query pattern q search searchtext searchquery term keyword keywords string words regexp',
  from: 'start startline linestart firstline fromline begin offset',
  to: 'end endline lineend lastline toline until',
  last: 'limit count n max maxcount number',
  regex: 'isregex useregex isregexp',
};

const plain = (key: string): string => key.toLowerCase().replace(/[_\s-]/g, '');

/** By its own name, else by another one that is no argument of the same command. */
function find(
  members: ReadonlyMap<string, Json>,
  name: string,
  taken: ReadonlySet<string>,
): Json | undefined {
  const own = members.get(plain(name));
  if (own !== undefined) return own;
  const others = (OTHER_NAMES[name] ?? '').split(' ').filter((other) => !taken.has(other));
  return others.map((other) => members.get(other)).find((value) => value !== undefined);
}

function convert(spec: ArgSpec, given: Json): ArgValue | null {
  if (spec.kind === 'flag') return toSwitch(given);
  if (spec.kind === 'rest') {
    const words = (Array.isArray(given) ? given : [given]).map(toText);
    return words.every((word) => word !== null) ? (words as readonly string[]) : null;
  }
  const [only] = Array.isArray(given) && given.length === 1 ? given : [given];
  return spec.type === 'integer' ? toInteger(only) : toText(only);
}

const toText = (given: Json | undefined): string | null =>
  typeof given === 'string' ? given : typeof given === 'number' ? String(given) : null;

function toInteger(given: Json | undefined): number | null {
  const number =
    typeof given === 'string' && /^\s*-?\d{1,9}(?:\.0+)?\s*$/.test(given) ? Number(given) : given;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

function toSwitch(given: Json): boolean | null {
  if (typeof given === 'boolean') return given;
  const word = String(given).trim().toLowerCase();
  if (['true', 'yes', '1'].includes(word)) return true;
  return ['false', 'no', '0'].includes(word) ? false : null;
}
