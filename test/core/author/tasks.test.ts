import { describe, expect, it } from 'vitest';
import { editAgain, editTask } from '../../../src/core/author/ask-edit.ts';
import { outlineTask } from '../../../src/core/author/ask-outline.ts';
import { againMessages, messagesOf } from '../../../src/core/author/messages.ts';
import { orderOf } from '../../../src/core/author/order.ts';
import { OUTLINE_SCHEMA } from '../../../src/core/author/outline.ts';
import { estimateTokens } from '../../../src/core/models/estimate-tokens.ts';

const step = { id: '1', kind: 'edit', path: 'src/a.md', why: 'say it', dependsOn: [] } as const;
const outline = { goal: 'x', steps: [step], open: [] };
const order = orderOf('plan', 'do it');

describe('what a model is told', () => {
  it('is short: system text, task and schema together leave a small window to the project', () => {
    const messages = messagesOf('', outlineTask(orderOf('fix', 'x')));
    const tokens = messages.reduce((sum, { text }) => sum + estimateTokens(text), 0);
    expect(tokens).toBeLessThan(500);
    expect(estimateTokens(JSON.stringify(OUTLINE_SCHEMA))).toBeLessThan(300);
    expect(estimateTokens(messages[0]?.text ?? '')).toBeLessThan(120);
  });

  it('shows a file once: in the context, or beside the task', () => {
    const writing = {
      step,
      path: 'src/a.md',
      text: 'hello\n',
      form: 'whole',
      mayStay: false,
    } as const;
    const task = { order, outline, writing, asides: [] };
    expect(editTask({ ...task, isShown: true })).not.toContain('hello');
    expect(editTask({ ...task, isShown: false })).toContain(
      'src/a.md as it is now:\n```md\nhello\n```',
    );
  });

  it('asks for fences that the text of the file cannot close', () => {
    const text = '````\nx\n````\n';
    const writing = { step, path: 'src/a.md', text, form: 'whole', mayStay: false } as const;
    const told = editTask({ order, outline, writing, isShown: true, asides: [] });
    expect(told).toContain('`````md\nevery line of the file\n`````');
  });

  it('has the lines around the place of a refusal, as they stand there', () => {
    const text = Array.from({ length: 50 }, (_, at) => `line ${at + 1}\n`).join('');
    const writing = {
      step,
      path: 'src/a.md',
      text,
      form: 'search-replace',
      mayStay: false,
    } as const;
    const told = editAgain(writing, { code: 'no-match', message: 'Not there.', line: 20 });
    expect(told).toContain('Not there.');
    expect(told).toContain('```md\nline 14\n');
    expect(told).toContain('line 26\n```');
  });

  it('never has two messages of one speaker in a row', () => {
    const first = messagesOf('context', 'task');
    const roles = (answer: string) => againMessages(first, answer, 'again').map(({ role }) => role);
    expect(roles('wrong')).toEqual(['system', 'user', 'assistant', 'user']);
    expect(roles(' ')).toEqual(['system', 'user']);
    expect(againMessages(first, '', 'again')[1]?.text).toMatch(/task\n\nagain$/);
  });
});
