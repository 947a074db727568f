import type { Stream } from '../shell/stream.ts';
import type { Call } from './call.ts';
import * as builtin from './special/builtins.ts';
import { runCloud } from './special/cloud.ts';
import { copyContainer, runContainer } from './special/container.ts';
import { runDatabase, runPipedCode } from './special/database.ts';
import { printVariables } from './special/environment.ts';
import { copyFiles, linkFiles, makeTemporary } from './special/files.ts';
import { runFd, runFind } from './special/find.ts';
import { runGit } from './special/git.ts';
import { runInterpreter } from './special/interpreter.ts';
import { listProcesses, runKill } from './special/kill.ts';
import { runCurl, runFetch, runRemoteCopy, runSsh, runWget } from './special/network.ts';
import { runPack } from './special/pack.ts';
import { runInWorkspace, runPackage, runTool } from './special/packages.ts';
import { runQuery } from './special/queries.ts';
import { runSocket } from './special/socket.ts';
import { printPath, printText, readVariables, runTest } from './special/text.ts';
import { runAwk, runSed } from './special/text-languages.ts';
import { runCmake, runDd, runMake, runTar, runVim } from './special/tools.ts';
import { runEnv, runJoined, runParallel, runXargs } from './special/wrappers.ts';

/** Programs whose arguments are a language of their own. Null: go on as the table says. */
export const SPECIALS: Readonly<Record<string, (call: Call) => Stream | null>> = {
  awk: runAwk,
  sed: runSed,
  find: runFind,
  fd: runFd,
  ps: listProcesses,
  query: runQuery,
  printenv: printVariables,
  cmake: runCmake,
  test: runTest,
  'path-text': printPath,
  git: runGit,
  interpreter: runInterpreter,
  copy: copyFiles,
  link: linkFiles,
  temporary: makeTemporary,
  curl: runCurl,
  fetch: runFetch,
  wget: runWget,
  ssh: runSsh,
  'remote-copy': runRemoteCopy,
  print: printText,
  read: readVariables,
  env: runEnv,
  xargs: runXargs,
  parallel: runParallel,
  cd: builtin.changeDirectory,
  declare: builtin.declareVariables,
  eval: builtin.evalText,
  source: builtin.sourceFile,
  exec: builtin.execCommand,
  trap: builtin.setTrap,
  alias: builtin.setAlias,
  locate: builtin.locateCommand,
  set: builtin.setOptions,
  shift: builtin.shiftWords,
  cat: builtin.passText,
  tee: builtin.teeText,
  dd: runDd,
  tar: runTar,
  make: runMake,
  vim: runVim,
  container: runContainer,
  'container-copy': copyContainer,
  pack: runPack,
  cloud: runCloud,
  joined: runJoined,
  socket: runSocket,
  kill: runKill,
  runner: runPackage,
  workspace: runInWorkspace,
  tool: runTool,
  database: runDatabase,
  'piped-code': runPipedCode,
};
