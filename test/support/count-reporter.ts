import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Ends a run with the counts on one line, and names what was skipped. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const of = (state: string) => tests.filter((test) => test.result().state === state);
    for (const test of of('skipped')) console.log(`skipped: ${nameOf(test)}`);
    // A file that cannot be loaded has no tests that could fail.
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const failed = of('failed').length + broken;
    const counts = `${of('passed').length} passed, ${failed} failed, ${of('skipped').length} skipped`;
    console.log(`Tests: ${counts}`);
  }
}

const nameOf = (test: TestCase) => `${test.module.relativeModuleId} > ${test.fullName}`;
