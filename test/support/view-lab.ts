import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { createCageReader } from '../../src/adapters/processes/cage/cage-reader.ts';
import { lookForLimitTools } from '../../src/adapters/processes/limits/prlimit-words.ts';
import { createViews } from '../../src/adapters/processes/views.ts';
import { isAlive, ownProcess } from '../../src/adapters/system/processes.ts';
import { createWorkingFolders } from '../../src/adapters/workspace/working-folder.ts';
