import type { WireRequest } from '../../../src/core/models/exchange.ts';
import { EDIT_CASES } from '../../../src/core/trial/edit-cases.ts';
import { TOOL_CASES } from '../../../src/core/trial/tool-cases.ts';
import type { EditForm, JsonObject } from '../../../src/core/types.ts';
import type { Reply } from './spoken.ts';

/** What a scripted model can and cannot do, where it is tried. */
export type Character = {
  readonly forms?: readonly EditForm[];
  /** Larger files lose a line. */
  readonly mostCopied?: number;
  readonly hasSchema?: boolean;
  readonly tools?: 'native' | 'text' | 'none';
  /** What stands further back than so many characters is forgotten. */
  readonly memory?: number;
};

type Say = (request: WireRequest) => Reply;

/** Answers the tasks of `models test` as a model of this character does. */
export function playCharacter({
  forms = ['whole', 'search-replace', 'udiff', 'apply-patch'],
  mostCopied = 100_000,
  hasSchema = true,
  tools = 'native',
  memory = Number.MAX_SAFE_INTEGER,
}: Character = {}): Say {
  return ({ body = {} }) => {
    const text = promptOf(body);
    if (body.format !== undefined) {
      return hasSchema
        ? { json: { goods: 'lamps', number: 12, isNew: true, colours: ['red'] } }
        : { says: 'Sure! There are some lamps.' };
    }
    const tool = TOOL_CASES.find(({ asks }) => text.includes(asks));
    if (tool) return call(tool.call, tools, body.tools !== undefined);
    if (text.includes('What is the code word')) return recall(text, memory);
    const form = formIn(text);
    if (form === undefined) return { says: DESCRIPTION };
    const { path, before, after } = changeIn(text);
    const isLong = before.length > mostCopied;
    if (!forms.includes(form)) return { says: 'Change the line in the middle, I would say.' };
    return { says: edit(form, path, before, isLong ? dropLine(after) : after) };
  };
}

const DESCRIPTION =
  'There are many shelves in five stores. Each of them holds some boxes. Tea and salt are among them. Nothing else is to be seen here.';

export const promptOf = (body: JsonObject): string =>
  (body.messages as unknown as readonly { readonly content: string }[])
    .map(({ content }) => content)
    .join('\n');

function call(
  { tool, values }: { readonly tool: string; readonly values: JsonObject },
  way: 'native' | 'text' | 'none',
  isNative: boolean,
): Reply {
  if (way === 'none') return { says: 'I would have to look into that file.' };
  if (way === 'native' && isNative) return { calls: [{ tool, values }] };
  return { says: JSON.stringify({ name: tool, arguments: values }) };
}

function recall(text: string, memory: number): Reply {
  const word = /is ([A-Z]+-\d+)\./.exec(text.slice(-memory))?.[1];
  return { says: word ?? 'There is no code word.' };
}

const FORMS: readonly (readonly [EditForm, string])[] = [
  ['whole', 'Answer with the whole file'],
  ['search-replace', 'Answer with blocks'],
  ['udiff', 'Answer with a unified diff'],
  ['apply-patch', 'Answer with a patch'],
];

export const formIn = (text: string): EditForm | undefined =>
  FORMS.find(([, words]) => text.includes(words))?.[0];

function changeIn(text: string) {
  const path = /Change (\S+) now/.exec(text)?.[1] ?? '';
  const known = EDIT_CASES.find((each) => each.path === path);
  if (known) return known;
  const before = /as it is now:\n```\w*\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  const [, name = '', old = ''] = /Let (\w+) add 5000 in place of (\d+)/.exec(text) ?? [];
  const after = before.replace(new RegExp(`(${name} = .*\\+ )${old};`), '$15000;');
  return { path, before, after };
}

const dropLine = (text: string): string => text.split('\n').toSpliced(2, 1).join('\n');

function edit(form: EditForm, path: string, before: string, after: string): string {
  const lines = (text: string, mark: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => `${mark}${line}`)
      .join('\n');
  switch (form) {
    case 'whole':
      return `${path}\n\`\`\`\n${after}\`\`\`\n`;
    case 'search-replace':
      return `${path}\n<<<<<<< SEARCH\n${before}=======\n${after}>>>>>>> REPLACE\n`;
    case 'udiff':
      return `--- a/${path}\n+++ b/${path}\n@@ @@\n${lines(before, '-')}\n${lines(after, '+')}\n`;
    case 'apply-patch':
      return `*** Begin Patch\n*** Update File: ${path}\n@@\n${lines(before, '-')}\n${lines(after, '+')}\n*** End Patch\n`;
    default:
      return form satisfies never;
  }
}
