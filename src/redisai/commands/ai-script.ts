// AI.SCRIPTSTORE, AI.SCRIPTSET, AI.SCRIPTGET, AI.SCRIPTDEL and AI._SCRIPTSCAN.
import { isDeviceName, isGpu } from '../dag/device-name.ts';
import { compileStoredScript, type ScriptSettings, type StoredScript } from '../dag/stored-script.ts';
import type { Args } from '../resp/args.ts';
import { OK, type Reply } from '../resp/reply.ts';
import type { CompiledScript } from '../script/script.ts';
import { aiCommand, READ, REMOVE, WRITE } from './ai-command.ts';
import { AI_ERRORS } from './ai-errors.ts';
import { openScript, requireFreeFor } from './ai-keys.ts';
import { ScriptValue } from './ai-values.ts';
import { Words } from './ai-words.ts';
import { ReplyError, type Command } from './command.ts';
import type { Session } from './session.ts';

/** AI.SCRIPTSTORE key device [TAG tag] ENTRY_POINTS n function{n} SOURCE source; whatever follows is ignored. */
function scriptStore(session: Session, args: Args): Reply {
  if (args.length < 8) throw new ReplyError(AI_ERRORS.arity('ai.scriptstore'));
  const key = args.text(1);
  requireFreeFor(session, key, 'AI_SCRIPT');
  const words = new Words(args, 2, args.length);
  const { device, tag } = parseDeviceAndTag(words);
  const entryPoints = parseEntryPoints(words);
  const script = makeScript(parseSource(words), { device, tag, entryPoints });
  session.database.set(key, new ScriptValue(script));
  return OK;
}

/** AI.SCRIPTSET key device [TAG tag] SOURCE source */
function scriptSet(session: Session, args: Args): Reply {
  if (args.length < 5) throw new ReplyError(AI_ERRORS.arity('ai.scriptset'));
  const key = args.text(1);
  requireFreeFor(session, key, 'AI_SCRIPT');
  const words = new Words(args, 2, args.length);
  const settings = { ...parseDeviceAndTag(words), entryPoints: [] };
  const script = makeScript(parseSource(words), settings);
  session.database.set(key, new ScriptValue(script));
  return OK;
}

function parseDeviceAndTag(words: Words): { device: string; tag: string } {
  const device = words.text();
  if (!isDeviceName(device)) throw new ReplyError(AI_ERRORS.badScriptDevice);
  const tag = words.take('TAG') && words.left > 0 ? words.text() : '';
  return { device, tag };
}

function parseEntryPoints(words: Words): string[] {
  if (!words.take('ENTRY_POINTS')) throw new ReplyError(AI_ERRORS.noEntryPoints);
  const count = words.integer(AI_ERRORS.badEntryPointCount);
  if (count < 0) throw new ReplyError(AI_ERRORS.badEntryPointCount);
  return words.texts(count, AI_ERRORS.noEntryPoints);
}

/** Scripts are UTF-8 text, unlike everything else that arrives. */
function parseSource(words: Words): string {
  if (!words.take('SOURCE') || words.left === 0) throw new ReplyError(AI_ERRORS.noSource);
  return Buffer.from(words.args.bytes(words.at)).toString('utf8');
}

/** @throws ScriptError, ReplyError */
function makeScript(source: string, settings: ScriptSettings): StoredScript {
  if (isGpu(settings.device)) throw new ReplyError(AI_ERRORS.noGpu('Torch'));
  const script = compileStoredScript(source, settings);
  for (const name of settings.entryPoints) checkEntryPoint(script.compiled, name);
  return script;
}

function checkEntryPoint(compiled: CompiledScript, name: string): void {
  if (!compiled.functions.includes(name)) throw new ReplyError(AI_ERRORS.noFunction(name));
  const count = compiled.parameterCount(name);
  if (count !== 3) throw new ReplyError(AI_ERRORS.wrongParameterCount(name, count));
  if (!compiled.isEntryPoint(name)) throw new ReplyError(AI_ERRORS.wrongParameterTypes(name));
}

/** AI.SCRIPTGET key [META] [SOURCE]: at most two words, of which others are ignored; neither is both. */
function scriptGet(session: Session, args: Args): Reply {
  if (args.length < 2 || args.length > 4) throw new ReplyError(AI_ERRORS.arity('ai.scriptget'));
  const script = openScript(session, args.text(1));
  const words = [2, 3].map((i) => (i < args.length ? args.word(i) : ''));
  const [meta, withSource] = [words.includes('META'), words.includes('SOURCE')];
  const source = Buffer.from(script.compiled.source);
  if (withSource && !meta) return source;
  const { device, tag, entryPoints } = script.settings;
  const reply = ['device', device, 'tag', tag, 'Entry Points', entryPoints];
  return meta && !withSource ? reply : [...reply, 'source', source];
}

function scriptDel(session: Session, args: Args): Reply {
  if (args.length !== 2) throw new ReplyError(AI_ERRORS.arity('ai.scriptdel'));
  const key = args.text(1);
  openScript(session, key);
  session.database.delete(key);
  return OK;
}

/** Looks at every key of the database: meant for people, not for a hot path. */
function scriptScan(session: Session, args: Args): Reply {
  if (args.length !== 1) throw new ReplyError(AI_ERRORS.arity('ai._scriptscan'));
  const found: Reply[] = [];
  for (const key of session.database.keys()) {
    const value = session.database.entry(key)?.value;
    if (value instanceof ScriptValue) found.push([key, value.script.settings.tag]);
  }
  return found;
}

export const SCRIPT_COMMANDS: readonly Command[] = [
  aiCommand('ai.scriptstore', WRITE, scriptStore, { keyAt: 1 }),
  aiCommand('ai.scriptset', WRITE, scriptSet, { keyAt: 1 }),
  aiCommand('ai.scriptget', READ, scriptGet, { keyAt: 1 }),
  aiCommand('ai.scriptdel', REMOVE, scriptDel, { keyAt: 1 }),
  aiCommand('ai._scriptscan', READ, scriptScan),
];
