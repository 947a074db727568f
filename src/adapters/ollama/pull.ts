import { isCloudName } from '../../core/models/names.ts';
import { failModel } from '../../core/models/trouble.ts';
import { ok } from '../../core/result.ts';
import type { Failure, Json, PullPiece, Result } from '../../core/types.ts';
import { readAll } from './ask-json.ts';
import type { ClientParts } from './client-parts.ts';
import { showModel } from './details.ts';
import { errorIn, explainReply } from './explain-reply.ts';
import type { OllamaHost } from './host.ts';
import { numberIn, textIn } from './json-members.ts';
import { refuseRemote } from './pool.ts';

/** A large part is checked for minutes without a sign. */
const IDLE_MS = 15 * 60_000;

/** Lets the first host that answers fetch a model. One that broke off goes on where it was. */
export async function* pull(
  parts: ClientParts,
  model: string,
  signal: AbortSignal,
): AsyncIterable<PullPiece> {
  if (isCloudName(model)) return yield ended(refuseRemote(model));
  const surveys = await parts.pool.survey(signal);
  if (!surveys.ok) return yield ended(surveys);
  const host = surveys.value[0]?.host as OllamaHost;
  const body = { model, stream: true };
  const sent = await parts.wire.send(host, { method: 'POST', path: '/api/pull', body }, signal);
  if (!sent.ok) return yield ended(sent);
  if (sent.value.status !== 200) {
    const text = await readAll(host, sent.value);
    return yield ended(
      text.ok ? explainReply(host, sent.value.status, text.value, { model }) : text,
    );
  }
  const sizes = new Map<string, { readonly done: number; readonly total: number }>();
  for await (const line of sent.value.lines(IDLE_MS)) {
    const read = line.ok ? parse(line.value, model) : line;
    if (!read.ok) return yield ended(read);
    const status = textIn(read.value, 'status');
    if (status === 'success') return yield ended(await confirm(parts, host, model, signal));
    count(sizes, read.value);
    yield { kind: 'pulling', what: status, ...sum(sizes) };
  }
  yield ended(BROKEN_OFF);
}

const ended = (
  result: Result<void> | { readonly ok: false; readonly error: Failure },
): PullPiece => ({
  kind: 'end',
  result,
});

const BROKEN_OFF = failModel('pull', 'The server stopped pulling and does not say why.', {
  hint: 'Pull it again: it goes on where it was.',
});

function parse(line: string, model: string): Result<Json> {
  let value: Json;
  try {
    value = JSON.parse(line);
  } catch {
    return failModel('malformed', 'The server sends a line that is no JSON.');
  }
  const error = errorIn(value);
  if (error === null) return ok(value);
  const isUnknown = /file does not exist|not found|manifest unknown/i.test(error);
  return failModel('pull', `${model} could not be pulled: ${error.slice(0, 300)}`, {
    hint: isUnknown
      ? 'Is the name right? ollama.com/library lists them.'
      : 'Is there a connection and room on the disk? Pull it again: it goes on where it was.',
  });
}

function count(
  sizes: Map<string, { readonly done: number; readonly total: number }>,
  line: Json,
): void {
  const digest = textIn(line, 'digest');
  if (digest === '') return;
  // `completed` is left out while it is nothing.
  sizes.set(digest, { done: numberIn(line, 'completed'), total: numberIn(line, 'total') });
}

function sum(sizes: ReadonlyMap<string, { readonly done: number; readonly total: number }>) {
  let doneBytes = 0;
  let totalBytes = 0;
  for (const { done, total } of sizes.values()) {
    doneBytes += Math.min(done, total);
    totalBytes += total;
  }
  return { doneBytes, totalBytes };
}

/** A name may stand for a model that runs elsewhere: that is seen only now. */
async function confirm(
  parts: ClientParts,
  host: OllamaHost,
  model: string,
  signal: AbortSignal,
): Promise<Result<void>> {
  const shown = await showModel(parts.wire, host, model, signal);
  if (!shown.ok) return shown;
  return shown.value.isRemote ? refuseRemote(model) : ok(undefined);
}
