import type { WireReply, WireRequest } from '../../../src/core/models/exchange.ts';
import type { Json, JsonObject } from '../../../src/core/types.ts';
import type { Connection } from './connection.ts';
import { countPrompt, type FakeModel } from './fake-model.ts';
import { sampleSchema } from './sample-schema.ts';
import type { Stage } from './scripted-server.ts';
import { isRecorded, type Piece, piecesOf, type Spoken } from './spoken.ts';

/** A chat as the server does it: look, load, wait, read, speak. */
export async function answerChat(
  stage: Stage,
  request: WireRequest,
  client: Connection,
): Promise<void> {
  const { body = {} } = request;
  const model = stage.find(body.model);
  if (!model) return client.json(404, { error: `model '${body.model}' not found` });
  const messages = Array.isArray(body.messages) ? body.messages : [];
  const isEmpty = messages.length === 0;
  if (isEmpty && body.keep_alive === 0) {
    stage.scheduler.unload(model);
    return client.json(200, { ...headOf(model), done: true, done_reason: 'unload' });
  }
  const refused = refuse(model, body);
  if (refused !== null) return client.json(400, { error: refused });
  const options = {
    contextTokens: contextOf(stage, model, body),
    keepAliveMs: 300_000,
  };
  if (!(await stage.scheduler.enter(model, options, client))) {
    return client.json(503, {
      error: 'server busy, please try again.  maximum pending requests exceeded',
    });
  }
  try {
    if (client.isGone) return;
    if (isEmpty) return client.json(200, { ...headOf(model), done: true, done_reason: 'load' });
    await speak(stage, request, model, options.contextTokens, client);
  } finally {
    stage.scheduler.leave();
  }
}

function refuse(model: FakeModel, body: JsonObject): string | null {
  const can = (ability: string): boolean => model.capabilities.includes(ability);
  if (body.think !== undefined && body.think !== false && !can('thinking')) {
    return `"${body.model}" does not support thinking`;
  }
  if (body.tools !== undefined && !can('tools')) {
    return `registry.ollama.ai/library/${model.name} does not support tools`;
  }
  return can('completion') ? null : `"${body.model}" does not support chat`;
}

export function contextOf(stage: Stage, model: FakeModel, body: JsonObject): number {
  const asked = (body.options as JsonObject | undefined)?.num_ctx;
  const own = Number(/^num_ctx\s+(\d+)/m.exec(model.modelfile)?.[1] ?? 0);
  const tokens = typeof asked === 'number' ? asked : own || (stage.options.contextTokens ?? 4096);
  return Math.min(tokens, model.contextLength);
}

const headOf = (model: FakeModel) => ({
  model: model.name,
  created_at: new Date().toISOString(),
  message: { role: 'assistant', content: '' },
});

async function speak(
  stage: Stage,
  request: WireRequest,
  model: FakeModel,
  contextTokens: number,
  client: Connection,
): Promise<void> {
  const { body = {} } = request;
  const reply = stage.play(request) ?? unscripted(body);
  if (isRecorded(reply)) return playBack(reply, client);
  const counted = countPrompt(body.messages as readonly Json[], body.tools);
  if (counted > contextTokens && body.truncate === false && !stage.options.isSilentlyTruncating) {
    return client.json(400, { error: 'the input length exceeds the context length' });
  }
  const promptTokens = reply.promptTokens ?? truncated(counted, contextTokens);
  const room = body.shift === false ? contextTokens - promptTokens + 1 : Number.MAX_SAFE_INTEGER;
  const most = Number((body.options as JsonObject | undefined)?.num_predict ?? room);
  const all = piecesOf(reply);
  const pieces = all.slice(0, Math.min(room, most < 0 ? room : most));
  const reason = reply.reason ?? (pieces.length < all.length ? 'length' : 'stop');
  const counts = { promptTokens, answerTokens: reply.answerTokens ?? pieces.length + 1, reason };
  await stream({ reply, pieces, counts, model, isStreamed: body.stream !== false }, client);
}

/** About half of the window is left of a prompt that does not fit, as older servers do it. */
const truncated = (counted: number, contextTokens: number): number =>
  counted > contextTokens ? Math.floor(contextTokens / 2) : counted;

function unscripted(body: JsonObject): Spoken {
  const { format } = body;
  if (typeof format === 'object' && format !== null)
    return { json: sampleSchema(format as JsonObject) };
  return { says: 'Nothing was written for this, so this is what is said.' };
}

type Speech = {
  readonly reply: Spoken;
  readonly pieces: readonly Piece[];
  readonly counts: {
    readonly promptTokens: number;
    readonly answerTokens: number;
    readonly reason: string;
  };
  readonly model: FakeModel;
  readonly isStreamed: boolean;
};

async function stream(speech: Speech, client: Connection): Promise<void> {
  const { reply, pieces, model } = speech;
  const { fault } = reply;
  const started = performance.now();
  await client.wait(reply.firstMs ?? 0);
  if (fault?.kind === 'status') return client.json(fault.status, { error: fault.error });
  if (fault?.kind === 'redirect') return client.text(302, '', { location: fault.to });
  if (fault?.kind === 'tear') client.chop(fault.bytes);
  if (!speech.isStreamed) return client.json(200, wholeOf(speech, started));
  const after = fault !== undefined && 'after' in fault ? fault.after : Number.MAX_SAFE_INTEGER;
  for (let said = 0; fault?.kind === 'repeat' || said < pieces.length; said += 1) {
    if (client.isGone) return;
    if (said >= after) break;
    await client.line(JSON.stringify(pieceLine(model, pieces[said % pieces.length] as Piece)));
    if (reply.pieceMs !== undefined) await client.wait(reply.pieceMs);
    // Or this goes on so fast that it is never seen when the client goes.
    else if (fault?.kind === 'repeat') await client.wait(0);
  }
  if (fault?.kind === 'cut') return client.tear();
  if (fault?.kind === 'stall') return client.gone();
  if (fault?.kind === 'end') return client.end();
  if (fault?.kind === 'garbage') await client.line(fault.line);
  if (fault?.kind === 'error') {
    await client.line(JSON.stringify({ error: fault.error }));
    return client.end();
  }
  await client.line(JSON.stringify(endLine(speech, started)));
  client.end();
}

const pieceLine = (model: FakeModel, { thinking, content = '', calls }: Piece) => ({
  ...headOf(model),
  message: {
    role: 'assistant',
    content,
    ...(thinking === undefined ? {} : { thinking }),
    ...(calls === undefined ? {} : { tool_calls: calls }),
  },
  done: false,
});

function endLine({ model, counts }: Speech, started: number) {
  const nanoseconds = Math.max(1, Math.round((performance.now() - started) * 1_000_000));
  return {
    ...headOf(model),
    done: true,
    done_reason: counts.reason,
    total_duration: nanoseconds,
    load_duration: 1_000_000,
    prompt_eval_count: counts.promptTokens,
    prompt_eval_duration: 1_000_000,
    eval_count: counts.answerTokens,
    eval_duration: nanoseconds,
  };
}

function wholeOf(speech: Speech, started: number) {
  const { pieces } = speech;
  const thinking = pieces.map((piece) => piece.thinking ?? '').join('');
  const calls = pieces.flatMap((piece) => (piece.calls as readonly Json[] | undefined) ?? []);
  return {
    ...endLine(speech, started),
    message: {
      role: 'assistant',
      content: pieces.map((piece) => piece.content ?? '').join(''),
      ...(thinking === '' ? {} : { thinking }),
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
    },
  };
}

/** As it was recorded, to the line and to the moment. */
async function playBack(reply: WireReply, client: Connection): Promise<void> {
  const started = performance.now();
  if (reply.status === 0) return client.tear();
  const text = reply.lines.map((line) => line.text).join('\n');
  if (reply.status !== 200) {
    return client.text(reply.status, text, { 'content-type': 'application/json' });
  }
  for (const { afterMs, text: line } of reply.lines) {
    await client.wait(afterMs - (performance.now() - started));
    if (client.isGone) return;
    await client.line(line);
  }
  if (reply.end === 'complete') client.end();
  else client.tear();
}
