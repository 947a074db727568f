import type { WireRequest } from '../../core/models/exchange.ts';
import { isNewEnough } from '../../core/models/versions.ts';
import type {
  ChatMessage,
  ChatRequest,
  Json,
  JsonObject,
  ModelDetails,
  ModelWindow,
  ToolCall,
  ToolSpec,
} from '../../core/types.ts';

/** What holds for every request of a session to one model. */
export type Session = {
  readonly details: ModelDetails;
  readonly window: ModelWindow;
  readonly version: string;
  /** How long the model stays loaded: `30m`, or seconds. */
  readonly keepAlive: string;
};

export function chatRequest(request: ChatRequest, session: Session): WireRequest {
  const { output } = request;
  return {
    method: 'POST',
    path: '/api/chat',
    body: {
      model: request.model,
      messages: request.messages.map(messageToWire),
      stream: true,
      ...thinkingToWire(request.thinking, session),
      ...(output.kind === 'schema' ? { format: output.schema } : {}),
      ...(output.kind === 'tools' && output.form === 'native'
        ? { tools: output.tools.map(toolToWire) }
        : {}),
      options: {
        num_ctx: session.window.tokens,
        ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
        ...(request.seed === undefined ? {} : { seed: request.seed }),
        ...(request.maxTokens === undefined ? {} : { num_predict: request.maxTokens }),
        ...(request.stop === undefined ? {} : { stop: request.stop }),
      },
      ...sameForAll(session),
    },
  };
}

/** Loads the model with the very options of a chat, so that the chat loads nothing anew. */
export function warmRequest(model: string, session: Session): WireRequest {
  const options = { num_ctx: session.window.tokens };
  if (!canChat(session.details)) {
    const { keepAlive } = session;
    const body = { model, input: [], options, keep_alive: keepAlive };
    return { method: 'POST', path: '/api/embed', body };
  }
  const body = { model, messages: [], stream: true, options, ...sameForAll(session) };
  return { method: 'POST', path: '/api/chat', body };
}

export const unloadRequest = (model: string): WireRequest => ({
  method: 'POST',
  path: '/api/generate',
  body: { model, stream: false, keep_alive: 0 },
});

export const embedRequest = (
  model: string,
  texts: readonly string[],
  session: Session,
): WireRequest => ({
  method: 'POST',
  path: '/api/embed',
  body: {
    model,
    input: texts,
    truncate: false,
    options: { num_ctx: session.window.tokens },
    keep_alive: session.keepAlive,
  },
});

/** `truncate` and `shift` turn what would be left out in silence into an error, and into an end. */
const sameForAll = ({ keepAlive }: Session): JsonObject => ({
  keep_alive: keepAlive,
  truncate: false,
  shift: false,
});

/** A server that does not say what a model can do is asked, and may refuse. */
export const can = (details: ModelDetails, ability: string): boolean =>
  details.abilities.length === 0 || details.abilities.includes(ability);

export const canChat = (details: ModelDetails): boolean => can(details, 'completion');

/** Left out, a model that can think does so; and one that cannot must not be told to. */
function thinkingToWire(wanted: ChatRequest['thinking'], session: Session): JsonObject {
  const { details, version } = session;
  if (!details.abilities.includes('thinking') || !isNewEnough(version, 'thinking')) return {};
  if (!/^gpt-?oss$/i.test(details.family)) return { think: wanted };
  if (typeof wanted === 'string') return { think: wanted };
  return { think: wanted ? 'medium' : 'low' };
}

function messageToWire(message: ChatMessage): JsonObject {
  if (message.role === 'tool') {
    const id = message.call === undefined ? {} : { tool_call_id: message.call };
    return { role: 'tool', tool_name: message.tool, ...id, content: message.text };
  }
  if (message.role !== 'assistant') return { role: message.role, content: message.text };
  const { thinking, calls } = message;
  return {
    role: 'assistant',
    content: message.text,
    ...(thinking === undefined || thinking === '' ? {} : { thinking }),
    ...(calls === undefined || calls.length === 0 ? {} : { tool_calls: calls.map(callToWire) }),
  };
}

const callToWire = ({ id, tool, values }: ToolCall): Json => ({
  ...(id === undefined ? {} : { id }),
  function: { name: tool, arguments: values },
});

const toolToWire = ({ name, description, parameters }: ToolSpec): Json => ({
  type: 'function',
  function: { name, description, parameters },
});
