// The file of nodes: every node of a cluster reads the same one.
//
//   [{"host": "10.0.0.1", "port": 6379, "slots": [[0, 8191]]},
//    {"host": "10.0.0.2", "port": 6379, "slots": [[8192, 16383]], "id": "40 hexadecimal digits"}]
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { EXIT, FraudstreamError, messageOf } from '../../core/errors.ts';
import { SLOTS } from '../../core/hash-slot.ts';
import { addressOf, type PlannedNode, type SlotRange } from './cluster-node.ts';

const NODES_MAX = 1000;
const FIELDS = ['host', 'port', 'slots', 'id'];

/** @throws FraudstreamError */
export async function readNodesFile(path: string): Promise<PlannedNode[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw invalid(path, `cannot be read: ${messageOf(error)}`, error);
  });
  try {
    return plannedNodes(JSON.parse(text));
  } catch (error) {
    throw invalid(path, messageOf(error), error);
  }
}

/** @throws Error that says what is wrong */
export function plannedNodes(value: unknown): PlannedNode[] {
  if (!Array.isArray(value) || value.length === 0) throw new Error('it is no list of nodes');
  if (value.length > NODES_MAX) throw new Error(`it has ${value.length} nodes; ${NODES_MAX} is the most`);
  const nodes = value.map(plannedNode);
  refuseTwins(nodes, addressOf);
  refuseTwins(nodes, ({ id }) => id);
  refuseOverlaps(nodes);
  return nodes;
}

function plannedNode(value: unknown, index: number): PlannedNode {
  const complain = (problem: string): never => {
    throw new Error(`node ${index}: ${problem}`);
  };
  if (typeof value !== 'object' || value === null) return complain('it is no object');
  const { host, port, slots, id } = value as Record<string, unknown>;
  const unknown = Object.keys(value).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) complain(`the field '${unknown}' is not known; there are ${FIELDS.join(', ')}`);
  if (typeof host !== 'string' || !/^[^\s@]+$/.test(host)) return complain('host must be a name or an address');
  if (!isWithin(port, 1, 65_535)) return complain('port must be a whole number from 1 to 65535');
  if (id !== undefined && (typeof id !== 'string' || !/^[0-9a-f]{40}$/.test(id))) {
    return complain('id must be 40 hexadecimal digits in lower case');
  }
  if (!Array.isArray(slots)) return complain('slots must be a list of [from, to]');
  for (const range of slots) {
    if (!isRange(range)) complain(`the slots ${JSON.stringify(range)} are not [from, to] within 0 and ${SLOTS - 1}`);
  }
  return { host, port, index, id: id ?? idOf(host, port), slots: slots as SlotRange[] };
}

/** Without an id of its own a node is known by its address, which all nodes read in the same file. */
function idOf(host: string, port: number): string {
  return createHash('sha1').update(`${host}:${port}`).digest('hex');
}

function isWithin(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}

function isRange(value: unknown): value is SlotRange {
  if (!Array.isArray(value) || value.length !== 2) return false;
  return isWithin(value[0], 0, SLOTS - 1) && isWithin(value[1], value[0], SLOTS - 1);
}

function refuseTwins(nodes: readonly PlannedNode[], nameOf: (node: PlannedNode) => string): void {
  const seen = new Map<string, number>();
  for (const node of nodes) {
    const name = nameOf(node);
    const twin = seen.get(name);
    if (twin !== undefined) throw new Error(`nodes ${twin} and ${node.index} are both ${name}`);
    seen.set(name, node.index);
  }
}

function refuseOverlaps(nodes: readonly PlannedNode[]): void {
  const owners = new Array<number | undefined>(SLOTS).fill(undefined);
  for (const { index, slots } of nodes) {
    for (const [from, to] of slots) {
      for (let slot = from; slot <= to; slot++) {
        const other = owners[slot];
        if (other === index) throw new Error(`node ${index}: slot ${slot} stands in two of its ranges`);
        if (other !== undefined) throw new Error(`nodes ${other} and ${index} both have slot ${slot}`);
        owners[slot] = index;
      }
    }
  }
}

function invalid(path: string, problem: string, cause: unknown): FraudstreamError {
  return new FraudstreamError('CLUSTER_NODES_INVALID', `The file of nodes ${path} cannot be used: ${problem}.`, {
    next: 'Give a JSON list of nodes, each with host, port and slots, the same file to every node.',
    exitCode: EXIT.config,
    cause,
  });
}
