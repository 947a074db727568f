import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ScriptedScene } from './ollama/scripted-server.ts';

export const TASKS = join(import.meta.dirname, '..', '..', 'bench', 'tasks');

export type Reference = {
  readonly id: string;
  readonly language: string;
  readonly needs: readonly string[];
  /** What stands in the prompts for this task, and in those for no other. */
  readonly request: string;
  /** What a good model answers, by what it is asked for: `outline`, or `edit PATH`. */
  readonly replies: ReadonlyMap<string, string>;
};

/** Every task of a folder with the good answers that lie beside it. */
export const readReferences = (folder = TASKS): readonly Reference[] =>
  readdirSync(folder)
    .sort()
    .map((id) => {
      const {
        command = 'plan',
        request,
        language,
        needs,
      } = parse(readFileSync(join(folder, id, 'task.yaml'), 'utf8'));
      const words = request.trim().replace(/\s+/g, ' ');
      const replies = readReplies(readFileSync(join(folder, id, 'reference.md'), 'utf8'));
      return { id, language, needs, request: `${STARTS[command] ?? ''}${words}`, replies };
    });

const STARTS: Readonly<Record<string, string>> = {
  complete: 'Complete ',
  document: 'Document ',
  test: 'Write tests for ',
};

function readReplies(text: string): ReadonlyMap<string, string> {
  const replies = new Map<string, string>();
  for (const part of text.split(/^=== /m).slice(1)) {
    const end = part.indexOf('\n');
    replies.set(part.slice(0, end).trim(), part.slice(end + 1));
  }
  return replies;
}

/** A model that knows all of them. */
export const goodAnswers = (references: readonly Reference[]): readonly ScriptedScene[] =>
  references.flatMap((reference) =>
    [...reference.replies].map(([asked, says]) => ({
      when: { mentions: [reference.request, wordsOf(asked)] },
      reply: { says },
      times: 0,
    })),
  );

/** What the request for it ends with. */
export const wordsOf = (asked: string): string =>
  asked === 'outline'
    ? 'Outline the change as one JSON object'
    : ` ${asked.slice('edit '.length)} now: `;
