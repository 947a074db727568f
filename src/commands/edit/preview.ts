import { pathsToLoad } from '../../core/edit/aim.ts';
import { applyEdits } from '../../core/edit/apply-edits.ts';
import { readReply } from '../../core/edit/read-reply.ts';
import { refuse } from '../../core/edit/refuse.ts';
import {
  EDIT_FORMATS,
  type EditFormat,
  type EditResult,
  type Refused,
  type Request,
} from '../../core/edit/types.ts';
import { fail, ok } from '../../core/result.ts';
import type { Failure, Json, Result } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { editBlocks } from './edit-blocks.ts';

export const editPreview = defineCommand({
  name: 'edit preview',
  family: 'edit',
  summary: 'Shows what a model’s reply would change in the files; changes nothing',
  examples: [
    'edit preview < reply.txt',
    'edit preview reply.txt',
    'edit preview --format udiff --json < reply.txt',
  ],
  kind: 'look',
  limits: { timeoutMs: 60_000, outputBytes: 100_000_000 },
  args: {
    file: {
      kind: 'positional',
      type: 'text',
      valueName: 'FILE',
      completes: 'path',
      summary: 'Where the reply stands; without it, it is read from standard input',
    },
    format: {
      kind: 'option',
      type: 'choice',
      choices: EDIT_FORMATS,
      valueName: 'FORMAT',
      summary: 'The form in which the reply was asked for; auto finds out',
    },
  },
  async run(args, context) {
    const reply = await readText(args.file, context);
    if (!reply.ok) return reply;
    const texts = new Map<string, string>();
    const result = await preview(reply.value, args.format ?? 'auto', texts, context);
    for (const block of editBlocks(result, (path) => texts.get(path))) context.show(block);
    return ok({ kind: 'looked', data: asJson(result), exitCode: result.ok ? 0 : 1 });
  },
});

async function readText(
  file: string | undefined,
  { readers, input, signal }: CommandContext,
): Promise<Result<string>> {
  if (file === undefined || file === '-') {
    if (input !== null) return ok(await input.text());
    return fail('usage', 'There is no reply to read.', {
      hint: 'edit preview FILE, or edit preview < FILE',
    });
  }
  const read = await readers.files.read(file.replace(/^\.\//, ''), signal);
  if (!read.ok) return read;
  return read.value === null ? fail('not-found', `There is no file ${file}.`) : ok(read.value);
}

async function preview(
  reply: string,
  format: EditFormat,
  texts: Map<string, string>,
  { readers, signal }: CommandContext,
): Promise<EditResult> {
  const listed = await readers.files.list(signal);
  // In a workspace too big to list, files must be named exactly.
  const paths = listed.ok ? listed.value : [];
  const requests = readReply(reply, format, paths);
  if (!requests.ok) return requests;
  const refused = await loadTexts(requests.value, paths, texts, { readers, signal });
  if (refused !== null) return refused;
  const parses = await readers.syntax.load([...texts.keys(), ...targetsOf(requests.value)], signal);
  return applyEdits(requests.value, {
    paths,
    read: (path) => texts.get(path),
    parses,
    isProtected: () => false,
  });
}

async function loadTexts(
  requests: readonly Request[],
  paths: readonly string[],
  texts: Map<string, string>,
  { readers, signal }: Pick<CommandContext, 'readers' | 'signal'>,
): Promise<Refused | null> {
  for (const path of pathsToLoad(requests, paths)) {
    const read = await readers.files.read(path, signal);
    if (!read.ok) return refuseUnread(path, read.error);
    if (read.value !== null) texts.set(path, read.value);
  }
  return null;
}

function refuseUnread(path: string, { code, message }: Failure): Refused {
  return code === 'untrusted'
    ? refuse('outside-workspace', `${message} Name a file inside of the workspace.`, { path })
    : refuse('malformed', `${message} Only text files can be edited.`, { path });
}

const targetsOf = (requests: readonly Request[]): readonly string[] =>
  requests.flatMap((request) => [
    ...(request.path === null ? [] : [request.path]),
    ...('moveTo' in request && request.moveTo !== undefined ? [request.moveTo] : []),
  ]);

function asJson(result: EditResult): Json {
  if (!result.ok) return { ok: false, error: { ...result.error } };
  return {
    ok: true,
    files: result.files.map(({ path, after, rung, spans }) => ({
      path,
      after,
      rung,
      spans: spans.map(({ before, after: now }) => ({ before: { ...before }, after: { ...now } })),
    })),
  };
}
