import { startOllama } from '../../support/fake-ollama.ts';
import { fakeModel } from '../../support/ollama/fake-model.ts';
import { describeServer } from '../../support/ollama/scenarios.ts';

const story = Array.from({ length: 3000 }, (_, at) => `Word${(at * 7919) % 3001} and then `).join(
  '',
);

describeServer('the scripted server', async () => {
  const server = await startOllama({
    models: [fakeModel('tiny', { contextLength: 2048, loadMs: 30 })],
    script: [{ when: { mentions: ['Count'] }, reply: { says: story, pieceMs: 0 }, times: 0 }],
  });
  return { host: server.host, model: 'tiny', talkative: 'Count.' };
});
