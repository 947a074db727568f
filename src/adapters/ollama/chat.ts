import { leastTokens, textOf } from '../../core/models/estimate-tokens.ts';
import { isSameModel } from '../../core/models/names.ts';
import { failModel } from '../../core/models/trouble.ts';
import { isNewEnough } from '../../core/models/versions.ts';
import { fail } from '../../core/result.ts';
import type { ChatEnd, ChatPiece, ChatRequest, Failure, Result } from '../../core/types.ts';
import { answerKey, isDeterministic } from './answer-cache.ts';
import { readAll } from './ask-json.ts';
import type { ClientParts } from './client-parts.ts';
import { exchangeOf } from './exchange-of.ts';
import { explainReply } from './explain-reply.ts';
import { judgeEnd } from './judge-end.ts';
import { load } from './memory.ts';
import type { Place } from './pool.ts';
import { readChat } from './read-chat.ts';
import { can, canChat, chatRequest, type Session } from './to-wire.ts';

/** One answer, from the host that serves best; where that one is gone before it says anything, from the next. */
export async function* chat(
  parts: ClientParts,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncIterable<ChatPiece> {
  if (signal.aborted) return yield failed(CANCELLED);
  const places = await parts.find(request.model, signal);
  if (!places.ok) return yield failed(places.error);
  let last: Failure | undefined;
  for (const place of places.value) {
    const tried = yield* chatAt(parts, place, request, signal);
    if (tried.kind === 'over') return;
    last = tried.failure;
    parts.pool.leaveOut(place.survey.host);
  }
  yield failed(last as Failure);
}

const CANCELLED: Failure = fail('cancelled', 'Cancelled.').error;

const failed = (error: Failure): ChatPiece => ({ kind: 'end', result: { ok: false, error } });

/** `gone`: nothing was said yet, and another host may serve. */
type Tried = { readonly kind: 'over' } | { readonly kind: 'gone'; readonly failure: Failure };
const OVER: Tried = { kind: 'over' };

const isGone = ({ code, data }: Failure): boolean =>
  code === 'model' &&
  typeof data === 'object' &&
  data !== null &&
  'trouble' in data &&
  (data.trouble === 'unreachable' || data.trouble === 'busy');

async function* chatAt(
  parts: ClientParts,
  place: Place,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatPiece, Tried> {
  const opened = await parts.open(place, request.model, signal);
  if (!opened.ok) {
    if (isGone(opened.error)) return { kind: 'gone', failure: opened.error };
    yield failed(opened.error);
    return OVER;
  }
  const session = opened.value;
  const refused = refuse(parts, request, session);
  if (refused) {
    yield failed(refused);
    return OVER;
  }
  const key = keyOf(request, session, place);
  const known = key === null ? undefined : parts.answers.read(key);
  if (known) {
    const { name } = place.survey.host;
    // As if it had been asked: later requests must not depend on who answered this one.
    parts.gauges.learn(request.model, textOf(request.messages), known.promptTokens);
    parts.onRepeated(exchangeOf(chatRequest(request, session), known, name));
    yield* repeat(known, request);
    return OVER;
  }
  const leave = parts.pool.enter(place.survey.host);
  try {
    parts.windows.use(session.window);
    const loaded = yield* loadFirst(parts, place, request, session, signal);
    if (!loaded.ok) {
      if (isGone(loaded.error)) return { kind: 'gone', failure: loaded.error };
      yield failed(loaded.error);
      return OVER;
    }
    return yield* answer(parts, place, request, session, key, signal);
  } finally {
    leave();
  }
}

const keyOf = (request: ChatRequest, session: Session, { model }: Place): string | null =>
  isDeterministic(request) && model.digest !== ''
    ? answerKey(chatRequest(request, session), model.digest, request.output)
    : null;

/** What is known beforehand not to work. */
function refuse(parts: ClientParts, request: ChatRequest, session: Session): Failure | null {
  const { details, version, window } = session;
  const { model, output } = request;
  if (!canChat(details)) return noAbility(`${model} makes vectors and cannot talk.`);
  if (output.kind === 'tools' && output.form === 'native' && !can(details, 'tools')) {
    return noAbility(`${model} cannot call tools.`);
  }
  if (output.kind === 'schema' && !isNewEnough(version, 'schema')) {
    return failModel('old-server', `Ollama ${version} cannot hold an answer to a form.`, {
      hint: 'Update Ollama.',
    }).error;
  }
  const text = textOf(request.messages);
  // An old server would leave something out without a word, so there the estimate decides.
  const isSilent = !isNewEnough(version, 'no-truncation');
  const tokens = isSilent ? parts.gauges.estimate(model, text) : leastTokens(text);
  if (tokens <= window.tokens) return null;
  return failModel('window', `That is more than fits into the window of ${model}.`, {
    hint: 'Ask for less at once, or give the model a larger window.',
    data: { estimatedTokens: tokens, contextTokens: window.tokens },
  }).error;
}

/** All that the model reads: tools that go beside the messages are written out by its template. */
const textRead = ({ messages, output }: ChatRequest): string =>
  output.kind === 'tools' && output.form === 'native'
    ? `${JSON.stringify(output.tools)}\n${textOf(messages)}`
    : textOf(messages);

const noAbility = (message: string): Failure =>
  failModel('no-ability', message, { hint: 'Choose another model: tinycode models' }).error;

function* repeat(known: ChatEnd, request: ChatRequest): Generator<ChatPiece> {
  if (known.thinking !== '') yield { kind: 'thinking', text: known.thinking };
  if (known.text !== '') yield { kind: 'text', text: known.text };
  const isFromText = request.output.kind === 'tools' && request.output.form === 'text';
  for (const call of known.calls) yield { kind: 'call', call, isFromText };
  yield { kind: 'end', result: { ok: true, value: { ...known, isCached: true } } };
}

/**
 * A model that is not there yet is loaded by a request of its own. So it is known when loading ends
 * and reading begins, of which the reply itself says nothing until its first piece.
 */
async function* loadFirst(
  parts: ClientParts,
  place: Place,
  request: ChatRequest,
  session: Session,
  signal: AbortSignal,
): AsyncGenerator<ChatPiece, Result<void>> {
  const { survey, model } = place;
  const running = survey.loaded.find(({ name }) => isSameModel(name, request.model));
  // A server that does not say which window is active is left to itself.
  const isReady =
    running !== undefined &&
    (running.contextTokens === 0 || running.contextTokens === session.window.tokens);
  if (isReady) return { ok: true, value: undefined };
  const why = running === undefined ? 'cold' : 'window';
  yield { kind: 'loading', why, sizeBytes: model.sizeBytes };
  return load(parts, place, request.model, session, signal);
}

async function* answer(
  parts: ClientParts,
  place: Place,
  request: ChatRequest,
  session: Session,
  key: string | null,
  signal: AbortSignal,
): AsyncGenerator<ChatPiece, Tried> {
  const { host } = place.survey;
  const text = textRead(request);
  const hasTools = request.output.kind === 'tools';
  const about = { model: request.model, hasTools };
  yield { kind: 'reading', estimatedTokens: parts.gauges.estimate(request.model, text) };
  const sent = await parts.wire.send(host, chatRequest(request, session), signal);
  if (!sent.ok) {
    if (isGone(sent.error)) return { kind: 'gone', failure: sent.error };
    yield failed(sent.error);
    return OVER;
  }
  if (sent.value.status !== 200) {
    const body = await readAll(host, sent.value);
    const why = body.ok ? explainReply(host, sent.value.status, body.value, about) : body;
    if (isGone(why.error)) return { kind: 'gone', failure: why.error };
    yield failed(why.error);
    return OVER;
  }
  const isHeld = request.output.kind !== 'text';
  const idleMs = isHeld ? parts.limits.idleHeldMs : parts.limits.idleMs;
  const tools = request.output.kind === 'tools' ? request.output.tools.map(({ name }) => name) : [];
  try {
    for await (const piece of readChat(host, sent.value.lines(idleMs), { about, tools })) {
      if (piece.kind !== 'said') {
        yield piece;
        continue;
      }
      const given = { window: session.window, host: host.name };
      const result = piece.result.ok ? judgeEnd(piece.result.value, request, given) : piece.result;
      if (result.ok) {
        parts.gauges.learn(request.model, text, result.value.promptTokens);
        if (key !== null) parts.answers.write(key, result.value);
      }
      yield { kind: 'end', result };
    }
  } finally {
    sent.value.close();
  }
  return OVER;
}
