// Ports that URL schemes and kinds of servers mean when none is written (IANA service names; defaults of the servers).

const BY_SCHEME: Readonly<Record<string, number>> = {
  http: 80,
  ws: 80,
  https: 443,
  wss: 443,
  postgres: 5432,
  postgresql: 5432,
  pgsql: 5432,
  cockroachdb: 26257,
  mysql: 3306,
  mysql2: 3306,
  mariadb: 3306,
  sqlserver: 1433,
  mssql: 1433,
  oracle: 1521,
  redis: 6379,
  rediss: 6379,
  valkey: 6379,
  memcached: 11211,
  amqp: 5672,
  amqps: 5671,
  mqtt: 1883,
  mqtts: 8883,
  mongodb: 27017,
  kafka: 9092,
  nats: 4222,
  pulsar: 6650,
  zookeeper: 2181,
  zk: 2181,
  etcd: 2379,
  cassandra: 9042,
  cql: 9042,
  clickhouse: 9000,
  elasticsearch: 9200,
  opensearch: 9200,
  bolt: 7687,
  neo4j: 7687,
  ldap: 389,
  ldaps: 636,
  smtp: 25,
  smtps: 465,
  ftp: 21,
  sftp: 22,
  ssh: 22,
  git: 9418,
  spark: 7077,
  thrift: 9083,
  influxdb: 8086,
  vault: 8200,
  consul: 8500,
  socks5: 1080,
};

/** Schemes that name no server. */
const NO_SERVER: ReadonlySet<string> = new Set([
  "abfs",
  "arn",
  "azure",
  "containerd",
  "cri",
  "data",
  "docker",
  "file",
  "gcs",
  "gs",
  "javascript",
  "mailto",
  "oci",
  "pkg",
  "s3",
  "s3a",
  "secret",
  "spiffe",
  "unix",
  "unixgram",
  "urn",
  "vault+secret",
]);

export function isServerScheme(scheme: string): boolean {
  return !NO_SERVER.has(scheme);
}

/** The port of a scheme, whose parts may be joined: `redis+sentinel`, `postgresql+asyncpg`. */
export function portOfScheme(scheme: string): number | undefined {
  for (const part of [scheme, ...scheme.split("+")]) if (Object.hasOwn(BY_SCHEME, part)) return BY_SCHEME[part];
  return undefined;
}

/** Words in the names of settings → ports that such servers usually have. */
const BY_WORD: Readonly<Record<string, readonly number[]>> = {
  db: [5432, 3306, 1433, 1521, 27017, 26257, 9042],
  database: [5432, 3306, 1433, 1521, 27017, 26257, 9042],
  sql: [5432, 3306, 1433, 1521, 26257],
  postgres: [5432],
  postgresql: [5432],
  pg: [5432],
  pghost: [5432],
  psql: [5432],
  mysql: [3306],
  mariadb: [3306],
  mongo: [27017],
  mongodb: [27017],
  redis: [6379],
  sentinel: [26379],
  sentinels: [26379],
  cache: [6379, 11211],
  memcache: [11211],
  memcached: [11211],
  rabbitmq: [5672],
  amqp: [5672],
  kafka: [9092],
  brokers: [9092],
  bootstrap: [9092],
  zookeeper: [2181],
  etcd: [2379],
  nats: [4222],
  elasticsearch: [9200],
  opensearch: [9200],
  cassandra: [9042],
  smtp: [25, 587, 465],
  ldap: [389, 636],
  otlp: [4317, 4318],
  jaeger: [14268, 14250, 4317],
  zipkin: [9411],
  statsd: [8125],
  prometheus: [9090],
};

/** Ports that the words of a setting's name suggest, most likely first. */
export function portsOfWords(words: readonly string[]): readonly number[] {
  return words.flatMap((word) => (Object.hasOwn(BY_WORD, word) ? (BY_WORD[word] ?? []) : []));
}

/** A setting of such a name more often holds the name of a database. */
const NAMES_OF_DATA: ReadonlySet<string> = new Set(["db", "database", "sql"]);

/** Whether the word is a kind of server, so that a setting of this name may hold a host. */
export function isServerWord(word: string): boolean {
  return Object.hasOwn(BY_WORD, word) && !NAMES_OF_DATA.has(word);
}
