import { describe, expect, it } from 'vitest';
import { isCloudName, isSameModel } from '../../../src/core/models/names.ts';
import { isNewEnough } from '../../../src/core/models/versions.ts';

describe('names of models', () => {
  it('have a tag, whether it is written or not', () => {
    expect(isSameModel('llama3', 'Llama3:latest')).toBe(true);
    expect(isSameModel('llama3', 'llama3:8b')).toBe(false);
    expect(isSameModel('hf.co:443/a/b', 'hf.co:443/a/b:latest')).toBe(true);
  });

  it('say by their tag that another machine answers', () => {
    for (const name of ['a:cloud', 'a:120b-cloud', ' a:CLOUD ', 'x/y:7b-Cloud']) {
      expect(isCloudName(name)).toBe(true);
    }
    for (const name of ['cloud', 'cloud:7b', 'a-cloud', 'a:cloudy', 'my:host-cloud/a']) {
      expect(isCloudName(name)).toBe(false);
    }
  });
});

describe('versions of a server', () => {
  it('are compared by their numbers', () => {
    expect(isNewEnough('0.12.6', 'no-truncation')).toBe(true);
    expect(isNewEnough('0.12.5', 'no-truncation')).toBe(false);
    expect(isNewEnough('0.9.9', 'no-truncation')).toBe(false);
    expect(isNewEnough('1.0.0', 'no-truncation')).toBe(true);
    expect(isNewEnough('v0.13.0-rc1', 'no-truncation')).toBe(true);
    expect(isNewEnough('0.5.0', 'schema')).toBe(true);
  });

  it('that say nothing are those of somebody who built it', () => {
    for (const version of ['', '0.0.0', 'dev']) expect(isNewEnough(version, 'thinking')).toBe(true);
  });
});
