import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startOllama } from './fake-ollama.ts';
import type { ScriptedScene, ServerOptions } from './ollama/scripted-server.ts';
import type { Reply } from './ollama/spoken.ts';
import { newPerson } from './tinycode.ts';

export type AuthorLab = Awaited<ReturnType<typeof authorLab>>;

type Message = { readonly role: string; readonly content: string };

/** A person with a project, and a server with a model that says what a script tells it to. */
export async function authorLab(
  files: Readonly<Record<string, string>>,
  says: readonly (Reply | ScriptedScene)[],
  options: ServerOptions = {},
) {
  const person = newPerson();
  const script = says.map((each) => ('reply' in each ? each : { reply: each }));
  const server = await startOllama({ ...options, script });
  const env = { OLLAMA_HOST: server.host };
  for (const [path, text] of Object.entries(files)) {
    const full = join(person.project, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
  const run = (args: readonly string[], stdin?: string) =>
    person.run(args, { env, ...(stdin === undefined ? {} : { stdin }) });
  return {
    ...person,
    server,
    /** With an environment of its own. */
    start: person.run,
    run,
    json: async (args: readonly string[], stdin?: string) => {
      const ended = await run([...args, '--json'], stdin);
      return { ...ended, data: JSON.parse(ended.stdout) };
    },
    text: (path: string) => readFileSync(join(person.project, path), 'utf8'),
    /** All that the model was asked, each request as one text. */
    asked: () =>
      server.chats().map(({ body }) => {
        const { messages } = body as unknown as { readonly messages: readonly Message[] };
        return messages.map(({ role, content }) => `${role}: ${content}`).join('\n');
      }),
  };
}

/** An outline as a model writes it. */
export const outline = (...steps: readonly object[]): Reply => ({
  json: JSON.parse(JSON.stringify({ goal: 'what was asked', steps })),
});

/** The whole of a file, as a model is asked for it. */
export const whole = (path: string, text: string): Reply => ({
  says: `${path}\n\`\`\`\n${text}\`\`\`\n`,
});

export const replacing = (path: string, search: string, replace: string): Reply => ({
  says: `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`,
});
