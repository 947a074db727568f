import type { WireRequest } from '../../../src/core/models/exchange.ts';
import type { Connection } from './connection.ts';
import { fakeModel } from './fake-model.ts';
import type { Stage } from './scripted-server.ts';

/** A line of a pull; `tear` breaks the connection there. */
export type PullStep =
  | {
      readonly status: string;
      readonly digest?: string;
      readonly total?: number;
      readonly completed?: number;
    }
  | { readonly error: string }
  | 'tear';

const USUAL: readonly PullStep[] = [
  { status: 'pulling manifest' },
  { status: 'pulling aaaa', digest: 'sha256:aaaa', total: 1000 },
  { status: 'pulling aaaa', digest: 'sha256:aaaa', total: 1000, completed: 400 },
  { status: 'pulling aaaa', digest: 'sha256:aaaa', total: 1000, completed: 1000 },
  { status: 'pulling bbbb', digest: 'sha256:bbbb', total: 50, completed: 50 },
  { status: 'verifying sha256 digest' },
  { status: 'writing manifest' },
  { status: 'success' },
];

export async function answerPull(
  stage: Stage,
  { body = {} }: WireRequest,
  client: Connection,
): Promise<void> {
  for (const step of stage.options.pulls ?? USUAL) {
    if (client.isGone) return;
    if (step === 'tear') return client.tear();
    if ('status' in step && step.status === 'success' && !stage.find(body.model)) {
      stage.add(fakeModel(String(body.model)));
    }
    await client.line(JSON.stringify(step));
  }
  client.end();
}
