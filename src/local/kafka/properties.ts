// The configuration files of a one-node Kafka on this machine.
export interface BrokerPorts {
  readonly client: number;
  readonly controller: number;
}

/** server.properties of one combined node: loopback only, one copy of everything, nothing created behind one's back. */
export function serverProperties(ports: BrokerPorts, dataFolder: string): string {
  return lines({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${ports.controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${ports.client},CONTROLLER://127.0.0.1:${ports.controller}`,
    'log.dirs': dataFolder,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'auto.create.topics.enable': false,
    // The default of 128 MiB would be a quarter of this broker's heap.
    'log.cleaner.dedupe.buffer.size': 4_194_304,
    'num.network.threads': 2,
    'num.io.threads': 4,
  });
}

/** log4j2 to stdout, which goes to the broker's log file. */
export function log4jProperties(level: 'info' | 'error'): string {
  return lines({
    status: 'error',
    'appender.out.type': 'Console',
    'appender.out.name': 'out',
    'appender.out.layout.type': 'PatternLayout',
    'appender.out.layout.pattern': '%d{ISO8601} %p %c{1}: %m%n',
    'rootLogger.level': level,
    'rootLogger.appenderRef.out.ref': 'out',
  });
}

function lines(properties: Record<string, string | number | boolean>): string {
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}
