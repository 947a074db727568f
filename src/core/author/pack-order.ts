import type { ContextEntry } from '../types.ts';
import { drawMap } from './draw-map.ts';
import { fenced, languageOf } from './fenced.ts';
import type { Order } from './order.ts';
import { skimText } from './skim-text.ts';

/** A file that a model may want to see. */
export type Candidate = {
  readonly path: string;
  readonly text: string;
  readonly lines: { readonly from: number; readonly to: number } | null;
  /** A person named it: where it has no room, they are told. */
  readonly isNamed: boolean;
};

export type PackedOrder = {
  readonly text: string;
  /** Files that stand in it whole, as they were read. */
  readonly whole: ReadonlySet<string>;
  /** Files that a person named and of which not all went in. */
  readonly leftOut: readonly string[];
  /** What became of each thing that could have gone in. */
  readonly entries: readonly ContextEntry[];
  /** The request alone is more than there is room for. */
  readonly isOver: boolean;
};

/** A map is worth so much of the room; more files tell less than one file's text. */
const MAP_SHARE = 0.25;
const LEAST_MAP_TOKENS = 120;

/** What both movements begin with: the project as far as it has to do with the request, and that. */
export function packOrder(
  order: Order,
  files: readonly Candidate[],
  paths: readonly string[],
  budgetTokens: number,
  estimate: (text: string) => number,
): PackedOrder {
  const end = endOf(order);
  let left = budgetTokens - estimate(end);
  const mapTokens = Math.max(LEAST_MAP_TOKENS, Math.floor(left * MAP_SHARE));
  const near = files.map(({ path }) => path);
  const map = paths.length === 0 ? '' : drawMap(paths, near, mapTokens, estimate);
  left -= estimate(map);
  const parts: string[] = [];
  const whole = new Set<string>();
  const leftOut: string[] = [];
  const entries: ContextEntry[] = [];
  for (const file of files) {
    const forms = formsOf(file);
    const fitting = forms.find(({ text }) => estimate(text) <= left);
    if (file.isNamed && !(fitting?.isAsAsked ?? false)) leftOut.push(file.path);
    entries.push(entryOf(file, fitting, estimate));
    if (fitting === undefined) continue;
    left -= estimate(fitting.text);
    parts.push(fitting.text);
    if (fitting.isWhole) whole.add(file.path);
  }
  const head = map === '' ? [] : [`Files of the project:\n${map}`];
  return {
    text: [...head, ...parts, end].join('\n\n'),
    whole,
    leftOut,
    entries: [
      { kind: 'map', label: 'files of the project', fate: 'whole', tokens: estimate(map) },
      ...entries,
      { kind: 'request', label: 'request', fate: 'whole', tokens: estimate(end) },
    ],
    isOver: estimate(end) > budgetTokens,
  };
}

function entryOf(
  { path, text, isNamed }: Candidate,
  form: Form | undefined,
  estimate: (text: string) => number,
): ContextEntry {
  const all = { path, startLine: 1, endLine: text.split('\n').length };
  return {
    kind: isNamed ? 'mention' : 'passage',
    label: path,
    fate: form === undefined ? 'left-out' : form.isWhole ? 'whole' : 'cut',
    tokens: form === undefined ? 0 : estimate(form.text),
    ...(form === undefined || form.isWhole ? { source: all } : {}),
  };
}

type Form = { readonly text: string; readonly isWhole: boolean; readonly isAsAsked: boolean };

function formsOf({ path, text, lines }: Candidate): readonly Form[] {
  const info = languageOf(path);
  const whole: Form = {
    text: `${path}:\n${fenced(text, info)}`,
    isWhole: true,
    isAsAsked: true,
  };
  const headings = skimText(text);
  const skimmed: readonly Form[] =
    headings === ''
      ? []
      : [
          {
            text: `${path}, only what it declares:\n${fenced(headings, info)}`,
            isWhole: false,
            isAsAsked: false,
          },
        ];
  if (lines === null) return [whole, ...skimmed];
  const all = text.split('\n');
  const part = all.slice(lines.from - 1, lines.to).join('\n');
  const excerpt: Form = {
    text: `${path}, lines ${lines.from} to ${Math.min(lines.to, all.length)}:\n${fenced(part, info)}`,
    isWhole: false,
    isAsAsked: true,
  };
  return [whole, excerpt, ...skimmed];
}

const endOf = ({ evidence, request }: Order): string =>
  [
    ...(evidence === null ? [] : [`${evidence.title}:\n${fenced(evidence.text)}`]),
    `The request: ${request}`,
  ].join('\n\n');
