import { failModel } from '../../core/models/trouble.ts';
import type { Failure } from '../../core/types.ts';
import type { OllamaHost } from './host.ts';

/** What a request was about, for the words of a failure. */
export type Subject = { readonly model?: string; readonly hasTools?: boolean };

type Failed = { readonly ok: false; readonly error: Failure };

/** What a reply means that is none of success. */
export function explainReply(
  host: OllamaHost,
  status: number,
  body: string,
  about: Subject,
): Failed {
  const said = errorOf(body);
  if (status >= 300 && status < 400) {
    return notOllama(host, 'a redirect, which is not followed');
  }
  if (said === null) {
    if (status === 404) {
      return failModel('old-server', `What answers at ${host.name} does not know that question.`, {
        hint: 'Is it Ollama, and a new one? Update it, or correct OLLAMA_HOST.',
      });
    }
    return notOllama(host, String(status));
  }
  return explainSaid(host, status, said, about);
}

/** What a server says in a reply, or in the middle of one, where the status is that of success. */
export function explainSaid(
  host: OllamaHost,
  status: number,
  said: string,
  about: Subject,
): Failed {
  const found = KINDS.find((kind) => kind.status === status || kind.text?.test(said));
  const isCall = about.hasTools === true && CALL_ERRORS.test(said);
  if (isCall && (found === undefined || found.trouble === 'server')) return toolCall(said);
  const words = shorten(said);
  if (found === undefined) {
    return failModel('server', `The server at ${host.name} says: ${words}`, {
      hint: 'Ask again. The log of the server may say more.',
      data: { status, said: words },
    });
  }
  const { message, hint } = found.explain(about.model ?? 'the model');
  return failModel(found.trouble, message, { hint, data: { status, said: words } });
}

type Kind = {
  readonly trouble: Parameters<typeof failModel>[0];
  readonly status?: number;
  readonly text?: RegExp;
  explain(model: string): { readonly message: string; readonly hint: string };
};

const KINDS: readonly Kind[] = [
  {
    trouble: 'window',
    text: /(?:exceeds?|longer than|too (?:long|large))[^.;]{0,60}context|context (?:length|size|window) exceeded/i,
    explain: (model) => ({
      message: `That is more than fits into the window of ${model}.`,
      hint: 'Ask for less at once, or give the model a larger window.',
    }),
  },
  {
    trouble: 'no-ability',
    text: /does not support (?:tools|thinking|chat|generate|completion|embeddings|insert|vision)/i,
    explain: (model) => ({
      message: `${model} cannot do what was asked of it.`,
      hint: 'Choose another model: tinycode models',
    }),
  },
  {
    trouble: 'remote',
    text: /cloud is disabled|remote model|unauthorized|signin/i,
    explain: (model) => ({
      message: `${model} runs on somebody else's machine, and TinyCode works offline.`,
      hint: 'Choose an installed one: tinycode models',
    }),
  },
  {
    trouble: 'no-model',
    status: 404,
    explain: (model) => ({
      message: `The model ${model} is not installed.`,
      hint: `ollama pull ${model}`,
    }),
  },
  {
    trouble: 'busy',
    status: 503,
    explain: () => ({
      message: 'The server has more to do than it takes on.',
      hint: 'Wait until others are served, and ask again.',
    }),
  },
  {
    trouble: 'server',
    status: 499,
    explain: () => ({ message: 'The server called the request off.', hint: 'Ask again.' }),
  },
  {
    trouble: 'server',
    text: /out of memory|requires more system memory|resource limitations|unable to allocate|cudaMalloc/i,
    explain: (model) => ({
      message: `There is not enough memory for ${model}.`,
      hint: 'Use a smaller model or a smaller window, or close other programs.',
    }),
  },
  {
    trouble: 'server',
    text: /unable to load model|unknown model architecture|unsupported model/i,
    explain: (model) => ({
      message: `The server cannot load ${model}.`,
      hint: 'Update Ollama, or pull the model again.',
    }),
  },
];

const CALL_ERRORS =
  /tool.?call|XML syntax|invalid character|unexpected end of JSON|unmarshal|failed to parse/i;

const toolCall = (said: string): Failed =>
  failModel('tool-call', 'The server could not read the call that its own model wrote.', {
    hint: 'Ask again without tools.',
    data: { said: shorten(said) },
  });

const notOllama = (host: OllamaHost, what: string): Failed =>
  failModel('not-ollama', `What answers at ${host.name} says ${what}.`, {
    hint: 'Check OLLAMA_HOST: is it Ollama that runs there?',
  });

/** `{"error": "…"}`, and in some releases an object in its place. */
function errorOf(body: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  return errorIn(value);
}

export function errorIn(value: unknown): string | null {
  const error = member(value, 'error');
  if (typeof error === 'string') return error;
  const message = member(error, 'message');
  return typeof message === 'string' ? message : null;
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const MAX_SAID = 300;
const shorten = (text: string): string =>
  text.length > MAX_SAID ? `${text.slice(0, MAX_SAID)}…` : text;
