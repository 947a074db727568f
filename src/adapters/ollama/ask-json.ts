import type { WireRequest } from '../../core/models/exchange.ts';
import { failModel } from '../../core/models/trouble.ts';
import { ok } from '../../core/result.ts';
import type { Json, Result } from '../../core/types.ts';
import { explainReply, type Subject } from './explain-reply.ts';
import type { OllamaHost } from './host.ts';
import type { Wire, WireAnswer } from './wire.ts';

/** For what is answered from memory. */
export const ANSWER_MS = 1500;

/** One question with one JSON document for an answer; ends after `timeoutMs` whatever happens. */
export async function askJson(
  wire: Wire,
  host: OllamaHost,
  request: WireRequest,
  options: { readonly timeoutMs: number; readonly about?: Subject },
  signal: AbortSignal,
): Promise<Result<Json>> {
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const read = await ask(wire, host, request, options.about, AbortSignal.any([signal, deadline]));
  if (read.ok || signal.aborted || !deadline.aborted) return read;
  return failModel('silent', `Ollama does not answer at ${host.name}: it takes too long.`);
}

/** The same without an end of its own: a model may have to be loaded for the answer. */
export async function ask(
  wire: Wire,
  host: OllamaHost,
  request: WireRequest,
  about: Subject | undefined,
  signal: AbortSignal,
): Promise<Result<Json>> {
  const sent = await wire.send(host, request, signal);
  if (!sent.ok) return sent;
  const text = await readAll(host, sent.value);
  if (!text.ok) return text;
  if (sent.value.status !== 200) {
    return explainReply(host, sent.value.status, text.value, about ?? {});
  }
  try {
    return ok(JSON.parse(text.value));
  } catch {
    return failModel('not-ollama', `What answers at ${host.name} does not speak JSON.`, {
      hint: NOT_OLLAMA,
    });
  }
}

export const NOT_OLLAMA = 'Check OLLAMA_HOST: is it Ollama that runs there?';

const MAX_BODY_CHARS = 64 * 1024 * 1024;
const IDLE_MS = 60_000;

export async function readAll(host: OllamaHost, answer: WireAnswer): Promise<Result<string>> {
  const lines: string[] = [];
  let length = 0;
  for await (const line of answer.lines(IDLE_MS)) {
    if (!line.ok) return line;
    lines.push(line.value);
    length += line.value.length;
    if (length > MAX_BODY_CHARS) {
      return failModel('not-ollama', `The answer of ${host.name} is too long.`, {
        hint: NOT_OLLAMA,
      });
    }
  }
  return ok(lines.join('\n'));
}
