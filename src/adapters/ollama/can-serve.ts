import type { Failure } from '../../core/types.ts';
import type { OllamaHost } from './host.ts';

export const SERVE_REMEDY = 'Start it with: models serve';

/** Whether a server that is started here could be the one that is asked: this machine, plain HTTP. */
export const canServe = ({ isLoopback, protocol, prefix }: OllamaHost): boolean =>
  isLoopback && protocol === 'http:' && prefix === '';

/** The machine is there and says that nothing listens: not a server that is slow or another one. */
export function isNobodyThere({ cause }: Failure): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}
