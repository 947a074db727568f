import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readConfig } from './src/config.js';
import { upload } from './src/upload.js';

test('the configuration has it', () => {
  assert.equal(JSON.parse(readFileSync('config.json', 'utf8')).retries, 2);
  assert.equal(JSON.parse(readFileSync('config.json', 'utf8')).chunkKb, 256);
  assert.equal(readConfig('{}').retries, 2);
  assert.equal(readConfig('{"retries":0}').retries, 0);
  for (const wrong of ['-1', '11', '1.5', '"many"']) {
    assert.throws(() => readConfig(`{"retries":${wrong}}`), (error) => error instanceof RangeError && /retries/.test(error.message));
  }
});

test('the uploader heeds it', async () => {
  for (const retries of [0, 3]) {
    let calls = 0;
    const send = async () => {
      calls += 1;
      throw new Error('gone');
    };
    const config = readConfig(JSON.stringify({ retries }));
    await assert.rejects(upload(Buffer.alloc(10), config, send), /gone/);
    assert.equal(calls, retries + 1);
  }
});

test('and still sends all pieces', async () => {
  const pieces = [];
  const send = async (_, piece) => pieces.push(piece.length);
  assert.equal(await upload(Buffer.alloc(2500), readConfig('{"chunkKb":1}'), send), 3);
  assert.deepEqual(pieces, [1024, 1024, 452]);
});
