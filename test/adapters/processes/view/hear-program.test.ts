import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { hearProgram } from '../../../../src/adapters/processes/view/hear-program.ts';

function listen() {
  const [stdout, stderr, channel] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const texts: string[] = [];
  const heard = hearProgram(
    { stdout, stderr, channel },
    { outputBytes: 1000, token: 'token' },
    (text) => void texts.push(text),
  );
  return { stdout, stderr, channel, texts, heard };
}

const turn = () => new Promise(setImmediate);

it('a program has begun when its cage says so, or when it says something itself', async () => {
  const told = listen();
  expect(told.heard.hasBegun()).toBe(false);
  told.channel.write('some warning\ntoken began\n');
  await turn();
  expect(told.heard.hasBegun()).toBe(true);
  const early = listen();
  early.stdout.write('begun\n');
  await turn();
  expect(early.texts).toEqual(['begun\n']);
  expect(early.heard.hasBegun()).toBe(true);
});

it('a program that could not be started has not begun, whatever is said instead of it', async () => {
  const { stderr, channel, texts, heard } = listen();
  channel.write('cage: odd\n');
  stderr.write('token: 1: exec: none: not found\n');
  await turn();
  expect(heard.hasBegun()).toBe(false);
  expect(heard.refusal()).toContain('not found');
  expect(texts).toEqual([]);
});
