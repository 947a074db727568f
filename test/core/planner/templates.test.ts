import { describe, expect, it } from 'vitest';
import { namesOf, TEMPLATES } from '../../../src/core/planner/templates.ts';

describe('templates', () => {
  it.each([
    ['src/read-words.test.ts', '.test.ts', 'readWords', 'ReadWords', 'read_words', 'Read words'],
    ['app/HTTPServer.py', '.py', 'httpServer', 'HttpServer', 'http_server', 'Http server'],
    ['readWords.ts', '.ts', 'readWords', 'ReadWords', 'read_words', 'Read words'],
    ['2fast.ts', '.ts', 'the2fast', 'The2fast', 'the_2fast', '2fast'],
    ['größe-messen.ts', '.ts', 'größeMessen', 'GrößeMessen', 'größe_messen', 'Größe messen'],
  ])('take names from %s', (path, extension, camel, pascal, snake, title) => {
    expect(namesOf(path, extension)).toMatchObject({ camel, pascal, snake, title });
  });

  it('are called by names of their own, end with one line end and have no blanks at line ends', () => {
    const names = TEMPLATES.flatMap((template) => template.names);
    expect(new Set(names).size).toBe(names.length);
    for (const { fill, extensions } of TEMPLATES) {
      const content = fill(namesOf(`src/some-words${extensions[0]}`, extensions[0] as string));
      expect(content).toMatch(/[^\n]\n$/);
      expect(content).not.toMatch(/[ \t]\n|undefined/);
    }
  });
});
