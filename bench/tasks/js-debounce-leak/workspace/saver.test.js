import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { AutoSaver } from './saver.js';

class Page extends EventEmitter {
  text = '';

  write(text) {
    this.text = text;
    this.emit('change');
  }
}

test('changes are saved together', async () => {
  const page = new Page();
  const saved = [];
  const saver = new AutoSaver(page, async (text) => saved.push(text), 5);
  page.write('a');
  page.write('ab');
  await wait(30);
  assert.deepEqual(saved, ['ab']);
  await saver.close();
  assert.deepEqual(saved, ['ab']);
});

test('closing saves what waits', async () => {
  const page = new Page();
  const saved = [];
  const saver = new AutoSaver(page, async (text) => saved.push(text), 1000);
  page.write('last words');
  await saver.close();
  assert.deepEqual(saved, ['last words']);
  assert.equal(saver.isWaiting, false);
});

test('after closing nothing is listened to', async () => {
  const page = new Page();
  const saver = new AutoSaver(page, async () => {}, 1);
  await saver.close();
  assert.equal(page.listenerCount('change'), 0);
});

test('one save at a time', async () => {
  const page = new Page();
  let running = 0;
  let most = 0;
  const saved = [];
  const save = async (text) => {
    running += 1;
    most = Math.max(most, running);
    await wait(25);
    saved.push(text);
    running -= 1;
  };
  const saver = new AutoSaver(page, save, 2);
  page.write('a');
  await wait(12);
  page.write('b');
  await wait(6);
  await saver.close();
  assert.equal(most, 1);
  assert.deepEqual(saved, ['a', 'b']);
});
